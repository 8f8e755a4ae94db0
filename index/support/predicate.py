"""The predicate of a short claim: the word or two besides its names, which must be said as well.

"India opposed the SCO" is much like any sentence that has both names, whatever it says of them.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from footnote.corpus.language import primary_language
from footnote.corpus.span import Span
from footnote.index.finding.interaction import QuestionTokens, nearest_tokens
from footnote.index.keeping.token_codes import TokenCoder, TokenCodes
from footnote.index.models.embedding import Encoded, Vector
from footnote.index.words import content_words, field_of, stem_in

# In a longer claim a word that is said otherwise is soon among the others. Of 30 short claims that
# are wrong in this word 22 were taken for supported before, 13 are now; of 150 right ones 2 are
# lost by it. Both bounds were chosen on these claims, by the one sentence that each had been given:
# of those 22 it holds back 12, and 2 of the right ones; 14 and 4 at .2, 12 and 5 with three words.
_MAX_WORDS = 2
_NEAR = 0.17
# In other languages words come near that mean something else: of 24 short claims in Spanish and
# German that were wrong 12 were supported at .17, and are 3 at this; of 24 right ones, mostly in
# other words, 18 and 10.
_NEAR_ELSEWHERE = 0.24
# What a figure is said with is compared with the figure; what is in a place need not be "located".
_BESIDE_TEXT = "less fewer more million billion thousand percent total located situated"
_BESIDE_THE_POINT = frozenset(_BESIDE_TEXT.split())
_JOINS = re.compile(r"\b(?:and|but|und|y|и)\b", re.IGNORECASE)
_MAX_JOINED = 2


@dataclass(frozen=True, slots=True)
class Predicate:
    """The words of a claim, neither names nor figures, some of which must be said.

    `stems` has one for each; `tokens` are the model's for it, as it reads the claim. Of each of the
    `groups`, the places of some of them, one has to be said: of a claim with a word or two each of
    them, of a longer one one of what stands alone behind an "and": "weighs 600 grams and hoots".
    """

    stems: Sequence[str]
    tokens: Sequence[QuestionTokens]
    groups: Sequence[Sequence[int]]
    near_enough: float = _NEAR

    @classmethod
    def of(cls, claim: str, encoded: Encoded, language: str | None) -> "Predicate":
        words = [word for word in content_words(claim, language) if claim[word.start].islower()]
        parts = [[word] for word in words if word.of(claim) not in _BESIDE_THE_POINT]
        if len(words) > _MAX_WORDS:
            parts = _joined_on(claim, words)
        words = [word for part in parts for word in part]
        ends = list(accumulate(map(len, parts), initial=0))
        return cls(
            [stem_in(field_of(language), word.of(claim)) for word in words],
            [QuestionTokens.of([(encoded, [word], 1.0)]) for word in words],
            [range(start, end) for start, end in pairwise(ends)],
            _NEAR if primary_language(language, "en") == "en" else _NEAR_ELSEWHERE,
        )

    def near(self, passage: TokenCodes, coder: TokenCoder) -> Vector:
        """How near its sentences come to each word, shape (words, sentences), from -1 to 1."""
        rows = [nearest_tokens(t, passage, coder)[1:] @ t.weights for t in self.tokens]
        sentences = len(passage.counts) - 1
        return np.array(rows, dtype=np.float32).reshape(len(rows), sentences)

    def is_said(self, terms: Collection[str], near: Vector) -> bool:
        """By sentences that have these stems and come so near, shape (words, sentences)."""
        nearest = near.max(axis=1, initial=-1.0)
        said = [
            stem in terms or value >= self.near_enough
            for stem, value in zip(self.stems, nearest.tolist(), strict=True)
        ]
        return all(any(said[place] for place in group) for group in self.groups)


def _joined_on(claim: str, words: Sequence[Span]) -> list[list[Span]]:
    """The words of what is joined on by "and", up to the next one, where these are few."""
    ends = [*(found.start() for found in _JOINS.finditer(claim)), len(claim)]
    parts = [[word for word in words if start <= word.start < end] for start, end in pairwise(ends)]
    return [part for part in parts if 0 < len(part) <= _MAX_JOINED]
