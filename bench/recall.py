"""`python -m bench.recall`: how many of the nearest vectors are found, and what that costs.

Embedding as many texts as a large collection has would take half an hour, and vectors drawn at
random are unlike any text's: those here are mixtures of two real ones each, the questions are real.
"""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from bench.answering import Spent
from bench.indexing import embedded_texts
from bench.sets import OWN, QuestionSet, SetFault, read_set
from footnote.bot.settings import read_settings
from footnote.index.keeping.vectors import ChromaVectors, VectorStore
from footnote.index.models.embedding import Vector
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel

LIMIT = 50
FLOOR = 0.97
_POOL, _QUESTIONS, _AT_ONCE = 4000, 200, 512

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_errors = Console(stderr=True)


@app.command()
def main(
    data: Annotated[list[Path] | None, typer.Option(help="folders of question sets")] = None,
    sizes: Annotated[str, typer.Option(help="vectors, separated by commas")] = "10000,100000",
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
) -> None:
    """Measure with the texts and questions of the folders."""
    try:
        sets = [read_set(folder)[0] for folder in data or [OWN]]
    except SetFault as fault:
        _errors.print(str(fault), style="red", highlight=False)
        raise typer.Exit(2) from fault
    pool, questions = real_vectors(sets)
    found: dict[str, float] = {}
    for size in map(int, sizes.split(",")):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            part = measured(mixtures(pool, size), questions, Path(place))
        found |= {f"recall.{size}.{name}": round(value, 5) for name, value in part.items()}
        if json_file:
            json_file.write_text(json.dumps(found, indent=2) + "\n")
    table = Table("measure", "")
    for name, value in found.items():
        table.add_row(name, f"{value:g}")
    Console().print(table)
    below = [name for name, value in found.items() if name.endswith(".at_50") and value < FLOOR]
    if below:
        _errors.print(f"below {FLOOR}: {', '.join(below)}", style="red", highlight=False)
        raise typer.Exit(1)


def real_vectors(sets: Sequence[QuestionSet]) -> tuple[Vector, Vector]:
    """Of passages and of questions, a row each."""
    model = SentenceTransformerModel.from_name(read_settings().embedding_model or DEFAULT_MODEL)
    texts = [text for one in sets for article in one.articles for text in embedded_texts(article)]
    asked = [case.question.text for one in sets for case in one.cases]
    chosen = texts[:: max(len(texts) // _POOL, 1)][:_POOL]
    questions = asked[:: max(len(asked) // _QUESTIONS, 1)][:_QUESTIONS]
    return model.embed_passages(chosen), np.stack([model.embed_query(text) for text in questions])


def mixtures(pool: Vector, size: int) -> Vector:
    """So many, each of two of the pool, the one weighing from none to all of both."""
    rng = np.random.default_rng(0)
    ones, others = rng.integers(len(pool), size=(2, size))
    weights = rng.random((size, 1), dtype=np.float32)
    mixed = weights * pool[ones] + (1 - weights) * pool[others]
    vectors: Vector = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return vectors


def measured(vectors: Vector, questions: Vector, place: Path) -> dict[str, float]:
    """`at_50`: the share of the 50 truly nearest that are found; times are the processor's."""
    with_graph = Spent.on(lambda: _filled(vectors, place))
    store = ChromaVectors(place)
    spent: list[float] = []
    shares: list[float] = []
    for question in questions:
        begin = time.process_time()
        near = store.nearest(question, LIMIT)
        spent.append(time.process_time() - begin)
        exact = np.argpartition(-(vectors @ question), LIMIT)[:LIMIT]
        shares.append(len(set(exact.tolist()) & near.keys()) / LIMIT)
    store.close()
    return {
        "at_50": float(np.mean(shares)),
        "search_cpu_ms": 1000 * median(spent),
        "add_cpu_ms": 1000 * with_graph.cpu_seconds / len(vectors),
    }


def _filled(vectors: Vector, place: Path) -> None:
    store: VectorStore = ChromaVectors(place, create=True)
    for keys in _parts(len(vectors)):
        store.add(keys, vectors[keys])
    store.close()


def _parts(count: int) -> Iterator[range]:
    for start in range(0, count, _AT_ONCE):
        yield range(start, min(start + _AT_ONCE, count))


if __name__ == "__main__":
    app()
