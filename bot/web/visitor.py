"""Who is asking: somebody who has been let in, by a session or by a token."""

from dataclasses import dataclass
from typing import Protocol

from footnote.bot.people.people import People, Role
from footnote.bot.people.sessions import LOCAL, TELEGRAM, Sessions, telegram_holder
from footnote.bot.people.tokens import Token, Tokens

TOKEN = "token"
_NUMBERS_OF_TOKENS = -(1 << 62)
"""Added to a token's own: far from the numbers of people and groups in Telegram."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """`holder` names them for ever and `number` in what counts people; `name` is shown."""

    holder: str
    name: str
    role: Role
    number: int

    @property
    def who(self) -> str:
        """As changes of articles name who made them."""
        return self.name or "the web"

    @property
    def home(self) -> str:
        """What the places of their conversations here begin with."""
        return f"web:{self.holder}"

    def place(self, conversation: str) -> str:
        """The place of one of their conversations, as receipts name it."""
        return f"{self.home}:{conversation}"

    def owns(self, place: str) -> bool:
        """Whether what was asked in this place was asked by them alone, here or in Telegram."""
        return any(
            place == own or place.startswith(f"{own}:")
            for own in (self.home, *([self.holder] if self._is_of_telegram else []))
        )

    @property
    def _is_of_telegram(self) -> bool:
        return self.holder.startswith(f"{TELEGRAM}:")


class PeopleParts(Protocol):
    """What is known of people."""

    @property
    def people(self) -> People: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def tokens(self) -> Tokens: ...


def visitor_of_session(parts: PeopleParts, session: str) -> Visitor | None:
    """None where the session is over, or its holder may not ask any more; then it ends."""
    holder = parts.sessions.holder(session)
    if holder is None:
        return None
    visitor = _visitor(parts, holder)
    if visitor is None:
        parts.sessions.end_all(holder)
    return visitor


def visitor_of_token(parts: PeopleParts, secret: str) -> Visitor | None:
    token = parts.tokens.find(secret)
    return _of_token(token) if token else None


def _visitor(parts: PeopleParts, holder: str) -> Visitor | None:
    if holder == LOCAL:
        return Visitor(LOCAL, "", Role.OWNER, 0)
    kind, _, number = holder.partition(":")
    return _of_telegram(parts.people, int(number)) if kind == TELEGRAM else None


def _of_telegram(people: People, user: int) -> Visitor | None:
    """With the role that they have in Telegram; a reader where everybody may ask."""
    role = people.role(user)
    if role is None and not people.may_ask(user):
        return None
    return Visitor(telegram_holder(user), people.name(user), role or Role.READER, user)


def _of_token(token: Token) -> Visitor:
    holder = f"{TOKEN}:{token.number}"
    return Visitor(holder, token.name, token.role, _NUMBERS_OF_TOKENS + token.number)
