"""Reading the bytes of a database that this process has open, without its locks being lost.

POSIX takes every lock that a process has on a file away once it closes any descriptor of that file
(sqlite.org/howtocorrupt.html, 2.2). SQLite's own lock gone, the next process that closed the
catalogue held itself to be the last and deleted the write-ahead log that this one went on writing.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class _Held:
    """`descriptor`: of what it was first read by, if it ever was."""

    holders: int = 0
    descriptor: int | None = None


_held: dict[Path, _Held] = {}
_guard = threading.Lock()


def hold(file: Path) -> None:
    """From now on this process has the database in this file open, once more."""
    with _guard:
        _held.setdefault(file.absolute(), _Held()).holders += 1


def release(file: Path) -> None:
    """It is closed: to be called after the database's own connections have been."""
    with _guard:
        held = _held[file.absolute()]
        held.holders -= 1
        if not held.holders:
            del _held[file.absolute()]
            if held.descriptor is not None:
                os.close(held.descriptor)


@contextmanager
def reading(file: Path) -> Iterator[int]:
    """A descriptor to read with `os.pread`; of what is held it is closed with the last holder.

    Raises OSError.
    """
    kept = _kept_descriptor(file)
    descriptor = os.open(file, os.O_RDONLY) if kept is None else kept
    try:
        yield descriptor
    finally:
        if kept is None:
            os.close(descriptor)


def _kept_descriptor(file: Path) -> int | None:
    """None where nobody holds the file that is there now, which may have replaced another."""
    with _guard:
        held = _held.get(file.absolute())
        if held is None:
            return None
        if held.descriptor is None:
            held.descriptor = os.open(file, os.O_RDONLY)
        there, kept = os.stat(file), os.fstat(held.descriptor)
        return held.descriptor if os.path.samestat(there, kept) else None
