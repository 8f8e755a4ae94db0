"""Another process on the same home, started in a moment: it is forked from one that is ready."""

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
# All that such work imports, in each process anew: it would take a quarter of a second of it.
_CONTEXT.set_forkserver_preload(
    [
        *("footnote.index.answering", "footnote.bot.composition", "pytest", "tests.bot.indexed"),
        *("tests.index.home", "tests.index.chroma_run", "tests.bot.database.server"),
        *("chromadb.api.rust", "chromadb.telemetry.product.posthog", "numpy.ma"),
        "tests.corpus.bucket",
    ]
)


def start(work: Callable[..., object], *arguments: object) -> ForkServerProcess:
    """`work` is a function of a module, which the other process imports."""
    root = str(Path(__file__).parents[2])
    if root not in sys.path:  # multiprocessing hands it on
        sys.path.insert(0, root)
    process = _CONTEXT.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def run(work: Callable[..., object], *arguments: object) -> None:
    """The same, to its end, which has to be a good one."""
    process = start(work, *arguments)
    process.join(120)
    assert process.exitcode == 0
