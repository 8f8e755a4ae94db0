"""The thread in which the server runs, with an event loop of its own."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from aiohttp import web

from .delivery import Delivery
from .faults import Faults
from .flood import FloodMeter
from .polling import Poller
from .state import State
from .transport import Transport

HOST = "127.0.0.1"
GRACE = 0.2  # seconds that requests under way get when the server ends


class Serving:
    """Listens on a free port from `start` until `stop`, or until its lifetime is over."""

    def __init__(
        self,
        state: State,
        token: str,
        *,
        faults: Faults,
        flood: FloodMeter,
        lifetime: float,
        webhook_pause: float,
    ) -> None:
        self._state = state
        self._poller = Poller(state)
        self._delivery = Delivery(state, pause=webhook_pause)
        self._transport = Transport(state, token, faults=faults, flood=flood, poller=self._poller)
        self._lifetime = lifetime
        self._socket = socket.create_server((HOST, 0))
        self._stopping = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._started, self._has_served = threading.Event(), False
        self._thread = threading.Thread(target=self._run, name="telegram-server", daemon=True)
        self.address = f"http://{HOST}:{self._socket.getsockname()[1]}"

    def start(self) -> None:
        self._thread.start()
        self._started.wait()
        if not self._has_served:
            raise RuntimeError(self._state.ended)

    def stop(self) -> None:
        """Harmless if it has ended already."""
        self._call(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self._end("the server has ended")
            self._started.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        application = self._transport.application()
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=GRACE)
        await runner.setup()
        await web.SockSite(runner, self._socket).start()
        self._state.on_update = lambda: self._call(self._wake)
        delivering = asyncio.create_task(self._delivery.run())
        self._has_served = True
        self._started.set()
        try:
            await asyncio.wait_for(self._stopping.wait(), self._lifetime)
        except TimeoutError:
            self._end(f"the server's lifetime of {self._lifetime} s is over")
        finally:
            delivering.cancel()
            self._poller.end()
            await runner.cleanup()

    def _wake(self) -> None:
        self._poller.wake()
        self._delivery.wake()

    def _call(self, function: Callable[[], None]) -> None:
        """Has something done in the event loop, from any thread."""
        assert self._loop is not None
        with suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(function)

    def _end(self, why: str) -> None:
        with self._state.changed:
            self._state.ended = self._state.ended or why
            self._state.changed.notify_all()
