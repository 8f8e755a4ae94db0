"""`python -m bench.with_ray`: indexing with workers of Ray on this machine, over one process.

The one process computes with one thread for each core, as it does for everybody, and with a single
one. What is timed is a whole sync; the workers are started before. On a machine that others use the
processor's time tells more than the clock: two workers on cores of their own end no sooner than the
one that takes longer.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.growing import grown
from bench.sets import shipped_articles
from footnote.bot.composition import composed
from footnote.bot.settings import Settings
from footnote.corpus.article import Article
from footnote.corpus.article_files import SUFFIX
from footnote.corpus.front_matter import render
from footnote.index.keeping.ray_reading import LOCAL

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Timed:
    """Of a sync: seconds by the clock, of the processor in this process, and in each worker."""

    passages: int
    seconds: float
    own: float
    workers: list[float]


def measure(articles: Sequence[Article], ray: str | None, *, threads: int) -> Timed:
    import torch

    torch.set_num_threads(threads)
    os.environ["OMP_NUM_THREADS"] = str(threads)  # for what is read without torch
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        for article in articles:
            (folder / f"{article.id}{SUFFIX}").write_text(render(article), encoding="utf-8")
        settings = Settings(_env_file=None, articles=folder, home=Path(place) / "home")
        with composed(settings, purpose="a benchmark") as footnote:
            footnote.passage_index.model.embed_query("So that it is loaded.")
            with footnote.reading_with_ray(ray):
                before, begun, own = of_workers(), time.perf_counter(), time.process_time()
                report = footnote.library.sync()
                seconds, own = time.perf_counter() - begun, time.process_time() - own
                workers = [now - before.get(pid, 0.0) for pid, now in of_workers().items()]
                return Timed(report.passages, seconds, own, workers)


def of_workers() -> dict[int, float]:
    """The processor's time of each worker of Ray on this machine so far, in seconds."""
    found = dict[int, float]()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cmdline").read_bytes().startswith(b"ray::_Worker"):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                found[int(folder.name)] = (int(fields[11]) + int(fields[12])) / _TICKS
        except OSError:
            continue  # it has ended
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=5000)
    parser.add_argument("--only", choices=("one", "single", "ray"), action="append")
    options = parser.parse_args()
    articles = list(grown(shipped_articles(), passages=options.passages))
    cores = os.cpu_count() or 1
    for name, ray, threads in (("one", None, cores), ("single", None, 1), ("ray", LOCAL, 1)):
        if options.only and name not in options.only:
            continue
        told = asdict(measure(articles, ray, threads=threads)) | {"load": os.getloadavg()[0]}
        print(name, json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
