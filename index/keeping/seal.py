"""What the files of an index were when it was last written, so that damage is seen before it harms.

A library that opens a damaged file may answer wrongly without a word, or end the whole process
(Chroma's graph, with its bits flipped: SIGSEGV). So sizes and checksums are compared first.
"""

import json
import logging
import os
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from footnote.index.keeping.held_files import reading

logger = logging.getLogger(__name__)

SMALL_BYTES = 64_000_000
"""A file of so many bytes is read again after every write to it: 15 ms."""

MAX_BYTES = 1_000_000_000
"""All files are read at opening where they have so many bytes together (a quarter of a second); of
more it is looked only at when they were last changed, unless that is not as it was."""

_PIECE_BYTES = 1 << 20

_DATE_NS = 2_000_000_000
"""What is written twice within it may have one date: 4 ms with ext4, 2 s with FAT."""


@dataclass(frozen=True, slots=True)
class SealState:
    """Of a file: its size, when it was last changed, and its CRC-32, if that is known."""

    size: int
    modified_ns: int
    checksum: int | None = None

    def is_stamped(self, other: "SealState") -> bool:
        return (self.size, self.modified_ns) == (other.size, other.modified_ns)


@dataclass(frozen=True, slots=True)
class Differences:
    """Names of files that are not as they were written, and of those of which nobody knows."""

    broken: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Seal:
    """Kept in a file of its own beside those that it is of; `names` gives theirs, in a folder."""

    def __init__(self, folder: Path, names: Callable[[Path], Iterable[str]]) -> None:
        self.file = folder / "seal.json"
        self._folder = folder
        self._names = names

    def renew(self, *, max_bytes: int = SMALL_BYTES) -> None:
        """Take the files for what they are now; those that have changed are read.

        So are those that were written just before they were sealed: what is written after that may
        have the same date. Larger ones than `max_bytes` are known by their size and date alone.
        """
        before, now = self.read() or {}, dict[str, SealState]()
        sealed = _stamp(self.file)
        dated_ns = sealed.modified_ns - _DATE_NS if sealed else 0
        for name in self._names(self._folder):
            stamp = self._stamp(name)
            if stamp is None:
                continue
            known = before.get(name)
            is_known = known and known.is_stamped(stamp) and known.checksum is not None
            if known and is_known and stamp.modified_ns < dated_ns:
                now[name] = known
            elif is_known or stamp.size <= max_bytes:
                now[name] = SealState(stamp.size, stamp.modified_ns, self._checksum(name))
            else:
                now[name] = stamp
        if now != before:
            self._write(now)

    def read(self) -> dict[str, SealState] | None:
        """What the files were; None where that is not known."""
        try:
            return {
                name: SealState(*values)
                for name, values in json.loads(self.file.read_text()).items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def differences(self, *, stamps_only: bool = False) -> Differences:
        """Between what the files were and are; `stamps_only`: those alone whose stamp has changed
        are read."""
        sealed = self.read()
        if sealed is None:
            return Differences(unknown=tuple(self._names(self._folder)))
        stamps_only = stamps_only or sum(state.size for state in sealed.values()) > MAX_BYTES
        broken, unknown = list[str](), list[str]()
        for name, state in sealed.items():
            stamp = self._stamp(name)
            if stamp is None:
                broken.append(name)
            elif stamp.is_stamped(state) and (stamps_only or state.checksum is None):
                continue
            elif state.checksum is None:
                unknown.append(name)
            elif stamp.size != state.size or self._checksum(name) != state.checksum:
                broken.append(name)
        return Differences(tuple(broken), tuple(unknown))

    def rewritten(self) -> list[str]:
        """Names of the files that are there and are not known to be as they were sealed."""
        sealed, differences = self.read() or {}, self.differences()
        differing = {*differences.broken, *differences.unknown}
        return [n for n in self._names(self._folder) if n in differing or n not in sealed]

    def _stamp(self, name: str) -> SealState | None:
        return _stamp(os.path.join(self._folder, name))

    def _checksum(self, name: str) -> int | None:
        return _checksum(self._folder / name)

    def _write(self, states: Mapping[str, SealState]) -> None:
        entries = {name: [s.size, s.modified_ns, s.checksum] for name, s in states.items()}
        temporary = self.file.with_name(f".{self.file.name}")
        temporary.write_text(json.dumps(entries) + "\n")
        os.replace(temporary, self.file)


def files_in(folder: Path) -> list[str]:
    """The names of the files in a folder, in order; none where it is gone or closed to this user.

    Raises OSError where it can't be read now: its files would be missing in what is sealed.
    """
    return _names_in(folder, lambda entry: entry.is_file())


def folders_in(folder: Path) -> list[str]:
    """The same of the folders in it."""
    return _names_in(folder, lambda entry: entry.is_dir())


def _names_in(folder: Path, is_meant: Callable[["os.DirEntry[str]"], bool]) -> list[str]:
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []
    with entries:
        return sorted(entry.name for entry in entries if is_meant(entry))


def _stamp(path: str | Path) -> SealState | None:
    """None where it is gone."""
    try:
        state = os.stat(path)
    except OSError:
        return None
    return SealState(state.st_size, state.st_mtime_ns)


def _checksum(path: Path) -> int | None:
    """None where it cannot be read."""
    total, place = 0, 0
    try:
        with reading(path) as descriptor:
            while piece := os.pread(descriptor, _PIECE_BYTES, place):
                total, place = zlib.crc32(piece, total), place + len(piece)
    except OSError as error:
        logger.warning("%s cannot be read: %s", path, error)
        return None
    return total
