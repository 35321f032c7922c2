"""Telegram's door: commands and buttons, thin; the sender; who may change what."""

import os

# python-telegram-bot's own switch for stretches of time as timedelta; without it, it warns at each.
os.environ.setdefault("PTB_TIMEDELTA", "true")
