"""What was sent by what name, and what may have been: an answer's part is there once, or in doubt.

A row is written before a request leaves and completed after Telegram's answer. One that was never
completed is in doubt: the message may stand in the chat, with a number above all that were known.
"""

import time
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, select, update

from footnote.bot.database.tables import hold, moved, sent
from footnote.bot.state import State
from footnote.bot.telegram.chat_thread import numbered_with
from footnote.bot.telegram.sending.fencing import refuse_out_of_turn
from footnote.index.database.upsert import put

_BY_KEY = select(sent).where(sent.c.key == bindparam("key"))
_COMPLETE = update(sent).where(sent.c.key == bindparam("of"))


@dataclass(frozen=True, slots=True)
class Record:
    """A message that was sent or, while `message` is None, may have been.

    `at` is when its request began, or its connection broke, by time.time().
    """

    key: str
    chat: int
    above: int
    at: float
    message: int | None


class Sent:
    """Everything here outlives the process at once, and a power cut only after a while."""

    def __init__(self, state: State) -> None:
        self._state = state

    def find(self, key: str) -> Record | None:
        rows = self._state.rows(_BY_KEY, key=key)
        return Record(*rows[0]) if rows else None

    def begin(self, key: str, chat: int, newest: int) -> None:
        """A request is about to leave; `newest` is the highest number of a message that came in, of
        those that are numbered together with the chat's. Raises TurnLost."""
        above = max(newest, self._newest(chat))
        with self._state.transaction(lazily=True) as connection:
            refuse_out_of_turn(connection)
            row = {"key": key, "chat": chat, "above": above, "at": time.time(), "message": None}
            put(connection, sent, row)

    def doubt(self, key: str) -> None:
        """Its connection broke just now, and nothing said whether it was sent."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(update(sent).where(sent.c.key == key).values(at=time.time()))

    def complete(self, key: str, message: int) -> None:
        with self._state.transaction(lazily=True) as connection:
            connection.execute(_COMPLETE, {"of": key, "message": message})

    def forget(self, key: str) -> None:
        """It certainly was not sent."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(delete(sent).where(sent.c.key == key))

    def numbers(self, chat: int, above: int) -> set[int]:
        """The numbers higher than one of the bot's own messages in a chat, and in all those whose
        messages are numbered together with its."""
        rows = self._state.rows(
            select(sent.c.message).where(numbered_with(chat, sent.c.chat), sent.c.message > above)
        )
        return {number for (number,) in rows}

    def in_doubt(self, chat: int) -> int:
        """How many may have been sent there, or to one of those, without a known number."""
        in_doubt = numbered_with(chat, sent.c.chat), sent.c.message.is_(None)
        rows = self._state.rows(select(func.count()).select_from(sent).where(*in_doubt))
        return int(rows[0][0])

    def hold(self, chat: int, until: float) -> None:
        """Telegram wants nothing for this chat before then."""
        with self._state.transaction(lazily=True) as connection:
            put(connection, hold, {"chat": chat, "until": until})

    def holds(self) -> list[tuple[int, float]]:
        return self._state.rows(select(hold).where(hold.c.until > time.time()))

    def moved(self) -> dict[int, int]:
        """The chats that have got another number, each with the newest."""
        return dict(self._state.rows(select(moved)))

    def move(self, place: str, chat: int, *, to: tuple[str, int]) -> None:
        """What was sent keeps its old chat, where its numbers count."""
        self._state.move(place, chat, to=to)
        with self._state.transaction() as connection:
            put(connection, moved, {"chat": chat, "now": to[1]})

    def prune(self, before: float) -> None:
        with self._state.transaction(lazily=True) as connection:
            connection.execute(delete(sent).where(sent.c.at < before))
            connection.execute(delete(hold).where(hold.c.until < time.time()))

    def _newest(self, chat: int) -> int:
        rows = self._state.rows(
            select(func.max(sent.c.message)).where(numbered_with(chat, sent.c.chat))
        )
        return rows[0][0] or 0
