"""What somebody brings from a chat to be made an article, and what becomes of it: values, stored as
JSON while they wait."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from itertools import pairwise
from typing import Any, Literal

from footnote.bot.articles.add_result import How
from footnote.bot.bot_faults import BotFault
from footnote.corpus.article import Draft
from footnote.corpus.faults import ToldFault, told_of, written
from footnote.corpus.readers import Reading

Kind = Literal["link", "file", "text", "feed", "entry", "follow"]
End = How | Literal["not added", "cancelled", "expired", "a feed", "opened", "followed"]
Doubt = Literal["pasted", "forwarded", "short", "untitled", "near copy"]


LONGEST_PART = 4096
"""A client sends what is longer than so many characters in parts."""
_ENDS_SENTENCE = re.compile(r"[.!?…:。！？؟۔][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where something that was passed on came from. `at` is when it was first sent, in seconds
    since 1970; `key` names the chat that it was sent to, or who sent it."""

    key: str
    at: float
    source: str | None = None
    url: str | None = None
    author: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """`name` is the address of a link or a feed, or a file's name; `file_id` is that by which
    Telegram gives out a file, and `size` its bytes as far as they are known. A text comes in
    `parts`, by the numbers of their messages. `title` and `url` are what the person says of it,
    `note` is what was said when it was passed on, and `entry` what a feed says, whose title is its
    `feed`."""

    kind: Kind
    name: str = ""
    file_id: str = ""
    size: int | None = None
    parts: tuple[tuple[int, str], ...] = ()
    origin: Provenance | None = None
    title: str | None = None
    url: str | None = None
    note: str | None = None
    entry: Mapping[str, Any] | None = None

    @property
    def text(self) -> str:
        """The parts put together in the order of their messages."""
        texts = [text for _, text in sorted(self.parts)]
        return texts[0] + "".join(_between(*pair) + pair[1] for pair in pairwise(texts))

    @property
    def forgotten(self) -> "Upload":
        """The same without what was written in it."""
        return Upload(self.kind, self.name, parts=tuple((number, "") for number, _ in self.parts))

    def noting(self, note: str | None) -> "Upload":
        """With what was said of it besides."""
        told = "\n".join(part for part in (self.note, note) if part)
        return replace(self, note=told or None)

    def with_part(self, message: int, text: str) -> "Upload":
        """With one more part, or with another wording of one."""
        return replace(self, parts=tuple(sorted((dict(self.parts) | {message: text}).items())))


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """How it ended, and what is to be told of it.

    `article` is the id of the one that is there now; `likeness` is from 0 to 1, `since` in seconds
    since 1970. Where it was not added, `fault` says why, in a plain sentence in English, `told` the
    same for any language, and `again` whether another try may help. `later` says why an article
    that was added cannot be searched yet. `change` is the number by which it can be taken back, or
    0.
    """

    how: End
    article: str | None = None
    title: str = ""
    url: str | None = None
    about: tuple[str, ...] = ()
    words: int = 0
    passages: int = 0
    dropped: tuple[str, ...] = ()
    since: float = 0.0
    words_added: int = 0
    words_removed: int = 0
    likeness: float = 0.0
    entries: int = 0
    fault: str | None = None
    told: tuple[ToldFault, ...] = ()
    max_megabytes: int = 0
    again: bool = False
    later: ToldFault | str | None = None
    change: int = 0

    @property
    def is_in(self) -> bool:
        """Whether it brought something into the folder."""
        return self.how in ("added", "new revision")


@dataclass(frozen=True, slots=True)
class Offer:
    """What was read, shown before it counts, for the reasons given; a near copy also has what it
    is `like`, and how much. `passages` is how many it would have, `instead` the title of the
    article that it would replace."""

    reading: Reading
    doubts: tuple[Doubt, ...]
    passages: int = 0
    like: str = ""
    likeness: float = 0.0
    instead: str = ""


def dump(value: Upload | SubmissionResult | Offer) -> str:
    if isinstance(value, SubmissionResult):
        of = {field.name: getattr(value, field.name) for field in fields(value)}
        return json.dumps(of, ensure_ascii=False, default=written)
    return json.dumps(asdict(value), ensure_ascii=False)


def upload_of(stored: str) -> Upload:
    known = json.loads(stored)
    if "handle" in known:  # as it was called at first
        known["file_id"] = known.pop("handle")
    origin = Provenance(**known["origin"]) if known["origin"] else None
    parts = tuple((number, text) for number, text in known["parts"])
    return Upload(**known | {"origin": origin, "parts": parts})


def result_of(stored: str) -> SubmissionResult:
    known = json.loads(stored)
    try:
        told, later = tuple(map(told_of, known.get("told", ()))), told_of(known.get("later") or "")
    except KeyError:  # of another version of Footnote, whose English sentence is there all the same
        told, later = (), BotFault.NOT_SYNCED.of() if known.get("later") else ""
    read = {"told": told, "later": later or None}
    lists = {"about": tuple(known["about"]), "dropped": tuple(known["dropped"])}
    names = {field.name for field in fields(SubmissionResult)}
    return SubmissionResult(**{n: v for n, v in (known | lists | read).items() if n in names})


def offer_of(stored: str) -> Offer:
    known = json.loads(stored)
    reading = known["reading"]
    read = Reading(Draft(**reading["draft"]), tuple(reading["dropped"]), reading["untitled"])
    return Offer(**known | {"reading": read, "doubts": tuple(known["doubts"])})


def _between(part: str, after: str) -> str:
    """What stood between two parts: clients part a text between paragraphs, failing that between
    words, taking the white space away, and where there is none within a word."""
    if _ENDS_SENTENCE.search(part):
        return "\n\n"
    whole = len(part.encode("utf-16-le", "replace")) // 2 >= LONGEST_PART
    within = whole or len(part) >= LONGEST_PART
    return "" if within and part[-1:].isalnum() and after[:1].isalnum() else " "
