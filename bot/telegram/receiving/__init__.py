"""Receiving updates from Telegram: stored on disk first, then handled in order."""
