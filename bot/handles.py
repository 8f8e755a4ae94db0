"""Short numbers for texts that are too long for a button, such as the ids of articles."""

from collections.abc import Iterable
from hashlib import sha256

from bot.state import State

_STEPS = (
    """
CREATE TABLE handle (
    number INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
""",
)
_BYTES = 7  # two of a million texts have the same number with a chance of 1 in 140,000
MOST = 1 << 8 * _BYTES
"""All numbers are less."""


class Handles:
    """A text has the same number for ever; 0 is that of no text."""

    def __init__(self, state: State) -> None:
        state.migrate("handles", _STEPS)
        self._state = state

    def of(self, text: str) -> int:
        return self.of_all([text])[0]

    def of_all(self, texts: Iterable[str]) -> list[int]:
        """At most 17 digits each, and found again from now on."""
        numbered = [(_number(text), text) for text in texts]
        new = [(n, text) for n, text in numbered if n and self.text(n) is None]
        if new:
            with self._state.transaction(lazily=True) as connection:
                connection.executemany("INSERT OR IGNORE INTO handle VALUES (?, ?)", new)
        return [number for number, _ in numbered]

    def text(self, number: int) -> str | None:
        """The text of a number; None where no text was ever given this one."""
        if number == 0:
            return ""
        if not 0 < number < MOST:
            return None
        rows = self._state.rows("SELECT text FROM handle WHERE number = ?", number)
        return rows[0][0] if rows else None


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:_BYTES]) if text else 0
