"""A process that reads one thing after another, with bounds on its time and memory.

It is talked to over its standard input and output: a line of JSON with name, url, size, the
encoding where a site names one, and whether it is a feed, then the bytes; a line of JSON comes
back, with the reading or with what was wrong.
"""

import json
import os
import sys
import time
import traceback
from dataclasses import asdict
from typing import Any, BinaryIO

from footnote.corpus.charsets import in_utf8
from footnote.corpus.errors import FrontMatterFault, Unreadable
from footnote.corpus.faults import written
from footnote.corpus.feeds import parse_feed
from footnote.corpus.language import language_of
from footnote.corpus.processes import package_root
from footnote.corpus.readers.confined import confine
from footnote.corpus.readers.formats import read

_MAX_OPEN = 64
_MAX_TIMES = 50
"""So many times the time for one thing is what one process may use in all: then another begins."""


def main(max_seconds: float, max_bytes: int) -> None:
    """Serve until the other side closes."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    language_of("Its model is read from a file, by way of another one that is written. " * 2)
    _limit_memory(max_bytes)
    _limit_time(2 * _MAX_TIMES * max_seconds, for_good=True)
    confine([package_root() / "footnote" / "corpus"])
    while line := sys.stdin.buffer.readline():
        _limit_time(max_seconds)
        answer = _answer(json.loads(line), sys.stdin.buffer)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
        if answer.get("exhausted") or time.process_time() > _MAX_TIMES * max_seconds:
            return  # what is left of the memory may be in pieces: the next one starts afresh


def _answer(request: dict[str, Any], source: BinaryIO) -> dict[str, Any]:
    try:
        data = in_utf8(source.read(request["size"]), request["charset"])
        if request["feed"]:
            return {"feed": asdict(parse_feed(data, url=request["url"]))}
        reading = read(data, name=request["name"], url=request["url"], max_bytes=len(data))
        return asdict(reading)
    except FrontMatterFault as fault:
        return {"path": fault.path, "faults": [(line, written(of)) for line, of in fault.faults]}
    except Unreadable as error:
        return {"unreadable": [written(told) for told in error.told]}
    except MemoryError:
        return {"exhausted": traceback.format_exc()}
    except Exception:  # the last handler of this process: a parser can raise anything
        return {"broken": traceback.format_exc()}


def _limit_memory(max_bytes: int) -> None:
    """Where the system can: more is a MemoryError, or the end of this process."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, max_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _MAX_OPEN),
    ):
        _limit(what, most, for_good=True)


def _limit_time(max_seconds: float, *, for_good: bool = False) -> None:
    """Of the processor, for the next thing, should nobody be there any more to end this."""
    try:
        import resource
    except ImportError:
        return
    most = int(time.process_time() + max_seconds) + 1
    _limit(resource.RLIMIT_CPU, most, for_good=for_good)


def _limit(what: int, most: int, *, for_good: bool = False) -> None:
    """`for_good`: this process cannot raise it again."""
    import resource

    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    try:
        resource.setrlimit(what, (most, most if for_good else hard))
    except (ValueError, OSError):  # a limit that this system has by name only
        return


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
