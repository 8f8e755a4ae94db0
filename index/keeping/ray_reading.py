"""Reading passages by workers of Ray, on this machine or a cluster: for what is much to read.

Each worker has the model; what comes back of a passage is its vector and its codes, 3 KB.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from socket import create_connection
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from footnote.index.errors import ModelUnusable
from footnote.index.keeping.passage_reader import Read, ToRead, read
from footnote.index.keeping.record import BuildRecord
from footnote.index.keeping.token_codes import TokenCoder, TokenCodes
from footnote.index.models.embedding import EmbeddingModel, Vector

LOCAL = "local"
"""In place of an address: workers on this machine, started and ended with the reading."""

_AT_ONCE = 64
"""Passages of one task, of about one length: a model pads each batch to its longest. Twice as many
as it reads at once, so that its batches, and the vectors to the last bit, are those of a process
that reads all of them. In the order of their characters 7 in a hundred tokens more were padding."""
_STORE_BYTES = 128 * 1024**2  # of a Ray of our own; texts, vectors and codes of what is ahead
_CONNECT_SECONDS, _ANSWER_SECONDS = 5.0, 600.0
_MAX_RESTARTS = 3
Made = Callable[[], EmbeddingModel]
Lengths = Callable[[Sequence[str]], Sequence[int]]


@dataclass(slots=True)
class _Hand:
    """A worker, and how much is before it."""

    worker: Any
    before: int = 0


@dataclass(frozen=True, slots=True)
class _Task:
    """Passages by their places, which a worker has been given; `size` is that of all of them."""

    places: Sequence[int]
    size: int
    hand: _Hand
    read: Any


class RayReader:
    """To be had by `ray_reader`; safe to use from one thread."""

    def __init__(self, ray: Any, workers: Sequence[Any], told: str, lengths: Lengths) -> None:
        self._ray = ray
        self._hands = [_Hand(worker) for worker in workers]
        self._told = told
        self._lengths = lengths
        self._coders: dict[int, tuple[TokenCoder, Any]] = {}
        # A batch has at least 512 passages, eight tasks: two for each worker are to be under way.
        self.ahead = 1 + len(workers) // 4

    def begin(self, passages: Sequence[ToRead], coder: TokenCoder) -> Callable[[], Read]:
        lengths = self._lengths([passage.text for passage in passages])
        by_length = sorted(range(len(passages)), key=lambda i: lengths[i])
        parts = [by_length[n : n + _AT_ONCE] for n in range(0, len(by_length), _AT_ONCE)]
        with self._told_plainly():
            there = self._there(coder)
            # The longest first, each to whoever has the least to do: so all end at about one time.
            tasks = [self._given(part, passages, lengths, there) for part in reversed(parts)]
        return lambda: self._collected(tasks)

    def _given(
        self, places: Sequence[int], passages: Sequence[ToRead], lengths: Sequence[int], coder: Any
    ) -> _Task:
        hand = min(self._hands, key=lambda one: one.before)
        size = sum(lengths[i] for i in places)
        hand.before += size
        part = [passages[i] for i in places]
        return _Task(places, size, hand, hand.worker.read.remote(part, coder))

    def _collected(self, tasks: Sequence[_Task]) -> Read:
        vectors, tokens = dict[int, Vector](), dict[int, TokenCodes]()
        for task in tasks:
            with self._told_plainly():
                rows, codes = self._ray.get(task.read, timeout=_ANSWER_SECONDS)
            task.hand.before -= task.size
            for i, row, stored in zip(task.places, rows, codes, strict=True):
                vectors[i], tokens[i] = row, TokenCodes.from_bytes(stored)
        order = range(len(vectors))
        return np.stack([vectors[i] for i in order]), [tokens[i] for i in order]

    def _there(self, coder: TokenCoder) -> Any:
        """The coder as it is known to all workers, sent to them once."""
        if id(coder) not in self._coders:
            self._coders[id(coder)] = coder, self._ray.put(coder)
        return self._coders[id(coder)][1]

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except (self._ray.exceptions.RayError, TimeoutError) as error:
            raise ModelUnusable(f"{self._told} gave up: {_first_line(error)}") from error


class _Worker:
    """In a process of its own: made once, with a model of its own."""

    def __init__(self, make: Made) -> None:
        self._model = make()

    def record(self) -> BuildRecord:
        """What the vectors and codes that are made here would be those of, once the weights are
        loaded: one that has none is found before anything is written."""
        self._model.embed_query("So that it is loaded.")
        return BuildRecord.of(self._model)

    def read(self, passages: Sequence[ToRead], coder: TokenCoder) -> tuple[Vector, list[bytes]]:
        vectors, tokens = read(self._model, passages, coder)
        return vectors, [codes.to_bytes() for codes in tokens]


@contextmanager
def ray_reader(
    address: str,
    make: Made,
    record: BuildRecord,
    *,
    workers: int | None = None,
    lengths: Lengths = lambda texts: list(map(len, texts)),
) -> Iterator[RayReader]:
    """Readers at the address of a cluster, or here (`LOCAL`): one for each processor it has.

    `make` makes the model that each loads; it has to be the one of the `record`, and Footnote the
    same on all machines. By their `lengths` passages are read together. Raises ModelUnusable where
    that is not so, or there is no cluster.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers of us
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        raise ModelUnusable(
            "Ray is not installed: pip install 'footnote-answers[ray]', or do without --ray"
        ) from error
    logging.getLogger("ray").setLevel(logging.ERROR)  # it warns of what is as it should be
    own = {"include_dashboard": False, "object_store_memory": _STORE_BYTES, "num_cpus": workers}
    told = "Ray on this machine" if address == LOCAL else f"Ray at {address}"
    _refuse_nobody(address, told)
    try:
        ray.init(
            address=address,
            log_to_driver=False,
            configure_logging=False,
            **(own if address == LOCAL else {}),
        )
    except Exception as error:  # of no class of its own where a part of it does not start (2.60)
        raise ModelUnusable(f"{told} gives no answer: {_first_line(error)}") from error
    try:
        count = workers or max(int(ray.cluster_resources().get("CPU", 1)), 1)
        remote: Any = ray.remote(_Worker)
        options = remote.options(
            num_cpus=1, max_restarts=_MAX_RESTARTS, max_task_retries=_MAX_RESTARTS
        )
        made = [options.remote(make) for _ in range(count)]
        reader = RayReader(ray, made, told, lengths)
        with reader._told_plainly():
            records = ray.get([one.record.remote() for one in made], timeout=_ANSWER_SECONDS)
        if others := [one for one in records if not one.matches(record)]:
            raise ModelUnusable(
                f"{told} has another model or another Footnote on {len(others)} of {count} workers:"
                " install the same on all machines"
            )
        yield reader
    finally:
        with suppress(Exception):  # whatever the cluster says, this process is done with it
            ray.shutdown()


def _refuse_nobody(address: str, told: str) -> None:
    """Where nobody listens, Ray itself would wait for minutes."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    try:
        if parts.hostname and parts.port:
            create_connection((parts.hostname, parts.port), timeout=_CONNECT_SECONDS).close()
    except (OSError, ValueError) as error:
        raise ModelUnusable(f"{told} gives no answer: {error}") from error


def _first_line(error: BaseException) -> str:
    """Without the traceback of another process, which may be long."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__)[:300]
