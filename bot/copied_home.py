"""A home folder that may only be read: what only reads goes on with a copy of it."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from footnote.bot.errors import SettingsFault
from footnote.bot.settings import PREFIX, Settings, place_of_articles
from footnote.index.keeping.storage import index_folder

_STATES = "*.sqlite*"
_MAX_COPIES = 5
"""Of the index; while somebody adds articles without a pause the last one is taken as it is."""


def may_be_written(home: Path) -> bool:
    """Of one that is not there it is found out when it is made."""
    return not home.is_dir() or os.access(home, os.W_OK | os.X_OK)


@contextmanager
def with_copied_home(settings: Settings) -> Iterator[Settings]:
    """These settings on a copy of the home in a temporary folder, for the length of the block.

    Raises SettingsFault where a part of the index is on a server, of which there is no copy.
    """
    if settings.chroma_url is not None or settings.database_url is not None:
        raise SettingsFault(
            f"{settings.home} cannot be written, and a part of its index is on a server, so that no"
            f" copy of it can be made: mend its rights, or set {PREFIX}HOME to a folder of your own"
        )
    with TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        for file in settings.home.glob(_STATES):
            _copy(file, home / file.name)
        there = index_folder(settings.home, place_of_articles(settings))
        here = index_folder(home, place_of_articles(settings))
        for _ in range(_MAX_COPIES):
            before = _states(there)
            shutil.rmtree(here, ignore_errors=True)
            for file in before:
                _copy(file, here / file.relative_to(there))
            if _states(there) == before:
                break  # nobody wrote meanwhile: files of two moments would look like damage
        yield settings.model_copy(update={"home": home})


def _states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and date of each file in it."""
    found = dict[Path, tuple[int, int]]()
    for file in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            if file.is_file():
                state = file.stat()
                found[file] = (state.st_size, state.st_mtime_ns)
    return found


def _copy(file: Path, to: Path) -> None:
    """With its date, by which the index knows what it wrote, and without its rights.

    What may not even be read is done without: an index is then made anew. What is gone by now is
    missed by whoever compares.
    """
    with contextlib.suppress(PermissionError, FileNotFoundError):
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)
        state = file.stat()
        os.utime(to, ns=(state.st_atime_ns, state.st_mtime_ns))
