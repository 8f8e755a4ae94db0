"""What was asked and said where, by the numbers of the messages.

So an edited question finds its answer, and a reply the receipt that it is about. The numbers of a
group are void in the supergroup that it becomes, so these rows keep the number of their chat.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from footnote.bot.state import State

_STEPS = (
    """
CREATE TABLE asked (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    text TEXT NOT NULL,
    receipt TEXT,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
CREATE TABLE said (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    answers INTEGER,
    receipt TEXT,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_in_answer ON said (chat, answers);
CREATE TABLE opened (
    chat INTEGER PRIMARY KEY,
    message INTEGER NOT NULL
) STRICT;
""",
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What somebody wrote, the receipt it led to (if any), and the messages that answered it."""

    text: str
    receipt: str | None
    answers: Sequence[int]


class Exchanges:
    """Messages are numbered apart in each chat."""

    def __init__(self, state: State) -> None:
        state.migrate("exchanges", _STEPS)
        self._state = state

    def find(self, chat: int, message: int) -> Exchange | None:
        """The exchange that this message of a person began."""
        rows = self._state.rows(
            "SELECT text, receipt FROM asked WHERE chat = ? AND message = ?", chat, message
        )
        answers = self._state.rows(
            "SELECT message FROM said WHERE chat = ? AND answers = ? ORDER BY message",
            chat,
            message,
        )
        for text, receipt in rows:
            return Exchange(text, receipt, [number for (number,) in answers])
        return None

    def keep(self, chat: int, message: int, exchange: Exchange) -> None:
        """Store an exchange in place of the one that the message began before, if it did."""
        with self._state.transaction(lazily=True) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?)",
                (chat, message, exchange.text, exchange.receipt),
            )
            connection.execute("DELETE FROM said WHERE chat = ? AND answers = ?", (chat, message))
            connection.executemany(
                "INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?)",
                [(chat, number, message, exchange.receipt) for number in exchange.answers],
            )

    def receipt_of(self, chat: int, message: int) -> str | None:
        """The receipt that a message is about, a person's or the bot's own."""
        rows = self._state.rows(
            "SELECT receipt FROM said WHERE chat = ?1 AND message = ?2 UNION ALL"
            " SELECT receipt FROM asked WHERE chat = ?1 AND message = ?2",
            chat,
            message,
        )
        return next((receipt for (receipt,) in rows if receipt), None)

    def open(self, chat: int, message: int, receipt: str) -> int | None:
        """A passage has been opened in a message of its own; the one before it in this chat."""
        rows = self._state.rows("SELECT message FROM opened WHERE chat = ?", chat)
        with self._state.transaction(lazily=True) as connection:
            connection.execute("INSERT OR REPLACE INTO opened VALUES (?, ?)", (chat, message))
            connection.execute(
                "INSERT OR REPLACE INTO said VALUES (?, ?, NULL, ?)", (chat, message, receipt)
            )
        before = rows[0][0] if rows else None
        return before if before != message else None
