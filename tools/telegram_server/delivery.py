"""Sends updates to the webhook, in order within a chat, again and again until it takes them."""

import asyncio
import json
import time
from contextlib import suppress

import aiohttp

from .state import State, Violation
from .updates import QueuedUpdate, settle

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATIENCE = aiohttp.ClientTimeout(total=10)
LONGEST_PAUSE = 60.0


class Delivery:
    """Lives in the server's event loop. `pause` is the time in seconds before the first repetition;
    every further one takes twice as long (Telegram: at once, then after 2, 4, 8 … seconds)."""

    def __init__(self, state: State, *, pause: float) -> None:
        self._state = state
        self._pause = pause
        self._awake = asyncio.Event()
        self._busy: dict[
            tuple[str, int], asyncio.Task[None]
        ] = {}  # one update of a queue at a time
        self._again_at: dict[tuple[str, int], float] = {}

    def wake(self) -> None:
        self._awake.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            while True:
                self._awake.clear()
                for update in self._ready():
                    deliver = self._deliver(session, update)
                    self._busy[update.queue] = asyncio.create_task(deliver)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), self._until_next())

    def _ready(self) -> list[QueuedUpdate]:
        """The first update of every queue that is neither busy nor pausing."""
        with self._state.changed:
            webhook, updates = self._state.webhook, self._state.updates
            if not webhook.url or updates.held:
                return []
            first: dict[tuple[str, int], QueuedUpdate] = {}
            for update in updates.pending(self._state.clock.now()):
                first.setdefault(update.queue, update)
        now = time.monotonic()
        free = webhook.max_connections - len(self._busy)
        return [
            update
            for queue, update in first.items()
            if queue not in self._busy and self._again_at.get(queue, 0.0) <= now
        ][: max(free, 0)]

    def _until_next(self) -> float | None:
        times = [at for queue, at in self._again_at.items() if queue not in self._busy]
        return max(min(times) - time.monotonic(), 0.01) if times else None

    async def _deliver(self, session: aiohttp.ClientSession, update: QueuedUpdate) -> None:
        error = await self._post(session, update)
        with self._state.changed:
            update.deliveries += 1
            if error is None:
                settle([update], "confirmed")
                self._again_at.pop(update.queue, None)
            else:
                self._state.webhook.last_error = error
                self._state.webhook.last_error_date = self._state.date
                pause = min(self._pause * 2 ** (update.deliveries - 1), LONGEST_PAUSE)
                self._again_at[update.queue] = time.monotonic() + pause
            self._state.changed.notify_all()
        del self._busy[update.queue]
        self._awake.set()

    async def _post(self, session: aiohttp.ClientSession, update: QueuedUpdate) -> str | None:
        """Why it failed, None if the webhook took it."""
        webhook = self._state.webhook
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers[SECRET_HEADER] = webhook.secret_token
        try:
            async with session.post(
                webhook.url,
                data=json.dumps(update.body).encode(),
                headers=headers,
                ssl=False,  # whatever certificate the bot under test has
                allow_redirects=False,
            ) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Webhook connection failed: {error!r}"
        if not 200 <= response.status < 300:
            return f"Wrong response from the webhook: {response.status} {response.reason}"
        if b'"method"' in body:
            text = "a method in the answer to an update is not imitated by the test server"
            self._state.violations.append(Violation(0, "webhook", text))
        return None
