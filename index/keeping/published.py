"""A place that all machines reach, where one process publishes files and the others fetch them.

A file never changes once it is named by a list, and a list is written after all that it names, so
that nobody sees half of anything: lists have numbers, and the newest that is whole is what counts.
The place is an address of fsspec's: a folder, or a bucket of an object store.
"""

import hashlib
import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from footnote.corpus.shared_place import call, reason
from footnote.index.errors import IndexOfAnother, WordsAway

KEPT_SECONDS = 3600.0
"""For so long after a list was superseded, what it names stays: somebody may be fetching it."""

_FILES, _LISTS, _OWNER = "files", "lists", "owner"
_TRIES = 3
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Sum:
    """What a file is known by: its size in bytes, and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """A list: `note` is the publisher's own, `at` in seconds since 1970."""

    number: int
    at: float
    note: str
    files: Mapping[str, Sum]


class PublishedFiles:
    """Safe to use from several threads. Of several processes, one publishes.

    Raises WordsAway where the place gives no answer, of whatever kind it is.
    """

    def __init__(
        self,
        files: Any,
        root: str,
        *,
        told: str,
        address: str = "",
        owner: str = "",
        now: Callable[[], float] = time.time,
    ) -> None:
        """`files` is a file system of fsspec's and `root` a folder of it, which need not be there;
        `told` is what people call the place, and what `address` has of a login they never see.
        `owner` is the database whose index publishes here; empty where it has none."""
        self._fs = files
        self._root = PurePosixPath(root)
        self.told = told
        self._address = address
        self._owner = owner
        self._now = now
        self._turn = threading.RLock()
        self._known: dict[int, Published] = {}
        self._whole: dict[Path, tuple[tuple[int, ...], Sum]] = {}

    def newest(self) -> Published | None:
        """The newest list that is whole; None where nothing was published."""
        with self._reached():
            for number, name in reversed(self._lists()):
                if (found := self._list(number, name)) is not None:
                    return found
        return None

    def claim(self) -> None:
        """What is published here is this owner's from now on, whoever's it was."""
        with self._reached():
            self._fs.makedirs(str(self._root), exist_ok=True)
            call(self._fs, "pipe_file", self._path(_OWNER), self._owner.encode())

    def is_of_another(self) -> bool:
        """Where nobody's name was left, it is not."""
        with self._reached():
            return self._claimed() not in (None, self._owner)

    def refuse_another(self) -> None:
        """Raises IndexOfAnother where it is another's."""
        if self.is_of_another():
            raise IndexOfAnother(f"the words in {self.told} are those")

    def _refuse_unclaimed(self) -> None:
        claimed = self._claimed()
        if claimed is None and not self._lists():
            raise WordsAway(not_there(self.told))
        if claimed is None:
            self.claim()  # published before places were claimed
        elif claimed != self._owner:
            raise IndexOfAnother(f"the words in {self.told} are those")

    def _claimed(self) -> str | None:
        try:
            return bytes(call(self._fs, "cat_file", self._path(_OWNER))).decode(errors="replace")
        except FileNotFoundError:
            return None

    def publish(self, folder: Path, names: Iterable[str], note: str) -> Published:
        """These files of a folder are what there is from now on.

        Nothing is changed where it raises: FileNotFoundError where one of them has gone,
        IndexOfAnother, and WordsAway also where nobody has claimed this place, as one below a drive
        that is not mounted.
        """
        with self._reached():
            self._refuse_unclaimed()
            numbers = [number for number, _ in self._lists()]
            before = self.newest()
            known = before.files if before else {}
            sizes = self._sizes()
            files = dict[str, Sum]()
            for name in names:
                there = known.get(name)
                whole = there is not None and sizes.get(name) == there.size
                files[name] = there if there and whole else self._put(folder / name)
            if before is not None and before.note == note and before.files == files:
                return before
            made = Published(max(numbers, default=0) + 1, self._now(), note, files)
            self._fs.makedirs(self._path(_LISTS), exist_ok=True)
            call(self._fs, "pipe_file", self._path(_LISTS, _name_of(made)), _packed(made))
            self._known[made.number] = made
            return made

    def fetch(self, wanted: Published, folder: Path, *, beside: Path | None = None) -> None:
        """Have these files in a folder, each as it was published; others are left alone.

        What lies in the folder `beside` it as it was published need not be copied. Raises
        FileNotFoundError where one is there no more, for there is a newer list, and WordsAway
        where one is not as it was published however often it is fetched.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, known in wanted.files.items():
            if self._is(folder / name, known):
                continue
            if beside is not None and self._linked(beside / name, folder / name, known):
                continue
            self._get(name, known, folder)
        with self._turn:  # other threads fetch, too
            gone = [f for f in self._whole if f.parent == folder and f.name not in wanted.files]
            for file in gone:
                self._whole.pop(file, None)

    def clear_away(self) -> None:
        """Take away everything."""
        with self._reached(), suppress(FileNotFoundError):
            self._fs.rm(str(self._root), recursive=True)
        self._known.clear()

    def tidy(self) -> None:
        """Take away the lists that were superseded long ago, and the files that no other names."""
        with self._reached():
            lists = self._lists()
            gone = [
                (number, name)
                for (number, name), (_, successor) in pairwise(lists)
                if self._now() - _at(successor) >= KEPT_SECONDS
            ]
            if not gone:
                return
            kept = [self._list(number, name) for number, name in lists[len(gone) :]]
            if None in kept:
                return  # one can't be read, so that nobody knows what it names
            named = {name for one in kept if one for name in one.files}
            for number, name in gone:
                call(self._fs, "rm_file", self._path(_LISTS, name))
                self._known.pop(number, None)
            for name in self._sizes().keys() - named:
                call(self._fs, "rm_file", self._path(_FILES, name))

    def _lists(self) -> list[tuple[int, str]]:
        """The numbers and names of those that are there, the oldest first."""
        names = [PurePosixPath(entry["name"]).name for entry in self._ls(_LISTS)]
        return sorted((int(n.partition("-")[0]), n) for n in names if n.endswith(".json"))

    def _list(self, number: int, name: str) -> Published | None:
        """None where it is not whole, as a folder has it while it is written."""
        if number not in self._known:
            try:
                found = _unpacked(call(self._fs, "cat_file", self._path(_LISTS, name)))
            except FileNotFoundError:
                return None
            if found is None:
                return None
            self._known[number] = found
        return self._known[number]

    def _sizes(self) -> dict[str, int]:
        return {PurePosixPath(e["name"]).name: e["size"] for e in self._ls(_FILES)}

    def _ls(self, folder: str) -> list[dict[str, Any]]:
        self._fs.invalidate_cache()
        try:
            entries: list[dict[str, Any]] = call(self._fs, "ls", self._path(folder), detail=True)
        except FileNotFoundError:
            return []
        return [entry for entry in entries if entry["type"] == "file"]

    def _put(self, file: Path) -> Sum:
        self._fs.makedirs(self._path(_FILES), exist_ok=True)
        with _here():
            source = file.open("rb")
        with source, self._fs.open(self._path(_FILES, file.name), "wb") as there:
            return _copied(_here()(source.read), there.write)

    def _get(self, name: str, known: Sum, folder: Path) -> None:
        part = folder / f".{name}.{secrets.token_hex(4)}.part"
        try:
            for _ in range(_TRIES):
                with (
                    part.open("wb") as here,
                    self._reached(),
                    self._fs.open(self._path(_FILES, name), "rb") as source,
                ):
                    copied = _copied(source.read, _here()(here.write))
                if copied == known:
                    part.replace(folder / name)
                    self._whole[folder / name] = _stamp(folder / name), known
                    return
        finally:
            part.unlink(missing_ok=True)
        raise WordsAway(
            f"{name} in {self.told} is not as it was published: 'footnote sync --rebuild' where"
            " the index is written publishes it anew"
        )

    def _linked(self, there: Path, here: Path, known: Sum) -> bool:
        """Whether it lies there as it was published, and so lies here now, too."""
        if not self._is(there, known):
            return False
        part = here.with_name(f".{here.name}.{secrets.token_hex(4)}.part")
        try:
            os.link(there, part)
            part.replace(here)
        except OSError:  # not of the same disk, say
            return False
        return True

    def _is(self, file: Path, known: Sum) -> bool:
        """Whether this file is as it was published; each is read once, unless it changes."""
        try:
            stamp = _stamp(file)
            if self._whole.get(file) == (stamp, known):
                return True
            if stamp[0] != known.size:
                return False
            with file.open("rb") as opened:
                digest = hashlib.file_digest(opened, "sha256").hexdigest()
        except FileNotFoundError:
            return False
        if digest == known.sha256:
            self._whole[file] = stamp, known
        return digest == known.sha256

    def _path(self, *parts: str) -> str:
        return str(self._root.joinpath(*parts))

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            with self._turn:
                yield
        except (WordsAway, IndexOfAnother, FileNotFoundError):
            raise
        except _FaultHere as fault:
            raise fault.error from None
        except Exception as error:  # each kind of store has its own
            why = reason(error, self._address)
            raise WordsAway(f"{self.told} gives no answer ({why})") from error


def not_there(told: str) -> str:
    return (
        f"nothing of this index is at {told}: is the drive mounted, and FOOTNOTE_SHARED the same"
        " everywhere? 'footnote sync --rebuild' where the index is written makes it anew"
    )


class _FaultHere(Exception):
    """An error of a file of this machine, such as a full disk, on its way through `_reached`."""

    def __init__(self, error: OSError) -> None:
        self.error = error
        super().__init__(str(error))


@contextmanager
def _here() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _FaultHere(error) from error


def _copied(read: Callable[[int], bytes], write: Callable[[bytes], object]) -> Sum:
    digest, size = hashlib.sha256(), 0
    while block := read(_BLOCK_BYTES):
        digest.update(block)
        size += len(block)
        write(block)
    return Sum(size, digest.hexdigest())


def _stamp(file: Path) -> tuple[int, ...]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino


def _name_of(published: Published) -> str:
    return f"{published.number:010}-{published.at:.3f}.json"


def _at(name: str) -> float:
    return float(name.removesuffix(".json").partition("-")[2])


def _packed(published: Published) -> bytes:
    """With the digest of the rest before it."""
    files = {name: [one.size, one.sha256] for name, one in published.files.items()}
    told = [published.number, published.at, published.note, files]
    body = json.dumps(told).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _unpacked(data: bytes) -> Published | None:
    digest, _, body = data.partition(b"\n")
    if digest != hashlib.sha256(body).hexdigest().encode():
        return None
    number, at, note, files = json.loads(body)
    return Published(number, at, note, {name: Sum(*one) for name, one in files.items()})
