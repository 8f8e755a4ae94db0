"""Quoting: picking the sentences that answer from the passages that were found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.span import Span
from index.embedding import EmbeddingModel
from index.kind import Kind, expected_kind, has_kind
from index.lexical import LexicalIndex, field_of
from index.passages import Passage
from index.retrieval import Found, Wanted
from index.sentences import sentence_spans

# Tuned on the even half of 2,690 answerable questions of XQuAD (English) and SQuAD 2.0, among 250
# random mixes in steps of a tenth; on the odd half the answer lies in the sentence quoted first for
# .817 and .795 of the questions, in the first two for .928 and .869. Counting the words of the
# title and the heading as the sentence's own does most: they are what its pronouns stand for.
_MEANING, _OWN_WORDS, _WORDS, _PASSAGE, _OTHER_KIND = 0.3, 0.2, 0.3, 0.6, 0.1
_HIGHEST = _MEANING + _OWN_WORDS + _WORDS + _PASSAGE

_PASSAGES = 5
_MOST_QUOTED = 3
# A further sentence is quoted when its score is near to the first one's.
_NEAR_THE_BEST = 0.9
# Two sentences that share so many of their words say the same (Jaccard index of their terms).
_REPEATS = 0.6


@dataclass(frozen=True, slots=True)
class Quotable:
    """A sentence that may answer: its span in the article, its score and what that is made of.

    `cosine` of sentence and question; `words`: the share of the question's words, weighted by
    IDF, that the sentence holds with its title and heading; `other_kind`: it has nothing of the
    kind that the question expects, no number for "how many".
    """

    passage: Passage
    span: Span
    text: str
    score: float
    cosine: float
    words: float
    other_kind: bool
    terms: frozenset[str]


class Quoter:
    """Ranks the sentences of the best passages and picks the few that are worth quoting."""

    def __init__(self, model: EmbeddingModel) -> None:
        self._model = model

    def rank(self, wanted: Wanted, found: Sequence[Found], lexical: LexicalIndex) -> list[Quotable]:
        """The sentences of the first passages, best first; none where nothing was found."""
        places = list(_sentences(found[:_PASSAGES]))
        if not places:
            return []
        vectors = self._model.embed_passages([span.of(f.passage.text) for f, span in places])
        cosines = vectors @ wanted.vector
        kind = expected_kind(wanted.question.text)
        ranked = [
            _quotable(place, span, float(cosine), kind, wanted, lexical)
            for (place, span), cosine in zip(places, cosines, strict=True)
        ]
        return sorted(ranked, key=lambda quotable: -quotable.score)

    @staticmethod
    def pick(ranked: Sequence[Quotable]) -> list[Quotable]:
        """The first and those that come near to it and say something else, best first."""
        picked: list[Quotable] = []
        for quotable in ranked:
            if quotable.score < _NEAR_THE_BEST * ranked[0].score or len(picked) == _MOST_QUOTED:
                break
            if not any(_repeats(quotable, other) for other in picked):
                picked.append(quotable)
        return picked


def _quotable(
    place: Found, span: Span, cosine: float, kind: Kind, wanted: Wanted, lexical: LexicalIndex
) -> Quotable:
    passage = place.passage
    text, field = span.of(passage.text), field_of(passage.language)
    terms = frozenset(lexical.terms(text, field))
    about = terms.union(lexical.terms(f"{passage.title} {passage.heading or ''}", field))
    words = wanted.share_of_words(about, field)
    other_kind = not has_kind(kind, text, wanted.question.text)
    score = (
        _MEANING * max(cosine, 0.0)
        + _OWN_WORDS * wanted.share_of_words(terms, field)
        + _WORDS * words
        + _PASSAGE * place.score
        - _OTHER_KIND * other_kind
    ) / _HIGHEST
    span = span.shifted(passage.span.start)
    return Quotable(passage, span, text, max(score, 0.0), cosine, words, other_kind, terms)


def _sentences(found: Sequence[Found]) -> Iterator[tuple[Found, Span]]:
    for place in found:
        for span in sentence_spans(place.passage.text, place.passage.language):
            yield place, span


def _repeats(one: Quotable, other: Quotable) -> bool:
    shared, both = len(one.terms & other.terms), len(one.terms | other.terms)
    return shared >= _REPEATS * both
