"""The empty folder that a reader works in, in the temp folder, where none stays for good.

The process that makes it holds it by flock(2). One that was killed leaves its folder behind, and
the next one to be made removes that.
"""

import contextlib
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

_PREFIX = "footnote-reader-"
_NEW_SECONDS = 60.0
"""Until then it may have been made, and not be held yet."""


class OwnFolder:
    """At `path` until `remove`, or until this process ends."""

    def __init__(self) -> None:
        _remove_left_behind()
        self._folder = TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
        self.path = self._folder.name
        self._held = _hold(self.path, wait=True)

    def remove(self) -> None:
        self._folder.cleanup()
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _remove_left_behind() -> None:
    """What is not empty, as these folders are, stays."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        held = _hold(str(folder), wait=False)
        if held is None:
            continue
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > _NEW_SECONDS:
                folder.rmdir()
        os.close(held)


def _hold(folder: str, *, wait: bool) -> int | None:
    """A descriptor that holds it; None where somebody else does, or where nothing can."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:  # gone, or another user's
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:  # in use, or on a file system without such locks
        os.close(opened)
        return None
    return opened
