"""What the index holds: the articles as they were indexed, and where their passages stand."""

import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Executable

from footnote.corpus.address import identity
from footnote.corpus.article import Article, Draft, revision_of
from footnote.corpus.article_files import Stamp
from footnote.corpus.likeness import candidates, hashes_in, marks, sketch
from footnote.corpus.printed_pages import KEY as PAGE_STARTS
from footnote.corpus.printed_pages import page_starts, starts_in
from footnote.corpus.span import Span
from footnote.corpus.timespan import Timespan
from footnote.index.database.conditions import as_list
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping import catalogue_statements as statements
from footnote.index.keeping.catalogue_tables import FIELDS
from footnote.index.keeping.pieces import cut, joined, packed, pieces_of, unpacked
from footnote.index.keeping.token_codes import TokenCodes
from footnote.index.passages import Passage
from footnote.index.results import Head, Reference

_MAX_LOOKED_AT = 200
"""Of the articles that share a mark with another; those that share the most."""


class Known(NamedTuple):
    """What the index remembers of a file. `stamp` is None where it can't be relied on."""

    digest: bytes
    stamp: Stamp | None


@dataclass(frozen=True, slots=True)
class IndexedVersion:
    """A live version of an article, all but its text; `digest` is that of its file, `passages` how
    many it has, and `known` are its fields by their names."""

    number: int
    article: str
    digest: bytes
    characters: int
    passages: int
    page_starts: str | None
    known: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trace:
    """What the same article is known by when it comes again.

    `identity` is that of its address, `sketch` what near copies are found by.
    """

    revision: str
    identity: str | None
    sketch: bytes

    @classmethod
    def of(cls, draft: Draft) -> "Trace":
        return cls(draft.revision, identity(draft.url) if draft.url else None, sketch(draft.text))


