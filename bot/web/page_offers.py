"""What editors have sent that waits for somebody's word: on disk, to outlive a restart."""

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select

from footnote.bot.database.tables import page_offer
from footnote.bot.state import State
from footnote.bot.submissions.submission import Stage, Submission
from footnote.bot.submissions.submissions import KEPT_OFFERED_SECONDS
from footnote.bot.submissions.upload import Upload, dump, offer_of, upload_of

MAX_OFFERS = 100
"""Of everybody together; each may have a whole article in it."""
_ID_BYTES = 9

_COLUMNS = ("id", "place", "person", "who", "at", "replaces", "what", "offer")


class PageOffers:
    """Safe to use from several threads. Those that nobody decides go after a day."""

    def __init__(self, state: State, *, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self._now = now

    def keep(self, submission: Submission) -> str:
        """The id under which it is found again; the oldest goes where there are too many."""
        assert submission.offer is not None, "only what has been read can be offered"
        id_ = secrets.token_urlsafe(_ID_BYTES)
        values = (
            *(id_, submission.place, submission.person, submission.who, submission.at),
            *(submission.replaces, dump(submission.upload), dump(submission.offer)),
        )
        is_old = page_offer.c.at <= self._now() - KEPT_OFFERED_SECONDS
        too_many = select(page_offer.c.number).order_by(page_offer.c.number.desc())
        last = too_many.limit(1).offset(MAX_OFFERS).scalar_subquery()
        with self._state.transaction() as connection:
            connection.execute(delete(page_offer).where(is_old))
            connection.execute(insert(page_offer), dict(zip(_COLUMNS, values, strict=True)))
            connection.execute(delete(page_offer).where(page_offer.c.number <= last))
        return id_

    def find(self, id_: str) -> Submission | None:
        """None where it does not wait any more."""
        rows = self._rows(page_offer.c.id == id_)
        return _submission(rows[0]) if rows else None

    def forget(self, id_: str) -> None:
        """It has been decided."""
        with self._state.transaction() as connection:
            connection.execute(delete(page_offer).where(page_offer.c.id == id_))

    def of(self, place: str) -> list[tuple[str, Submission]]:
        """Those of somebody, with their ids, in the order in which they came."""
        rows = self._rows(page_offer.c.place == place)
        return [(row[0], _submission(row)) for row in rows]

    def _rows(self, which: ColumnElement[bool]) -> list[Any]:
        is_new = page_offer.c.at > self._now() - KEPT_OFFERED_SECONDS
        found = select(*(page_offer.c[name] for name in _COLUMNS)).where(is_new, which)
        return self._state.rows(found.order_by(page_offer.c.number))


def submission_of(
    upload: Upload, *, place: str, person: int, who: str, at: float, replaces: str | None
) -> Submission:
    """As those that come from chats are taken, though no message tells of it."""
    return Submission(
        number=0,
        cause="",
        report=0,
        own=None,
        place=place,
        message=0,
        person=person,
        who=who,
        at=at,
        due=at,
        replaces=replaces,
        changed=0,
        begun=1,
        suspected=0,
        title=None,
        approved=False,
        stage=Stage.WAITING,
        upload=upload,
        offer=None,
        result=None,
    )


def _submission(row: Any) -> Submission:
    _, place, person, who, at, replaces, what, offer = row
    waiting = submission_of(
        upload_of(what), place=place, person=person, who=who, at=at, replaces=replaces
    )
    return replace(waiting, stage=Stage.OFFERED, offer=offer_of(offer))
