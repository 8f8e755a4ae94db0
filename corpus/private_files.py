"""Files that only their owner may read: what people ask, and what is kept of it."""

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_private(paths: Iterable[str | Path]) -> None:
    """Take from everybody but their owner the rights to these files, folders and all within.

    What is not there, or belongs to somebody else, is passed over, and so are links.
    """
    for path in paths:
        with contextlib.suppress(OSError):
            _close(path)


def _close(path: str | Path) -> None:
    mode = os.lstat(path).st_mode
    if not stat.S_ISLNK(mode) and mode & _OTHERS:
        os.chmod(path, stat.S_IMODE(mode) & ~_OTHERS)
    if stat.S_ISDIR(mode):
        with os.scandir(path) as entries:
            inside = [entry.path for entry in entries]
        keep_private(inside)
