"""Mailuo (脉络): Chinese news as summaries a reader can check, in a Telegram chat."""
