"""A submission: something that was brought from a chat, with how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select

from footnote.bot.database.tables import submission as submissions
from footnote.bot.state import State
from footnote.bot.submissions.upload import (
    Offer,
    SubmissionResult,
    Upload,
    offer_of,
    result_of,
    upload_of,
)


class Stage(StrEnum):
    """It waits to be read or added; it is offered for somebody's word; its article waits to be
    searchable; it is done."""

    WAITING = "waiting"
    OFFERED = "offered"
    INDEXING = "indexing"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Came:
    """How something came: `cause` names it for ever, `at` is when it was sent, in seconds since
    1970, `album` what it came with. `who` is the person's name, `language` the code of theirs."""

    cause: str
    place: str
    message: int
    person: int
    who: str
    language: str
    at: float
    album: str | None = None

    def numbered(self, number: int) -> "Came":
        """One of several things in the same message."""
        return replace(self, cause=f"{self.cause}#{number}")


@dataclass(frozen=True, slots=True)
class Submission:
    """`report` tells of it, and `own` of it alone. `changed` counts the wordings of what was
    brought, `begun` how often it was begun without an end, `suspected` how often it
    had been under way for long when the process ended. `title` is what somebody wants it to be
    called, `replaces` the id of an article. It is `approved` where somebody has said to add it."""

    number: int
    cause: str
    report: int
    own: int | None
    place: str
    message: int
    person: int
    who: str
    at: float
    due: float
    replaces: str | None
    changed: int
    begun: int
    suspected: int
    title: str | None
    approved: bool
    stage: Stage
    upload: Upload
    offer: Offer | None
    result: SubmissionResult | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Submission":
        known = dict(zip((field.name for field in fields(cls)), row, strict=True))
        offer, result = known["offer"], known["result"]
        made: dict[str, Any] = {
            "approved": bool(known["approved"]),
            "stage": Stage(known["stage"]),
            "upload": upload_of(known["upload"]),
            "offer": offer_of(offer) if offer else None,
            "result": result_of(result) if result else None,
        }
        return cls(**known | made)

    @property
    def name(self) -> str:
        """What it is called as far as is known; empty for a text that was not read yet."""
        read = self.offer.reading.draft.title if self.offer else ""
        told = self.result.title if self.result else ""
        return self.title or told or read or self.upload.title or self.upload.name


_UPLOAD = "what"
"""The column that has the upload; the others are called as in Submission."""
SUBMISSIONS: Select[Any] = select(
    *(submissions.c[_UPLOAD if f.name == "upload" else f.name] for f in fields(Submission))
)
"""All of them; `find_all` takes it with conditions and an order."""


def find_all(state: State, which: Select[Any]) -> list[Submission]:
    return [Submission.of(row) for row in state.rows(which)]
