"""Tokens with which other programs ask: each has a name and a role, and is shown once."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from footnote.bot.database.tables import api_token
from footnote.bot.errors import BotError
from footnote.bot.people.people import Role
from footnote.bot.people.secret import digest_of, new_secret
from footnote.bot.state import State

TOKEN_ROLES = (Role.READER, Role.EDITOR)
"""What a token may do; people are let in and dismissed by people only."""

_PREFIX = "fn_"
"""By which whoever finds a token in a file can tell what it is."""
_TOKENS = select(api_token.c.number, api_token.c.name, api_token.c.role, api_token.c.since)
_BY_DIGEST = _TOKENS.where(api_token.c.digest == bindparam("digest"))
_BY_NUMBER = _TOKENS.where(api_token.c.number == bindparam("number"))
_NAME = re.compile(r"[\w.-]{1,40}")


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
                row = {"name": name, "role": role.value, "digest": digest_of(secret)}
                connection.execute(insert(api_token), {**row, "since": self._now()})
        except IntegrityError:
            raise BotError(f"there is a token {name!r} already: revoke it first") from None
        return secret

    def find(self, secret: str) -> Token | None:
        """The token with this secret, if it was not revoked."""
        return self._only(_BY_DIGEST, digest=digest_of(secret))

    def numbered(self, number: int) -> Token | None:
        return self._only(_BY_NUMBER, number=number)

    def listed(self) -> list[Token]:
        """In the order of their names."""
        return self._found(_TOKENS.order_by(api_token.c.name))

    def revoke(self, name: str) -> None:
        """BotError where there is no token of this name."""
        with self._state.transaction() as connection:
            gone = connection.execute(delete(api_token).where(api_token.c.name == name)).rowcount
        if not gone:
            raise BotError(f"there is no token {name!r} ('footnote token list' shows them)")

    def _only(self, tokens: Select[Any], **values: object) -> Token | None:
        return next(iter(self._found(tokens, **values)), None)

    def _found(self, tokens: Select[Any], **values: object) -> list[Token]:
        rows = self._state.rows(tokens, **values)
        return [Token(number, name, Role(role), since) for number, name, role, since in rows]
