"""Stand-ins that keep the contract of what they stand for, shared by the rooms' tests."""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np

from footnote.index.models.embedding import Encoded, Vector

_DIMENSIONS = 128
# A Hadamard matrix: each word's axis is turned so that no number of its vector is 0, as with the
# vectors of a real model, and different words stay at right angles.
_SIGNS = reduce(np.kron, [np.array([[1, 1], [1, -1]])] * 7)
_TURNED = (_SIGNS / np.sqrt(_DIMENSIONS)).astype(np.float32)
_WORD = re.compile(r"[^\W_]{4,}")


class WordsModel:
    """An embedding model whose vectors can be worked out by hand: one axis for each word.

    Words have four letters or more, in any case. Two texts of n and m words with k in common, no
    word twice, have a cosine of k / sqrt(n * m).
    """

    def __init__(self, name: str = "words", fingerprint: str = "words-1") -> None:
        self.name = name
        self.fingerprint = fingerprint

    def embed_query(self, query: str) -> Vector:
        vector: Vector = _vectors([query])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        return _vectors(texts)

    def encode_query(self, query: str) -> Encoded:
        return _encoded(query)

    def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        """A token for each word, with the same vector wherever it stands; the longest text last."""
        for place in sorted(range(len(texts)), key=lambda i: len(texts[i])):
            yield place, _encoded(texts[place])

    def sample_tokens(self) -> Vector:
        """Such that the principal axes are the ones that the vectors have already."""
        sample: Vector = _TURNED * np.linspace(1, 0.99, _DIMENSIONS, dtype=np.float32)
        return sample


def _vectors(texts: Sequence[str]) -> Vector:
    counts = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in _WORD.findall(text.casefold()):
            counts[row, zlib.crc32(word.encode()) % _DIMENSIONS] += 1
    lengths = np.linalg.norm(counts, axis=1, keepdims=True)
    units: Vector = counts @ _TURNED / np.where(lengths > 0, lengths, 1)
    return units


def _encoded(text: str) -> Encoded:
    words = list(_WORD.finditer(text))
    spans = np.array([word.span() for word in words], dtype=np.int64).reshape(-1, 2)
    return Encoded(_vectors([text])[0], _vectors([word[0] for word in words]), spans)
