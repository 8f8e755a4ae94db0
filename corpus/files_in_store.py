"""The files of articles in an object store, or wherever else an address of fsspec's leads.

The store is what there is, and nothing of it is kept on this machine: the index knows the version
of each file that it has read, so that one listing tells what is to be read. A file is written in
one request, so that the store has the old one or the new one.
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import Any

from fsspec.asyn import AsyncFileSystem
from fsspec.spec import AbstractFileSystem

from footnote.corpus.address import without_login
from footnote.corpus.article_files import MAX_BYTES, SUFFIX, Stamp, parts_of, too_large
from footnote.corpus.errors import ArticleNotFound, ArticlesAway, CorpusError, FolderUnusable
from footnote.corpus.shared_place import DriverMissing, PlaceSilent, call, open_place, reason

_VERSIONS = ("ETag", "etag", "md5Hash", "content_md5", "generation")
"""What stores call the mark of a version, which differs where the content does."""
_TIMES = ("LastModified", "last_modified", "mtime", "updated", "modified", "last_write_time")

_AT_ONCE, _BYTES_AT_ONCE = 64, 16 * 1024**2
"""So much is fetched side by side when very much is new: 16 MB are some 2,000 articles."""
_MAX_ASKED = 20
"""Of more files than these one listing is quicker than asking for each."""

LOOK_EVERY_SECONDS = 30.0
"""What somebody else puts into the store is seen within that."""


class FilesInStore:
    """Safe to use from several threads. Names with a part that begins with a dot, or is empty, are
    not articles, nor is anything but `.md`.

    Raises ArticlesAway where the store gives no answer, of whatever kind it is, and FolderUnusable
    where it refuses something.
    """

    may_be_away = True

    def __init__(self, address: str) -> None:
        """Nothing is asked yet."""
        self._address = address
        self._told = without_login(address).rstrip("/")
        self._lock = threading.RLock()
        self._opened: tuple[Any, str] | None = None
        self._silent_until = 0.0

    @property
    def place(self) -> str:
        return self._told

    def look(self, among: Collection[str] | None = None) -> tuple[dict[str, Stamp], dict[str, str]]:
        """Nothing is passed over: what cannot be listed whole is away."""
        if among is not None and len(among) <= _MAX_ASKED:
            asked = {article: self._info(article) for article in sorted(among) if _is_id(article)}
            return {a: _stamp(entry) for a, entry in asked.items() if entry}, {}
        found = {article: _stamp(entry) for article, entry in self._listed()}
        wanted = found.keys() if among is None else found.keys() & set(among)
        return {article: found[article] for article in sorted(wanted)}, {}

    def content(self, article: str) -> bytes:
        entry = self._info(article)
        if entry is None:
            raise self._missing(article)
        if _size(entry) > MAX_BYTES:
            raise too_large(article, _size(entry))
        path = self._path(article)
        return self._got(
            article, self._ask(article, "read", lambda files: call(files, "cat_file", path))
        )

    def contents(self, stamps: Mapping[str, Stamp]) -> Iterator[tuple[str, Callable[[], bytes]]]:
        for batch in _batches(stamps):
            small = [article for article in batch if stamps[article].size <= MAX_BYTES]
            fetched = dict(zip(small, self._fetched(small), strict=True)) if small else {}
            for article in batch:
                if article in fetched:
                    yield article, partial(self._got, article, fetched.pop(article))
                else:
                    yield article, partial(_raise, too_large(article, stamps[article].size))

    def write(self, article: str, content: bytes, *, new: bool) -> None:
        """A store that can refuse what is there already is asked to, others are looked at before:
        who writes has a turn of his own, so that only somebody else may be quicker."""
        path = self._path(article)
        if new and self.is_taken(article):
            raise FileExistsError(path)

        def put(files: Any) -> None:
            if not isinstance(files, AsyncFileSystem):  # object stores have no folders
                files.makedirs(path.rpartition("/")[0], exist_ok=True)
            call(files, "pipe_file", path, content, **({"mode": "create"} if new else {}))

        self._ask(article, "write", put)

    def remove(self, article: str) -> None:
        if self._info(article) is None:  # a store says nothing where there is nothing to remove
            raise self._missing(article)
        path = self._path(article)
        self._ask(article, "remove", lambda files: call(files, "rm_file", path))

    def is_taken(self, article: str) -> bool:
        return self._info(article) is not None

    def is_there(self, article: str) -> bool:
        """What is indexed counts as there while the store gives no answer, so that an article can
        be read meanwhile."""
        try:
            if time.monotonic() < self._silent_until:
                parts_of(article)
                return True
            return self._info(article) is not None
        except ArticlesAway:
            return True
        except CorpusError:
            return False

    def modified(self, article: str) -> float | None:
        try:
            entry = self._info(article)
        except CorpusError:
            return None
        at = _time(entry) if entry else None
        return None if at is None else at / 1e9

    def told(self, article: str) -> str:
        parts_of(article)
        return f"{self._told}/{article}{SUFFIX}"

    def glance(self) -> object:
        """A listing is not cheap, so that it is told anew only so often."""
        return int(time.monotonic() / LOOK_EVERY_SECONDS)

    def clear_leftovers(self, *, older_than_seconds: float) -> int:
        return 0  # there is nothing that was begun

    def try_out(self) -> None:
        """Write a file that is no article, and take it away. Raises FolderUnusable."""
        # Of its own, for several may try at once.
        path = f"{self._root}/.footnote-trial-{secrets.token_hex(8)}"

        def try_out(files: Any) -> None:
            call(files, "pipe_file", path, b"")
            call(files, "rm_file", path)

        self._ask(".footnote-trial", "write", try_out)

    def _listed(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The ids and entries of all articles, in no order."""
        try:
            entries = self._ask("", "list", lambda files: list(_all_below(files, self._root)))
        except ArticleNotFound:  # a folder that is not there yet, which most stores do not have
            return
        root = self._root.strip("/") + "/"
        for entry in entries:
            name = str(entry["name"]).lstrip("/")
            if entry["type"] != "file" or not name.endswith(SUFFIX):
                continue
            article = name.removeprefix(root).removesuffix(SUFFIX)
            if name.startswith(root) and _is_id(article):
                yield article, entry

    def _info(self, article: str) -> dict[str, Any] | None:
        """None where there is no such file."""
        path = self._path(article)

        def info(files: Any) -> dict[str, Any] | None:
            files.invalidate_cache()
            try:
                entry: dict[str, Any] = call(files, "info", path)
            except FileNotFoundError:
                return None
            return entry if entry["type"] == "file" else None

        found: dict[str, Any] | None = self._ask(article, "read", info)
        return found

    def _fetched(self, articles: list[str]) -> list[bytes | Exception]:
        paths = [self._path(article) for article in articles]
        fetched: list[bytes | Exception] = self._ask(
            "",
            "read",
            lambda files: call(files, "cat_ranges", paths, None, None, on_error="return"),
        )
        faults = [one for one in fetched if isinstance(one, Exception)]
        if len(faults) == len(fetched) > 1 and not any(_is_of_one(fault) for fault in faults):
            raise self._away(faults[0])
        return fetched

    def _got(self, article: str, got: bytes | Exception) -> bytes:
        if isinstance(got, FileNotFoundError):
            raise self._missing(article) from got
        if isinstance(got, Exception) and not _is_of_one(got):
            raise self._away(got)
        if isinstance(got, Exception):
            raise FolderUnusable(self._refused(article, "read", got)) from got
        if len(got) > MAX_BYTES:
            raise too_large(article, len(got))
        return bytes(got)

    @property
    def _root(self) -> str:
        return self._open()[1].rstrip("/")

    def _path(self, article: str) -> str:
        parts_of(article)
        try:
            article.encode()
        except UnicodeEncodeError:
            raise ArticleNotFound(f"{article!r} is not the name of an article") from None
        return f"{self._root}/{article}{SUFFIX}"

    def _open(self) -> tuple[Any, str]:
        with self._lock:
            if self._opened is None:
                try:
                    self._opened = open_place(self._address)
                except DriverMissing as error:
                    raise FolderUnusable(
                        f"{self._told} cannot be opened ({error}): install that with pip, where"
                        " Footnote is installed"
                    ) from error
                except PlaceSilent as error:
                    raise ArticlesAway(f"{self._told} cannot be opened ({error})") from error
            return self._opened

    def _ask(self, article: str, doing: str, what: Callable[[Any], Any]) -> Any:
        """What it answers; FileExistsError is left to whoever asks."""
        files, _ = self._open()
        try:
            with self._turn(files):
                answer = what(files)
        except FileExistsError:
            raise
        except FileNotFoundError as error:
            if doing == "write":  # there is no such bucket
                raise FolderUnusable(self._refused(article, doing, error)) from error
            raise self._missing(article) from error
        except (PermissionError, NotImplementedError) as error:  # it answers, and will not or can't
            raise FolderUnusable(self._refused(article, doing, error)) from error
        except Exception as error:  # each kind of store has its own
            raise self._away(error) from error
        self._silent_until = 0.0
        return answer

    def _turn(self, files: Any) -> AbstractContextManager[object]:
        """File systems with a loop of their own may be asked from several threads at once."""
        return nullcontext() if isinstance(files, AsyncFileSystem) else self._lock

    def _away(self, error: Exception) -> ArticlesAway:
        self._silent_until = time.monotonic() + LOOK_EVERY_SECONDS
        return ArticlesAway(f"{self._told} gives no answer ({reason(error, self._address)})")

    def _refused(self, article: str, doing: str, error: Exception) -> str:
        file = f"{self._told}/{article}{SUFFIX}" if article else self._told
        return f"cannot {doing} {file}: {reason(error, self._address)}"

    def _missing(self, article: str) -> ArticleNotFound:
        return ArticleNotFound(f"there is no article {article!r} in {self._told}")


