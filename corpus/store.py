"""The folder of articles: one Markdown file each, written whole or not at all."""

import contextlib
import difflib
import errno
import itertools
import os
import stat
import time
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from slugify import slugify

from footnote.corpus.article import MAX_CHARACTERS, Article, Draft
from footnote.corpus.errors import ArticleNotFound, CorpusError, FolderUnusable, FrontMatterFault
from footnote.corpus.faults import Fault
from footnote.corpus.front_matter import MAX_HEAD_CHARACTERS, parse, render
from footnote.corpus.whole_file import sync_folder, write_whole

SUFFIX = ".md"
_MAX_SLUG_CHARACTERS = 80
_MAX_BYTES = 4 * (MAX_CHARACTERS + MAX_HEAD_CHARACTERS)
# A file that was written this short a time before it was looked at may be written once more
# without its time of change moving on (file systems keep it in steps of up to 2 s, on FAT).
_SETTLED_AFTER_NS = 2_000_000_000
# What the system answers where no file can be had under a name, whatever the reason for that.
_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says of a file: equal stamps, equal content, if it is `is_reliable`."""

    modified_ns: int
    size: int

    def is_reliable(self) -> bool:
        return time.time_ns() - self.modified_ns > _SETTLED_AFTER_NS


@dataclass(frozen=True, slots=True)
class Added:
    """An article in the folder, and whether it has just come there (or was there before)."""

    article: Article
    new: bool


class ArticleStore:
    """Reads and writes the articles of one folder and of the folders in it.

    Files and folders whose name starts with a dot are not articles, nor is anything but `.md`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def stamps(self) -> dict[str, Stamp]:
        """The id and stamp of every article, in the order of the ids; FolderUnusable if unread."""
        return self.look()[0]

    def look(self, among: Collection[str] | None = None) -> tuple[dict[str, Stamp], dict[str, str]]:
        """The same, and why folders in the folder cannot be read, by their paths below it.

        Only those `among` the given ids if any are given. Raises FolderUnusable where the folder
        itself cannot be read.
        """
        if not self.folder.is_dir():
            raise FolderUnusable(
                f"{self.folder} is not a folder: make it, set FOOTNOTE_ARTICLES to one, or"
                " begin with 'footnote init'"
            )
        closed: dict[str, str] = {}
        if among is not None:
            return dict(self._among(among, closed)), closed
        found = dict(sorted(self._walk(self.folder, "", closed)))
        if "" in closed:
            raise FolderUnusable(f"{self.folder}: {closed['']}")
        return found, closed

    def path(self, article: str) -> Path:
        """Where the article with this id stands; ArticleNotFound where the id leads elsewhere."""
        parts = article.split("/")
        if "\0" in article or any(not part or part.startswith(".") for part in parts):
            raise ArticleNotFound(f"{article!r} is not the name of an article")
        try:
            os.fsencode(article)
        except UnicodeEncodeError:
            raise ArticleNotFound(f"{article!r} is not the name of an article") from None
        return self.folder.joinpath(*parts[:-1], parts[-1] + SUFFIX)

    def content(self, article: str) -> bytes:
        """The file as it is; ArticleNotFound where there is none.

        FrontMatterFault where it is larger than that of an article can be.
        """
        path = self.path(article)
        try:
            size = path.stat().st_size
            if size <= _MAX_BYTES:
                return path.read_bytes()
        except OSError as error:
            raise self._denied(article, error, doing="read") from error
        reason = Fault.LARGE_FILE.of(size=size, most=_MAX_BYTES)
        raise FrontMatterFault(_shown(article + SUFFIX), [(1, reason)])

    def read(self, article: str, content: bytes | None = None) -> Article:
        """The article with this id; FrontMatterFault where its file is faulty."""
        name = _shown(article + SUFFIX)
        data = self.content(article) if content is None else content
        if name != article + SUFFIX:
            raise FrontMatterFault(name, [(1, Fault.NAME_NOT_UTF8.of())])
        try:
            draft = parse(data.decode("utf-8"), name=name)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise FrontMatterFault(name, [(line, Fault.NOT_UTF8.of())]) from error
        return _placed(draft, article)

    def find(
        self,
        name: str,
        titles: Callable[[], Mapping[str, str]] | None = None,
        *,
        exactly: bool = False,
    ) -> str:
        """The id meant by an id, a file name, a title (in any case) or an unmistakable beginning,
        which last does not count where it is to be meant `exactly`.

        `titles` are those of the articles by their ids, where they are at hand: else every file is
        read for its own. Raises ArticleNotFound, with the nearest ids, where none or several are
        meant.
        """
        ids = list(self.stamps())
        plain = name.strip()
        wanted = plain.removesuffix(SUFFIX)
        if wanted in ids:
            return wanted
        begun = [i for i in ids if wanted and _folded(i).startswith(_folded(wanted))]
        meant = [i for i in begun if _folded(i) == _folded(wanted)]
        if not meant:
            known = dict(self._titles(ids)) if titles is None else titles()
            meant = [i for i in ids if _folded(known.get(i, "")) == _folded(plain)]
        if not meant and not exactly:
            meant = begun
        if len(meant) == 1:
            return meant[0]
        near = meant or begun or difflib.get_close_matches(wanted, ids, n=3, cutoff=0.4)
        hint = f"; did you mean {' or '.join(map(_shown, near[:5]))}?" if near else ""
        raise ArticleNotFound(f"no article is called {name!r}{hint} ('footnote list' shows all)")

    def add(self, draft: Draft) -> Added:
        """Put a draft into the folder under a name made from its title; FolderUnusable if not.

        Where that name is taken by an article with the same text, nothing is written.
        """
        slug = slugify(draft.title, max_length=_MAX_SLUG_CHARACTERS, word_boundary=True)
        for article in _numbered(slug or "article"):
            if not os.path.lexists(self.path(article)):
                with contextlib.suppress(FileExistsError):  # another process was quicker
                    return Added(self._put(article, draft, new=True), new=True)
            with contextlib.suppress(ArticleNotFound, FrontMatterFault):
                there = self.read(article)
                if there.revision == draft.revision:
                    return Added(there, new=False)
        raise AssertionError("the numbers never end")

    def replace(self, article: str, draft: Draft) -> Article:
        """Write the article's file anew, whole or not at all; raises FolderUnusable.

        Raises FrontMatterFault, and writes nothing, where the file could not be read again.
        """
        return self._put(article, draft, new=False)

    def put(self, article: str, content: bytes) -> None:
        """Write the article's file as it once was, to the byte; raises FolderUnusable."""
        self._write(article, content, new=False)

    def clear_leftovers(self, *, older_than_seconds: float = 3600.0) -> int:
        """Take away the beginnings of files that a power cut left behind; how many there were.

        Younger ones may be what another process is writing at this moment.
        """
        before = time.time() - older_than_seconds
        left = [part for part in self.folder.rglob(".*.part") if _older(part, before)]
        for part in left:
            with contextlib.suppress(OSError):
                part.unlink()
        return len(left)

    def remove(self, article: str) -> None:
        """Take the article's file away; raises ArticleNotFound or FolderUnusable."""
        path = self.path(article)
        try:
            path.unlink()
            sync_folder(path.parent)
        except OSError as error:
            raise self._denied(article, error, doing="remove") from error

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
        self, folder: Path, prefix: str, closed: dict[str, str]
    ) -> Iterator[tuple[str, Stamp]]:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not entry.name.startswith("."):
                        yield from self._listed(entry, prefix, closed)
        except OSError as error:
            if error.errno not in _ABSENT:  # or gone since it was listed
                closed[prefix] = str(error.strerror)

    def _listed(
        self, entry: os.DirEntry[str], prefix: str, closed: dict[str, str]
    ) -> Iterator[tuple[str, Stamp]]:
        if entry.is_dir(follow_symlinks=False):
            yield from self._walk(Path(entry.path), f"{prefix}{entry.name}/", closed)
            return
        try:
            if entry.name.endswith(SUFFIX) and entry.is_file():
                state = entry.stat()
                name = entry.name.removesuffix(SUFFIX)
                yield prefix + name, Stamp(state.st_mtime_ns, state.st_size)
        except OSError as error:  # gone since the folder was listed, or a link that leads nowhere
            if error.errno not in _ABSENT:
                closed[prefix + entry.name] = str(error.strerror)

    def _titles(self, ids: list[str]) -> Iterator[tuple[str, str]]:
        for article in ids:
            with contextlib.suppress(CorpusError):
                yield article, self.read(article).title

    def _put(self, article: str, draft: Draft, *, new: bool) -> Article:
        """FileExistsError where the article is to be new and is there."""
        content = render(draft)
        placed = _placed(parse(content, name=article + SUFFIX), article)
        self._write(article, content.encode(), new=new)
        return placed

    def _write(self, article: str, content: bytes, *, new: bool) -> None:
        path = self.path(article)
        try:
            write_whole(path, content, new=new)
        except FileExistsError:
            raise
        except OSError as error:
            raise FolderUnusable(f"cannot write {path}: {error.strerror}") from error


def _older(part: Path, before: float) -> bool:
    try:
        return part.stat().st_mtime < before
    except OSError:
        return False


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in itertools.count(2))


def _placed(draft: Draft, article: str) -> Article:
    return Article(id=article, **{f.name: getattr(draft, f.name) for f in fields(Draft)})


def _folded(name: str) -> str:
    """For comparing names: without case, and composed, as a Mac may have taken "é" apart."""
    return unicodedata.normalize("NFC", name).casefold()


def _shown(name: str) -> str:
    """The name of a file with every byte that is not UTF-8 as an escape, fit to be printed."""
    return name.encode(errors="backslashreplace").decode()
