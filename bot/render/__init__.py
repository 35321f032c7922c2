"""Messages: text, buttons, words. Pure; knows Telegram's limits, not Telegram."""
