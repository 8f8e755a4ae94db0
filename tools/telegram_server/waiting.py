"""Waiting for the bot, with an error that shows what it did instead."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .requests import listed

if TYPE_CHECKING:
    from .state import State

T = TypeVar("T")
LOOK_AGAIN = 0.1  # seconds, for what changes without a notice
PATIENCE = 60.0
"""Seconds of real time until what does not happen is told, as long as a busy machine may need."""


class NothingHappened(AssertionError):
    """The bot did not do in time what a test waited for."""


def wait_for(
    state: "State",
    look: Callable[[], T | None],
    what: str,
    *,
    timeout: float = PATIENCE,
    transcript: Callable[[], str] | None = None,
) -> T:
    """Looks after every change until there is something, and returns it. Seconds of real time."""
    deadline = time.monotonic() + timeout
    with state.changed:
        while (found := look()) is None:
            left = deadline - time.monotonic()
            if state.ended:
                raise NothingHappened(_report(state, f"{what}: {state.ended}", transcript))
            if left <= 0:
                raise NothingHappened(_report(state, f"{what}: not within {timeout} s", transcript))
            state.changed.wait(min(left, LOOK_AGAIN))
    return found


def _report(state: "State", what: str, transcript: Callable[[], str] | None) -> str:
    parts = [f"waited for {what}"]
    if transcript:
        parts.append(f"The chat so far:\n{transcript()}")
    parts.append(f"The last requests:\n{listed(state.requests)}")
    if state.violations:
        parts.append("Not allowed:\n" + "\n".join(map(str, state.violations)))
    return "\n\n".join(parts)
