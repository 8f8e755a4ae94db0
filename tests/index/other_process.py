"""Another process on the same home, started in a moment: it is forked from one that is ready."""

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["footnote.index.answering", "tests.index.home"])


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
    process.join(60)
    assert process.exitcode == 0
