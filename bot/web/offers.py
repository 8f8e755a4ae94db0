"""What editors have sent that waits for somebody's word: on disk, to outlive a restart."""

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from footnote.bot.state import State
from footnote.bot.submissions.submission import Stage, Submission
from footnote.bot.submissions.submissions import KEPT_OFFERED_SECONDS
from footnote.bot.submissions.upload import Upload, dump, offer_of, upload_of

MAX_OFFERS = 100
"""Of everybody together; each may have a whole article in it."""
_ID_BYTES = 9

_STEPS = (
    """
CREATE TABLE page_offer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    person INTEGER NOT NULL,
    who TEXT NOT NULL,
    at REAL NOT NULL,
    replaces TEXT,
    what TEXT NOT NULL,
    offer TEXT NOT NULL
) STRICT;
CREATE INDEX page_offer_by_place ON page_offer (place);
""",
)
_COLUMNS = "id, place, person, who, at, replaces, what, offer"


class PageOffers:
    """Safe to use from several threads. Those that nobody decides go after a day."""

    def __init__(self, state: State, *, now: Callable[[], float] = time.time) -> None:
        state.migrate("page offers", _STEPS)
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
        before = self._now() - KEPT_OFFERED_SECONDS
        with self._state.transaction() as connection:
            connection.execute("DELETE FROM page_offer WHERE at <= ?", (before,))
            connection.execute(
                f"INSERT INTO page_offer ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values
            )
            connection.execute(
                "DELETE FROM page_offer WHERE number <="
                " (SELECT number FROM page_offer ORDER BY number DESC LIMIT 1 OFFSET ?)",
                (MAX_OFFERS,),
            )
        return id_

    def find(self, id_: str) -> Submission | None:
        """None where it does not wait any more."""
        rows = self._rows("id = ?", id_)
        return _submission(rows[0]) if rows else None

    def forget(self, id_: str) -> None:
        """It has been decided."""
        with self._state.transaction() as connection:
            connection.execute("DELETE FROM page_offer WHERE id = ?", (id_,))

    def of(self, place: str) -> list[tuple[str, Submission]]:
        """Those of somebody, with their ids, in the order in which they came."""
        rows = self._rows("place = ? ORDER BY number", place)
        return [(row[0], _submission(row)) for row in rows]

    def _rows(self, where: str, value: str) -> list[Any]:
        since = self._now() - KEPT_OFFERED_SECONDS
        query = f"SELECT {_COLUMNS} FROM page_offer WHERE at > ? AND {where}"
        return self._state.rows(query, since, value)


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
