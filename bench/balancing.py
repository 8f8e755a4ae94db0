"""Balancers before replicas, on free ports of loopback: one in a thread, and nginx."""

import asyncio
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from itertools import count
from pathlib import Path
from typing import Protocol

from tests.ports import free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
PATH = "/telegram"
_CONFIGURATION = Path(__file__).parents[1] / "nginx.scale.conf"
_LIFETIME_SECONDS = "1800"
_READ_BYTES = 1 << 16


class Listening(Protocol):
    """A balancer that runs."""

    @property
    def port(self) -> int: ...


Balancing = Callable[[list[int]], AbstractContextManager[Listening]]
"""Makes one before replicas that listen on these ports."""


class Balancer:
    """Passes each connection on to one of the replicas that take it, by turns; runs in a thread."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._turn = count()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="balancer", daemon=True)
        self.port = 0

    def __enter__(self) -> "Balancer":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._pass_on, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        server.close()
        self._loop.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            for _ in self._ports:
                port = self._ports[next(self._turn) % len(self._ports)]
                try:
                    theirs, its = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    continue
                await asyncio.gather(_copy(reader, its), _copy(theirs, writer))
                break
        writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(_READ_BYTES):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


class Nginx:
    """nginx with the configuration that compose.scale.yaml gives it, but for the addresses."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="footnote-nginx-"))

    def configuration(self) -> str:
        text = _CONFIGURATION.read_text()
        text = text.replace("listen 8080", f"listen 127.0.0.1:{self.port}")
        text = text.replace("pid /tmp/nginx.pid", f"pid {self._folder}/nginx.pid")
        paths = "".join(
            f"    {kind}_temp_path {self._folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        text = text.replace("http {\n", "http {\n" + paths)
        return re.sub(
            r"replica-([0-9]+):8080", lambda m: f"127.0.0.1:{self._ports[int(m[1]) - 1]}", text
        )

    def __enter__(self) -> "Nginx":
        assert NGINX
        file = self._folder / "nginx.conf"
        file.write_text(self.configuration())
        self._folder.chmod(0o755)  # its workers are somebody else
        self._process = subprocess.Popen(
            ["timeout", _LIFETIME_SECONDS, NGINX, "-p", str(self._folder), "-c", str(file),
             "-g", "daemon off;"],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until_it_listens(self.port)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)
        shutil.rmtree(self._folder, ignore_errors=True)


def wait_until_it_listens(port: int, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
