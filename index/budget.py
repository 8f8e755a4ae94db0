"""How much of the processor one question may take, which is looked at between the steps of work.

It counts what the thread that answers has used itself: not what it waits for, be it the disk or a
language model, nor what others use meanwhile on a busy machine.
"""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from footnote.index.errors import IndexFault

ANSWER_SECONDS = 8.0
"""Of the processor, for a question; one takes from .05 to .5 on the machines it was measured on."""

CHECK_SECONDS = 2.0
"""Of the processor, after which no further sentence of a text that is checked is begun."""

_own = threading.local()
_limits_lock = threading.Lock()
_limits: dict[int, float] = {}


class TooLong(IndexFault):
    """Answering took more of the processor than it may."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """To the end of the block `look_at_budget` raises TooLong once so much has been used.

    Within another such block the one that ends first counts.
    """
    outer: float = getattr(_own, "limit", math.inf)
    uncounted_before: float = getattr(_own, "uncounted", 0.0)
    _note(min(outer, time.thread_time() + seconds))
    try:
        yield
    finally:
        _note(outer + getattr(_own, "uncounted", 0.0) - uncounted_before)


@contextmanager
def uncounted() -> Iterator[None]:
    """What is done within is not on account of the question that happens to be the first to need
    it: loading a model, which takes up to 4 s of the processor, and thrice that on a busy machine.
    """
    outer: float = getattr(_own, "limit", math.inf)
    before: float = getattr(_own, "uncounted", 0.0)
    begun = time.thread_time()
    _note(math.inf)
    try:
        yield
    finally:
        used = time.thread_time() - begun
        _own.uncounted = before + used  # with what such blocks within used
        _note(outer + used)


def look_at_budget() -> None:
    """Raises TooLong where this thread has used up what it may; nothing where there is no limit.

    A thread uses no more of the processor than time passes, so that what is left of the limit says
    until when there is nothing to ask the system for. That takes 3 µs, and the clock .2.
    """
    if time.monotonic() < getattr(_own, "not_before", math.inf):
        return
    left = _own.limit - time.thread_time()
    if left < 0:
        raise TooLong("answering took too long, and was set aside")
    _own.not_before = time.monotonic() + left


def most_overdue() -> float:
    """By how many seconds of the processor the thread is past its limit that is so the most.

    0.0 where none is, and where the system cannot tell.
    """
    if not hasattr(time, "pthread_getcpuclockid"):
        return 0.0
    with _limits_lock:
        # None of them ends meanwhile: it would have to take its limit back first.
        overdue = [
            time.clock_gettime(time.pthread_getcpuclockid(thread)) - limit
            for thread, limit in _limits.items()
        ]
    return max(overdue, default=0.0)


def _note(limit: float) -> None:
    _own.limit = limit
    _own.not_before = -math.inf if limit < math.inf else math.inf
    with _limits_lock:
        if limit < math.inf:
            _limits[threading.get_ident()] = limit
        else:
            _limits.pop(threading.get_ident(), None)
