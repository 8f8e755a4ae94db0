"""The seam of an embedding model: questions and passages in, unit vectors out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

Precision = Literal["float32", "bfloat16"]
"""The number format that a model computes in. In float32 different processors agree on all but the
last digits; in bfloat16 they round differently, and so do one thread and two."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as the model reads it: its vector of length 1, and one for each token in its context.

    Shapes: `vector` (dimensions,), `tokens` (tokens, dimensions), not of length 1; `spans`
    (tokens, 2): where each token begins and ends, in characters of the text. Tokens that stand for
    no characters are left out, and so is what lies beyond the model's window.
    """

    vector: Vector
    tokens: Vector
    spans: NDArray[np.int64]


class EmbeddingModel(Protocol):
    """Turns texts into vectors of length 1; queries and passages are different inputs to it."""

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text might get another vector."""
        ...

    def embed_query(self, query: str) -> Vector:
        """Shape (dimensions,)."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Shape (len(texts), dimensions), in the order of the texts."""
        ...

    def encode_query(self, query: str) -> Encoded: ...

    def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        """Each with its place among the texts, in the order in which they are best read."""
        ...

    def sample_tokens(self) -> Vector:
        """Vectors of tokens in some context, the same for the same model; (tokens, dimensions)."""
        ...
