"""Tokens with which other programs ask: each has a name and a role, and is shown once."""

import re
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from footnote.bot.errors import BotError
from footnote.bot.people.people import Role
from footnote.bot.people.secret import digest_of, new_secret
from footnote.bot.state import State

TOKEN_ROLES = (Role.READER, Role.EDITOR)
"""What a token may do; people are let in and dismissed by people only."""

_PREFIX = "fn_"
"""By which whoever finds a token in a file can tell what it is."""
_NAME = re.compile(r"[\w.-]{1,40}")
_STEPS = (
    """
CREATE TABLE api_token (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    role INTEGER NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    since REAL NOT NULL
) STRICT;
""",
)


@dataclass(frozen=True, slots=True)
class Token:
    """`number` is never another's, not even after it was revoked; `since` is in seconds since
    1970."""

    number: int
    name: str
    role: Role
    since: float


class Tokens:
    """Safe to use from several threads; what is written is on disk when a call returns."""

    def __init__(self, state: State, *, now: Callable[[], float] = time.time) -> None:
        state.migrate("tokens", _STEPS)
        self._state = state
        self._now = now

    def new(self, name: str, role: Role) -> str:
        """The secret of a new token; BotError where the name is none, or is taken."""
        if not _NAME.fullmatch(name):
            raise BotError(
                f"{name!r} cannot be a token's name: 1 to 40 letters, digits, dots and dashes can"
            )
        if role not in TOKEN_ROLES:
            raise BotError("a token is a reader's or an editor's")
        secret = _PREFIX + new_secret()
        try:
            with self._state.transaction() as connection:
                connection.execute(
                    "INSERT INTO api_token (name, role, digest, since) VALUES (?, ?, ?, ?)",
                    (name, role, digest_of(secret), self._now()),
                )
        except sqlite3.IntegrityError:
            raise BotError(f"there is a token {name!r} already: revoke it first") from None
        return secret

    def find(self, secret: str) -> Token | None:
        """The token with this secret, if it was not revoked."""
        return self._only("digest = ?", digest_of(secret))

    def numbered(self, number: int) -> Token | None:
        return self._only("number = ?", number)

    def listed(self) -> list[Token]:
        """In the order of their names."""
        rows = self._state.rows("SELECT number, name, role, since FROM api_token ORDER BY name")
        return [Token(number, name, Role(role), since) for number, name, role, since in rows]

    def revoke(self, name: str) -> None:
        """BotError where there is no token of this name."""
        with self._state.transaction() as connection:
            gone = connection.execute("DELETE FROM api_token WHERE name = ?", (name,)).rowcount
        if not gone:
            raise BotError(f"there is no token {name!r} ('footnote token list' shows them)")

    def _only(self, where: str, value: object) -> Token | None:
        rows = self._state.rows(
            f"SELECT number, name, role, since FROM api_token WHERE {where}", value
        )
        for number, name, role, since in rows:
            return Token(number, name, Role(role), since)
        return None
