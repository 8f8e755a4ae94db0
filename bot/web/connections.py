"""Closing connections on which no request comes to its end, which aiohttp keeps for ever."""

import asyncio
import time
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler

IDLE_SECONDS = 15.0
"""So long a connection may be without a whole head of a request, and a body may be on its way."""

_MAX_OPEN = 200
"""Beyond so many, those that have waited the longest are closed at once."""


class Connections:
    """Those of one server: `middleware` notes which are being answered, `watch` closes others."""

    def __init__(
        self, *, idle_seconds: float = IDLE_SECONDS, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._idle_seconds = idle_seconds
        self._now = now
        self._answered: set[object] = set()
        self._since: dict[object, float] = {}

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._answered.add(request.protocol)
        try:
            return await handler(request)
        finally:
            self._answered.discard(request.protocol)

    async def watch(self, server: web.Server) -> None:
        """Until it is cancelled."""
        while True:
            self.close_idle(server)
            await asyncio.sleep(min(self._idle_seconds / 4, 1.0))

    def close_idle(self, server: web.Server) -> None:
        now = self._now()
        waiting = [one for one in server.connections if one not in self._answered]
        self._since = {one: self._since.get(one, now) for one in waiting}
        by_age = sorted(waiting, key=self._since.__getitem__)
        spare = max(len(by_age) - _MAX_OPEN, 0)
        for place, connection in enumerate(by_age):
            if place < spare or now - self._since[connection] > self._idle_seconds:
                connection.force_close()
