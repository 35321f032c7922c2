"""What we make of articles. Pure: no file, network, clock, await or SQL."""