def _all_below(files: Any, root: str) -> Iterator[dict[str, Any]]:
    """Every file, in one listing where the file system has one. Others pass over what gives no
    answer where they go through their folders, so that this is done here.
    """
    files.invalidate_cache()
    is_own = type(files).find is not AbstractFileSystem.find
    if isinstance(files, AsyncFileSystem):
        is_own = type(files)._find is not AsyncFileSystem._find
    if is_own:
        yield from call(files, "find", root, detail=True).values()
    else:
        yield from _walk(files, root)


def _walk(files: Any, folder: str) -> Iterator[dict[str, Any]]:
    try:
        entries = call(files, "ls", folder, detail=True)
    except FileNotFoundError:  # gone since it was listed
        return
    for entry in entries:
        if entry["type"] != "directory":
            yield entry
        elif str(entry["name"]).strip("/") != folder.strip("/"):
            yield from _walk(files, entry["name"])


def _batches(stamps: Mapping[str, Stamp]) -> Iterator[list[str]]:
    batch, size = list[str](), 0
    for article, stamp in stamps.items():
        if batch and (len(batch) >= _AT_ONCE or size + stamp.size > _BYTES_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(article)
        size += min(stamp.size, MAX_BYTES)
    if batch:
        yield batch


def _stamp(entry: dict[str, Any]) -> Stamp:
    """By the mark of its version; else by its time; without either, one that equals no other."""
    versions = [str(entry[name]) for name in _VERSIONS if entry.get(name) is not None]
    if versions:
        number = int.from_bytes(hashlib.sha256(versions[0].encode()).digest()[:7])
        return Stamp(-1 - number, _size(entry))
    at = _time(entry)
    return Stamp(time.time_ns() if at is None else at, _size(entry))


def _time(entry: dict[str, Any]) -> int | None:
    """In nanoseconds since 1970."""
    for name in _TIMES:
        match entry.get(name):
            case datetime() as at:
                return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1e9)
            case int() | float() as at:
                return int(at * 1e9)
    return None


def _size(entry: dict[str, Any]) -> int:
    return int(entry.get("size") or 0)


def _is_id(article: str) -> bool:
    try:
        parts_of(article)
    except ArticleNotFound:
        return False
    return True


def _is_of_one(error: Exception) -> bool:
    """Whether it is about one file, and says nothing of the others."""
    return isinstance(error, FileNotFoundError | PermissionError)


def _raise(error: CorpusError) -> bytes:
    raise error
