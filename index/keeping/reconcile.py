"""Making the index equal to the folder of articles, whatever happened before."""

import hashlib
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from footnote.corpus.article import Article
from footnote.corpus.article_files import Stamp
from footnote.corpus.errors import ArticleNotFound, CorpusError, FolderUnusable, FrontMatterFault
from footnote.corpus.language import language_of
from footnote.corpus.span import Span
from footnote.corpus.store import ArticleStore
from footnote.index.keeping.catalogue import Catalogue, Coming, Known
from footnote.index.keeping.lexical import LexicalEntry, LexicalIndex
from footnote.index.keeping.passage_reader import PassageReader, Read, ToRead
from footnote.index.keeping.token_codes import TokenCoder, TokenCodes
from footnote.index.keeping.vectors import VectorStore
from footnote.index.passages import embedded, split

_BATCH_PASSAGES = 512
"""So many passages are embedded and written at once; a crash loses no more than their vectors."""

Progress = Callable[[int, int], None]
"""Called with the bytes of articles that are done, and those that there are to do."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What reconciling did: ids of articles, and the faults of files that were passed over.

    `mended` says in words what an earlier process had left in the middle.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    passages: int = 0
    faults: tuple[CorpusError, ...] = ()
    mended: tuple[str, ...] = ()

    @property
    def did_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)

    def after(self, earlier: "SyncReport") -> "SyncReport":
        """Both as one, where `earlier` was of a part of the articles just before."""
        total = len(self.added) + len(self.changed) + self.unchanged
        added = tuple(dict.fromkeys(earlier.added + self.added))
        changed = tuple(dict.fromkeys(earlier.changed + self.changed))
        return replace(
            self,
            added=added,
            changed=changed,
            removed=tuple(dict.fromkeys(earlier.removed + self.removed)),
            unchanged=total - len(added) - len(changed),
            passages=earlier.passages + self.passages,
            mended=earlier.mended + self.mended,
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """An article to be indexed, with its passages and their headings."""

    article: Article
    known: Known
    passages: Sequence[tuple[Span, str | None]]

    @property
    def texts(self) -> list[str]:
        return [span.of(self.article.text) for span, _ in self.passages]


@dataclass(slots=True)
class _Begun:
    """A batch whose passages are being read. Keys, entries and offsets are those of the passages in
    turn; `reading` are parts of them, with what waits until they are read."""

    works: tuple[_Work, ...]
    versions: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    entries: list[LexicalEntry] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    reading: list[tuple[slice, Callable[[], Read]]] = field(default_factory=list)


@dataclass(slots=True)
class Reconciler:
    """Brings catalogue, vectors and words up to date with the folder; the caller holds the lock.

    The steps are ordered so that being killed between any two of them leaves a state from which
    the next run goes on: written down as coming, written to both stores, published in one
    transaction, and only then is the old version cleared away.

    `first_seen` has the days (ISO 8601) on which an index that this one is to replace saw articles.
    `taken_away` tells which articles Footnote itself took out of the folder; None where an empty
    folder is taken at its word.
    """

    catalogue: Catalogue
    vectors: VectorStore
    lexical: LexicalIndex
    coder: TokenCoder
    reader: PassageReader
    today: Callable[[], date] = date.today
    first_seen: Mapping[str, str] = field(default_factory=dict)
    taken_away: Callable[[], Collection[str]] | None = None

    def run(
        self,
        store: ArticleStore,
        on_progress: Progress = lambda done, total: None,
        *,
        among: Collection[str] | None = None,
    ) -> SyncReport:
        """Looks at the whole folder, or at the articles `among` these ids alone if any are given.

        Raises FolderUnusable where the folder cannot be read, or has lost all articles at once.
        """
        left = self._clear_leftovers()
        (stamps, closed), known = store.look(among), self.catalogue.known(among)
        if not stamps and among is None:
            self._refuse_loss(store, known.keys() | self.first_seen.keys())
        due = {a: s for a, s in stamps.items() if (k := known.get(a)) is None or k.stamp != s}
        faults: list[CorpusError] = []
        same: dict[str, Stamp] = {}
        done, total, written = 0, sum(s.size for s in due.values()), 0
        indexed: list[str] = []
        for begun in self._read_ahead(self._due(store, due, known, same, faults)):
            written += self._finish(begun)
            indexed += [work.article.id for work in begun.works]
            done += sum(due[work.article.id].size for work in begun.works)
            on_progress(done, total)
        if same:
            self.catalogue.restamp(same.items())
        # What stands in a folder that cannot be read now need not be gone.
        gone = sorted(a for a in known.keys() - stamps.keys() if not a.startswith(tuple(closed)))
        if gone:
            self.catalogue.publish(gone=gone)
        self._clear_leftovers()
        if indexed:
            self.catalogue.checkpoint()
        on_progress(total, total)
        return SyncReport(
            added=tuple(a for a in indexed if a not in known),
            changed=tuple(a for a in indexed if a in known),
            removed=tuple(gone),
            unchanged=len(stamps) - len(indexed) - len(faults),
            passages=written,
            faults=(*faults, *_closed(store, closed)),
            mended=(f"passages of {left} half-indexed articles were cleared away",) if left else (),
        )

    def _refuse_loss(self, store: ArticleStore, indexed: Collection[str]) -> None:
        """A folder that is not mounted is empty, too. Of a single article that is no great loss."""
        if self.taken_away is None or len(indexed) <= 1:
            return
        if len(set(indexed) - set(self.taken_away())) > 1:
            doubt = "is that the place" if store.files.may_be_away else "is the folder mounted"
            raise FolderUnusable(
                f"no articles in {store.place}, though {len(indexed)} are indexed: {doubt}?"
                " 'footnote sync --rebuild' empties the index"
            )

    def _read_ahead(self, coming: Iterator[_Work]) -> Iterator[_Begun]:
        """In batches, as many of them begun before the first is finished as the reader wants."""
        begun = deque[_Begun]()
        for batch in _batches(coming):
            begun.append(self._begin(batch))
            if len(begun) > self.reader.ahead:
                yield begun.popleft()
        yield from begun

    def _due(
        self,
        store: ArticleStore,
        due: dict[str, Stamp],
        known: dict[str, Known],
        same: dict[str, Stamp],
        faults: list[CorpusError],
    ) -> Iterator[_Work]:
        """What is new or changed; files with the content that is known go to `same` instead."""
        for article_id, read in store.files.contents(due):
            stamp = due[article_id]
            try:
                content = read()
                digest = hashlib.sha256(content).digest()
                if article_id in known and known[article_id].digest == digest:
                    same |= {article_id: stamp} if stamp.is_reliable() else {}
                    continue
                article = _in_a_language(store.read(article_id, content))
            except ArticleNotFound:
                continue  # taken away since the folder was listed: the next run sees that
            except (FrontMatterFault, FolderUnusable) as fault:
                faults.append(fault)  # one file that may not be read stops no other
            else:
                passages = list(split(article.text, article.language))
                kept = stamp if stamp.is_reliable() else None
                yield _Work(article, Known(digest, kept), passages)

    def _begin(self, batch: Sequence[_Work]) -> _Begun:
        """Write down what is coming, and have its passages read."""
        begun = _Begun(tuple(batch))
        coming = [
            Coming(work.article, work.known, work.passages, self._first_seen(work.article.id))
            for work in batch
        ]
        for work, (version, its_keys) in zip(batch, self.catalogue.begin(coming), strict=True):
            title, texts = work.article.title, work.texts
            begun.versions.append(version)
            begun.keys += its_keys
            for key, text, (_, heading) in zip(its_keys, texts, work.passages, strict=True):
                entry = LexicalEntry(key, embedded(text, title, heading), work.article.language)
                begun.entries.append(entry)
                begun.offsets.append(len(entry.text) - len(text))
        for start in range(0, len(begun.keys), 4 * _BATCH_PASSAGES):
            part = slice(start, start + 4 * _BATCH_PASSAGES)
            passages = [
                ToRead(entry.text, offset, entry.language)
                for entry, offset in zip(begun.entries[part], begun.offsets[part], strict=True)
            ]
            begun.reading.append((part, self.reader.begin(passages, self.coder)))
        return begun

    def _first_seen(self, article: str) -> str:
        return self.first_seen.get(article) or self.today().isoformat()

    def _finish(self, begun: _Begun) -> int:
        """Write to both stores what has been read, and publish it; how many passages it has."""
        tokens = list[TokenCodes]()
        for part, read in begun.reading:
            vectors, its_tokens = read()
            self.vectors.add(begun.keys[part], vectors)
            tokens += its_tokens
        self.lexical.add(begun.entries)
        self.lexical.commit()
        self.catalogue.publish(begun.versions, tokens=zip(begun.keys, tokens, strict=True))
        return len(begun.keys)

    def _clear_leftovers(self) -> int:
        """Versions that are no longer searched, or are not yet; how many there were."""
        left = self.catalogue.leftovers()
        if left:
            keys = [key for its_keys in left.values() for key in its_keys]
            self.vectors.remove(keys)
            self.lexical.remove(keys)
            self.lexical.commit()
            self.catalogue.forget(left)
            self.catalogue.checkpoint()
        return len(left)


def _batches(coming: Iterator[_Work]) -> Iterator[list[_Work]]:
    batch = list[_Work]()
    for work in coming:
        batch.append(work)
        if sum(len(one.passages) for one in batch) >= _BATCH_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def _in_a_language(article: Article) -> Article:
    """A file need not say in which it is, but words are found by it: told by the text then."""
    return replace(article, language=article.language or language_of(article.text))


def _closed(store: ArticleStore, closed: dict[str, str]) -> Iterator[FolderUnusable]:
    for path, reason in closed.items():
        yield FolderUnusable(f"{store.place}/{path.rstrip('/')}: {reason}")
