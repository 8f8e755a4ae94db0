"""The single-writer lock: of all processes on one home folder, one keeps the index."""

import os
import time
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexLocked


class WriterLock:
    """Held by the operating system for as long as the process lives: a crash leaves none behind.

    Who holds it stands in a file beside it, for people to read.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / "index.lock")
        self._holder = folder / "index.lock.holder"

    def acquire(self, purpose: str) -> None:
        """Raises IndexLocked at once where another process has it. `purpose`: what it is for."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise IndexLocked(self.holder() or "another process") from None
        since = time.strftime("%Y-%m-%d %H:%M")
        self._holder.write_text(f"{purpose}, process {os.getpid()}, since {since}\n")

    def holder(self) -> str | None:
        """The process that has it, in words; None where nobody has."""
        if not self._lock.is_locked:
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                pass
            else:
                self._lock.release()
                return None
        try:
            return self._holder.read_text().strip() or None
        except OSError:
            return None

    @property
    def held(self) -> bool:
        return self._lock.is_locked

    def release(self) -> None:
        if self._lock.is_locked:
            self._holder.unlink(missing_ok=True)
            self._lock.release()
