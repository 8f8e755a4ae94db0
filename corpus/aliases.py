"""Aliases: the other names of what the articles are about, from a small file that people edit."""

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from footnote.corpus.article_files import Stamp
from footnote.corpus.errors import AliasesFault
from footnote.corpus.faults import ToldFault
from footnote.corpus.normalise import normalise
from footnote.corpus.span import Span

logger = logging.getLogger(__name__)

NAME = "aliases.txt"
"""Of the file, beside the folder of articles."""

_MAX_BYTES = 1_000_000
# An apostrophe belongs to the word, as in Da'ish, but not where it makes a genitive.
_WORD = re.compile(r"[^\W_]++(?:['’ʼ‘](?!s\b)[^\W_]++)*+", re.IGNORECASE)
# A shorter name is a word of the language where it is written otherwise: IS, US.
_MIN_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Where a text names something, and all names of that, the usual one first."""

    span: Span
    names: Sequence[str]


class Aliases:
    """Names that mean the same, compared without case, accents, hyphens and apostrophes."""

    def __init__(self, things: Iterable[Sequence[str]] = ()) -> None:
        """`things` are the names of each, the usual one first."""
        self._things = {_key(name): tuple(names) for names in things for name in names}
        self._short = {name for names in self._things.values() for name in names if _is_short(name)}
        self._longest = max(map(len, self._things), default=0)

    @classmethod
    def read(cls, file: Path) -> "Aliases":
        """Those of a file, none where there is no file; AliasesFault tells every faulty line."""
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise AliasesFault(file, [(1, f"cannot be read: {error.strerror}")]) from error
        if len(content) > _MAX_BYTES:
            raise AliasesFault(file, [(1, f"has {len(content):,} bytes, more than {_MAX_BYTES:,}")])
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise AliasesFault(
                file, [(line, "not UTF-8; save the file in that encoding")]
            ) from error
        return cls(_things(text, file))

    def named(self, text: str) -> list[Named]:
        """What a text names, in order and apart: of names that overlap, the longest."""
        words = list(_WORD.finditer(text))
        keys = [_folded(word[0]) for word in words]
        found, place = [], 0
        while place < len(words):
            length = next(self._lengths(keys, place, text, words), 0)
            if length:
                span = Span(words[place].start(), words[place + length - 1].end())
                found.append(Named(span, self._things[tuple(keys[place : place + length])]))
            place += length or 1
        return found

    def names(self, name: str) -> Sequence[str]:
        """All names of the thing that goes by this one, the usual one first; else itself alone."""
        whole = self.named(name)
        if len(whole) == 1 and _key(name) == _key(whole[0].span.of(name)):
            return whole[0].names
        return (name,)

    def canonical(self, text: str) -> str:
        """The text, each thing in it by its usual name."""
        for named in reversed(self.named(text)):
            text = text[: named.span.start] + named.names[0] + text[named.span.end :]
        return text

    def _lengths(
        self, keys: Sequence[str], place: int, text: str, words: Sequence[re.Match[str]]
    ) -> Iterator[int]:
        """How many words from that place on are a name, the longest first."""
        for length in range(min(self._longest, len(keys) - place), 0, -1):
            if tuple(keys[place : place + length]) in self._things:
                written = text[words[place].start() : words[place + length - 1].end()]
                if not _is_short(written) or written in self._short:
                    yield length


class AliasFile:
    """The aliases of a file, read anew when it has changed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._stamp: Stamp | None = None
        self._read = Aliases()
        self._reliable = False

    def aliases(self) -> Aliases:
        """As the file has them; as it had them when last it was right, if it has faults now."""
        stamp = self._stamp_now()
        if stamp != self._stamp or not self._reliable:
            self._stamp, self._reliable = stamp, stamp is None or stamp.is_reliable()
            try:
                self._read = Aliases.read(self.file)
            except AliasesFault as fault:
                logger.warning("aliases are as they were until this is mended: %s", fault)
        return self._read

    def fault(self) -> AliasesFault | None:
        """What is wrong with the file now."""
        try:
            Aliases.read(self.file)
        except AliasesFault as fault:
            return fault
        return None

    def _stamp_now(self) -> Stamp | None:
        try:
            status = self.file.stat()
        except OSError:
            return None
        return Stamp(status.st_mtime_ns, status.st_size)


def _things(text: str, file: Path) -> list[list[str]]:
    """The names of each line; raises AliasesFault with all that is wrong."""
    things: list[list[str]] = []
    lines: dict[tuple[str, ...], int] = {}
    faults: list[tuple[int, ToldFault | str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not (content := line.partition("#")[0].strip()):
            continue
        usual, sign, others = content.partition("=")
        names = [normalise(name) for name in (usual, *others.split(",")) if name.strip()]
        if not sign or not usual.strip() or len(names) < 2:
            faults.append((number, "should be: usual name = another name, another name"))
            continue
        for name in names:
            key = _key(name)
            if not key:
                faults.append((number, f"{name!r} has no letter or digit"))
            elif lines.setdefault(key, number) != number:
                faults.append(
                    (number, f"{name!r} is also a name of what line {lines[key]} is about")
                )
        things.append(names)
    if faults:
        raise AliasesFault(file, faults)
    return things


def _key(name: str) -> tuple[str, ...]:
    return tuple(_folded(word[0]) for word in _WORD.finditer(name))


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _is_short(name: str) -> bool:
    return len(name) < _MIN_LETTERS
