"""getUpdates: confirms, answers at once or waits (Client::process_get_updates_query and on).

Not imitated: that the real server holds back a request which repeats the same offset at once.
"""

import asyncio
from contextlib import suppress

from .methods import Call
from .refusals import Refusal, conflict
from .state import State
from .validation import Json
from .webhook_methods import ask_for

MAX = 100  # updates in an answer
LONGEST = 50  # seconds
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)
OTHER_REQUEST = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Poller:
    """Lives in the server's event loop. At most one request waits at a time."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._waiting: asyncio.Future[None] | None = None

    def wake(self) -> None:
        """There may be updates, or a webhook."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    def end(self) -> None:
        """The server ends, and so does the request that waits."""
        self._take_the_place(Refusal(500, "Internal Server Error: restart"))

    async def get_updates(self, parameters: Json) -> list[Json]:
        """Raises the 409 for an active webhook. A request that has to wait takes the place of one
        that waits already, which fails with the 409 for a second poller; one that is answered at
        once leaves the other alone."""
        loop = asyncio.get_running_loop()
        self._begin(parameters)
        offset = parameters.get("offset", 0)
        limit = min(max(parameters.get("limit", MAX), 1), MAX)
        end = loop.time() + min(max(parameters.get("timeout", 0), 0), LONGEST)
        mine: asyncio.Future[None] | None = None
        while True:
            updates = self._take(offset, limit)
            left = end - loop.time()
            if updates or left <= 0:
                return updates
            if mine is None:
                self._take_the_place(conflict(OTHER_REQUEST))
            self._waiting = mine = loop.create_future()
            with suppress(TimeoutError):
                await asyncio.wait_for(mine, left)
            if self._state.webhook.url:
                raise conflict("terminated by setWebhook request")
            offset = max(offset, 0)

    def _begin(self, parameters: Json) -> None:
        with self._state.changed:
            if self._state.webhook.url:
                raise conflict(WEBHOOK_ACTIVE)
            ask_for(Call(self._state, parameters))

    def _take_the_place(self, refusal: Refusal) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(refusal)

    def _take(self, offset: int, limit: int) -> list[Json]:
        with self._state.changed:
            now = self._state.clock.now()
            updates = self._state.updates.select(offset, limit, now)
            for update in updates:
                update.deliveries += 1
            self._state.changed.notify_all()  # some may be confirmed now
        return [update.body for update in updates]
