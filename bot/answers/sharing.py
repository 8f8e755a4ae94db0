"""Answers that whoever asked has let others see."""

from sqlalchemy import bindparam, delete, select

from footnote.bot.database.tables import shared
from footnote.bot.state import State
from footnote.index.database.upsert import put_new

_SHARED = select(shared).where(shared.c.receipt == bindparam("receipt"))


class Sharing:
    """By the ids of receipts; who may ask may see what is shared, if they have its address."""

    def __init__(self, state: State) -> None:
        self._state = state

    def is_shared(self, receipt: str) -> bool:
        return bool(self._state.rows(_SHARED, receipt=receipt))

    def share(self, receipt: str) -> None:
        with self._state.transaction() as connection:
            put_new(connection, shared, {"receipt": receipt})

    def unshare(self, receipt: str) -> None:
        with self._state.transaction() as connection:
            connection.execute(delete(shared).where(shared.c.receipt == receipt))
