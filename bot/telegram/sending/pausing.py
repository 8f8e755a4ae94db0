"""Pausing until something happens, or for a while."""

import asyncio
from contextlib import suppress


async def passed_or_set(event: asyncio.Event, seconds: float | None) -> None:
    """Wait until the event is set, at most so long if that is given.

    asyncio.wait_for of Python 3.11 may swallow a cancellation that comes at the same moment, and a
    loop that pauses by it then goes on for ever.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
