"""A real Chroma server on loopback, started and ended by a test: `chroma run`."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.config import Settings

from footnote.index.keeping.chroma_server import ChromaServer
from tests.ports import free_port

_COMMAND = Path(sys.executable).with_name("chroma")
_PATIENCE_SECONDS = 60.0


class ChromaRun:
    """`stop` and `start` it as often as a test likes: what it keeps stays in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        options = ["--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [_COMMAND, "run", *options],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                httpx.get(f"{self.address}/api/v2/heartbeat", timeout=1).raise_for_status()
            except httpx.HTTPError:
                assert self._process.poll() is None, "chroma run has ended"
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("chroma run does not answer")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(60)
            self._process = None

    def pause(self) -> None:
        """Have it stand still, as on a machine that sleeps."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def database(self) -> str:
        """A new one, for one test; its name."""
        name = f"test-{uuid4().hex[:12]}"
        admin = chromadb.AdminClient(self._settings())
        admin.create_database(name)
        return name

    def engine(self, database: str, *, collections: int = 1) -> ChromaServer:
        return ChromaServer(
            self.address, database=database, collections=collections, answer_seconds=20
        )

    def client(self, database: str) -> ClientAPI:
        return chromadb.HttpClient(
            "127.0.0.1",
            self.port,
            settings=Settings(anonymized_telemetry=False),
            database=database,
        )

    def collections(self, database: str) -> dict[str, int]:
        """How many vectors each has."""
        return {one.name: one.count() for one in self.client(database).list_collections()}

    def _settings(self) -> Settings:
        return Settings(
            anonymized_telemetry=False,
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host="127.0.0.1",
            chroma_server_http_port=self.port,
        )


@contextmanager
def chroma_run(folder: Path) -> Iterator[ChromaRun]:
    server = ChromaRun(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
