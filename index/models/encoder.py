"""What reads texts with a model's weights, whatever runs it, and how texts are given to it."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from footnote.index.models.embedding import Encoded, Vector

Features = Mapping[str, Sequence[Sequence[int]]]
"""By their names in the model (`input_ids`), those of each text's tokens."""


@dataclass(frozen=True, slots=True)
class Tokenised:
    """`spans`: for each text, where each of its tokens begins and ends, in characters."""

    features: Features
    spans: Sequence[Sequence[tuple[int, int]]]


class Encoder(Protocol):
    """A model that is loaded; safe to use from several threads."""

    @property
    def batch(self) -> int:
        """How many passages are best read at once."""
        ...

    @property
    def threads(self) -> int:
        """From how many threads `forward` is best called at once."""
        ...

    @property
    def prompts(self) -> Mapping[str, str]:
        """What is put before a text, by what the text is."""
        ...

    def tokenised(self, texts: Sequence[str]) -> Tokenised: ...

    def forward(self, features: Features) -> tuple[Vector, list[Vector]]:
        """Vectors of the texts, of length 1, shape (texts, dimensions); and of the tokens of each,
        shape (tokens, dimensions)."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vector:
        """Shape (texts, dimensions), of length 1."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Shape (texts, dimensions), of length 1."""
        ...

    def random_texts(self, count: int, pieces: int) -> list[str]:
        """Each of so many pieces of the vocabulary, the same for the same vocabulary."""
        ...


def encode(encoder: Encoder, texts: Sequence[str], prompt: str) -> Iterator[tuple[int, Encoded]]:
    """Those of about equal length at once, for each is padded to the longest beside it."""
    if not texts:
        return
    read = encoder.tokenised([prompt + text for text in texts])
    by_length = sorted(range(len(texts)), key=lambda i: len(read.spans[i]))
    starts = range(0, len(texts), encoder.batch)
    batches = [by_length[start : start + encoder.batch] for start in starts]

    def forward(batch: Sequence[int]) -> tuple[Vector, list[Vector]]:
        features = {name: [rows[i] for i in batch] for name, rows in read.features.items()}
        return encoder.forward(features)

    found = _in_threads(forward, batches, encoder.threads)
    for batch, (vectors, token_vectors) in zip(batches, found, strict=True):
        for i, vector, tokens in zip(batch, vectors, token_vectors, strict=True):
            spans = np.array(read.spans[i]).reshape(-1, 2) - len(prompt)
            kept = (spans[:, 0] >= 0) & (spans[:, 1] > spans[:, 0])
            yield i, Encoded(vector, tokens[kept], spans[kept])


def _in_threads(
    forward: Callable[[Sequence[int]], Any], batches: Sequence[Sequence[int]], threads: int
) -> Iterator[Any]:
    """What comes of each, in their order; no more of it waits than there are threads."""
    threads = min(threads, len(batches))
    if threads <= 1:
        yield from map(forward, batches)
        return
    with ThreadPoolExecutor(threads) as pool:
        begun = deque(pool.submit(forward, batch) for batch in batches[:threads])
        for batch in batches[threads:]:
            yield begun.popleft().result()
            begun.append(pool.submit(forward, batch))
        yield from (one.result() for one in begun)


def processors() -> int:
    """How many this process may use: as OMP_NUM_THREADS says, to which torch keeps as well."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    if told.isdecimal() and int(told):
        return int(told)
    able = getattr(os, "sched_getaffinity", None)  # Linux's
    return len(able(0)) if able else os.cpu_count() or 1


def random_pieces(vocabulary: Sequence[int], count: int, pieces: int) -> list[list[int]]:
    """So many times so many of the vocabulary's ids, the same for the same vocabulary."""
    rng = np.random.default_rng(0)
    return [rng.choice(np.array(vocabulary), pieces).tolist() for _ in range(count)]


def unit(vectors: Any) -> Vector:
    """Each row at length 1, in float32; one of zeros stays so."""
    array = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=1, keepdims=True)
    units: Vector = np.divide(array, lengths, out=np.zeros_like(array), where=lengths > 0)
    return units
