"""Receipts: every result that was given to somebody, with the evidence as it was then, on disk.

A number button carries a receipt's id and a footnote's number, so it opens the right passage after
a restart and years later; and what a conversation was about is read from its receipts.
"""

import json
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any

from bot.state import State
from corpus.span import Span
from index.citation import Abstention, Answer, Citation, Claim, Nearest, Reason, Reference
from index.question import Turn

_STEPS = (
    """
CREATE TABLE receipt (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    at REAL NOT NULL,
    result TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_by_place ON receipt (place, seq);
CREATE TABLE fresh_start (
    place TEXT PRIMARY KEY,
    after INTEGER NOT NULL
) STRICT;
""",
)
_ID_BYTES = 9  # 72 random bits, 12 characters: not to be guessed, short enough for a button
_MOST_TURNS = 6
# Long after the last question the next one is most likely about something else.
_STALE_AFTER_SECONDS = 3 * 3600


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was answered where: `place` is a chat, and a topic in it."""

    id: str
    place: str
    result: Answer | Abstention


class Receipts:
    """What is written is on disk when a call returns."""

    def __init__(self, state: State) -> None:
        self._state = state
        state.migrate("receipts", _STEPS, places=["receipt.place", "fresh_start.place"])

    def keep(self, result: Answer | Abstention, place: str) -> Receipt:
        """Store a result before it is shown; the receipt by which it is found again."""
        receipt = Receipt(secrets.token_urlsafe(_ID_BYTES), place, result)
        with self._state.transaction() as connection:
            connection.execute(
                "INSERT INTO receipt (id, place, at, result) VALUES (?, ?, ?, ?)",
                (receipt.id, place, time.time(), _dump(result)),
            )
        return receipt

    def find(self, receipt: str) -> Receipt | None:
        rows = self._state.rows("SELECT id, place, result FROM receipt WHERE id = ?", receipt)
        return next((Receipt(id_, place, _load(result)) for id_, place, result in rows), None)

    def history(self, place: str) -> list[Turn]:
        """What was said in this conversation, oldest first; none once it has gone stale."""
        rows = self._state.rows(
            "SELECT result FROM receipt WHERE place = ? AND at > ? AND seq > coalesce("
            "(SELECT after FROM fresh_start WHERE place = receipt.place), 0)"
            " ORDER BY seq DESC LIMIT ?",
            place,
            time.time() - _STALE_AFTER_SECONDS,
            _MOST_TURNS,
        )
        return [turn for (result,) in reversed(rows) for turn in _turns(_load(result))]

    def start_afresh(self, place: str) -> None:
        """What is asked next in this place has nothing to do with what was asked before."""
        with self._state.transaction() as connection:
            connection.execute(
                "INSERT INTO fresh_start SELECT ?, coalesce(max(seq), 0) FROM receipt WHERE true"
                " ON CONFLICT (place) DO UPDATE SET after = excluded.after",
                (place,),
            )

    def count(self) -> int:
        """How many results are kept, of all conversations."""
        return int(self._state.rows("SELECT count(*) FROM receipt")[0][0])


def _turns(result: Answer | Abstention) -> list[Turn]:
    asked = Turn("user", result.question)
    if isinstance(result, Abstention):
        return [asked]
    return [asked, Turn("assistant", " ".join(claim.text for claim in result.claims))]


def _dump(result: Answer | Abstention) -> str:
    return json.dumps(asdict(result), ensure_ascii=False)


def _load(stored: str) -> Answer | Abstention:
    """The result again; its quotations are checked as when it was first made."""
    fields = json.loads(stored)
    if "claims" not in fields:
        return Abstention(
            fields["question"],
            Reason(fields["reason"]),
            [
                Nearest(Reference(**near["reference"]), Span(**near["span"]), near["text"])
                for near in fields["nearest"]
            ],
        )
    claims = [Claim(c["text"], [_citation(x) for x in c["citations"]]) for c in fields["claims"]]
    return Answer(fields["question"], fields["mode"], fields["confidence"], claims)


def _citation(fields: dict[str, Any]) -> Citation:
    nested = {
        "reference": Reference(**fields["reference"]),
        "span": Span(**fields["span"]),
        "passage": Span(**fields["passage"]),
    }
    return Citation(**fields | nested)
