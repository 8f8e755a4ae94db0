"""Answers that whoever asked has let others see."""

from footnote.bot.state import State

_STEPS = (
    """
CREATE TABLE shared (
    receipt TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
""",
)


class Sharing:
    """By the ids of receipts; who may ask may see what is shared, if they have its address."""

    def __init__(self, state: State) -> None:
        state.migrate("sharing", _STEPS)
        self._state = state

    def is_shared(self, receipt: str) -> bool:
        return bool(self._state.rows("SELECT 1 FROM shared WHERE receipt = ?", receipt))

    def share(self, receipt: str) -> None:
        with self._state.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO shared VALUES (?)", (receipt,))

    def unshare(self, receipt: str) -> None:
        with self._state.transaction() as connection:
            connection.execute("DELETE FROM shared WHERE receipt = ?", (receipt,))
