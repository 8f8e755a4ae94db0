"""`python -m bench.served`: with the vectors on a Chroma server, over with Chroma in this process.

The server is `chroma run`, on loopback. The same questions are put to both in turn, to the articles
that come with Footnote for what is answered, and to as many passages as are wanted for how long it
takes.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.growing import GrowingModel, grown
from bench.indexing import embedded_texts
from bench.sets import OWN, read_set, shipped_articles
from footnote.bot.composition import Footnote, composed
from footnote.bot.settings import Settings
from footnote.corpus.article import Article
from footnote.corpus.front_matter import render
from footnote.corpus.store import SUFFIX
from footnote.index.answering import Answerer
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.question import Question
from tests.index.chroma_run import ChromaRun, chroma_run

_WARM_UP = 5
_SAME_CONFIDENCE = 0.01


@dataclass
class Both:
    """Of so many questions, those that were answered alike; p50 of each in seconds."""

    passages: int
    collections: int
    questions: int
    same_sentences: int
    same_confidence: int
    embedded_p50: float
    served_p50: float
    moving_seconds: float

    @property
    def ratio(self) -> float:
        return self.served_p50 / self.embedded_p50


def measure(
    articles: Sequence[Article],
    questions: Sequence[Question],
    model: EmbeddingModel,
    *,
    collections: int = 1,
) -> Both:
    with ExitStack() as open_:
        place = Path(open_.enter_context(tempfile.TemporaryDirectory()))
        server = open_.enter_context(chroma_run(place / "chroma"))
        folder = place / "articles"
        folder.mkdir()
        for article in articles:  # not by the store, which waits for the disk each time
            (folder / f"{article.id}{SUFFIX}").write_text(render(article), encoding="utf-8")
        embedded = _opened(place / "one", folder, model, open_, None)
        served, seconds = _moved(place, folder, model, open_, server, collections)
        pair = [_Timed(footnote) for footnote in (embedded, served)]
        for number, question in enumerate(questions):
            for one in pair if number % 2 else reversed(pair):
                one.ask(question)
        here, there = pair
        return Both(
            passages=embedded.passage_index.build().catalogue.counts()[1],
            collections=collections,
            questions=len(questions),
            same_sentences=sum(a == b for a, b in zip(here.said, there.said, strict=True)),
            same_confidence=sum(
                abs(a - b) <= _SAME_CONFIDENCE for a, b in zip(here.sure, there.sure, strict=True)
            ),
            embedded_p50=median(here.seconds[_WARM_UP:]),
            served_p50=median(there.seconds[_WARM_UP:]),
            moving_seconds=seconds,
        )


class _Timed:
    def __init__(self, footnote: Footnote) -> None:
        self._answerer = Answerer(footnote.passage_index)
        self.seconds: list[float] = []
        self.said: list[list[str]] = []
        self.sure: list[float] = []

    def ask(self, question: Question) -> None:
        begun = time.perf_counter()
        result, attempt = self._answerer.consider(question)
        self.seconds.append(time.perf_counter() - begun)
        self.sure.append(attempt.confidence if attempt else 0.0)
        self.said.append([claim.text for claim in getattr(result, "claims", ())])


def _moved(
    place: Path,
    folder: Path,
    model: EmbeddingModel,
    open_: ExitStack,
    server: ChromaRun,
    collections: int,
) -> tuple[Footnote, float]:
    """Another index, moved to the server; and how long that took."""
    with ExitStack() as at_first:
        _opened(place / "two", folder, model, at_first, None)
    begun = time.perf_counter()
    served = _opened(place / "two", folder, model, open_, server, collections)
    return served, time.perf_counter() - begun


def _opened(
    home: Path,
    folder: Path,
    model: EmbeddingModel,
    open_: ExitStack,
    server: ChromaRun | None,
    collections: int = 1,
) -> Footnote:
    settings = Settings(
        _env_file=None,
        articles=folder,
        home=home,
        reranker="none",
        chroma_url=server.address if server else None,
        chroma_collections=collections,
    )
    footnote = open_.enter_context(composed(settings, purpose="a benchmark", model=model))
    footnote.library.sync()
    return footnote


def _all(passages: int, asked: int) -> Iterator[tuple[str, Both]]:
    model = SentenceTransformerModel.from_name(DEFAULT_MODEL)
    questions = [case.question for one in read_set(OWN) for case in one.cases]
    shipped = shipped_articles()
    yield "shipped", measure(shipped, questions, model)
    yield "shipped.4", measure(shipped, questions, model, collections=4)
    pool = [read for _, read in model.encode_passages(_texts(shipped))]
    growing = GrowingModel(model, pool)
    growing.fast = True
    many = list(grown(shipped, passages=passages))
    for collections in (1, 4):
        found = measure(many, questions[:asked], growing, collections=collections)
        yield f"{passages}.{collections}", found


def _texts(articles: Sequence[Article]) -> list[str]:
    return [text for article in articles for text in embedded_texts(article)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--asked", type=int, default=100)
    options = parser.parse_args()
    for name, found in _all(options.passages, options.asked):
        told = asdict(found) | {"ratio": found.ratio, "load": os.getloadavg()[0]}
        print(name, json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
