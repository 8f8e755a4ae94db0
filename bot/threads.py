"""The one way from the event loop into a thread.

    await run_in_thread(store.read, article)     # in the pool that the process shares

    threads = ThreadPool("display", 2)           # in a pool of its own
    await threads.run(view, receipt)

A pool of its own is for work that must not wait behind other work, or must not go on beside
itself:

- `state`, one thread: reads and writes of `state.sqlite`, in turn (`bot/state.py`)
- `listening`: what other processes tell through a database server
- `living`: what tells them that this one lives
- `leading`: whether this process does what one of them does for all
- `display`: what buttons show, which never waits behind slow answers
- `writing`: answers that wait for a language model
- `adding`: submissions, and the index after them
- `web`, `web-adding`: the same for the pages

Context variables are visible in the thread; what is set there stays there.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def run_in_thread(action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the action returns or raises, called in a thread of the shared pool."""
    return await _run(None, partial(action, *args, **kwargs))


class ThreadPool:
    """Threads of one purpose, started when they are needed; their names begin with `name`."""

    def __init__(self, name: str, size: int) -> None:
        self._name, self._size = name, size
        self._executor = self._made()

    async def run(self, action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the action returns or raises, called in one of these threads."""
        return await _run(self._executor, partial(action, *args, **kwargs))

    def close(self) -> None:
        """Wait for everything that was handed in."""
        self._executor.shutdown()

    def abandon(self) -> None:
        """Begin nothing more that was handed in, without waiting for what is under way."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._made()

    def _made(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._size, thread_name_prefix=self._name)


async def _run(executor: ThreadPoolExecutor | None, action: Callable[[], T]) -> T:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(executor, copy_context().run, action)
