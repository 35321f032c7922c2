"""What others wrote, as `Article`."""
