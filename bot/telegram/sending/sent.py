"""What was sent by what name, and what may have been: an answer's part is there once, or in doubt.

A row is written before a request leaves and completed after Telegram's answer. One that was never
completed is in doubt: the message may stand in the chat, with a number above all that were known.
"""

import time
from dataclasses import dataclass

from footnote.bot.state import State
from footnote.bot.telegram.chat_thread import OF_SUPERGROUPS, numbered_with

_STEPS = (
    """
CREATE TABLE sent (
    key TEXT PRIMARY KEY,
    chat INTEGER NOT NULL,
    above INTEGER NOT NULL,
    at REAL NOT NULL,
    message INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_by_message ON sent (chat, message);
CREATE INDEX sent_by_time ON sent (at);
CREATE TABLE hold (
    chat INTEGER PRIMARY KEY,
    until REAL NOT NULL
) STRICT;
CREATE TABLE moved (
    chat INTEGER PRIMARY KEY,
    now INTEGER NOT NULL
) STRICT;
""",
    f"""
CREATE INDEX sent_by_common_message ON sent (message) WHERE chat > {OF_SUPERGROUPS};
CREATE INDEX sent_in_doubt ON sent (chat) WHERE message IS NULL;
""",
)


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
        state.migrate("sent", _STEPS, chats=["moved.now"])

    def find(self, key: str) -> Record | None:
        rows = self._state.rows("SELECT key, chat, above, at, message FROM sent WHERE key = ?", key)
        return Record(*rows[0]) if rows else None

    def begin(self, key: str, chat: int, newest: int) -> None:
        """A request is about to leave; `newest` is the highest number of a message that came in, of
        those that are numbered together with the chat's."""
        above = max(newest, self._newest(chat))
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?, NULL)",
                (key, chat, above, time.time()),
            )

    def doubt(self, key: str) -> None:
        """Its connection broke just now, and nothing said whether it was sent."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute("UPDATE sent SET at = ? WHERE key = ?", (time.time(), key))

    def complete(self, key: str, message: int) -> None:
        with self._state.transaction(lazily=True) as connection:
            connection.execute("UPDATE sent SET message = ? WHERE key = ?", (message, key))

    def forget(self, key: str) -> None:
        """It certainly was not sent."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute("DELETE FROM sent WHERE key = ?", (key,))

    def numbers(self, chat: int, above: int) -> set[int]:
        """The numbers higher than one of the bot's own messages in a chat, and in all those whose
        messages are numbered together with its."""
        where, values = numbered_with(chat)
        rows = self._state.rows(
            f"SELECT message FROM sent WHERE {where} AND message > ?", *values, above
        )
        return {number for (number,) in rows}

    def in_doubt(self, chat: int) -> int:
        """How many may have been sent there, or to one of those, without a known number."""
        where, values = numbered_with(chat)
        rows = self._state.rows(
            f"SELECT count(*) FROM sent WHERE {where} AND message IS NULL", *values
        )
        return int(rows[0][0])

    def hold(self, chat: int, until: float) -> None:
        """Telegram wants nothing for this chat before then."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute("INSERT OR REPLACE INTO hold VALUES (?, ?)", (chat, until))

    def holds(self) -> list[tuple[int, float]]:
        return self._state.rows("SELECT chat, until FROM hold WHERE until > ?", time.time())

    def moved(self) -> dict[int, int]:
        """The chats that have got another number, each with the newest."""
        return dict(self._state.rows("SELECT chat, now FROM moved"))

    def move(self, place: str, chat: int, *, to: tuple[str, int]) -> None:
        """What was sent keeps its old chat, where its numbers count."""
        self._state.move(place, chat, to=to)
        with self._state.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO moved VALUES (?, ?)", (chat, to[1]))

    def prune(self, before: float) -> None:
        with self._state.transaction(lazily=True) as connection:
            connection.execute("DELETE FROM sent WHERE at < ?", (before,))
            connection.execute("DELETE FROM hold WHERE until < ?", (time.time(),))

    def _newest(self, chat: int) -> int:
        where, values = numbered_with(chat)
        rows = self._state.rows(f"SELECT max(message) FROM sent WHERE {where}", *values)
        return rows[0][0] or 0
