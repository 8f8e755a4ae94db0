"""Reading in processes of their own, which are ended when they take too long or too much."""

import json
import logging
import os
import subprocess
import threading
from typing import Any

from footnote.corpus.article import Draft
from footnote.corpus.errors import FrontMatterFault, Unreadable
from footnote.corpus.faults import Fault, ToldFault, told_of
from footnote.corpus.feeds import Feed, FeedEntry
from footnote.corpus.processes import import_path, module_command
from footnote.corpus.readers.own_folder import OwnFolder
from footnote.corpus.readers.reading import Reading

logger = logging.getLogger(__name__)

MAX_SECONDS = 60.0
MAX_MEMORY_BYTES = 2 * 1024**3
"""Of one reader; a page of 50 MB took 1.7 GB."""

_IDLE_SECONDS = 30.0
_NEEDED = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "PYTHONHOME")


class ReadersApart:
    """As many readers as are needed at once, up to `most`; safe to use from several threads.

    A reader stays for a while, for the next file: starting one takes most of a second.
    """

    def __init__(
        self,
        *,
        most: int | None = None,
        max_seconds: float = MAX_SECONDS,
        max_memory: int = MAX_MEMORY_BYTES,
    ) -> None:
        self.most = most or max(1, min(4, os.cpu_count() or 1))
        self._arguments = [str(max_seconds), str(max_memory)]
        self._max_seconds = max_seconds
        self._turn = threading.Semaphore(self.most)
        self._lock = threading.Lock()
        self._idle: list[_ReaderProcess] = []

    def read(
        self, data: bytes, *, name: str, url: str | None = None, charset: str | None = None
    ) -> Reading:
        """As `corpus.readers.formats.read`, and Unreadable for what breaks a reader or its bounds.

        `charset` is the encoding that a site names, as `corpus.charsets` does.
        """
        request = {"url": url, "feed": False, "charset": charset}
        return _reading(self._answer(data, name, request))

    def read_feed(self, data: bytes, *, url: str, charset: str | None = None) -> Feed:
        """As `corpus.feeds.parse_feed`, and Unreadable in the same way."""
        request = {"url": url, "feed": True, "charset": charset}
        answer = self._answer(data, url, request)["feed"]
        return Feed(answer["title"], tuple(FeedEntry(**entry) for entry in answer["entries"]))

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.end()

    def _answer(self, data: bytes, name: str, request: dict[str, Any]) -> dict[str, Any]:
        """What a reader says, if it is not that something was wrong."""
        with self._turn:
            reader = self._take()
            answer = reader.ask(data, {"name": name, **request}, self._max_seconds)
            if answer is None or "exhausted" in answer:
                reader.end()
            else:
                self._give_back(reader)
        if answer is None:
            raise Unreadable(reader.why(name, self._max_seconds))
        _raise_fault(answer, name)
        return answer

    def _take(self) -> "_ReaderProcess":
        with self._lock:
            reader = self._idle.pop() if self._idle else None
        if reader is not None and reader.wake():
            return reader
        return _ReaderProcess(self._arguments)

    def _give_back(self, reader: "_ReaderProcess") -> None:
        with self._lock:
            self._idle.append(reader)
        reader.rest(_IDLE_SECONDS, self._retire)

    def _retire(self, reader: "_ReaderProcess") -> None:
        with self._lock:
            if reader not in self._idle:
                return
            self._idle.remove(reader)
        reader.end()


class _ReaderProcess:
    """One process, a parser of what others wrote: in a folder of its own, with an environment that
    has no secrets; what else it gives up is in `confined.py`."""

    def __init__(self, arguments: list[str]) -> None:
        self._folder = OwnFolder()
        own = {"HOME": self._folder.path, "TMPDIR": self._folder.path, **import_path()}
        self._process = subprocess.Popen(
            module_command("footnote.corpus.readers.worker", *arguments),
            cwd=self._folder.path,
            env={name: os.environ[name] for name in _NEEDED if name in os.environ} | own,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._late = False
        self._rest: threading.Timer | None = None

    def ask(
        self, data: bytes, request: dict[str, Any], max_seconds: float
    ) -> dict[str, Any] | None:
        """What it answers; None where it came to its end over it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = request | {"size": len(data)}
        alarm = threading.Timer(max_seconds, self._end_late)
        alarm.start()
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n" + data)
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            return None
        finally:
            alarm.cancel()
        answer: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
        return answer

    def why(self, name: str, max_seconds: float) -> ToldFault:
        """Why it came to its end over this."""
        if self._late:
            return Fault.TOO_SLOW.of(name=name, seconds=round(max_seconds))
        return Fault.READER_ENDED.of(name=name, code=str(self._process.wait()))

    def rest(self, seconds: float, retire: Any) -> None:
        self._rest = threading.Timer(seconds, retire, [self])
        self._rest.daemon = True
        self._rest.start()

    def wake(self) -> bool:
        """Whether it is still there."""
        if self._rest is not None:
            self._rest.cancel()
        return self._process.poll() is None

    def end(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        self._process.kill()
        self._process.communicate()
        self._folder.remove()

    def _end_late(self) -> None:
        self._late = True
        self._process.kill()


def _raise_fault(answer: dict[str, Any], name: str) -> None:
    """What the answer says was wrong, if anything; tracebacks go to the log."""
    if "faults" in answer:
        raise FrontMatterFault(
            answer["path"], [(line, told_of(told)) for line, told in answer["faults"]]
        )
    if "unreadable" in answer:
        raise Unreadable(*map(told_of, answer["unreadable"]))
    if "exhausted" in answer:
        logger.info("%s: %s", name, answer["exhausted"])
        raise Unreadable(Fault.TOO_MUCH_MEMORY.of(name=name))
    if "broken" in answer:
        logger.info("%s: %s", name, answer["broken"])
        raise Unreadable(Fault.UNREAD.of(name=name))


def _reading(answer: dict[str, Any]) -> Reading:
    dropped = tuple(answer["dropped"])
    return Reading(Draft(**answer["draft"]), dropped, answer["untitled"], answer["guessed"])
