"""The real bot as a process that is started, killed and started again.

Run as a program it imports everything once and forks a bot for each that is asked for, so that a
start takes a tenth of a second instead of three. All bots of a version in a test process are
forked from one.
It ends, and its bots with it, when its standard input does.
"""

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import time
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from footnote.bot.composition import Footnote

_NEEDED = (
    *("footnote.bot.telegram.running", "tests.fakes", "anyio._backends._asyncio"),
    *("chromadb.api.rust", "chromadb.telemetry.product.posthog"),  # a tenth of a second of a start
)
"""By all the bots to come."""
ROOT = Path(__file__).parents[3]


# Of the variable of the environment that names a made-up later version, which must be told before
# anything of Footnote is imported.
_LATER = "LATER_VERSION"


class MortalBot:
    """One bot at a time, with settings from `environment`; the embedding model is one of words."""

    def __init__(self, environment: dict[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if "FOOTNOTE" not in name}
        self._environment = kept | environment | {"PTB_TIMEDELTA": "true"}
        self._pid: int | None = None

    def start(self) -> None:
        """Start one, after the end of the one before."""
        if self._pid is not None:
            self._wait()
        self._pid = self._nursery().ask(self._environment)

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def terminate(self) -> int:
        """Send SIGTERM and wait for the end; its exit code."""
        os.kill(self._pid, signal.SIGTERM)
        return self._wait()

    def _wait(self) -> int:
        code = self._nursery().ask(self._pid)
        self._pid = None
        return code

    def _nursery(self) -> "_Nursery":
        return _nursery(self._environment.get(_LATER, ""))

    def __enter__(self) -> "MortalBot":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pid is not None:
            self.kill()
            self._wait()


class _Nursery:
    """The process that bots are forked from, of the version that is there or of a later one.

    It has all of them end with this one.
    """

    def __init__(self, later: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.telegram.mortal_bot"],
            cwd=ROOT,
            env=os.environ | {"PTB_TIMEDELTA": "true", _LATER: later},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lock = Lock()

    def ask(self, order: dict[str, str] | int) -> int:
        """For a bot with this environment: its process; for the end of one: its exit code."""
        with self._lock:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())


_nursery = cache(_Nursery)


def _live() -> None:
    """The life of one bot, in a process of its own."""
    from footnote.bot.composition import composed
    from footnote.bot.log import start_log
    from footnote.bot.settings import Process, read_settings
    from footnote.bot.telegram.receiving.connecting import Patience
    from footnote.bot.telegram.running import run_bot
    from tests.fakes import WordsModel

    settings = read_settings(reranker="none")
    start_log(settings)
    with composed(settings, purpose="footnote bot", model=WordsModel()) as footnote:
        if settings.process is Process.REPLICA:
            _wait_for_index(footnote)
        else:
            footnote.library.sync()
        # It lives for too short a time to find out whether another one is there.
        run_bot(footnote, patience=Patience(probe=0))


def _wait_for_index(footnote: "Footnote") -> None:
    from footnote.index.errors import IndexFault

    while True:
        try:
            footnote.passage_index.build()
        except IndexFault:
            time.sleep(0.05)
        else:
            return


def _fork(environment: dict[str, str]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.environ.clear()
        os.environ.update(environment)
        _live()
        os._exit(0)
    finally:
        os._exit(1)


def _nurse() -> None:
    if later := os.environ.get(_LATER):
        import_module("tests.bot.telegram.later_version").become(later)
    for needed in _NEEDED:
        import_module(needed)
    # What is loaded at first use, by the end of which no thread has been started.
    import_module("py3langid").classify("a text")
    for texts in import_module("footnote.bot.telegram.texts").Texts.by_language().values():
        texts.translate("")
    # No bot looks for garbage in what all share, which would give it a copy of all that memory.
    gc.collect()
    gc.freeze()

    living = set()
    for line in sys.stdin:
        match json.loads(line):
            case dict() as environment:
                told = _fork(environment)
                living.add(told)
            case pid:
                _, status = os.waitpid(pid, 0)
                living.remove(pid)
                told = os.waitstatus_to_exitcode(status)
        print(told, flush=True)
    for pid in living:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    _nurse()
