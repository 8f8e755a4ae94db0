"""Large collections made of a small one: its articles over and over, with other names."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, cycle

import numpy as np

from footnote.corpus.article import Article
from footnote.index.models.embedding import EmbeddingModel, Encoded, Vector
from footnote.index.passages import split

_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NOISE = 0.3
"""Of the length of the vector: copies of a passage have a cosine of about .9 with one another."""


def grown(articles: Sequence[Article], *, passages: int) -> Iterator[Article]:
    """Articles, each from among those given, until they have so many passages or a few more."""
    sizes = [len(list(split(a.text, a.language))) for a in articles]
    made = 0
    for number, (article, size) in zip(count(), cycle(zip(articles, sizes, strict=True))):
        if made >= passages:
            return
        made += size
        yield renamed(article, number)


def renamed(article: Article, number: int) -> Article:
    """The article with an ending of its own on every longer name, under an id of its own.

    Text keeps its word frequencies and its length, near enough, and no two copies are alike.
    """
    ending = _ending(number)

    def changed(text: str) -> str:
        return _NAME.sub(lambda name: name[0] + ending, text)

    # A line of its own, for texts that have no name in them.
    text = f"{changed(article.text)}\n\nFiled under {ending}."
    return replace(article, id=f"copy-{number}", title=changed(article.title), text=text, url=None)


def _ending(number: int) -> str:
    letters = ""
    while True:
        number, rest = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[rest] + "a"
        if not number:
            return letters


class GrowingModel:
    """The real model, but `fast` at passages: a vector of its pool with noise, chosen by the text.

    What a search, an addition or a removal costs depends on how many vectors there are and how they
    lie, not on which text each is of; and 100,000 real ones take from six minutes to half an hour.
    """

    def __init__(self, model: EmbeddingModel, pool: Sequence[Encoded]) -> None:
        self._model = model
        self._pool = pool
        self.name, self.fingerprint = model.name, model.fingerprint
        self.fast = False

    def embed_query(self, query: str) -> Vector:
        return self._model.embed_query(query)

    def encode_query(self, query: str) -> Encoded:
        return self._model.encode_query(query)

    def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        if not self.fast:
            return self._model.encode_passages(texts)
        return enumerate(map(self._made_up, texts))

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        encoded = dict(self.encode_passages(texts))
        return np.stack([encoded[place].vector for place in range(len(texts))])

    def sample_tokens(self) -> Vector:
        return self._model.sample_tokens()

    def _made_up(self, text: str) -> Encoded:
        """Tokens of one of the pool, as far as the text reaches; its vector with noise."""
        seed = zlib.crc32(text.encode())
        chosen = self._pool[seed % len(self._pool)]
        noise = np.random.default_rng(seed).standard_normal(len(chosen.vector))
        vector = chosen.vector + _NOISE * noise.astype(np.float32) / np.sqrt(len(noise))
        within = chosen.spans[:, 1] <= len(text)
        return Encoded(vector / np.linalg.norm(vector), chosen.tokens[within], chosen.spans[within])
