"""What it costs to share words: `python -m bench.shared_words`, `--passages N`.

Passages of the shipped articles, with other names in each copy, are written as the indexer writes
them, 2,048 at a time: into a folder, and into one from which others fetch them. That is a folder of
the same disk, so what a network adds is left out. Then a replica fetches all, and again after one
article was added.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import chain, islice
from pathlib import Path

from bench.growing import grown
from bench.indexing import embedded_texts
from bench.sets import shipped_articles
from footnote.index.keeping.lexical import LexicalEntry, LexicalIndex
from footnote.index.keeping.words_engines import SharedWords, WordsEngine, WordsInFolder

NAME = "measured/build-1"
_BATCH_PASSAGES = 2048
_OF_AN_ARTICLE = 30


def measure(passages: int) -> dict[str, float]:
    """Times are of the processor, in seconds; `bytes` are those that a passage takes."""
    articles = grown(shipped_articles(), passages=passages)
    texts = islice(chain.from_iterable(map(embedded_texts, articles)), passages)
    entries = [LexicalEntry(key, text, "en") for key, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        alone, _ = _written(WordsInFolder(), folder / "alone", entries)
        engine = SharedWords(str(folder / "shared"))
        shared, index = _written(engine, folder / "shared-here", entries)
        replica = folder / "replica"
        first = _timed(lambda: engine.open(replica, NAME).close())
        more = entries[:_OF_AN_ARTICLE]
        index.add([LexicalEntry(passages + n, one.text, "en") for n, one in enumerate(more)])
        published = _timed(index.commit)
        after = _timed(lambda: engine.open(replica, NAME).close())
        size = sum(file.stat().st_size for file in (replica / "copied").iterdir())
        index.close()
    return {
        "passages": passages,
        "bytes": size / passages,
        "text_bytes": sum(len(one.text.encode()) for one in entries) / passages,
        "written_s": alone,
        "written_and_published_s": shared,
        "fetched_s": first,
        "article_published_s": published,
        "article_fetched_s": after,
    }


def _written(
    engine: WordsEngine, folder: Path, entries: Sequence[LexicalEntry]
) -> tuple[float, LexicalIndex]:
    index = engine.create(folder, NAME)

    def write() -> None:
        for start in range(0, len(entries), _BATCH_PASSAGES):
            index.add(entries[start : start + _BATCH_PASSAGES])
            index.commit()
        index.wait_for_merges()

    return _timed(write), index


def _timed(action: Callable[[], object]) -> float:
    begun = time.process_time()
    action()
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.shared_words", description=__doc__)
    parser.add_argument("--passages", type=int, default=50_000, help="50,000 by default")
    given = parser.parse_args()
    print(json.dumps(measure(given.passages), indent=2))


if __name__ == "__main__":
    main()
