"""Receipts: every result that was given to somebody, with the evidence as it was then, on disk.

A number button carries a receipt's id and a footnote's number, so it opens the right passage after
a restart and years later; and what a conversation was about is read from its receipts.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from footnote.bot.state import State
from footnote.index.question import Turn
from footnote.index.result_json import NOT_ANSWERED, dump_result, load_result
from footnote.index.results import (
    AnyResult,
    Checked,
    Reason,
    WrongQuotation,
    answered_by,
    articles_of,
)

logger = logging.getLogger(__name__)

# An answer alone has a mode: what only comes near to a question, or is listed, has not answered it.
_CITED = (
    "json_tree(CASE WHEN json_valid({0}) AND json_extract({0}, '$.mode') IS NOT NULL THEN {0}"
    " ELSE '[]' END) WHERE key = 'article' AND type = 'text'"
)
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
    """
ALTER TABLE receipt ADD COLUMN cause TEXT;
ALTER TABLE receipt ADD COLUMN parent TEXT;
ALTER TABLE receipt ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX receipt_by_cause ON receipt (cause);
CREATE INDEX receipt_by_parent ON receipt (parent);
""",
    # `asked` is None of what is no question: a check, or what has been tampered with.
    f"""
ALTER TABLE receipt ADD COLUMN asked TEXT AS (
    CASE WHEN json_valid(result) AND json_extract(result, '$.sentences') IS NULL
    THEN lower(json_extract(result, '$.question')) END
) VIRTUAL;
ALTER TABLE receipt ADD COLUMN why TEXT AS (
    CASE WHEN NOT json_valid(result) THEN NULL
    WHEN json_extract(result, '$.kind') = 'nearest' THEN 'nearest'
    WHEN json_extract(result, '$.reason') IN ('{Reason.NOTHING_FOUND}', '{NOT_ANSWERED}')
    THEN 'nothing'
    WHEN json_extract(result, '$.reason') = '{Reason.OTHER_LANGUAGE}' THEN 'language' END
) VIRTUAL;
CREATE INDEX receipt_by_question ON receipt (asked, parent, seq)
    WHERE NOT replaced AND asked IS NOT NULL;
CREATE INDEX receipt_without_answer ON receipt (seq)
    WHERE NOT replaced AND asked IS NOT NULL AND why IS NOT NULL;
CREATE TABLE citing (
    article TEXT NOT NULL,
    receipt INTEGER NOT NULL REFERENCES receipt (seq),
    PRIMARY KEY (article, receipt)
) STRICT, WITHOUT ROWID;
INSERT INTO citing SELECT DISTINCT atom, seq FROM receipt, {_CITED.format("result")};
CREATE TRIGGER receipt_cites AFTER INSERT ON receipt BEGIN
    INSERT INTO citing SELECT DISTINCT atom, new.seq FROM {_CITED.format("new.result")};
