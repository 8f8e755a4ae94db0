"""Late interaction: compares a question's tokens with a passage's words, each encoded in context.

Every token of the question looks for its nearest word in the passage, and the mean of these
cosines is the match (MaxSim: Khattab and Zaharia, ColBERT, 2020), here with the token vectors of
the embedding model itself. A word that the passage says otherwise still finds something near,
which neither the passage's one vector nor the words themselves tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from typing import NamedTuple

import numpy as np

from footnote.corpus.span import Span
from footnote.index.keeping.token_codes import TokenCoder, TokenCodes
from footnote.index.models.embedding import Encoded, Vector


@dataclass(frozen=True, slots=True)
class QuestionTokens:
    """The question's content tokens, with weights that add up to 1.

    Shapes: `vectors` (tokens, dimensions), each of length 1; `weights` (tokens,); `own` (tokens,),
    the weights when what was said before does not count; `common` (tokens,), those of the
    question's words that are no names or figures, all 0 where it has no others.
    """

    vectors: Vector
    weights: Vector
    own: Vector
    common: Vector

    @classmethod
    def of(
        cls,
        parts: Sequence[tuple[Encoded, Sequence[Span], float]],
        common: Sequence[Span] = (),
    ) -> "QuestionTokens":
        """Of the question and then of what was said before: as it was encoded, where its words
        stand, and how much a token of it weighs.

        Where no word is given, every token of that part counts. `common`: where the words of the
        question stand that are no names or figures.
        """
        vectors, weights = [], []
        of_common: list[np.ndarray[tuple[int], np.dtype[np.bool_]]] = []
        for encoded, words, weight in parts:
            kept = _within(encoded, words) if words else np.ones(len(encoded.spans), dtype=bool)
            vectors.append(_unit(encoded.tokens[kept]))
            weights.append(np.full(int(kept.sum()), weight, dtype=np.float32))
            of_common.append(_within(encoded, () if of_common else common)[kept])
        own = np.concatenate([weights[0], *(np.zeros_like(others) for others in weights[1:])])
        return cls(
            np.concatenate(vectors),
            _shares(np.concatenate(weights)),
            _shares(own),
            _shares(np.concatenate(of_common).astype(np.float32)),
        )


class SentenceMatch(NamedTuple):
    """How a sentence matches the question, from -1 to 1, in practice above 0.

    `match`: the question's tokens against those of the sentence and of the title and heading;
    `own`: the same without what was said before the question; `cosine`: the question's vector
    against the mean of the sentence's tokens (late pooling).
    """

    match: float
    own: float
    cosine: float


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """How the whole passage matches the question's tokens, and how each of its sentences does.

    `common`: how near its text comes to the question's words that are no names or figures; None
    where the question has only such.
    """

    match: float
    sentences: tuple[SentenceMatch, ...]
    common: float | None = None

    @classmethod
    def best_of(cls, matches: Sequence["PassageMatch"]) -> "PassageMatch":
        """Of the same passage with several wordings of a question: the highest of each."""
        if len(matches) == 1:
            return matches[0]
        sentences = zip(*(match.sentences for match in matches), strict=True)
        return cls(
            max(match.match for match in matches),
            tuple(
                SentenceMatch(
                    max(s.match for s in same),
                    max(s.own for s in same),
                    max(s.cosine for s in same),
                )
                for same in sentences
            ),
            max((match.common for match in matches if match.common is not None), default=None),
        )


def matches(
    question: QuestionTokens, vector: Vector, passages: Sequence[TokenCodes], coder: TokenCoder
) -> list[PassageMatch]:
    """The match of each passage; one without words, or a question without any, matches nothing."""
    counts = [count for passage in passages for count in passage.counts]
    if not sum(counts) or not len(question.weights):
        return [PassageMatch(0.0, (_NO_MATCH,) * (len(p.counts) - 1)) for p in passages]
    signs = coder.signs(np.concatenate([passage.tokens for passage in passages]))
    near = coder.project(question.vectors) @ signs.T
    nearest = _nearest_by_section(near.T, counts)
    means = _unit(coder.means(np.concatenate([passage.sentences for passage in passages])))
    cosines = means @ _unit((vector @ coder.axes)[np.newaxis])[0]
    # Of each passage the first section is its title, the others are its sentences.
    sizes = [len(passage.counts) for passage in passages]
    firsts = np.cumsum([0, *sizes[:-1]])
    titles = nearest[firsts]
    said = np.maximum(nearest, np.repeat(titles, sizes, axis=0)) @ np.stack(
        [question.weights, question.own], axis=1
    )
    sentences = map(SentenceMatch, *np.delete(said, firsts, axis=0).T.tolist(), cosines.tolist())
    nearest[firsts] = -1.0
    texts = np.maximum.reduceat(nearest, firsts, axis=0)
    whole = (np.maximum(texts, titles) @ question.weights).tolist()
    of_common = (texts @ question.common).tolist() if question.common.any() else repeat(None)
    return [
        PassageMatch(match, tuple(islice(sentences, size - 1)), common)
        for match, size, common in zip(whole, sizes, of_common, strict=False)
    ]


_NO_MATCH = SentenceMatch(0.0, 0.0, 0.0)


def _shares(weights: Vector) -> Vector:
    shares: Vector = weights / max(float(weights.sum()), 1e-9)
    return shares


def nearest_tokens(question: QuestionTokens, passage: TokenCodes, coder: TokenCoder) -> Vector:
    """Similarity of the nearest word in each section, shape (sections, tokens of the question).

    The first section is the title with the heading; -1 where one has no words.
    """
    near = coder.project(question.vectors) @ coder.signs(passage.tokens).T
    return _nearest_by_section(near.T, passage.counts)


def _nearest_by_section(near: Vector, counts: Sequence[int]) -> Vector:
    """Shape (sections, tokens of the question): the nearest of each section; -1 where it has none.

    `near` has a row for each word of the passages.
    """
    nearest = np.full((len(counts), near.shape[1]), -1.0, dtype=np.float32)
    filled = np.asarray(counts) > 0
    starts = np.cumsum([0, *counts[:-1]])[filled]
    nearest[filled] = np.maximum.reduceat(near, starts, axis=0)
    return nearest


def _within(encoded: Encoded, spans: Sequence[Span]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which tokens lie within any of the spans."""
    starts, ends = encoded.spans[:, 0], encoded.spans[:, 1]
    inside = np.zeros(len(encoded.spans), dtype=bool)
    for span in spans:
        inside |= (starts >= span.start) & (ends <= span.end)
    return inside


def _unit(vectors: Vector) -> Vector:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Vector = vectors / np.maximum(lengths, 1e-9)
    return units
