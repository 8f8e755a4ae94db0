"""What can go wrong around people and settings, each named for what went wrong."""


class BotError(Exception):
    """A fault that is told in a plain sentence; the message says what to do about it."""


class SettingsFault(BotError):
    """One or more settings are wrong, all of them named with their values."""


class BotStopped(BotError):
    """The Telegram bot cannot start or go on."""
