"""What bringing articles in costs and keeps: python -m bench.articles DATA [FIGURE…].

DATA is a folder with question sets (`SET/articles.jsonl`, as bench/README.md has them); the
figures are `reading`, `speed`, `waiting` and `disk`, all of them where none is named. The stock
readers of LlamaIndex are measured too where `llama-index-readers-file` is installed.
"""

import argparse
import io
import json
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import lxml.html
import numpy as np

from bench.growing import GrowingModel
from bench.made import Made, pages, prints
from footnote.bot.composition import Footnote, compose
from footnote.bot.settings import read_settings
from footnote.corpus.article import Draft
from footnote.corpus.errors import CorpusError
from footnote.corpus.readers import Reading
from footnote.corpus.readers.apart import ReadersApart
from footnote.index.models.embedding import EmbeddingModel, Encoded

_WORD = re.compile(r"\w+")
_BOXES = 20
_POOL, _PASSAGE_CHARACTERS = 500, 1200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    parser.add_argument("data", type=Path)
    parser.add_argument("figures", nargs="*", default=list(_FIGURES))
    asked = parser.parse_args()
    articles = _articles(asked.data)
    if not articles:
        parser.error(f"no articles.jsonl in a folder in {asked.data}")
    print(f"{len(articles):,} texts, {sum(len(text) for _, text in articles) / 1e6:.1f} MB")
    for figure in asked.figures:
        _FIGURES[figure](articles)


def reading(articles: Sequence[tuple[str, str]]) -> None:
    """Share of the text that is kept and boilerplate that is left, by reader."""
    for kind, made, readers in (
        ("HTML", pages(articles, 1000), _html_readers()),
        ("PDF", prints(articles, 100), _pdf_readers()),
    ):
        for name, read in readers.items():
            begun = time.perf_counter()
            found = [_text(read, file) for file in made]
            seconds = time.perf_counter() - begun
            kept = [_share(m.text, text) for m, text in zip(made, found, strict=True)]
            left = [
                1 - _share(text, f"{m.title}\n{m.text}")
                for m, text in zip(made, found, strict=True)
                if text
            ]
            print(
                f"{kind} {name}: kept {statistics.mean(kept):.3f} (worst twentieth"
                f" {sorted(kept)[len(kept) // 20]:.3f}), left over {statistics.mean(left):.3f},"
                f" nothing read {found.count('')},"
                f" {1000 * seconds / len(made):.1f} ms each"
            )


def speed(articles: Sequence[tuple[str, str]]) -> None:
    """Articles a minute, and which step takes what share of it."""
    for kind, made in (("HTML", pages(articles, 1000)), ("PDF", prints(articles, 100))):
        with _footnote() as (footnote, folder):
            for file in made:
                (folder / file.name).write_bytes(file.data)
            footnote.passage_index.model = model = _Timed(footnote.passage_index.model)
            begun = time.perf_counter()
            outcomes = list(
                footnote.adder.add_all(footnote.adder.sources([str(folder)]), copies=True)
            )
            added = time.perf_counter()
            report = footnote.library.sync()
            done = time.perf_counter()
            how = Counter(o.taken.how if o.taken else "refused" for o in outcomes)
            reading = min(_reading_alone(made), added - begun)
            steps = {
                "reading": reading,
                "comparing and writing": added - begun - reading,
                "the model": model.seconds,
                "the rest of indexing": done - added - model.seconds,
            }
            shares = ", ".join(
                f"{name} {seconds:.1f} s ({seconds / (done - begun):.0%})"
                for name, seconds in steps.items()
            )
            print(
                f"{kind}: {60 * len(made) / (done - begun):,.0f} a minute ({dict(how)},"
                f" {report.passages:,} passages of {_characters(made):,} characters): {shares}"
            )


def waiting(articles: Sequence[tuple[str, str]]) -> None:
    """From the moment that a page is sent to the moment that it is searchable."""
    sent = pages(articles, _BOXES)
    for passages in (100, 100_000):
        with _footnote() as (footnote, _):
            _fill(footnote, passages, articles)
            times = []
            for file in sent:
                begun = time.perf_counter()
                found = footnote.adder.read_data(file.data, name=file.name)
                footnote.library.add(found, copies=True)
                footnote.library.sync()
                times.append(time.perf_counter() - begun)
            _, there = footnote.passage_index.build().catalogue.counts()
            print(
                f"{there:,} passages: searchable after {statistics.median(times):.2f} s at the"
                f" median, {max(times):.2f} s at most (the first {times[0]:.2f} s)"
            )


def disk(articles: Sequence[tuple[str, str]]) -> None:
    """Bytes of the home folder with 1,000 articles, and after removing 900 of them."""
    with _footnote() as (footnote, _):
        size = 0
        for number in range(1000):
            title, text = articles[number % len(articles)]
            text = f"Number {number}. {text}"
            size += len(text.encode())
            footnote.library.add(_draft(f"{title} {number}", text), copies=True)
        with _made_up_vectors(footnote, articles):
            footnote.library.sync()
        before = _bytes(footnote.settings.home)
        for article in list(footnote.store.stamps())[:900]:
            footnote.library.remove(article)
        footnote.library.sync()
        after, trash = _bytes(footnote.settings.home), footnote.settings.home / "changes.sqlite"
        kept = trash.stat().st_size
        print(
            f"1,000 articles of {size / 1e6:.1f} MB: {before / 1e6:.1f} MB; after removing 900:"
            f" {after / 1e6:.1f} MB, of which {kept / 1e6:.1f} MB can be taken back for a day"
        )


