"""What was asked and said where, by the numbers of the messages.

So an edited question finds its answer, and a reply the receipt that it is about. The numbers of a
group are void in the supergroup that it becomes, so these rows keep the number of their chat.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, union_all

from footnote.bot.database.tables import asked, opened, said
from footnote.bot.state import State
from footnote.index.database.upsert import put

_ASKED = select(asked.c.text, asked.c.receipt).where(
    asked.c.chat == bindparam("chat"), asked.c.message == bindparam("message")
)
_ANSWERS = (
    select(said.c.message)
    .where(said.c.chat == bindparam("chat"), said.c.answers == bindparam("message"))
    .order_by(said.c.message)
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
        self._state = state

    def find(self, chat: int, message: int) -> Exchange | None:
        """The exchange that this message of a person began."""
        rows = self._state.rows(_ASKED, chat=chat, message=message)
        answers = self._state.rows(_ANSWERS, chat=chat, message=message)
        for text, receipt in rows:
            return Exchange(text, receipt, [number for (number,) in answers])
        return None

    def keep(self, chat: int, message: int, exchange: Exchange) -> None:
        """Store an exchange in place of the one that the message began before, if it did."""
        with self._state.transaction(lazily=True) as connection:
            about = {"chat": chat, "receipt": exchange.receipt}
            put(connection, asked, {**about, "message": message, "text": exchange.text})
            connection.execute(delete(said).where(said.c.chat == chat, said.c.answers == message))
            numbers = dict.fromkeys(exchange.answers)
            put(connection, said, [{**about, "message": n, "answers": message} for n in numbers])

    def receipt_of(self, chat: int, message: int) -> str | None:
        """The receipt that a message is about, a person's or the bot's own."""
        rows = self._state.rows(
            union_all(
                *(
                    select(table.c.receipt).where(table.c.chat == chat, table.c.message == message)
                    for table in (said, asked)
                )
            )
        )
        return next((receipt for (receipt,) in rows if receipt), None)

    def open(self, chat: int, message: int, receipt: str) -> int | None:
        """A passage has been opened in a message of its own; the one before it in this chat."""
        rows = self._state.rows(select(opened.c.message).where(opened.c.chat == chat))
        with self._state.transaction(lazily=True) as connection:
            put(connection, opened, {"chat": chat, "message": message})
            row = {"chat": chat, "message": message, "answers": None, "receipt": receipt}
            put(connection, said, row)
        before = rows[0][0] if rows else None
        return before if before != message else None
