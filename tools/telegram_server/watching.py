"""A chat as a test watches it: what the bot did there, and waiting for it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from .messages import Matching, Message
from .presses import Press
from .state import State
from .validation import Json
from .waiting import PATIENCE, NothingHappened, wait_for

T = TypeVar("T")
After = Message | Press | None

# How long Telegram shows what is not a message, in seconds (Bot API: sendChatAction,
# sendMessageDraft). A message of the bot ends both sooner.
ACTION_LASTS = 5.0
DRAFT_LASTS = 30.0


@dataclass(frozen=True)
class Draft:
    """A text that the bot showed while it was writing."""

    id: int
    text: str
    entities: tuple[Json, ...]
    time: float
    thread_id: int | None


@dataclass(frozen=True)
class Action:
    """A sign such as "typing"."""

    name: str
    time: float
    thread_id: int | None


class Watched:
    def __init__(self, state: State) -> None:
        self.state = state
        self.messages: dict[int, Message] = {}  # by number, the deleted ones too
        self.drafts: list[Draft] = []  # every one that was sent
        self.actions: list[Action] = []
        self.shown_draft: Draft | None = None
        self.shown_action: Action | None = None
        self._log: list[str] = []

    @property
    def last_id(self) -> int:
        return max(self.messages, default=0)

    def bot_messages(self, *, after: After = None, thread_id: int | None = None) -> list[Message]:
        """What stands there from the bot, in order, without what it deleted."""
        place = after.last_id if isinstance(after, Press) else after.id if after else 0
        return [
            message
            for message in list(self.messages.values())
            if message.from_bot and not message.deleted and message.id > place
            if thread_id is None or message.thread_id == thread_id
        ]

    def wait_for_message(
        self,
        *,
        after: After = None,
        matching: Matching = None,
        thread_id: int | None = None,
        timeout: float = PATIENCE,
    ) -> Message:
        """The first message of the bot after another that matches, as it reads by now."""

        def look() -> Message | None:
            found = self.bot_messages(after=after, thread_id=thread_id)
            return next((message for message in found if message.matches(matching)), None)

        wanted = "" if matching is None else f" matching {matching!r}"
        return self.wait(look, f"a message of the bot{wanted}", timeout=timeout)

    def expect_silence(self, *, after: After = None, seconds: float = 0.5) -> None:
        """Raises if the bot writes within so many seconds, or wrote since `after` already."""
        after = after or self.messages.get(self.last_id)
        deadline = time.monotonic() + seconds
        with self.state.changed:
            while not (written := self.bot_messages(after=after)):
                left = deadline - time.monotonic()
                if left <= 0:
                    return
                self.state.changed.wait(left)
        raise AssertionError(f"the bot wrote {written}\n\n{self.transcript()}")

    def wait_quiet(self, *, seconds: float = 0.3, timeout: float = PATIENCE) -> None:
        """Waits until nothing has happened here for so many seconds."""
        end = time.monotonic() + timeout
        with self.state.changed:
            lines, since = len(self._log), time.monotonic()
            while (now := time.monotonic()) < since + seconds:
                if now > end:
                    raise NothingHappened(f"not quiet within {timeout} s\n\n{self.transcript()}")
                self.state.changed.wait(since + seconds - now)
                if len(self._log) != lines:
                    lines, since = len(self._log), time.monotonic()

    @property
    def draft(self) -> Draft | None:
        """The draft that a person sees now."""
        shown = self.shown_draft
        return shown if shown and self.state.clock.now() <= shown.time + DRAFT_LASTS else None

    @property
    def action(self) -> str | None:
        """The sign that a person sees now, such as "typing"."""
        shown = self.shown_action
        fresh = shown and self.state.clock.now() <= shown.time + ACTION_LASTS
        return shown.name if shown and fresh else None

    def note(self, line: str) -> None:
        """Writes into the transcript and wakes those who wait. The caller holds the lock."""
        self._log.append(line)
        self.state.changed.notify_all()

    def transcript(self) -> str:
        """Everything that happened here, a line each."""
        return "\n".join(self._log) or "(nothing)"

    def wait(self, look: Callable[[], T | None], what: str, *, timeout: float = PATIENCE) -> T:
        return wait_for(self.state, look, what, timeout=timeout, transcript=self.transcript)
