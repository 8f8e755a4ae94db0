"""A home and a folder of articles for one test, and what must hold of every index of them."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from footnote.corpus.store import ArticleStore
from footnote.index.keeping.build import Build
from footnote.index.keeping.engines import EmbeddedChroma, VectorEngine
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.keeping.reconcile import SyncReport
from footnote.index.keeping.storage import Storage
from footnote.index.models.embedding import Encoded
from footnote.index.passages import split
from footnote.index.words import field_of
from tests.fakes import WordsModel


class WatchedModel(WordsModel):
    """Remembers which passages it read, and calls `on_passages` before it does."""

    def __init__(self, fingerprint: str = "words-1") -> None:
        super().__init__(fingerprint=fingerprint)
        self.embedded: list[str] = []
        self.on_passages: Callable[[], object] = lambda: None

    def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        self.on_passages()
        self.embedded += texts
        return super().encode_passages(texts)


class Home:
    """`open` and `sync` do what a process of its own would do; `engine` makes what keeps the
    vectors, or `storage` all that keeps the index, for each of them."""

    def __init__(
        self,
        place: Path,
        *,
        engine: Callable[[], VectorEngine] = EmbeddedChroma,
        storage: Callable[[Path, Path], Storage] | None = None,
    ) -> None:
        self.place = place
        self.engine = engine
        self.storage = storage
        self.articles = place / "articles"
        self.articles.mkdir(parents=True, exist_ok=True)
        self.model = WatchedModel()

    @property
    def store(self) -> ArticleStore:
        return ArticleStore(self.articles)

    @property
    def current(self) -> Path:
        """The folder of the build that answers."""
        [file] = (self.place / "home" / "index").glob("*/current")
        return file.parent / file.read_text().strip()

    def write(
        self, name: str, text: str, *, title: str = "A title", language: str = "en", age: float = 60
    ) -> None:
        """An article whose file was last changed so many seconds ago."""
        head = f"---\ntitle: {title}\nlanguage: {language}\n---\n\n"
        self.put(name, (head + text + "\n").encode(), age=age)

    def put(self, name: str, content: bytes, *, age: float = 60) -> None:
        file = self.articles / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        changed = time.time_ns() - int(age * 1e9)
        os.utime(file, ns=(changed, changed))

    def remove(self, name: str) -> None:
        (self.articles / f"{name}.md").unlink()

    @contextmanager
    def open(self, *, keep: bool = True) -> Iterator[PassageIndex]:
        home = self.place / "home"
        storage = (
            self.storage(home, self.articles)
            if self.storage
            else Storage.here(home, self.articles, vectors=self.engine())
        )
        passage_index = PassageIndex(storage, self.store, self.model)
        if keep:
            passage_index.lock.acquire("a test")
        try:
            yield passage_index
        finally:
            passage_index.close()

    def sync(self, *, rebuild: bool = False) -> SyncReport:
        """Level the index and see to it that it is whole."""
        with self.open() as passage_index:
            report = passage_index.sync(rebuild=rebuild)
            assert_level(passage_index.build(), self.store, faulty=len(report.faults))
        return report

    def texts(self) -> dict[str, str]:
        """The articles as they are indexed."""
        with self.open(keep=False) as passage_index:
            return texts(passage_index.build())


def texts(build: Build) -> dict[str, str]:
    articles = [build.catalogue.article(line.article) for line in build.catalogue.listing()]
    return {article.id: article.text for article in articles if article}


def assert_whole(build: Build) -> None:
    """Every live article can be found whole by meaning and by words."""
    for line in build.catalogue.listing():
        article = build.catalogue.article(line.article)
        assert article
        spans = build.catalogue.spans(article.id)
        assert spans == [span for span, _ in split(article.text, article.language)]
        assert line.passages == len(spans)
    _, passages = build.catalogue.counts()
    live = build.catalogue.passages(range(1, 10_000))
    assert len(live) == passages
    for key, passage in live.items():
        vector = WordsModel().embed_query(passage.text)
        assert key in build.vectors.cosines(vector, [key])
        field = field_of(passage.language)
        words = dict.fromkeys(build.lexical.terms(passage.text, field), 1.0)
        assert not words or key in build.lexical.search(words, field, limit=1, among=[key])


def assert_level(build: Build, store: ArticleStore, *, faulty: int = 0) -> None:
    """The index holds what the folder holds and nothing else."""
    assert_whole(build)
    _, passages = build.catalogue.counts()
    assert build.vectors.count() == build.lexical.count() == passages
    assert build.catalogue.leftovers() == {}
    there, indexed = store.stamps(), texts(build)
    if faulty:
        assert indexed.keys() <= there.keys()
        assert len(there) - len(indexed) <= faulty
    else:
        assert indexed == {name: store.read(name).text for name in there}
