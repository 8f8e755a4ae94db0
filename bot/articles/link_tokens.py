"""Short numbers for texts that are too long for a button: ids of articles, and words."""

from hashlib import sha256

from sqlalchemy import select

from footnote.bot.database.tables import handle
from footnote.bot.state import State
from footnote.index.database.upsert import put_new

_BYTES = 7  # two of a million texts have the same number with a chance of 1 in 140,000
MAX = 1 << 8 * _BYTES
"""All numbers are less."""


def number_of(text: str) -> int:
    """At most 17 digits, the same for ever; 0 for no text."""
    return int.from_bytes(sha256(text.encode()).digest()[:_BYTES]) if text else 0


class LinkTokens:
    """The words that people searched for, by their numbers."""

    def __init__(self, state: State) -> None:
        self._state = state

    def of(self, text: str) -> int:
        """Its number, by which it is found again from now on."""
        number = number_of(text)
        if self.text(number) is None:
            with self._state.transaction(lazily=True) as connection:
                put_new(connection, handle, {"number": number, "text": text})
        return number

    def text(self, number: int) -> str | None:
        """The text of a number; None where no text was ever given this one."""
        if number == 0:
            return ""
        if not 0 < number < MAX:
            return None
        rows = self._state.rows(select(handle.c.text).where(handle.c.number == number))
        return rows[0][0] if rows else None
