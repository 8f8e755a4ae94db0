"""A PostgreSQL server of the tests' own on loopback, with a database for each test."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tests.ports import free_port

PASSWORD = "s3cretpass"
LEFT_OUT = "there is no PostgreSQL server here (on Debian: apt-get install postgresql)"
_STARTS_WITHIN_SECONDS = 60.0
_LIFETIME_SECONDS = "3600"
_NOBODY = "nobody"
_ON_DISK = "/var/tmp"
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "max_connections": "60",
    "shared_buffers": "16MB",
}


def programs() -> Path | None:
    """The folder of the server's programs, the newest there is; None where there is none."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if found:
        return max(found, key=lambda path: float(path.parts[-3])).parent
    there = shutil.which("postgres")
    return Path(there).resolve().parent if there and shutil.which("initdb") else None


class PostgresServer:
    """Stops by itself after an hour, whatever becomes of the tests."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # Not with what is in memory: sixty databases and their log take a gigabyte.
        self._folder = Path(tempfile.mkdtemp(prefix="footnote-postgres-", dir=_ON_DISK))
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        # The server refuses to be run by root.
        self._user = _NOBODY if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self._folder, self._user)
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self._run(
            "initdb", "--pgdata", str(self._folder / "data"), "--username", "footnote",
            "--auth", "scram-sha-256", "--pwfile", str(secret), "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--no-sync",
        )  # fmt: skip
        self.port = free_port()

    def start(self) -> None:
        options = [part for name, value in _OPTIONS.items() for part in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            [
                "timeout", "--signal=INT", _LIFETIME_SECONDS, str(self._programs / "postgres"),
                "-D", str(self._folder / "data"), "-p", str(self.port), *options,
            ],
            user=self._user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + _STARTS_WITHIN_SECONDS
        while True:
            try:
                self._execute("SELECT 1")
            except Exception:  # it may be starting; of what kind psycopg's fault is does not matter
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End all connections, and itself when all is on disk; with SIGQUIT without that."""
        if self._process is not None:
            lines = (self._folder / "data" / "postmaster.pid").read_text().splitlines()
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(lines[0]), how)
            self._process.wait(60)
            self._process = None

    def pause(self) -> None:
        """Have all its processes stand still, as on a machine that sleeps."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, how: signal.Signals) -> None:
        lines = (self._folder / "data" / "postmaster.pid").read_text().splitlines()
        first = int(lines[0])
        for process in (first, *_children(first)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, how)

    def close(self) -> None:
        self.stop(signal.SIGQUIT)  # a checkpoint of some forty databases would take seconds
        shutil.rmtree(self._folder, ignore_errors=True)

    def database(self, *, encoding: str = "UTF8") -> str:
        """The address of a new one, with the password."""
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
        return self.address(name)

    def copy(self, address: str) -> str:
        """The address of a new one with all that is in this one, which nobody is connected to."""
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {address.rpartition('/')[2]}")
        return self.address(name)

    def address(self, name: str, *, password: str = PASSWORD) -> str:
        return f"postgresql://footnote:{password}@127.0.0.1:{self.port}/{name}"

    def _execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            user=self._user, cwd="/", check=True, capture_output=True, timeout=60,
        )  # fmt: skip


def running(programs: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(programs)
    try:
        server.start()
        yield server
    finally:
        server.close()


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in tasks.read_text().split()]
