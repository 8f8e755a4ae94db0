"""`python -m bench.served`: with parts of the index on servers, over all of it in this process.

The vectors are on a Chroma server (`chroma run`), the catalogue and the state in PostgreSQL, or
both; the servers are on loopback. The same questions are put to both in turn: our own and those on
what moves, to their articles, for what is answered, and to as many passages as are wanted for how
long it takes.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.growing import GrowingModel, grown
from bench.indexing import embedded_texts
from bench.sets import OWN, read_set, shipped_articles
from footnote.bot.composition import Footnote, composed
from footnote.bot.settings import Settings
from footnote.corpus.article import Article
from footnote.corpus.article_files import SUFFIX
from footnote.corpus.front_matter import render
from footnote.index.answering import Answerer
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.question import Question
from tests.bot.database import server as postgres_server
from tests.bot.database.server import PostgresServer
from tests.index.chroma_run import ChromaRun, chroma_run

_WARM_UP = 5
_SAME_CONFIDENCE = 0.01
CHROMA, POSTGRES = "chroma", "postgres"


@dataclass
class Both:
    """Of so many questions, those that were answered alike; p50 of each in seconds."""

    passages: int
    served_by: str
    collections: int
    questions: int
    same_sentences: int
    same_confidence: int
    embedded_p50: float
    served_p50: float
    serving_seconds: float
    """To move the vectors to the server, or to index anew into the database."""

    @property
    def ratio(self) -> float:
        return self.served_p50 / self.embedded_p50


def measure(
    articles: Sequence[Article],
    questions: Sequence[Question],
    model: EmbeddingModel,
    *,
    collections: int = 1,
    served_by: Sequence[str] = (CHROMA,),
) -> Both:
    with ExitStack() as open_:
        place = Path(open_.enter_context(tempfile.TemporaryDirectory()))
        servers = _Servers.start(place, served_by, collections, open_)
        folder = place / "articles"
        folder.mkdir()
        for article in articles:  # not by the store, which waits for the disk each time
            (folder / f"{article.id}{SUFFIX}").write_text(render(article), encoding="utf-8")
        embedded = _opened(place / "one", folder, model, open_, None)
        served, seconds = _moved(place, folder, model, open_, servers)
        pair = [_Timed(footnote) for footnote in (embedded, served)]
        for number, question in enumerate(questions):
            for one in pair if number % 2 else reversed(pair):
                one.ask(question)
        here, there = pair
        return Both(
            passages=embedded.passage_index.build().catalogue.counts()[1],
            served_by=" and ".join(served_by),
            collections=collections,
            questions=len(questions),
            same_sentences=sum(a == b for a, b in zip(here.said, there.said, strict=True)),
            same_confidence=sum(
                abs(a - b) <= _SAME_CONFIDENCE for a, b in zip(here.sure, there.sure, strict=True)
            ),
            embedded_p50=median(here.seconds[_WARM_UP:]),
            served_p50=median(there.seconds[_WARM_UP:]),
            serving_seconds=seconds,
        )


@dataclass
class _Servers:
    """Those that run; `collections` are Chroma's."""

    chroma: ChromaRun | None
    postgres: PostgresServer | None
    collections: int

    @classmethod
    def start(
        cls, place: Path, served_by: Sequence[str], collections: int, open_: ExitStack
    ) -> "_Servers":
        chroma = postgres = None
        if CHROMA in served_by:
            chroma = open_.enter_context(chroma_run(place / "chroma"))
        if POSTGRES in served_by:
            programs = postgres_server.programs()
            if programs is None:
                raise SystemExit(postgres_server.LEFT_OUT)
            postgres = open_.enter_context(contextmanager(postgres_server.running)(programs))
        return cls(chroma, postgres, collections)

    def settings(self) -> dict[str, Any]:
        return {
            "chroma_url": self.chroma.address if self.chroma else None,
            "chroma_collections": self.collections,
            "database_url": self.postgres.database() if self.postgres else None,
        }


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
    servers: "_Servers",
) -> tuple[Footnote, float]:
    """Another index, on the servers; and how long it took to get there."""
    if servers.postgres is None:
        with ExitStack() as at_first:
            _opened(place / "two", folder, model, at_first, None)
    begun = time.perf_counter()
    served = _opened(place / "two", folder, model, open_, servers)
    return served, time.perf_counter() - begun


def _opened(
    home: Path,
    folder: Path,
    model: EmbeddingModel,
    open_: ExitStack,
    servers: "_Servers | None",
) -> Footnote:
    named = servers.settings() if servers else {}
    settings = Settings(_env_file=None, articles=folder, home=home, reranker="none", **named)
    footnote = open_.enter_context(composed(settings, purpose="a benchmark", model=model))
    footnote.library.sync()
    return footnote


def _all(passages: int, asked: int, served_by: Sequence[str]) -> Iterator[tuple[str, Both]]:
    model = SentenceTransformerModel.from_name(DEFAULT_MODEL)
    questions = [case.question for one in read_set(OWN) for case in one.cases]
    shipped = shipped_articles()
    moving = read_set(OWN / "moving")
    asked_of_all = questions + [case.question for one in moving for case in one.cases]
    own = [*shipped, *(article for one in moving for article in one.articles)]
    several = (1, 4) if CHROMA in served_by else (1,)
    for collections in several:
        found = measure(own, asked_of_all, model, collections=collections, served_by=served_by)
        yield f"own.{collections}", found
    pool = [read for _, read in model.encode_passages(_texts(shipped))]
    growing = GrowingModel(model, pool)
    growing.fast = True
    many = list(grown(shipped, passages=passages))
    for collections in several:
        found = measure(
            many, questions[:asked], growing, collections=collections, served_by=served_by
        )
        yield f"{passages}.{collections}", found


def _texts(articles: Sequence[Article]) -> list[str]:
    return [text for article in articles for text in embedded_texts(article)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--asked", type=int, default=100)
    parser.add_argument("--by", choices=(CHROMA, POSTGRES, "both"), default=CHROMA)
    options = parser.parse_args()
    served_by = (CHROMA, POSTGRES) if options.by == "both" else (options.by,)
    for name, found in _all(options.passages, options.asked, served_by):
        told = asdict(found) | {"ratio": found.ratio, "load": os.getloadavg()[0]}
        print(name, json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
