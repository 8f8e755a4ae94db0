"""Reading passages: from their texts to vectors and token codes, here or on other machines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from footnote.index.blocks import passage_sentences
from footnote.index.keeping.token_codes import TokenCoder, TokenCodes
from footnote.index.models.embedding import EmbeddingModel, Vector

Read = tuple[Vector, list[TokenCodes]]
"""Vectors, shape (passages, dimensions), and token codes, in the order of the passages."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A passage as it is embedded; its own words begin at `offset`, behind title and heading."""

    text: str
    offset: int
    language: str | None


class PassageReader(Protocol):
    @property
    def ahead(self) -> int:
        """How many batches are best begun before the first of them is waited for."""
        ...

    def begin(self, passages: Sequence[ToRead], coder: TokenCoder) -> Callable[[], Read]:
        """Begin with them; what comes back waits for them, and may raise ModelUnusable."""
        ...


class ReaderHere:
    """Reads them in this process, when they are waited for."""

    ahead = 0

    def __init__(self, model: EmbeddingModel) -> None:
        self._model = model

    def begin(self, passages: Sequence[ToRead], coder: TokenCoder) -> Callable[[], Read]:
        return lambda: read(self._model, passages, coder)


def read(model: EmbeddingModel, passages: Sequence[ToRead], coder: TokenCoder) -> Read:
    """Both from one reading of each."""
    vectors, tokens = dict[int, Vector](), dict[int, TokenCodes]()
    for i, encoded in model.encode_passages([passage.text for passage in passages]):
        text, offset, language = passages[i].text, passages[i].offset, passages[i].language
        sentences = [s.shifted(offset) for s in passage_sentences(text[offset:], language)]
        vectors[i] = encoded.vector
        tokens[i] = coder.encode(encoded, text, sentences, language)
    order = range(len(passages))
    return np.stack([vectors[i] for i in order]), [tokens[i] for i in order]
