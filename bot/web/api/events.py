"""Answers as they come: server-sent events, one for each sentence and one for the whole."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, contextmanager
from typing import Any, TypeVar

from aiohttp import web

from footnote.bot.web.authentication import is_let_in
from footnote.bot.web.error_pages import fault_json, told_of
from footnote.bot.web.page_language import texts_of

logger = logging.getLogger(__name__)

EVENTS = "text/event-stream"
KEEP_ALIVE_SECONDS = 15.0
"""So often something is sent while nothing is told, so that nobody on the way closes the line."""
_END = None
T = TypeVar("T")
Event = tuple[str, Any]
"""Its name, empty for none, and what is told: plain values, or text that is sent as it is."""


def wants_events(request: web.Request) -> bool:
    return request.headers.get("Accept", "").startswith(EVENTS)


async def while_heard(
    request: web.Request, events: AsyncGenerator[T, None]
) -> AsyncGenerator[T, None]:
    """Each of the events until whoever asked has gone: an answer that nobody waits for any more is
    not kept, though it may be found only after that."""
    async with aclosing(events):
        async for event in events:
            if request.transport is None:
                return
            yield event


async def send_events(
    request: web.Request, events: AsyncIterator[Event], *, fault: str = "error"
) -> web.StreamResponse:
    """Send each as it comes, to the end or until nobody listens any more.

    What goes wrong before anything is sent is raised; after that, it is told in an event named
    `fault`. So is it where whoever asked may not see any more of it, for they have been dismissed.
    """
    coming = _Coming(events)
    try:
        event = await coming.next()
        response = _response()
        with _until_gone():
            await response.prepare(request)
            while event is not _END:
                is_told = event is not _Coming.NOTHING_YET
                await response.write(_written(*event) if is_told else b":\n\n")
                event = await _next_or_fault(coming, request, fault)
            await response.write_eof()
    finally:
        await coming.close()
    return response


@contextmanager
def _until_gone() -> Iterator[None]:
    """Whoever asked may go away before the end."""
    try:
        yield
    except ConnectionResetError:
        logger.info("whoever asked has gone before the end of the answer")


class _Coming:
    """The events one after the other, with a sign of life where one takes long."""

    NOTHING_YET: Any = object()

    def __init__(self, events: AsyncIterator[Event]) -> None:
        self._events = events
        self._next: asyncio.Task[Event | None] | None = None

    async def next(self) -> Any:
        """The next event, `NOTHING_YET`, or None at the end."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._one())
        done, _ = await asyncio.wait({self._next}, timeout=KEEP_ALIVE_SECONDS)
        if not done:
            return self.NOTHING_YET
        task, self._next = self._next, None
        return task.result()

    async def close(self) -> None:
        if self._next is not None:
            self._next.cancel()
            await asyncio.wait({self._next})
            self._next = None
        if isinstance(self._events, AsyncGenerator):
            await self._events.aclose()

    async def _one(self) -> Event | None:
        return await anext(self._events, _END)


async def _next_or_fault(coming: _Coming, request: web.Request, name: str) -> Any:
    try:
        event = await coming.next()
        if event is _END or await is_let_in(request):
            return event
        await coming.close()
        return name, fault_json(request, 401, texts_of(request).private_page)
    except Exception as error:  # the answer has begun: what goes wrong is told within it
        return name, fault_json(request, *told_of(error, texts_of(request)))


def _response() -> web.StreamResponse:
    response = web.StreamResponse()
    response.content_type, response.charset = EVENTS, "utf-8"
    # Else a proxy may keep the sentences until there are many.
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _written(name: str, told: Any) -> bytes:
    text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {text}\n\n".encode()
