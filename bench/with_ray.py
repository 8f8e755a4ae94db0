"""`python -m bench.with_ray`: indexing with workers of Ray on this machine, over one process.

The one process computes with one thread for each core, as it does for everybody, and with a single
one. What is timed is a whole sync; the workers are started before.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.growing import grown
from bench.sets import shipped_articles
from footnote.bot.composition import composed
from footnote.bot.settings import Settings
from footnote.corpus.article import Article
from footnote.corpus.front_matter import render
from footnote.corpus.store import SUFFIX
from footnote.index.keeping.ray_reading import LOCAL


def measure(articles: Sequence[Article], ray: str | None, *, threads: int) -> tuple[int, float]:
    """Passages, and the seconds that a sync with them took."""
    import torch

    torch.set_num_threads(threads)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        for article in articles:
            (folder / f"{article.id}{SUFFIX}").write_text(render(article), encoding="utf-8")
        settings = Settings(_env_file=None, articles=folder, home=Path(place) / "home")
        with composed(settings, purpose="a benchmark") as footnote:
            footnote.passage_index.model.embed_query("So that it is loaded.")
            with footnote.reading_with_ray(ray):
                begun = time.perf_counter()
                report = footnote.library.sync()
                return report.passages, time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=5000)
    options = parser.parse_args()
    articles = list(grown(shipped_articles(), passages=options.passages))
    cores = os.cpu_count() or 1
    for name, ray, threads in (("one", None, cores), ("single", None, 1), ("ray", LOCAL, 1)):
        passages, seconds = measure(articles, ray, threads=threads)
        told = {"passages": passages, "seconds": seconds, "load": os.getloadavg()[0]}
        print(name, json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
