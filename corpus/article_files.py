"""What keeps the files of articles: a folder, or an object store."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from footnote.corpus.article import MAX_CHARACTERS
from footnote.corpus.errors import ArticleNotFound, FrontMatterFault
from footnote.corpus.faults import Fault
from footnote.corpus.front_matter import MAX_HEAD_CHARACTERS

SUFFIX = ".md"
MAX_BYTES = 4 * (MAX_CHARACTERS + MAX_HEAD_CHARACTERS)
"""No file of an article is larger."""

ArticlesPlace = Path | str
"""A folder, or an address of fsspec's such as s3://bucket/articles."""

# A file that was written this short a time before it was looked at may be written once more
# without its time of change moving on (file systems keep it in steps of up to 2 s, on FAT).
_SETTLED_AFTER_NS = 2_000_000_000


class Stamp(NamedTuple):
    """What is said of a file without reading it: equal stamps, equal content, if it `is_reliable`.

    `modified_ns` is in nanoseconds since 1970; a negative number stands for a version that a store
    tells by something else than the time. A tuple, since a look at all articles makes two of each.
    """

    modified_ns: int
    size: int

    def is_reliable(self) -> bool:
        return time.time_ns() - self.modified_ns > _SETTLED_AFTER_NS


class ArticleFiles(Protocol):
    """The files of articles by their ids, which are paths without `.md`.

    What a method does with an article raises ArticleNotFound where the id can't be that of one, and
    FolderUnusable, of which ArticlesAway is a kind, where the place does not allow it.
    """

    @property
    def place(self) -> ArticlesPlace:
        """What the articles are told from those of other places by; an address without a login."""
        ...

    @property
    def may_be_away(self) -> bool:
        """Whether nothing is found also where it is another place than was meant."""
        ...

    def look(self, among: Collection[str] | None = None) -> tuple[dict[str, Stamp], dict[str, str]]:
        """The stamps of all articles or of those `among` these ids, in the order of the ids, and
        why parts of the place cannot be read, by their paths in it."""
        ...

    def content(self, article: str) -> bytes:
        """FrontMatterFault where it is larger than MAX_BYTES."""
        ...

    def contents(self, stamps: Mapping[str, Stamp]) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Each of these articles in turn with what gives its content, or raises as that does."""
        ...

    def write(self, article: str, content: bytes, *, new: bool) -> None:
        """Whole or not at all; FileExistsError where it is to be `new` and is there."""
        ...

    def remove(self, article: str) -> None: ...

    def is_taken(self, article: str) -> bool:
        """Whether anything is there under the name of the article's file."""
        ...

    def is_there(self, article: str) -> bool:
        """Whether the article has a file, as far as that can be told at this moment."""
        ...

    def modified(self, article: str) -> float | None:
        """When its file was last written, in seconds since 1970, if that is known."""
        ...

    def told(self, article: str) -> str:
        """For people: where its file is."""
        ...

    def glance(self) -> object:
        """Differs where others may have added or removed files since; cheap. None: ask again."""
        ...

    def try_out(self) -> None:
        """Raises FolderUnusable where nothing could be written, as far as that is not plain."""
        ...

    def clear_leftovers(self, *, older_than_seconds: float) -> int:
        """Take away the beginnings of files that are older than this; how many there were."""
        ...


def name_of(place: ArticlesPlace) -> str:
    """The same for every process that means the same place."""
    return place if isinstance(place, str) else str(place.resolve())


def parts_of(article: str) -> list[str]:
    """The parts of an id between its slashes; ArticleNotFound where it can't be that of an article.

    None of them is empty or begins with a dot, so that an id leads nowhere but down.
    """
    parts = article.split("/")
    if "\0" in article or any(not part or part.startswith(".") for part in parts):
        raise ArticleNotFound(f"{article!r} is not the name of an article")
    return parts


def too_large(article: str, size: int) -> FrontMatterFault:
    reason = Fault.LARGE_FILE.of(size=size, most=MAX_BYTES)
    return FrontMatterFault(shown(article + SUFFIX), [(1, reason)])


def shown(name: str) -> str:
    """The name of a file with every byte that is not UTF-8 as an escape, fit to be printed."""
    return name.encode(errors="backslashreplace").decode()
