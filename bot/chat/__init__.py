"""Telegram's door: commands and buttons, thin."""
