"""The files of articles in a folder of this machine, each written whole or not at all."""

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from footnote.corpus.article_files import MAX_BYTES, SUFFIX, Stamp, parts_of, too_large
from footnote.corpus.errors import ArticleNotFound, CorpusError, FolderUnusable
from footnote.corpus.whole_file import sync_folder, write_whole

# What the system answers where no file can be had under a name, whatever the reason for that.
_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP}


class FilesInFolder:
    """Those of one folder and of the folders in it.

    Files and folders whose name starts with a dot are not articles, nor is anything but `.md`.
    """

    may_be_away = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def place(self) -> Path:
        return self.folder

    def look(self, among: Collection[str] | None = None) -> tuple[dict[str, Stamp], dict[str, str]]:
        """Raises FolderUnusable where the folder itself cannot be read."""
        if not self.folder.is_dir():
            raise FolderUnusable(
                f"{self.folder} is not a folder: make it, set FOOTNOTE_ARTICLES to one, or"
                " begin with 'footnote init'"
            )
        closed: dict[str, str] = {}
        if among is not None:
            return dict(self._among(among, closed)), closed
        found: list[tuple[str, Stamp]] = []
        self._walk(self.folder, "", found, closed)
        if "" in closed:
            raise FolderUnusable(f"{self.folder}: {closed['']}")
        return dict(sorted(found)), closed

    def path(self, article: str) -> Path:
        """Where the article with this id stands; ArticleNotFound where the id leads elsewhere."""
        parts = parts_of(article)
        try:
            os.fsencode(article)
        except UnicodeEncodeError:
            raise ArticleNotFound(f"{article!r} is not the name of an article") from None
        return self.folder.joinpath(*parts[:-1], parts[-1] + SUFFIX)

    def content(self, article: str) -> bytes:
        path = self.path(article)
        try:
            size = path.stat().st_size
            if size <= MAX_BYTES:
                return path.read_bytes()
        except OSError as error:
            raise self._denied(article, error, doing="read") from error
        raise too_large(article, size)

    def contents(self, stamps: Mapping[str, Stamp]) -> Iterator[tuple[str, Callable[[], bytes]]]:
        for article in stamps:
            yield article, partial(self.content, article)

    def write(self, article: str, content: bytes, *, new: bool) -> None:
        path = self.path(article)
        try:
            write_whole(path, content, new=new)
        except FileExistsError:
            raise
        except OSError as error:
            raise FolderUnusable(f"cannot write {path}: {error.strerror}") from error

    def remove(self, article: str) -> None:
        path = self.path(article)
        try:
            path.unlink()
            sync_folder(path.parent)
        except OSError as error:
            raise self._denied(article, error, doing="remove") from error

    def is_taken(self, article: str) -> bool:
        return os.path.lexists(self.path(article))

    def is_there(self, article: str) -> bool:
        try:
            return self.path(article).is_file()
        except OSError:  # where no file can have such a name, either
            return False

    def modified(self, article: str) -> float | None:
        try:
            return self.path(article).stat().st_mtime
        except OSError:
            return None

    def told(self, article: str) -> str:
        return str(self.path(article))

    def glance(self) -> object:
        try:
            return os.stat(self.folder).st_mtime_ns
        except OSError:
            return None

    def try_out(self) -> None:
        """Articles may be read from a folder that may not be written."""

    def clear_leftovers(self, *, older_than_seconds: float) -> int:
        before = time.time() - older_than_seconds
        left = [part for part in self.folder.rglob(".*.part") if _older(part, before)]
        for part in left:
            with contextlib.suppress(OSError):
                part.unlink()
        return len(left)

    def _denied(self, article: str, error: OSError, *, doing: str) -> CorpusError:
        if error.errno in _ABSENT:
            return ArticleNotFound(f"there is no article {article!r} in {self.folder}")
        return FolderUnusable(f"cannot {doing} {self.path(article)}: {error.strerror}")

    def _among(
        self, articles: Collection[str], closed: dict[str, str]
    ) -> Iterator[tuple[str, Stamp]]:
        for article in sorted(articles):
            try:
                state = self.path(article).stat()
            except ArticleNotFound:
                continue
            except OSError as error:
                if error.errno not in _ABSENT:
                    closed[article] = str(error.strerror)
            else:
                if stat.S_ISREG(state.st_mode):
                    yield article, Stamp(state.st_mtime_ns, state.st_size)

    def _walk(
        self,
        folder: str | Path,
        prefix: str,
        found: list[tuple[str, Stamp]],
        closed: dict[str, str],
    ) -> None:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        self._walk(entry.path, f"{prefix}{name}/", found, closed)
                    elif name.endswith(SUFFIX) and (stamp := _stamp(entry, prefix, closed)):
                        found.append((prefix + name.removesuffix(SUFFIX), stamp))
        except OSError as error:
            if error.errno not in _ABSENT:  # or gone since it was listed
                closed[prefix] = str(error.strerror)


def _stamp(entry: os.DirEntry[str], prefix: str, closed: dict[str, str]) -> Stamp | None:
    """None where it is no file."""
    try:
        if entry.is_file():
            state = entry.stat()
            return Stamp(state.st_mtime_ns, state.st_size)
    except OSError as error:  # gone since the folder was listed, or a link that leads nowhere
        if error.errno not in _ABSENT:
            closed[prefix + entry.name] = str(error.strerror)
    return None


def _older(part: Path, before: float) -> bool:
    try:
        return part.stat().st_mtime < before
    except OSError:
        return False
