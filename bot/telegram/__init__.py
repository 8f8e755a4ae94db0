"""Footnote in Telegram: python-telegram-bot around the same answers as in the terminal."""
