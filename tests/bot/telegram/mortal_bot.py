"""The real bot as a process that is started, killed and started again.

Run as a program it imports everything once and forks a bot for each line that it reads, so that a
restart takes a tenth of a second instead of three. It ends, and its bot with it, when its standard
input does.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from footnote.bot.composition import Footnote

_NEEDED = ("footnote.bot.telegram.running", "chromadb_rust_bindings", "tests.fakes")
"""By all the bots to come."""
ROOT = Path(__file__).parents[3]


class MortalBot:
    """One bot at a time, with settings from `environment`; the embedding model is one of words."""

    def __init__(self, environment: dict[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if "FOOTNOTE" not in name}
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.telegram.mortal_bot"],
            cwd=ROOT,
            env=kept | environment | {"PTB_TIMEDELTA": "true"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = 0

    def start(self) -> None:
        """Start one, after the end of the one before."""
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write("\n")
        self._nursery.stdin.flush()
        self.pid = int(self._nursery.stdout.readline())

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def terminate(self) -> int:
        """Send SIGTERM and wait for the end; its exit code."""
        assert self._nursery.stdin
        assert self._nursery.stdout
        os.kill(self.pid, signal.SIGTERM)
        self._nursery.stdin.write("wait\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline())

    def __enter__(self) -> "MortalBot":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._nursery.stdin
        with contextlib.suppress(BrokenPipeError):
            self._nursery.stdin.close()
        self._nursery.wait(60)


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


def _fork() -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        _live()
        os._exit(0)
    finally:
        os._exit(1)


def _nurse() -> None:
    for needed in _NEEDED:
        import_module(needed)
    # What is loaded at first use, by the end of which no thread has been started.
    import_module("py3langid").classify("a text")
    for texts in import_module("footnote.bot.telegram.texts").Texts.by_language().values():
        texts.translate("")

    pid = 0
    for line in sys.stdin:
        if pid:
            _, status = os.waitpid(pid, 0)
        if line.strip() == "wait":
            pid, told = 0, os.waitstatus_to_exitcode(status)
        else:
            told = pid = _fork()
        print(told, flush=True)
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    _nurse()
