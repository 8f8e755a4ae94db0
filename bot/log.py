"""The log: tracebacks and warnings, in a file of the home folder; never a secret."""

import copy
import json
import logging
import os
import re
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler

from footnote.bot.errors import DatabaseAway
from footnote.bot.settings import Settings
from footnote.corpus.address import without_login

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_PLAIN = re.compile(r"[^\s\"'=]+")
_MAX_BYTES = 2_000_000
# httpx writes the address of every request at INFO, and Telegram's addresses contain the token.
_TALKATIVE = (
    "httpx", "httpcore", "chromadb", "sentence_transformers", "transformers", "filelock",
    "watchfiles", "aiobotocore", "botocore", "s3fs", "gcsfs", "adlfs", "azure",
)  # fmt: skip

_place = "there is no log"
_secrets: list[str] = []


class _WithoutSecret(logging.Formatter):
    """Blots the secrets out of whatever is written, tracebacks too."""

    def __init__(self) -> None:
        super().__init__(_FORM)

    def format(self, record: logging.LogRecord) -> str:
        return without_secret(self._whole(record))

    def _whole(self, record: logging.LogRecord) -> str:
        return super().format(record)


class _OnceAway(logging.Filter):
    """That the database is away has been told when it went: not again for all that fails by it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], DatabaseAway))


class _OneLine(_WithoutSecret):
    """For people: the error in place of its traceback, which stands in the file."""

    def _whole(self, record: logging.LogRecord) -> str:
        bare = copy.copy(record)
        bare.exc_info = bare.exc_text = bare.stack_info = None
        error = record.exc_info[1] if record.exc_info else None
        return super()._whole(bare) + (f" ({type(error).__name__}: {error})" if error else "")


class _OwnersFile(RotatingFileHandler):
    """Who asks what and when is readable by the owner of the file alone."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return open(descriptor, "a", encoding=self.encoding, errors=self.errors)


def start_log(settings: Settings, *, to_terminal: bool = False) -> None:
    """Write INFO and above to home/footnote.log, of our own rooms DEBUG too.

    With `to_terminal`, standard error gets our own INFO and the warnings of others, a line each.
    """
    global _place, _secrets
    _secrets = settings.secrets
    handlers: list[logging.Handler] = [_terminal()] if to_terminal else []
    file = settings.home / "footnote.log"
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        in_file = _OwnersFile(
            file, maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace"
        )
        in_file.setFormatter(_WithoutSecret())
        handlers.append(in_file)
        _place = f"the log {file} has the details"
    except OSError as error:
        _place = f"no log could be written to {file} ({error.strerror})"
    for handler in handlers:
        handler.addFilter(_OnceAway())
    logging.basicConfig(
        level=logging.INFO, handlers=handlers or [logging.NullHandler()], force=True
    )
    logging.getLogger("footnote.bot").setLevel(logging.DEBUG)
    logging.captureWarnings(True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def logfmt(facts: Mapping[str, object]) -> str:
    """Facts as a line of `name=value`, the value in quotes where it needs them; None is left out.

    The form is logfmt, which log collectors read (https://brandur.org/logfmt).
    """
    told = {name: str(value) for name, value in facts.items() if value is not None}
    return " ".join(
        f"{name}={text if _PLAIN.fullmatch(text) and text.isprintable() else _quoted(text)}"
        for name, text in told.items()
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())


def without_secret(text: str) -> str:
    """The text with token and key blotted out, and the user and password of every address.

    What a server replied may have them too.
    """
    for secret in _secrets:
        text = text.replace(secret, "‹token›")
    return without_login(text, mark="‹login›@")


def where_logged() -> str:
    """Where to look for the details of a fault, as the end of a sentence."""
    return _place


def _terminal() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.INFO)
    handler.addFilter(_for_people)
    handler.setFormatter(_OneLine())
    return handler


def _for_people(record: logging.LogRecord) -> bool:
    return record.name.startswith("footnote.") or record.levelno >= logging.WARNING
