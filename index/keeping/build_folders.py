"""The folders that builds lie in, and which of them answers."""

import hashlib
import os
import re
import shutil
from functools import cached_property
from pathlib import Path
from typing import Protocol

from footnote.corpus.article_files import ArticlesPlace
from footnote.index.errors import IndexUnreadable

_CURRENT = "current"
_Signature = tuple[int, int, int]
_NAME = re.compile(r"build-\d+")
_made: set[Path] = set()


class BuildFolders(Protocol):
    """The builds for one folder of articles. Each has a folder on this machine, whose name is that
    of the build; what others have in common may be elsewhere, and the folder not be there."""

    @property
    def root(self) -> Path:
        """Where the folders are, beside each other."""
        ...

    def current(self) -> Path | None:
        """The folder of the build that answers; None where none does. Raises IndexUnreadable where
        that cannot be told."""
        ...

    def all(self) -> list[Path]: ...

    def new(self) -> Path:
        """One that was not there before, so that nothing of another can be taken for its own."""
        ...

    def answer_from(self, folder: Path) -> None:
        """Have this one answer from now on, in one step."""
        ...

    def may_go(self, folder: Path) -> bool:
        """Whether nobody on other machines can be reading from it any more."""
        ...

    def clear_away(self, folder: Path) -> None:
        """As far as that can be done; the next sync tries again."""
        ...


class FoldersHere:
    """Those for one folder of articles, beside each other in `root`; it need not be there yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: tuple[_Signature, Path] | None = None

    def current(self) -> Path | None:
        """Raises IndexUnreadable where `current` is garbage.

        It is asked whenever something is read, so that the file is opened only once it is another.
        """
        signature, read = self._signature(), self._read
        if read is not None and read[0] == signature and os.path.isdir(read[1]):
            return read[1]
        folder = self._opened()
        if folder is not None and signature is not None:
            self._read = signature, folder
        return folder

    def _signature(self) -> "_Signature | None":
        """Of the file as it is before it is read; what is written replaces it by another."""
        try:
            there = os.stat(self._file)
        except OSError:
            return None
        return there.st_ino, there.st_mtime_ns, there.st_size

    @cached_property
    def _file(self) -> str:
        return os.fspath(self.root / _CURRENT)

    def _opened(self) -> Path | None:
        name, before = self._named(), None
        while name is not None and name != before:
            if (folder := self.root / name).is_dir():
                return folder
            name, before = self._named(), name  # another process may have swapped it just now
        return None

    def _named(self) -> str | None:
        file = self.root / _CURRENT
        try:
            name = file.read_bytes().decode(errors="replace").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise IndexUnreadable(f"{file}: {error.strerror}") from error
        if not _NAME.fullmatch(name):
            raise IndexUnreadable(f"{file} names no index, but {name[:80]!r}")
        return name

    def all(self) -> list[Path]:
        return [folder for folder in self.root.glob("build-*") if _NAME.fullmatch(folder.name)]

    def new(self) -> Path:
        """Nor one that this process has made and somebody has taken away.

        Chroma goes on closing its files by their paths for a while.
        """
        made = [folder for folder in _made if folder.parent == self.root]
        numbers = [int(f.name.removeprefix("build-")) for f in (*self.all(), *made)]
        folder = self.root / f"build-{max(numbers, default=0) + 1}"
        _made.add(folder)
        return folder

    def answer_from(self, folder: Path) -> None:
        """Have `current` name this one."""
        temporary = self.root / f".{_CURRENT}"
        temporary.write_text(folder.name + "\n")
        os.replace(temporary, self.root / _CURRENT)

    def may_go(self, folder: Path) -> bool:
        return True  # processes of this machine go on with files that are open

    def clear_away(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)


def folder_key(home: Path, place: ArticlesPlace) -> str:
    """Names a folder of articles as seen from home, so that both can be moved together; an address
    is the same from everywhere."""
    path = place if isinstance(place, str) else os.path.relpath(place.resolve(), home.resolve())
    return hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:8]
