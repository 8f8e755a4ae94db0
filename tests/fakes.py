"""Stand-ins that keep the contract of what they stand for, shared by the rooms' tests."""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from index.embedding import Encoded, Vector

_DIMENSIONS = 512
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
        vector: Vector = self.embed_passages([query])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        counts = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.casefold()):
                counts[row, zlib.crc32(word.encode()) % _DIMENSIONS] += 1
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        units: Vector = counts / np.where(lengths > 0, lengths, 1)
        return units

    def encode_query(self, query: str) -> Encoded:
        return self.encode_passages([query])[0]

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """A token for each word, with the same vector wherever it stands."""
        encoded = []
        for text, vector in zip(texts, self.embed_passages(texts), strict=True):
            words = list(_WORD.finditer(text))
            tokens = self.embed_passages([word[0] for word in words])
            spans = np.array([word.span() for word in words], dtype=np.int64).reshape(-1, 2)
            encoded.append(Encoded(vector, tokens, spans))
        return encoded