@dataclass(frozen=True, slots=True)
class Coming:
    """A version that is to be added, with the spans and headings of its passages.

    Where the article does not say when it was added, it was when it was first seen: `today`
    (ISO 8601), unless a version of it is here already.
    """

    article: Article
    known: Known
    passages: Sequence[tuple[Span, str | None]]
    today: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of articles; `characters` and `passages` are counts."""

    article: str
    title: str
    author: str | None
    date: str | None
    language: str | None
    source: str | None
    url: str | None
    characters: int
    passages: int
    added: str | None = None

    @property
    def day(self) -> str | None:
        """The date that the article gives itself, else the day on which it was added."""
        return self.date or self.added


class CatalogueDatabase(Protocol):
    """What keeps the tables of a catalogue. Safe to use from several threads."""

    def rows(self, statement: Executable, **values: object) -> list[Any]:
        """What is found; nothing of a transaction that has not ended.

        Raises IndexUnreadable where it is broken, and CatalogueAway where a server is away.
        """
        ...

    def transaction(self) -> AbstractContextManager[Connection]:
        """All of the block is written or nothing; raises what `rows` does, and IndexLocked where
        another process has become the one that writes."""
        ...

    def changed(self, connection: Connection) -> None:
        """In this transaction what is live becomes another."""
        ...

    def generation(self) -> int:
        """Differs once another process has changed what is live; what this one writes makes no
        difference."""
        ...

    def checkpoint(self) -> bool:
        """Have deleted text in no file; whether that was done."""
        ...

    def close(self) -> None: ...


class Catalogue:
    """What stands beside the vectors and the words; what it calls live is what is searched.

    An article's version is `adding` while its passages are being written, `live` once they all
    are, and `leaving` until the last of them is gone: so a question sees an article whole or not
    at all, and after a crash it is known what is left to clear away. The texts are kept here too,
    so that an answer is made of what was indexed even while a file is being edited.

    Its methods raise what those of its database do.
    """

    def __init__(self, database: CatalogueDatabase) -> None:
        self._database = database

    def examine(self) -> None:
        """Raises IndexUnreadable where a text is not the one of its revision."""
        for version, article, revision in self._database.rows(statements.REVISIONS):
            if revision_of(self._text(version)) != revision:
                raise IndexUnreadable(f"the text of {article} in the index is damaged")

    def _text(self, version: int) -> str:
        pieces = self._database.rows(statements.PIECES, version=version)
        return "".join(unpacked(piece) for (piece,) in pieces)

    def known(self, among: Collection[str] | None = None) -> dict[str, Known]:
        """The live articles by their ids; only those `among` the given ids if any are given."""
        if among is None:
            rows = self._database.rows(statements.KNOWN)
        else:
            of_each = (self._database.rows(statements.KNOWN_OF, article=id_) for id_ in among)
            rows = [row for its_rows in of_each for row in its_rows]
        return {
            article: Known(digest, Stamp(modified, size) if modified is not None else None)
            for article, digest, modified, size in rows
        }

    def restamp(self, stamps: Iterable[tuple[str, Stamp]]) -> None:
        """Remember new stamps of files whose content is as it was."""
        rows = [
            {"which": article, "modified": stamp.modified_ns, "bytes": stamp.size}
            for article, stamp in stamps
        ]
        with self._database.transaction() as connection:
            if rows:
                connection.execute(statements.RESTAMP, rows)

    def begin(self, coming: Sequence[Coming]) -> list[tuple[int, list[int]]]:
        """In one transaction, write down versions that are being added; the number of each, and
        the keys of its passages."""
        prepared = [
            (one, Trace.of(one.article), [packed(piece) for piece in cut(one.article.text)])
            for one in coming
        ]
        with self._database.transaction() as connection:
            return [_begun(connection, *one) for one in prepared]

    def publish(
        self,
        versions: Iterable[int] = (),
        gone: Iterable[str] = (),
        *,
        tokens: Iterable[tuple[int, TokenCodes]] = (),
    ) -> None:
        """In one transaction, make versions live, and remove what they replace and what is gone.

        `tokens`: the token codes of their passages, by the keys of these.
        """
        coming, going = list(versions), [{"which": article} for article in gone]
        rows = [{"its": key, "codes": codes.to_bytes()} for key, codes in tokens]
        with self._database.transaction() as connection:
            if rows:
                connection.execute(statements.KEEP_TOKENS, rows)
            if going:
                connection.execute(statements.LEAVE, going)
            if coming:
                its = [{"its": version} for version in coming]
                connection.execute(statements.LEAVE_REPLACED, its)
                connection.execute(statements.GO_LIVE, {"versions": as_list(coming)})
            self._database.changed(connection)

    def leftovers(self) -> dict[int, list[int]]:
        """The versions that are not live, each with the keys of its passages."""
        left: dict[int, list[int]] = {}
        for version, key in self._database.rows(statements.LEFTOVERS):
            left.setdefault(version, []).extend([key] if key is not None else [])
        return left

    def forget(self, versions: Iterable[int]) -> None:
        """Delete versions whose passages are gone from the vectors and the words."""
        numbers, now = list(versions), time.time()
        if not numbers:
            return
        listed = {"versions": as_list(numbers)}
        with self._database.transaction() as connection:
            noted = [{"now": now, "gone": version} for version in numbers]
            connection.execute(statements.NOTE_CLEARED, noted)
            sketched = connection.execute(statements.SKETCHES_AMONG, listed).all()
            marked = [
                {"its": hash_, "gone": version}
                for version, sketch_ in sketched
                for hash_ in marks(sketch_)
            ]
            if marked:
                connection.execute(statements.FORGET_MARKS, marked)
            connection.execute(statements.FORGET, listed)

    def cleared(self) -> tuple[int, float | None]:
        """How many passages were cleared since this index was built, and when the first was.

        They are no longer found, but Chroma's and Tantivy's files still hold them.
        """
        [(passages, since)] = self._database.rows(statements.CLEARED)
        return int(passages), since

    def keys(self) -> list[int]:
        """Of all live passages, in order."""
        return [key for (key,) in self._database.rows(statements.KEYS)]

    def keys_of(self, days: Timespan) -> list[int]:
        """Of the live passages whose articles may be from one of these days, in order.

        An article's days are those of its own date, else the one on which it was added.
        """
        rows = self._database.rows(statements.KEYS_OF_DAYS, **_ends(days))
        return [key for (key,) in rows]

    def articles_of(self, days: Timespan) -> list[str]:
        """The ids of the live articles that may be from one of these days, in order."""
        rows = self._database.rows(statements.ARTICLES_OF_DAYS, **_ends(days))
        return [article for (article,) in rows]

    def has_dates(self) -> bool:
        """Whether any live article gives a date itself."""
        return bool(self._database.rows(statements.A_DATE))

    def newest_day(self) -> date | None:
        """The last day that a live article may be from; None where there is no article."""
        [(last,)] = self._database.rows(statements.LAST_DAY)
        return date.fromisoformat(last) if last else None

    def added(self) -> dict[str, str]:
        """The day on which each live article was added, by their ids."""
        return dict(self._database.rows(statements.ADDED))

    def checkpoint(self) -> bool:
        """Have deleted text in no file; whether that was done."""
        return self._database.checkpoint()

    def passages(self, keys: Iterable[int]) -> dict[int, Passage]:
        """The live passages among these keys, in their order."""
        rows = self._database.rows(statements.PASSAGES_AMONG, keys=as_list(keys))
        spans = [(version, Span(start, end)) for version, start, end, *_ in rows]
        found: dict[int, Passage] = {}
        for (_, span), text, row in zip(spans, self._texts(spans), rows, strict=True):
            key, article, revision, title, language, heading, date_, added = row[3:]
            if text is not None:
                found[key] = Passage(
                    key, article, revision, title, language, span, text, heading, date_, added
                )
        return found

    def text_before(self, passage: Passage, characters: int) -> str:
        """So much of its article as stands before the end of the passage; less at the beginning."""
        end = passage.span.end
        wanted = Span(max(end - characters, 0), end)
        rows = self._database.rows(statements.VERSION_OF, key=passage.key)
        texts = self._texts([(version, wanted) for (version,) in rows])
        return next((text for text in texts if text is not None), passage.text)

    def _texts(self, places: Sequence[tuple[int, Span]]) -> list[str | None]:
        """What stands at each span of a version; None where it has just been cleared away."""
        wanted = sorted({(v, number) for v, span in places for number in pieces_of(span)})
        rows = self._database.rows(statements.PIECES_AMONG, places=as_list(wanted))
        read = {(version, number): unpacked(piece) for version, number, piece in rows}
        return [joined(read, version, span) for version, span in places]

    def passages_of(self, article: str) -> list[Passage]:
        """Those of a live article, in order."""
        found = self.passages(self.keys_of_article(article))
        return sorted(found.values(), key=lambda passage: passage.span)

    def tokens(self, keys: Iterable[int]) -> dict[int, TokenCodes]:
        """The token codes of the live passages among these keys."""
        rows = self._database.rows(statements.TOKENS_AMONG, keys=as_list(keys))
        return {key: TokenCodes.from_bytes(stored) for key, stored in rows}

    def spans(self, article: str) -> list[Span]:
        """Where the passages of a live article stand, in order."""
        rows = self._database.rows(statements.SPANS_OF_ARTICLE, article=article)
        return [Span(start, end) for start, end in rows]

    def keys_of_article(self, article: str) -> list[int]:
        """Of the passages of a live article, in the order in which they stand."""
        rows = self._database.rows(statements.KEYS_OF_ARTICLE, article=article)
        return [key for (key,) in rows]

    def article(self, article: str) -> Article | None:
        """The article as it is indexed, with all of its text; None where it is not."""
        while (version := self.indexed(article)) is not None:
            if (found := self.article_of(version)) is not None:
                return found
        return None

    def indexed(self, article: str) -> IndexedVersion | None:
        """The version that is live; None where there is none."""
        for number, _, pages, *values, digest, characters, passages in self._database.rows(
            statements.INDEXED, article=article
        ):
            known = dict(zip(("added", *FIELDS), values, strict=True))
            return IndexedVersion(number, article, digest, characters, passages, pages, known)
        return None

    def article_of(self, version: IndexedVersion) -> Article | None:
        """With its text; None where another version has taken its place, or none, since."""
        text, pages = self._text(version.number), version.page_starts
        if len(text) != version.characters:  # not all of it is there any more
            now = self.indexed(version.article)
            if now is not None and now.number == version.number:
                raise IndexUnreadable(f"the text of {version.article} in the index is damaged")
            return None
        extra = {PAGE_STARTS: pages} if pages else {}
        return Article(id=version.article, text=text, extra=extra, **version.known)

    def head(self, article: str) -> Head | None:
        """What is known of an article as it is indexed, without its text; None where it is not."""
        for _, revision, pages, known in self._known_of(article):
            fields = {name: value for name, value in known.items() if name != "language"}
            return Head(Reference(article, revision, **fields), starts_in(pages, revision))
        return None

    def _known_of(self, article: str) -> Iterator[tuple[int, str, str | None, dict[str, Any]]]:
        rows = self._database.rows(statements.HEAD, article=article)
        for version, revision, pages, *values in rows:
            yield version, revision, pages, dict(zip(("added", *FIELDS), values, strict=True))

    def with_text_of(self, trace: Trace) -> list[str]:
        """The live articles with this very text."""
        rows = self._database.rows(statements.OF_REVISION, revision=trace.revision)
        return [article for (article,) in rows]

    def from_address_of(self, trace: Trace) -> list[str]:
        """The live articles from this address."""
        rows = self._database.rows(statements.OF_IDENTITY, identity=trace.identity)
        return [article for (article,) in rows]

    def maybe_near(self, trace: Trace) -> list[str]:
        """The live articles that may be near copies, going by the sketches."""
        hashes = as_list(hashes_in(trace.sketch))
        rows = self._database.rows(statements.MAYBE_NEAR, hashes=hashes, limit=_MAX_LOOKED_AT)
        near = candidates(trace.sketch, [sketched for _, sketched in rows])
        return [rows[place][0] for place in near]

    def ids(self) -> list[str]:
        """Of all live articles."""
        return [article for (article,) in self._database.rows(statements.IDS)]

    def newest(
        self, limit: int | None = None, *, among: Collection[str] | None = None
    ) -> list[str]:
        """The ids of the live articles, the newest first; only those `among` the given ids if any.

        By their own dates; of those that have none by the day on which they were added.
        """
        most = sys.maxsize if limit is None else limit
        if among is None:
            rows = self._database.rows(statements.NEWEST, limit=most)
        else:
            listed = as_list(among)
            rows = self._database.rows(statements.NEWEST_AMONG, articles=listed, limit=most)
        return [article for (article,) in rows]

    def listing(self) -> list[Listed]:
        """Every live article, in the order of the ids."""
        return [Listed(*row) for row in self._database.rows(statements.LISTING)]

    def languages(self) -> set[str | None]:
        """The languages that the live articles are in."""
        return {language for (language,) in self._database.rows(statements.LANGUAGES)}

    def empty(self) -> bool:
        """Whether no article is live."""
        return not self._database.rows(statements.AN_ARTICLE)

    def counts(self) -> tuple[int, int]:
        """How many articles are live, and how many passages they have."""
        [(articles,)] = self._database.rows(statements.ARTICLES)
        [(passages,)] = self._database.rows(statements.PASSAGES)
        return articles, passages

    def generation(self) -> int:
        """Differs once another process has changed what is live."""
        return self._database.generation()

    def close(self) -> None:
        self._database.close()


def _begun(
    connection: Connection, coming: Coming, trace: Trace, stored: Sequence[bytes]
) -> tuple[int, list[int]]:
    """Write down a version whose text is `stored` in pieces; its number, its passages' keys."""
    article = coming.article
    seen = connection.scalar(statements.ADDED_OF, {"article": article.id})
    version = _version(connection, coming, trace, article.added or seen or coming.today)
    pieces = [
        {"version": version, "number": number, "text": piece} for number, piece in enumerate(stored)
    ]
    connection.execute(statements.BEGIN_PIECES, pieces)
    if marked := [{"hash": hash_, "version": version} for hash_ in marks(trace.sketch)]:
        connection.execute(statements.BEGIN_MARKS, marked)
    back = connection.scalars(statements.PIECES, {"version": version})
    if "".join(map(unpacked, back)) != article.text:
        raise IndexUnreadable(f"the database does not give back the text of {article.id}")
    rows = [
        {"version": version, "start": span.start, "end": span.end, "heading": heading}
        for span, heading in coming.passages
    ]
    keys = connection.scalars(statements.BEGIN_PASSAGES, rows).all() if rows else []
    return version, list(keys)


def _version(connection: Connection, coming: Coming, trace: Trace, added: str) -> int:
    """Write down a version without its text and passages; its number."""
    article, known, days = coming.article, coming.known, Timespan.of(coming.article.date or added)
    row = {
        "article": article.id,
        "state": "adding",
        "digest": known.digest,
        "modified_ns": known.stamp.modified_ns if known.stamp else None,
        "size": known.stamp.size if known.stamp else None,
        "revision": article.revision,
        "characters": len(article.text),
        "identity": trace.identity,
        "page_starts": article.extra[PAGE_STARTS] if page_starts(article) else None,
        "sketch": trace.sketch,
        "added": added,
        "first_day": days.first.isoformat(),
        "last_day": days.last.isoformat(),
        **{name: getattr(article, name) for name in FIELDS},
    }
    number = connection.execute(statements.BEGIN_VERSION, row).inserted_primary_key
    assert number is not None
    return int(number[0])


def _ends(days: Timespan) -> dict[str, str]:
    return {"first": days.first.isoformat(), "last": days.last.isoformat()}