_FIGURES: dict[str, Callable[[Sequence[tuple[str, str]]], None]] = {
    "reading": reading,
    "speed": speed,
    "waiting": waiting,
    "disk": disk,
}


def _articles(data: Path) -> list[tuple[str, str]]:
    """Titles and texts of all sets, each text once, none shorter than 600 characters."""
    found: dict[str, str] = {}
    for file in sorted(data.glob("*/articles.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if len(entry["text"]) >= 600:
                found.setdefault(entry["text"], entry.get("title") or "Untitled")
    return [(title, text) for text, title in found.items()]


@contextmanager
def _footnote() -> Iterator[tuple[Footnote, Path]]:
    with tempfile.TemporaryDirectory() as place:
        folder, articles = Path(place, "source"), Path(place, "articles")
        folder.mkdir()
        articles.mkdir()
        settings = read_settings(articles=articles, home=Path(place, "home"))
        footnote = compose(settings, purpose="bench.articles")
        footnote.library.sync()
        try:
            yield footnote, folder
        finally:
            footnote.close()


def _html_readers() -> dict[str, Callable[[bytes], str]]:
    readers: dict[str, Callable[[bytes], str]] = {
        "Footnote": _by_footnote,
        "lxml text_content": lambda data: str(lxml.html.fromstring(data).xpath("string()")),
    }
    with suppress(ImportError):
        from bs4 import BeautifulSoup

        readers["BeautifulSoup get_text"] = lambda data: BeautifulSoup(data, "lxml").get_text("\n")
    with suppress(ImportError):
        from llama_index.readers.file import HTMLTagReader

        tags = HTMLTagReader(tag="body", ignore_no_id=False)
        readers["LlamaIndex HTMLTagReader"] = lambda data: _by_llama_index(tags, data, ".html")
    return readers


def _pdf_readers() -> dict[str, Callable[[bytes], str]]:
    readers: dict[str, Callable[[bytes], str]] = {"Footnote": _by_footnote}
    with suppress(ImportError):
        from llama_index.readers.file import PDFReader

        reader = PDFReader()
        readers["LlamaIndex PDFReader (pypdf)"] = lambda data: _by_llama_index(reader, data, ".pdf")
    with suppress(ImportError):
        import pypdfium2

        readers["pypdfium2, its text as it comes"] = lambda data: "\n".join(
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)
        )
    return readers


def _by_footnote(data: bytes) -> str:
    from footnote.corpus.readers.formats import read

    found = read(data, name="x")
    return f"{found.draft.title}\n{found.draft.text}"


def _by_llama_index(reader: Any, data: bytes, ending: str) -> str:
    with tempfile.NamedTemporaryFile(suffix=ending) as file:
        file.write(data)
        file.flush()
        return "\n".join(d.text for d in reader.load_data(Path(file.name)))


def _text(read: Callable[[bytes], str], made: Made) -> str:
    try:
        return read(made.data)
    except CorpusError:
        return ""


def _share(of: str, in_: str) -> float:
    """The share of the runs of four words of one text that stand in the other."""
    runs, there = _runs(of), _runs(in_)
    return sum((runs & there).values()) / max(runs.total(), 1)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(zip(*(words[n:] for n in range(4)), strict=False))


def _reading_alone(made: Sequence[Made]) -> float:
    readers = ReadersApart()
    begun = time.perf_counter()
    with ThreadPoolExecutor(readers.most) as pool:
        for file in made:
            pool.submit(readers.read, file.data, name=file.name)
    seconds = time.perf_counter() - begun
    readers.close()
    return seconds


def _draft(title: str, text: str) -> Reading:
    return Reading(Draft(title=title, text=text, language="en"))


def _fill(footnote: Footnote, passages: int, articles: Sequence[tuple[str, str]]) -> None:
    """So many passages of made-up words."""
    words = [f"w{n}" for n in range(20_000)]
    chosen = np.random.default_rng(0)
    each = 50
    for number in range(passages // each):
        picked = chosen.zipf(1.3, size=each * 90) % len(words)
        paragraphs = picked.reshape(each, 90)
        text = "\n\n".join(" ".join(words[n] * 2 for n in p) + "." for p in paragraphs)
        footnote.store.add(Draft(title=f"Filler {number}", text=text, language="en"))
    with _made_up_vectors(footnote, articles):
        footnote.library.sync()


@contextmanager
def _made_up_vectors(footnote: Footnote, articles: Sequence[tuple[str, str]]) -> Iterator[None]:
    """Hardly anything is embedded: what is measured does not depend on which text a vector is of,
    but on how many there are and, for the disk, on the tokens of each."""
    model = footnote.passage_index.model
    texts = [text[:_PASSAGE_CHARACTERS] for _, text in articles[:_POOL]]
    footnote.passage_index.model = made_up = GrowingModel(
        model, [read for _, read in model.encode_passages(texts)]
    )
    made_up.fast = True
    yield
    footnote.passage_index.model = model


class _Timed:
    """A model, and how long passages have taken it."""

    def __init__(self, model: EmbeddingModel) -> None:
        self._model = model
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        begun = time.perf_counter()
        for read in self._model.encode_passages(texts):
            self.seconds += time.perf_counter() - begun
            yield read
            begun = time.perf_counter()


def _characters(made: Sequence[Made]) -> int:
    return sum(len(file.text) for file in made)


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, line_buffering=True)
    main()
