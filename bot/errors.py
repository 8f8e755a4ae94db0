"""What can go wrong around people and settings, each named for what went wrong."""

from footnote.corpus.faults import ToldError
from footnote.index.errors import CatalogueAway, IndexLocked


class BotError(ToldError):
    """A fault that is told in a plain sentence; the message says what to do about it."""


class SettingsFault(BotError):
    """One or more settings are wrong, all of them named with their values."""


class DatabaseAway(BotError, CatalogueAway):
    """The server of the database can't be reached, of which it has been told once."""


class TablesChanged(DatabaseAway):
    """A later Footnote has changed what this one uses: only that one can go on."""


class KeptByIndexer(IndexLocked):
    """This process is a replica, which changes no index."""


class BotStopped(BotError):
    """The Telegram bot cannot start or go on."""


class TelegramUnreachable(BotError):
    """A chat takes no messages: it has blocked the bot, or is gone, or its topic is."""


class NotYet(BotError):
    """What there is to do has to wait for `seconds`: Telegram takes no message for a chat so soon,
    say."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"this can be done in {seconds:.0f} seconds at the earliest")
        self.seconds = seconds
