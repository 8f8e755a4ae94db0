"""Receipts: every result that was given to somebody, with the evidence as it was then, on disk.

A number button carries a receipt's id and a footnote's number, so it opens the right passage after
a restart and years later; and what a conversation was about is read from its receipts.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    update,
)

from footnote.bot.database import tables
from footnote.bot.state import State
from footnote.index.database.upsert import insert, put, put_new
from footnote.index.question import Turn
from footnote.index.result_json import dump_result, load_result
from footnote.index.results import (
    Abstention,
    Answer,
    AnyResult,
    Checked,
    Nearest,
    Reason,
    WrongQuotation,
    answered_by,
    articles_of,
)

logger = logging.getLogger(__name__)

_ID_BYTES = 9  # 72 random bits, 12 characters: not to be guessed, short enough for a button
_MAX_RECEIPTS = 6
_AT_A_TIME = 50
_MAX_QUESTIONS = 200
# Long after the last question the next one is most likely about something else.
_STALE_AFTER_SECONDS = 3 * 3600

_receipt, _fresh_start, _citing = tables.receipt, tables.fresh_start, tables.citing
_RECEIPTS = select(_receipt.c.id, _receipt.c.place, _receipt.c.result, _receipt.c.parent)
_BY_ID = _RECEIPTS.where(_receipt.c.id == bindparam("id"))
_BY_CAUSE = _RECEIPTS.where(_receipt.c.cause == bindparam("cause"))
_CITING = (
    select(_receipt.c.question)
    .join_from(_citing, _receipt, _receipt.c.seq == _citing.c.receipt)
    .where(_citing.c.article == bindparam("article"))
    .order_by(_citing.c.receipt.desc())
    .limit(bindparam("most"))
)
_WITHIN = bindparam("within", type_=String)
_CITING_HERE = _CITING.where(
    or_(
        _receipt.c.place == bindparam("place"),
        func.substr(_receipt.c.place, 1, func.length(_WITHIN)) == _WITHIN,
    )
)
_TIMES_CITED = (
    select(func.count()).select_from(_citing).where(_citing.c.article == bindparam("article"))
)
_AFTER = select(_fresh_start.c.after).where(_fresh_start.c.place == bindparam("place"))
_FRESH = (
    _receipt.c.place == bindparam("place"),
    _receipt.c.at > bindparam("fresh"),
    _receipt.c.replaced == 0,
    _receipt.c.seq > func.coalesce(_AFTER.scalar_subquery(), 0),
)
_SHOWN_LAST = _RECEIPTS.where(*_FRESH).order_by(_receipt.c.seq.desc()).limit(1)
_LATEST = _SHOWN_LAST.where(_receipt.c.asked.is_not(None))


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
            seq = connection.scalar(
                _keeping(connection.dialect.name),
                {
                    "id": receipt.id,
                    "place": place,
                    "at": time.time(),
                    "result": dump_result(result),
                    "cause": cause,
                    "parent": parent,
                    "question": result.question,
                    "asked": None if isinstance(result, Checked) else result.question.lower(),
                    "why": _why(result),
                },
            )
            if seq is not None:
                cited = articles_of(result) if isinstance(result, Answer) else ()
                put_new(connection, _citing, [{"article": a, "receipt": seq} for a in cited])
            if seq is not None and replaces:
                it, following = _receipt.c.id == replaces, _receipt.c.parent == replaces
                connection.execute(update(_receipt).where(it).values(replaced=1))
                connection.execute(update(_receipt).where(following).values(parent=receipt.id))
        if seq is not None or cause is None:
            return receipt
        return self.of_cause(cause) or receipt

    def find(self, receipt: str) -> Receipt | None:
        return self._only(_BY_ID, id=receipt)

    def of_cause(self, cause: str) -> Receipt | None:
        """The receipt that this cause led to already, if it was handled before."""
        return self._only(_BY_CAUSE, cause=cause)

    def latest(self, place: str) -> Receipt | None:
        """What was asked last in this place; None once that is stale, or after a fresh start."""
        return self._only(_LATEST, place=place, fresh=time.time() - _STALE_AFTER_SECONDS)

    def shown_last(self, place: str) -> Receipt | None:
        """The same, or what was checked there since."""
        return self._only(_SHOWN_LAST, place=place, fresh=time.time() - _STALE_AFTER_SECONDS)

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
            last = connection.scalar(select(func.coalesce(func.max(_receipt.c.seq), 0)))
            put(connection, _fresh_start, {"place": place, "after": last})

    def answered_from(
        self, article: str, *, place: str | None = None, most: int = _MAX_QUESTIONS
    ) -> list[str]:
        """The questions whose answers cite this article, the latest first; each time it was asked.

        `article` is its id. With a `place`, those that were asked there, in whatever topic.
        """
        if place is None:
            rows = self._state.rows(_CITING, article=article, most=most)
        else:
            within = f"{place}:"
            rows = self._state.rows(
                _CITING_HERE, article=article, place=place, within=within, most=most
            )
        return [question for (question,) in rows]

    def times_cited(self, article: str) -> int:
        """How many answers cite the article with this id."""
        return int(self._state.rows(_TIMES_CITED, article=article)[0][0])

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
        last, it, same = 2**63 - 1, _receipt.alias("it"), _receipt.alias("same")
        is_same = (
            *(_is_question(same), same.c.asked == it.c.asked),
            same.c.parent.is_not_distinct_from(it.c.parent),
        )
        times = select(func.count()).select_from(same).where(*is_same).scalar_subquery()
        later = select(same.c.seq).where(*is_same, same.c.seq > it.c.seq).exists()
        found = (
            select(it.c.seq, it.c.id, it.c.why, it.c.question, it.c.parent, it.c.at, times)
            .where(_is_question(it), it.c.why.is_not(None), ~later)
            .order_by(it.c.seq.desc())
            .limit(_AT_A_TIME)
        )
        while rows := self._state.rows(found.where(it.c.seq < last)):
            last = rows[-1][0]
            yield from (fields for _, *fields in rows)

    def asked(self) -> Iterator[Receipt]:
        """Every question with its result, oldest first, without those that were edited since."""
        last = 0
        found = _RECEIPTS.add_columns(_receipt.c.seq).where(_receipt.c.replaced == 0)
        found = found.order_by(_receipt.c.seq)
        while rows := self._state.rows(found.where(_receipt.c.seq > last).limit(_AT_A_TIME)):
            last = rows[-1][-1]
            receipts = (_read(*fields) for *fields, _ in rows)
            yield from (r for r in receipts if r and not isinstance(r.result, Checked))

    def count(self) -> int:
        """How many results are kept, of all conversations."""
        return int(self._state.rows(select(func.count()).select_from(_receipt))[0][0])

    def _only(self, found: Select[Any], **values: object) -> Receipt | None:
        rows = self._state.rows(found, **values)
        return _read(*rows[0]) if rows else None

    def _question(self, receipt: str | None) -> str | None:
        found = self.find(receipt) if receipt else None
        return found.result.question if found else None


@cache
def _keeping(dialect: str) -> Executable:
    """Gives the number of the receipt; none where there is one of the same cause."""
    kept = insert(dialect, _receipt).on_conflict_do_nothing(index_elements=["cause"])
    return kept.returning(_receipt.c.seq)


def _is_question(of: FromClause) -> ColumnElement[bool]:
    """As the indexes have it: what is no check, and was not edited since."""
    return and_(of.c.replaced == literal_column("0"), of.c.asked.is_not(None))


def _why(result: AnyResult) -> str | None:
    """Why it is no sure answer, as Gap has it; None where it is one, or there was no question."""
    match result:
        case Nearest():
            return "nearest"
        case Abstention(reason=Reason.NOTHING_FOUND | Reason.NO_ARTICLES):
            return "nothing"
        case Abstention(reason=Reason.OTHER_LANGUAGE):
            return "language"
    return None


def _read(id_: str, place: str, result: str, parent: str | None) -> Receipt | None:
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
