"""A home folder that may only be read: what only reads goes on with a copy of it."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from footnote.bot.settings import Settings
from footnote.index.keeping.passage_index import index_folder

_STATES = "*.sqlite*"


def may_be_written(home: Path) -> bool:
    """Of one that is not there it is found out when it is made."""
    return not home.is_dir() or os.access(home, os.W_OK | os.X_OK)


@contextmanager
def with_copied_home(settings: Settings) -> Iterator[Settings]:
    """These settings on a copy of the home in a temporary folder, for the length of the block."""
    with TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        for file in settings.home.glob(_STATES):
            _copy(file, home / file.name)
        there = index_folder(settings.home, settings.articles)
        here = index_folder(home, settings.articles)
        for file in there.rglob("*"):
            if file.is_file():
                _copy(file, here / file.relative_to(there))
        yield settings.model_copy(update={"home": home})


def _copy(file: Path, to: Path) -> None:
    """With its date, by which the index knows what it wrote, and without its rights.

    What may not even be read is done without: an index is then made anew.
    """
    with contextlib.suppress(PermissionError):
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)
        state = file.stat()
        os.utime(to, ns=(state.st_atime_ns, state.st_mtime_ns))
