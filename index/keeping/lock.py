"""The single-writer lock: of all processes that have an index in common, one at a time writes."""

import os
import time
from pathlib import Path
from typing import Protocol

import filelock

from footnote.index.errors import IndexLocked


class WriterLock(Protocol):
    """A process that ends leaves it to others, however it ends."""

    def acquire(self, purpose: str) -> None:
        """Raises IndexLocked where another process has it. `purpose`: what it is for."""
        ...

    def confirm(self) -> None:
        """Make sure that it is still held; raises IndexLocked where another process has it now."""
        ...

    def refuse_lost(self) -> None:
        """Raises IndexLocked where this process has not had it all the time since it got it."""
        ...

    def holder(self) -> str | None:
        """The process that has it, in words; None where nobody has."""
        ...

    @property
    def held(self) -> bool:
        """By this process."""
        ...

    def release(self) -> None: ...


class FileWriterLock:
    """Of a home folder, for the processes of one machine.

    Held by the operating system for as long as the process lives: a crash leaves none behind. Who
    holds it stands in a file beside it, for people to read.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Of the process, not of the thread: what acquired it in one thread writes in another.
        self._lock = filelock.FileLock(folder / "index.lock", mode=0o600, thread_local=False)
        self._holder = folder / "index.lock.holder"

    def acquire(self, purpose: str) -> None:
        try:
            # Who asks for the holder has the lock too, for less than a millisecond.
            self._lock.acquire(timeout=0.1, poll_interval=0.01)
        except filelock.Timeout:
            raise IndexLocked(self._holder_in_words()) from None
        since = time.strftime("%Y-%m-%d %H:%M")
        self._holder.touch(mode=0o600)
        self._holder.write_text(f"{purpose}, process {os.getpid()}, since {since}\n")

    def confirm(self) -> None:
        """The operating system takes it away from no process."""

    def refuse_lost(self) -> None:
        """The same."""

    def holder(self) -> str | None:
        if not self._lock.is_locked:
            try:
                self._lock.acquire(timeout=0)
            except filelock.Timeout:
                pass
            else:
                self._lock.release()
                return None
        return self._holder_in_words()

    def _holder_in_words(self) -> str:
        try:
            return self._holder.read_text().strip() or "another process"
        except OSError:
            return "another process"

    @property
    def held(self) -> bool:
        return self._lock.is_locked

    def release(self) -> None:
        if self._lock.is_locked:
            self._holder.unlink(missing_ok=True)
            self._lock.release()
