"""An article: what was written, by whom, when and where it stands."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from footnote.corpus.faults import Fault, ToldFault

ADDED = "added"
FILE_DATE = "file_date"
"""The entry of `extra` with the day on which a program made the file: not the article's date."""

MAX_CHARACTERS = 10_000_000
"""Of an article's text: three times War and Peace, and so many passages as are embedded in a minute
or two. Whoever adds one, or opens it whole, waits for all of it."""


@dataclass(frozen=True)
class Draft:
    """What a reader makes of bytes: an article that has no place in the folder yet.

    `text` is normalised. `date` is the one that the article gives itself, ISO 8601 as far as it is
    known (2016, 2016-08, 2016-08-03); `added` the day on which the article was added. `language` is
    a BCP 47 tag. `extra` holds front matter that Footnote has no use for but keeps, and `head` all
    of it as it was written, so that what is not changed stays as it was to the byte.
    """

    title: str
    text: str
    author: str | None = None
    date: str | None = None
    language: str | None = None
    source: str | None = None
    url: str | None = None
    added: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    head: str = field(default="", compare=False, repr=False)

    @cached_property
    def revision(self) -> str:
        """Names this wording of the text: the first 16 hex digits of its SHA-256.

        Spans are good for the text of one revision and no other.
        """
        return revision_of(self.text)


@dataclass(frozen=True, kw_only=True)
class Article(Draft):
    """A draft with its place: `id` is the file's path below the folder, without `.md`."""

    id: str


def too_long(characters: int) -> ToldFault | None:
    """What to say of a text of so many characters, where that is too long for an article."""
    if characters <= MAX_CHARACTERS:
        return None
    return Fault.TOO_MANY_CHARACTERS.of(characters=characters, most=MAX_CHARACTERS)


def revision_of(text: str) -> str:
    """The name of this wording."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
