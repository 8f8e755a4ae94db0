"""What the index holds: the articles as they were indexed, and where their passages stand."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from footnote.corpus.address import identity
from footnote.corpus.article import Article, Draft, revision_of
from footnote.corpus.likeness import candidates, hashes_in, marks, sketch
from footnote.corpus.pages import KEY as PAGE_STARTS
from footnote.corpus.pages import page_starts, starts_in
from footnote.corpus.span import Span
from footnote.corpus.store import Stamp
from footnote.corpus.timespan import Timespan
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.catalogue_file import CatalogueFile
from footnote.index.keeping.pieces import cut, joined, packed, pieces_of, unpacked
from footnote.index.keeping.tokens import TokenCodes
from footnote.index.passages import Passage
from footnote.index.results import Head, Reference

_FIELDS = ("title", "author", "date", "language", "source", "url")
_MAX_LOOKED_AT = 200
"""Of the articles that share a mark with another; those that share the most."""

_MAX_AT_ONCE = 1000
"""Of pieces in one statement: SQLite takes 32,766 values."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the index remembers of a file. `stamp` is None where it can't be relied on."""

    digest: bytes
    stamp: Stamp | None


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


class Catalogue:
    """One SQLite file beside the vectors and the words; what it calls live is what is searched.

    An article's version is `adding` while its passages are being written, `live` once they all
    are, and `leaving` until the last of them is gone: so a question sees an article whole or not
    at all, and after a crash it is known what is left to clear away. The texts are kept here too,
    so that an answer is made of what was indexed even while a file is being edited.
    """

    def __init__(
        self,
        file: Path,
        *,
        create: bool = False,
        on_write: Callable[[], object] = lambda: None,
    ) -> None:
        """Raises IndexUnreadable where there is none to open and `create` was not asked for.

        `on_write` is called before anything is written.
        """
        self._file = CatalogueFile(file, create=create, on_write=on_write)

    def examine(self) -> None:
        """Raises IndexUnreadable where a text is not the one of its revision."""
        rows = self._file.each(
            "SELECT article, revision, piece.text FROM version LEFT JOIN piece"
            " ON piece.version = version.id WHERE state = 'live' ORDER BY version.id, number"
        )
        for (article, revision), its_rows in groupby(rows, key=lambda row: row[:2]):
            if revision_of("".join(unpacked(stored) for *_, stored in its_rows)) != revision:
                raise IndexUnreadable(f"the text of {article} in the index is damaged")

    def known(self, among: Collection[str] | None = None) -> dict[str, Known]:
        """The live articles by their ids; only those `among` the given ids if any are given."""
        query = "SELECT article, digest, modified_ns, size FROM version WHERE state = 'live'"
        if among is None:
            rows = self._file.rows(query)
        else:
            rows = [
                row for id_ in among for row in self._file.rows(f"{query} AND article = ?", [id_])
            ]
        return {
            article: Known(digest, Stamp(modified, size) if modified is not None else None)
            for article, digest, modified, size in rows
        }

    def restamp(self, stamps: Iterable[tuple[str, Stamp]]) -> None:
        """Remember new stamps of files whose content is as it was."""
        with self._file.transaction() as connection:
            connection.executemany(
                "UPDATE version SET modified_ns = ?, size = ? WHERE article = ? AND state = 'live'",
                [(stamp.modified_ns, stamp.size, article) for article, stamp in stamps],
            )

    def begin(
        self,
        article: Article,
        known: Known,
        passages: Sequence[tuple[Span, str | None]],
        *,
        today: str,
    ) -> tuple[int, list[int]]:
        """Write down a version that is being added; its number and its passages' keys.

        Where the article does not say when it was added, it was when it was first seen: `today`
        (ISO 8601), unless a version of it is here already.
        """
        stamp = (known.stamp.modified_ns, known.stamp.size) if known.stamp else (None, None)
        values = [getattr(article, name) for name in _FIELDS]
        trace = Trace.of(article)
        pages = article.extra[PAGE_STARTS] if page_starts(article) else None
        with self._file.transaction() as connection:
            seen = connection.execute(
                "SELECT added FROM version WHERE article = ? AND state = 'live'", (article.id,)
            ).fetchone()
            added = article.added or (seen[0] if seen else today)
            days = Timespan.of(article.date or added)
            version = connection.execute(
                "INSERT INTO version (article, state, digest, modified_ns, size, revision,"
                f" characters, identity, page_starts, sketch, added, first_day, last_day,"
                f" {', '.join(_FIELDS)})"
                f" VALUES (?, 'adding', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?{', ?' * len(_FIELDS)})",
                (
                    article.id,
                    known.digest,
                    *stamp,
                    article.revision,
                    len(article.text),
                    trace.identity,
                    pages,
                    trace.sketch,
                    added,
                    days.first.isoformat(),
                    days.last.isoformat(),
                    *values,
                ),
            ).lastrowid
            assert version is not None
            connection.executemany(
                "INSERT INTO piece (version, number, text) VALUES (?, ?, ?)",
                (
                    (version, number, packed(piece))
                    for number, piece in enumerate(cut(article.text))
                ),
            )
            connection.executemany(
                "INSERT INTO mark (hash, version) VALUES (?, ?)",
                ((hash_, version) for hash_ in marks(trace.sketch)),
            )
            stored = connection.execute(
                "SELECT text FROM piece WHERE version = ? ORDER BY number", (version,)
            )
            if "".join(unpacked(piece) for (piece,) in stored) != article.text:
                raise IndexUnreadable(f"SQLite does not give back the text of {article.id}")
            keys = [
                connection.execute(
                    'INSERT INTO passage (version, start, "end", heading) VALUES (?, ?, ?, ?)',
                    (version, span.start, span.end, heading),
                ).lastrowid
                for span, heading in passages
            ]
        return version, [key for key in keys if key is not None]

    def keep_tokens(self, tokens: Iterable[tuple[int, TokenCodes]]) -> None:
        """Store the token codes of passages that are being added, by their keys."""
        with self._file.transaction() as connection:
            connection.executemany(
                "UPDATE passage SET tokens = ? WHERE key = ?",
                ((codes.to_bytes(), key) for key, codes in tokens),
            )

    def publish(self, versions: Iterable[int], gone: Iterable[str] = ()) -> None:
        """In one transaction, make versions live, and remove what they replace and what is gone."""
        versions = list(versions)
        with self._file.transaction() as connection:
            for article in gone:
                connection.execute(
                    "UPDATE version SET state = 'leaving' WHERE article = ? AND state = 'live'",
                    (article,),
                )
            for version in versions:
                connection.execute(
                    "UPDATE version SET state = 'leaving' WHERE state = 'live'"
                    " AND article = (SELECT article FROM version WHERE id = ?)",
                    (version,),
                )
                connection.execute("UPDATE version SET state = 'live' WHERE id = ?", (version,))

    def leftovers(self) -> dict[int, list[int]]:
        """The versions that are not live, each with the keys of its passages."""
        left: dict[int, list[int]] = {}
        for version, key in self._file.rows(
            "SELECT version.id, passage.key FROM version LEFT JOIN passage"
            " ON passage.version = version.id WHERE state <> 'live'"
        ):
            left.setdefault(version, []).extend([key] if key is not None else [])
        return left

    def forget(self, versions: Iterable[int]) -> None:
        """Delete versions whose passages are gone from the vectors and the words."""
        numbers = [(version,) for version in versions]
        with self._file.transaction() as connection:
            connection.executemany(
                "INSERT INTO cleared SELECT ?, count(*) FROM passage WHERE version = ?",
                [(time.time(), version) for (version,) in numbers],
            )
            for (version,) in numbers:
                rows = connection.execute("SELECT sketch FROM version WHERE id = ?", (version,))
                connection.executemany(
                    "DELETE FROM mark WHERE hash = ? AND version = ?",
                    [(hash_, version) for (sketched,) in rows for hash_ in marks(sketched)],
                )
            connection.executemany("DELETE FROM version WHERE id = ?", numbers)

    def cleared(self) -> tuple[int, float | None]:
        """How many passages were cleared since this index was built, and when the first was.

        They are no longer found, but Chroma's and Tantivy's files still hold them.
        """
        passages, since = self._file.rows(
            "SELECT coalesce(sum(passages), 0), min(at) FROM cleared"
        )[0]
        return passages, since

    def keys(self) -> list[int]:
        """Of all live passages, in order."""
        rows = self._file.rows(
            "SELECT key FROM passage JOIN version ON version.id = version"
            " WHERE state = 'live' ORDER BY key"
        )
        return [key for (key,) in rows]

    def keys_of(self, days: Timespan) -> list[int]:
        """Of the live passages whose articles may be from one of these days, in order.

        An article's days are those of its own date, else the one on which it was added.
        """
        rows = self._file.rows(
            "SELECT key FROM version JOIN passage ON version = version.id"
            " WHERE state = 'live' AND first_day <= ? AND last_day >= ? ORDER BY key",
            (days.last.isoformat(), days.first.isoformat()),
        )
        return [key for (key,) in rows]

    def articles_of(self, days: Timespan) -> list[str]:
        """The ids of the live articles that may be from one of these days, in order."""
        rows = self._file.rows(
            "SELECT article FROM version WHERE state = 'live' AND first_day <= ? AND last_day >= ?"
            " ORDER BY article",
            (days.last.isoformat(), days.first.isoformat()),
        )
        return [article for (article,) in rows]

    def has_dates(self) -> bool:
        """Whether any live article gives a date itself."""
        found = self._file.rows(
            "SELECT 1 FROM version WHERE state = 'live' AND date IS NOT NULL LIMIT 1"
        )
        return bool(found)

    def newest_day(self) -> date | None:
        """The last day that a live article may be from; None where there is no article."""
        last = self._file.rows("SELECT max(last_day) FROM version WHERE state = 'live'")[0][0]
        return date.fromisoformat(last) if last else None

    def added(self) -> dict[str, str]:
        """The day on which each live article was added, by their ids."""
        return dict(self._file.rows("SELECT article, added FROM version WHERE state = 'live'"))

    def copy_to(self, file: Path) -> None:
        """Write all that is live, and nothing that was cleared, into a new file."""
        self._file.copy_to(file)
        copy = CatalogueFile(file)
        with copy.transaction() as connection:
            connection.execute("DELETE FROM cleared")
        copy.close()

    def checkpoint(self) -> bool:
        """Empty the write-ahead log, so that deleted text is in no file; whether that was done."""
        return self._file.checkpoint()

    def passages(self, keys: Iterable[int]) -> dict[int, Passage]:
        """The live passages among these keys."""
        wanted = list(keys)
        marks = ", ".join("?" * len(wanted))
        rows = self._file.rows(
            'SELECT version, start, "end", key, article, revision, title, language, heading, date,'
            " added FROM passage"
            # CROSS JOIN keeps this order; SQLite's own begins with all that is live (100,000
            # passages: .7 s against 3 ms).
            f" CROSS JOIN version ON version.id = version WHERE key IN ({marks})"
            " AND state = 'live'",
            wanted,
        )
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
        rows = self._file.rows("SELECT version FROM passage WHERE key = ?", [passage.key])
        texts = self._texts([(version, wanted) for (version,) in rows])
        return next((text for text in texts if text is not None), passage.text)

    def _texts(self, places: Sequence[tuple[int, Span]]) -> list[str | None]:
        """What stands at each span of a version; None where it has just been cleared away."""
        wanted = sorted({(v, number) for v, span in places for number in pieces_of(span)})
        read: dict[tuple[int, int], str] = {}
        for start in range(0, len(wanted), _MAX_AT_ONCE):
            part = wanted[start : start + _MAX_AT_ONCE]
            rows = self._file.rows(
                f"WITH wanted (v, n) AS (VALUES {', '.join(['(?, ?)'] * len(part))})"
                " SELECT v, n, text FROM wanted CROSS JOIN piece ON version = v AND number = n",
                [value for pair in part for value in pair],
            )
            read |= {(version, number): unpacked(piece) for version, number, piece in rows}
        return [joined(read, version, span) for version, span in places]

    def passages_of(self, article: str) -> list[Passage]:
        """Those of a live article, in order."""
        found = self.passages(self.keys_of_article(article))
        return sorted(found.values(), key=lambda passage: passage.span)

    def tokens(self, keys: Iterable[int]) -> dict[int, TokenCodes]:
        """The token codes of the live passages among these keys."""
        wanted = list(keys)
        marks = ", ".join("?" * len(wanted))
        rows = self._file.rows(
            "SELECT key, tokens FROM passage CROSS JOIN version ON version.id = version"
            f" WHERE key IN ({marks}) AND state = 'live'",
            wanted,
        )
        return {key: TokenCodes.from_bytes(stored) for key, stored in rows}

    def spans(self, article: str) -> list[Span]:
        """Where the passages of a live article stand, in order."""
        rows = self._file.rows(
            'SELECT start, "end" FROM passage JOIN version ON version.id = version'
            " WHERE article = ? AND state = 'live' ORDER BY start",
            (article,),
        )
        return [Span(start, end) for start, end in rows]

    def keys_of_article(self, article: str) -> list[int]:
        """Of the passages of a live article, in the order in which they stand."""
        rows = self._file.rows(
            "SELECT key FROM passage JOIN version ON version.id = version"
            " WHERE article = ? AND state = 'live' ORDER BY start",
            (article,),
        )
        return [key for (key,) in rows]

    def article(self, article: str) -> Article | None:
        """The article as it is indexed, with all of its text; None where it is not."""
        for version, _, pages, known in self._known_of(article):
            rows = self._file.rows(
                "SELECT text FROM piece WHERE version = ? ORDER BY number", [version]
            )
            text = "".join(unpacked(piece) for (piece,) in rows)
            extra = {PAGE_STARTS: pages} if pages else {}
            return Article(id=article, text=text, extra=extra, **known)
        return None

    def head(self, article: str) -> Head | None:
        """What is known of an article as it is indexed, without its text; None where it is not."""
        for _, revision, pages, known in self._known_of(article):
            fields = {name: value for name, value in known.items() if name != "language"}
            return Head(Reference(article, revision, **fields), starts_in(pages, revision))
        return None

    def _known_of(self, article: str) -> Iterator[tuple[int, str, str | None, dict[str, Any]]]:
        rows = self._file.rows(
            f"SELECT id, revision, page_starts, added, {', '.join(_FIELDS)} FROM version"
            " WHERE state = 'live' AND article = ?",
            (article,),
        )
        for version, revision, pages, *values in rows:
            yield version, revision, pages, dict(zip(("added", *_FIELDS), values, strict=True))

    def with_text_of(self, trace: Trace) -> list[str]:
        """The live articles with this very text."""
        rows = self._file.rows(
            "SELECT article FROM version WHERE state = 'live' AND revision = ? ORDER BY id",
            [trace.revision],
        )
        return [article for (article,) in rows]

    def from_address_of(self, trace: Trace) -> list[str]:
        """The live articles from this address."""
        rows = self._file.rows(
            "SELECT article FROM version WHERE state = 'live' AND identity = ?"
            " AND identity IS NOT NULL ORDER BY id",
            [trace.identity],
        )
        return [article for (article,) in rows]

    def maybe_near(self, trace: Trace) -> list[str]:
        """The live articles that may be near copies, going by the sketches."""
        hashes = hashes_in(trace.sketch)
        values = ", ".join("?" * len(hashes))
        rows = self._file.rows(
            f"SELECT article, sketch FROM (SELECT version, count(*) AS shared FROM mark"
            f" WHERE hash IN ({values}) GROUP BY version ORDER BY shared DESC LIMIT ?)"
            " CROSS JOIN version ON version.id = version WHERE state = 'live' ORDER BY id",
            [*hashes, _MAX_LOOKED_AT],
        )
        near = candidates(trace.sketch, [sketched for _, sketched in rows])
        return [rows[place][0] for place in near]

    def ids(self) -> list[str]:
        """Of all live articles."""
        return [
            row[0] for row in self._file.rows("SELECT article FROM version WHERE state = 'live'")
        ]

    def newest(
        self, limit: int | None = None, *, among: Collection[str] | None = None
    ) -> list[str]:
        """The ids of the live articles, the newest first; only those `among` the given ids if any.

        By their own dates; of those that have none by the day on which they were added.
        """
        if among is not None:
            marks = ", ".join("?" * len(among))
            where, values = f" AND article IN ({marks})", list[object](among)
        else:
            where, values = "", list[object]()
        rows = self._file.rows(
            f"SELECT article FROM version WHERE state = 'live'{where}"
            " ORDER BY coalesce(date, added) DESC, id DESC LIMIT ?",
            [*values, -1 if limit is None else limit],
        )
        return [article for (article,) in rows]

    def listing(self) -> list[Listed]:
        """Every live article, in the order of the ids."""
        rows = self._file.rows(
            f"SELECT article, {', '.join(_FIELDS)}, characters,"
            " (SELECT count(*) FROM passage WHERE version = version.id), added"
            " FROM version WHERE state = 'live' ORDER BY article"
        )
        return [Listed(*row) for row in rows]

    def languages(self) -> set[str | None]:
        """The languages that the live articles are in.

        From one to the next in the index of them: SELECT DISTINCT goes through all articles.
        """
        rows = self._file.rows(
            "WITH RECURSIVE found (language) AS (SELECT min(language) FROM version"
            " WHERE state = 'live' UNION ALL SELECT (SELECT min(language) FROM version"
            " WHERE state = 'live' AND version.language > found.language) FROM found"
            " WHERE found.language IS NOT NULL) SELECT language FROM found"
            " WHERE language IS NOT NULL UNION ALL SELECT NULL WHERE EXISTS"
            " (SELECT 1 FROM version WHERE state = 'live' AND language IS NULL)"
        )
        return {language for (language,) in rows}

    def empty(self) -> bool:
        """Whether no article is live."""
        return not self._file.rows("SELECT 1 FROM version WHERE state = 'live' LIMIT 1")

    def counts(self) -> tuple[int, int]:
        """How many articles are live, and how many passages they have."""
        articles = self._file.rows("SELECT count(*) FROM version WHERE state = 'live'")[0][0]
        passages = self._file.rows(
            "SELECT count(*) FROM passage JOIN version ON version.id = version WHERE state = 'live'"
        )[0][0]
        return articles, passages

    def generation(self) -> int:
        """Grows with every change that another process commits too (SQLite's data_version)."""
        return self._file.version_of_data()

    def close(self) -> None:
        self._file.close()
