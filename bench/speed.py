"""`python -m bench.speed`: what indexing, asking, adding and removing cost, and how that grows."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from bench.answering import seconds
from bench.growing import GrowingModel, grown, renamed
from bench.indexing import embedded_texts, indexing, kept, stock_indexing
from bench.sets import OWN, QuestionSet, SetFault, read_set
from footnote.bot.settings import read_settings
from footnote.corpus.article import Article
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.passages import split

_ADDED_PASSAGES = 30

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_errors = Console(stderr=True)


@app.command()
def main(
    data: Annotated[list[Path] | None, typer.Option(help="folders of question sets")] = None,
    sizes: Annotated[str, typer.Option(help="passages, separated by commas")] = "10000,100000",
    rounds: Annotated[int, typer.Option(min=1, help="how often each is measured")] = 3,
    asked: Annotated[int, typer.Option(min=1, help="questions at each size, at most")] = 100,
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
    for part in _measured(
        sets, size_of, rounds=rounds, many=many, asked=asked, stock=bool(against)
    ):
        part = {f"speed.{name}": round(value, 4) for name, value in part.items()}
        console.print(_table(part))
        found |= part
        if json_file:  # after each part, so that a long run leaves what it has
            json_file.write_text(json.dumps(found, indent=2) + "\n")
    if plots:
        _plot(found, size_of, plots)


def _measured(
    sets: Sequence[QuestionSet],
    sizes: Sequence[int],
    *,
    rounds: int,
    many: int,
    asked: int,
    stock: bool,
) -> Iterator[dict[str, float]]:
    model = SentenceTransformerModel.from_name(read_settings().embedding_model or DEFAULT_MODEL)
    articles = [article for one in sets for article in one.articles]
    against = stock_indexing(model) if stock else None
    yield indexing(articles, model, rounds=rounds, stock=against)
    texts = [text for article in articles[:500] for text in embedded_texts(article)][:2000]
    pool = [read for _, read in model.encode_passages(texts)]
    yield {f"sync_of_{many}_s": sync_of_nothing(GrowingModel(model, pool), many, rounds)}
    texts = [case.question.text for one in sets for case in one.cases]
    questions, adding = texts[:: max(len(texts) // asked, 1)][:asked], {}
    for size in sizes:
        found = at_size(questions, articles, size, GrowingModel(model, pool), rounds)
        adding[size] = found["add_s"]
        yield {f"{size}.{name}": value for name, value in found.items()}
    yield {"adding.growth": adding[max(sizes)] / adding[min(sizes)]}


def at_size(
    questions: Sequence[str],
    articles: Sequence[Article],
    size: int,
    model: GrowingModel,
    rounds: int,
) -> dict[str, float]:
    """Asking, adding and removing where there are so many passages."""
    model.fast = True
    with kept(grown(articles, passages=size), model) as footnote:
        footnote.library.sync()
        count, passages = footnote.passage_index.build().catalogue.counts()
        model.fast = False
        added, removed = [], []
        for number in range(rounds):
            footnote.store.replace("added", _long_article(articles, number))
            added.append(seconds(lambda: footnote.library.sync(among=["added"])))
            footnote.library.remove("added")
            removed.append(seconds(lambda: footnote.library.sync(among=["added"])))
        settings = footnote.settings
        footnote.passage_index.close()
        folder = Path(settings.articles)
        answering = _in_a_process_of_its_own(folder, settings.home, questions)
    return {
        "articles": count,
        "passages": passages,
        "add_s": median(added),
        "remove_s": median(removed),
        **answering,
    }


def sync_of_nothing(model: GrowingModel, many: int, rounds: int) -> float:
    """Seconds, where there are so many articles and the index is up to date with them."""
    short = Article(id="short", title="A note", text="On this day nothing happened.", language="en")
    model.fast = True
    with kept([renamed(short, number) for number in range(many)], model) as footnote:
        footnote.library.sync()
        time.sleep(2.1)  # until no file is so fresh that it has to be read again
        footnote.library.sync()
        return median(seconds(footnote.library.sync) for _ in range(rounds))


def _in_a_process_of_its_own(
    articles: Path, home: Path, questions: Sequence[str]
) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.answering", str(articles), str(home)]
    done = subprocess.run(
        command, input=json.dumps(questions), text=True, stdout=subprocess.PIPE, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


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