END;
""",
)
_ID_BYTES = 9  # 72 random bits, 12 characters: not to be guessed, short enough for a button
_MAX_RECEIPTS = 6
_AT_A_TIME = 50
_MAX_QUESTIONS = 200
_SAME_QUESTION = (
    "NOT same.replaced AND same.asked IS NOT NULL AND same.asked = it.asked"
    " AND same.parent IS it.parent"
)
# Long after the last question the next one is most likely about something else.
_STALE_AFTER_SECONDS = 3 * 3600


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was answered where: `place` is a chat, and a topic in it.

    `parent` is the receipt that the question followed up, if it did.
    """

    id: str
    place: str
    result: AnyResult
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that got no sure answer, the last time and so often that it was asked.

    `why`: something came near, nothing was found, or it is in a language that no article is in.
    `at` is in seconds since 1970; `previous` is the question that it followed up.
    """

    why: Literal["nearest", "nothing", "language"]

    question: str
    previous: str | None
    at: float
    times: int


class Receipts:
    """What is written is on disk when a call returns."""

    def __init__(self, state: State) -> None:
        self._state = state
        state.migrate("receipts", _STEPS, places=["receipt.place", "fresh_start.place"])

    def keep(
        self,
        result: AnyResult,
        place: str,
        *,
        cause: str | None = None,
        parent: str | None = None,
        replaces: str | None = None,
    ) -> Receipt:
        """Store a result before it is shown; the receipt by which it is found again.

        `cause` names what asked, for ever: of the same cause the first receipt is the one that
        counts, and is returned. What followed up the receipt that this one `replaces` follows up
        this one from now on.
        """
        receipt = Receipt(secrets.token_urlsafe(_ID_BYTES), place, result, parent)
        with self._state.transaction() as connection:
            kept = connection.execute(
                "INSERT INTO receipt (id, place, at, result, cause, parent)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (cause) DO NOTHING",
                (receipt.id, place, time.time(), dump_result(result), cause, parent),
            ).rowcount
            if kept and replaces:
                connection.execute("UPDATE receipt SET replaced = 1 WHERE id = ?", (replaces,))
                connection.execute(
                    "UPDATE receipt SET parent = ? WHERE parent = ?", (receipt.id, replaces)
                )
        if kept or cause is None:
            return receipt
        return self._only("cause = ?", cause) or receipt

    def find(self, receipt: str) -> Receipt | None:
        return self._only("id = ?", receipt)

    def of_cause(self, cause: str) -> Receipt | None:
        """The receipt that this cause led to already, if it was handled before."""
        return self._only("cause = ?", cause)

    def latest(self, place: str) -> Receipt | None:
        """What was asked last in this place; None once that is stale, or after a fresh start."""
        return self._only(
            "place = ? AND at > ? AND NOT replaced AND json_extract(result, '$.sentences') IS NULL"
            " AND seq > coalesce((SELECT after FROM fresh_start WHERE place = receipt.place), 0)"
            " ORDER BY seq DESC LIMIT 1",
            place,
            time.time() - _STALE_AFTER_SECONDS,
        )

    def history(self, receipt: str | None) -> list[Turn]:
        """What was said up to this receipt, oldest first: its own turns and those it follows up."""
        turns: list[Turn] = []
        found = self.find(receipt) if receipt else None
        for _ in range(_MAX_RECEIPTS):
            if found is None:
                break
            turns[:0] = _turns(found.result)
            found = self.find(found.parent) if found.parent else None
        return turns

    def cited(self, receipt: str | None) -> tuple[str, ...]:
        """The ids of the articles that the result of this receipt cites or lists."""
        found = self.find(receipt) if receipt else None
        return (
            () if found is None or isinstance(found.result, Checked) else articles_of(found.result)
        )

    def start_afresh(self, place: str) -> None:
        """What is asked next in this place has nothing to do with what was asked before."""
        with self._state.transaction() as connection:
            connection.execute(
                "INSERT INTO fresh_start SELECT ?, coalesce(max(seq), 0) FROM receipt WHERE true"
                " ON CONFLICT (place) DO UPDATE SET after = excluded.after",
                (place,),
            )

    def answered_from(
        self, article: str, *, place: str | None = None, most: int = _MAX_QUESTIONS
    ) -> list[str]:
        """The questions whose answers cite this article, the latest first; each time it was asked.

        `article` is its id. With a `place`, those that were asked there, in whatever topic.
        """
        rows = self._state.rows(
            "SELECT json_extract(result, '$.question') FROM citing JOIN receipt"
            " ON receipt.seq = citing.receipt WHERE article = ?1"
            " AND (?2 IS NULL OR place = ?2 OR place LIKE ?2 || ':%')"
            " ORDER BY citing.receipt DESC LIMIT ?3",
            article,
            place,
            most,
        )
        return [question for (question,) in rows]

    def times_cited(self, article: str) -> int:
        """How many answers cite the article with this id."""
        rows = self._state.rows("SELECT count(*) FROM citing WHERE article = ?", article)
        return int(rows[0][0])

    def gaps(
        self, most: int, *, did_answer: Callable[[str], bool] = lambda receipt: False
    ) -> list[Gap]:
        """What got no sure answer when it was asked last, the newest first.

        `did_answer` tells of a receipt whether what only came near is known to have answered.
        """
        without = (
            Gap(why, question, self._question(parent), at, times)
            for receipt, why, question, parent, at, times in self._without_answer()
            if why != "nearest" or not did_answer(receipt)
        )
        return list(islice(without, most))

    def _without_answer(self) -> Iterator[Any]:
        """Those that were asked last and got no sure answer, the newest first, a few at a time."""
        last = 2**63 - 1
        while rows := self._state.rows(
            "SELECT seq, id, why, json_extract(result, '$.question'), parent, at,"
            f" (SELECT count(*) FROM receipt AS same WHERE {_SAME_QUESTION})"
            " FROM receipt AS it WHERE NOT replaced AND asked IS NOT NULL AND why IS NOT NULL"
            " AND seq < ? AND NOT EXISTS (SELECT 1 FROM receipt AS same"
            f" WHERE {_SAME_QUESTION} AND same.seq > it.seq) ORDER BY seq DESC LIMIT ?",
            last,
            _AT_A_TIME,
        ):
            last = rows[-1][0]
            yield from (fields for _, *fields in rows)

    def asked(self) -> Iterator[Receipt]:
        """Every question with its result, oldest first, without those that were edited since."""
        last = 0
        while rows := self._state.rows(
            "SELECT seq, id, place, result, parent FROM receipt WHERE seq > ? AND NOT replaced"
            " ORDER BY seq LIMIT ?",
            last,
            _AT_A_TIME,
        ):
            last = rows[-1][0]
            receipts = (_receipt(*fields) for _, *fields in rows)
            yield from (r for r in receipts if r and not isinstance(r.result, Checked))

    def count(self) -> int:
        """How many results are kept, of all conversations."""
        return int(self._state.rows("SELECT count(*) FROM receipt")[0][0])

    def _only(self, where: str, *values: object) -> Receipt | None:
        rows = self._state.rows(
            f"SELECT id, place, result, parent FROM receipt WHERE {where}", *values
        )
        return _receipt(*rows[0]) if rows else None

    def _question(self, receipt: str | None) -> str | None:
        found = self.find(receipt) if receipt else None
        return found.result.question if found else None


def _receipt(id_: str, place: str, result: str, parent: str | None) -> Receipt | None:
    """None where what is on disk has been tampered with: it is as if it were not there."""
    try:
        return Receipt(id_, place, load_result(result), parent)
    except (WrongQuotation, ValueError, KeyError, TypeError):
        logger.exception("receipt %s cannot be relied on", id_)
        return None


def _turns(result: AnyResult) -> list[Turn]:
    asked = Turn("user", result.question)
    answered = None if isinstance(result, Checked) else answered_by(result)
    return [asked, Turn("assistant", answered)] if answered else [asked]
