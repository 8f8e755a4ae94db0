"""The log: tracebacks and warnings, in a file of the home folder; never a secret."""

import logging
import sys
from logging.handlers import RotatingFileHandler

from bot.settings import Settings

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_MOST_BYTES = 2_000_000
# httpx writes the address of every request at INFO, and Telegram's addresses contain the token.
_TALKATIVE = ("httpx", "httpcore", "chromadb", "sentence_transformers", "transformers", "filelock")

_place = "there is no log"


class _WithoutSecret(logging.Formatter):
    """Blots the secret out of whatever is written, tracebacks too."""

    def __init__(self, secret: str | None) -> None:
        super().__init__(_FORM)
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line.replace(self._secret, "‹token›") if self._secret else line


def start_log(settings: Settings, *, to_terminal: bool = False) -> None:
    """Write INFO and above to home/footnote.log, and with `to_terminal` to standard error too."""
    global _place
    token = settings.telegram_bot_token
    form = _WithoutSecret(token.get_secret_value() if token else None)
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if to_terminal else []
    file = settings.home / "footnote.log"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        handlers.append(
            RotatingFileHandler(file, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8")
        )
        _place = f"the log {file} has the details"
    except OSError as error:
        _place = f"no log could be written to {file} ({error.strerror})"
    for handler in handlers:
        handler.setFormatter(form)
    logging.basicConfig(
        level=logging.INFO, handlers=handlers or [logging.NullHandler()], force=True
    )
    logging.captureWarnings(True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def where_logged() -> str:
    """Where to look for the details of a fault, as the end of a sentence."""
    return _place
