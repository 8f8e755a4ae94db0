"""What was brought in several messages, was edited or remarked upon: its words in the end."""

from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, update

from footnote.bot.database.tables import submission as submissions
from footnote.bot.state import State
from footnote.bot.submissions.submission import SUBMISSIONS, Came, Stage, Submission, find_all
from footnote.bot.submissions.upload import Upload, dump

# Telegram Desktop parts a text at the best break in the second half of 4,096 characters.
GOES_ON_CHARACTERS = 2000
"""A part that is shorter is the last of its text."""
_ONE_PASTE_SECONDS = 3.0  # between one part and the next
_ONE_POST_SECONDS = 5.0  # between the parts of a text that is passed on, when they were first sent
_LATELY_SECONDS = 60.0
_MAX_EDITABLE = 200  # of the last that somebody brought


class MessageEdits:
    """Of submissions that are not decided upon yet; after each change they are read anew."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rows = partial(find_all, state)

    def join(self, came: Came, upload: Upload, *, due: float) -> Submission | None:
        """The text that this is a further part of, which has it now; None where there is none.

        A part that comes again, from a message that is handled again, is there already.
        """
        [part] = upload.parts
        with self._state.transaction() as connection:
            if known := self._with_part(came):
                return known
            for before in self._lately(came):
                if _goes_on(before, came, upload):
                    self._reword(connection, before, before.upload.with_part(*part), due)
                    return self._rows(SUBMISSIONS.where(submissions.c.number == before.number))[0]
        return None

    def goes_on(self, came: Came, upload: Upload) -> bool:
        """Whether this is a further part of a text."""
        return self._with_part(came) is not None or any(
            _goes_on(before, came, upload) for before in self._lately(came)
        )

    def reword(self, came: Came, text: str) -> bool:
        """A message was edited; whether it is one that was brought. What is decided stays."""
        with self._state.transaction() as connection:
            for known in self._rows(
                _of(came).order_by(submissions.c.number.desc()).limit(_MAX_EDITABLE)
            ):
                if came.message == known.message or came.message in dict(known.upload.parts):
                    if came.message in dict(known.upload.parts) and _is_open(known):
                        edited = known.upload.with_part(came.message, text)
                        self._reword(connection, known, edited, due=0.0)
                    return True
        return False

    def remark(self, came: Came, text: str, within: float) -> bool:
        """Note what was said of something that the person passed on within so many seconds, and
        that came in before it, though it was sent after it; whether there is such a thing."""
        with self._state.transaction() as connection:
            for known in self._lately(came):
                follows = came.message < known.message and known.at - came.at <= within
                if known.upload.origin is not None and follows and _is_open(known):
                    self._reword(connection, known, known.upload.noting(text), due=0.0)
                    return True
        return False

    def _reword(
        self, connection: Connection, submission: Submission, upload: Upload, due: float
    ) -> None:
        connection.execute(
            update(submissions)
            .where(submissions.c.number == submission.number)
            .values(
                what=dump(upload),
                stage=Stage.WAITING.value,
                due=due,
                begun=0,
                offer=None,
                changed=submissions.c.changed + 1,
            )
        )

    def _with_part(self, came: Came) -> Submission | None:
        """What has this message for one of its further parts, whatever became of it."""
        for known in self._rows(
            _of(came)
            .where(submissions.c.at >= came.at - _LATELY_SECONDS)
            .order_by(submissions.c.number.desc())
            .limit(20)
        ):
            if came.message != known.message and came.message in dict(known.upload.parts):
                return known
        return None

    def _lately(self, came: Came) -> list[Submission]:
        """What can belong together with it, the newest first."""
        return self._rows(
            _of(came)
            .where(
                submissions.c.at >= came.at - _LATELY_SECONDS,
                submissions.c.stage.in_([Stage.WAITING.value, Stage.OFFERED.value]),
            )
            .order_by(submissions.c.number.desc())
            .limit(5)
        )


def _of(came: Came) -> Select[Any]:
    """What this person brought there."""
    return SUBMISSIONS.where(submissions.c.place == came.place, submissions.c.person == came.person)


def _is_open(submission: Submission) -> bool:
    return submission.stage in (Stage.WAITING, Stage.OFFERED) and not submission.approved


def _goes_on(before: Submission, came: Came, upload: Upload) -> bool:
    """Whether a text goes on in this message: it came at once, after a part that was long."""
    if before.upload.kind != "text" or not _is_open(before):
        return False
    number, last = before.upload.parts[-1]
    one, other = before.upload.origin, upload.origin
    same = one is other is None or (
        one is not None
        and other is not None
        and one.key == other.key
        and abs(one.at - other.at) <= _ONE_POST_SECONDS
    )
    parts = len(before.upload.parts)
    at_once = came.at - before.at <= _ONE_PASTE_SECONDS * parts
    return same and at_once and number < came.message and len(last) >= GOES_ON_CHARACTERS
