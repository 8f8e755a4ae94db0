"""Hybrid retrieval: the best passages for a question, with scores that are comparable between
questions."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from footnote.index.budget import look_at_budget
from footnote.index.finding.coefficients import COEFFICIENTS
from footnote.index.finding.interaction import PassageMatch, SentenceMatch, matches
from footnote.index.finding.query import Query, Variant, queries
from footnote.index.finding.reranking import Reranker
from footnote.index.keeping.build import Build
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.keeping.token_codes import TokenCodes
from footnote.index.passages import Passage, embedded
from footnote.index.question import Question

# Cosine, words, the match of the tokens with the passage and with its best sentence, and the best
# cosine of a sentence: a listwise logistic fit on the even half of 1,190 answerable questions of
# XQuAD (English) and 1,400 of SQuAD 2.0, rounded. On the odd half hit@1 is .971 and .879, against
# .965 and .867 for .3, .3, .7, .9 and 0 (passages of at most 1,200 characters).
_WEIGHTS = COEFFICIENTS.passage
_HIGHEST = sum(_WEIGHTS.values())
_UNDERSTANDING = _HIGHEST - _WEIGHTS["words"]
# Of a long question no passage has more than a few words, and its vector is a mean of all that it
# speaks of. There the words count in comparison with the passage that has most of them, too: not at
# all up to so many words that mean something, which .995 of the public sets' questions have at
# most, and fully from so many on (bench/README.md, "Long questions", has the figures).
_OF_MOST_WORDS, _SHORT_UP_TO, _LONG_FROM = 0.8, 10, 16
# So many from each side; of all of them the best are compared token by token.
_CANDIDATES, _COMPARED = 50, 24
# Some of those that are compared may have been replaced meanwhile: so many are enough.
_ENOUGH = 32


@dataclass(frozen=True, slots=True)
class Found:
    """A retrieved passage with its score from 0 to 1 and the components of the score.

    `cosine` of passage and question; `words`: BM25 as a share of the highest that the question
    could reach, 0 where the passage has none of its words; `sentences`: how well each of them
    matches, in their order; `match`: how well the passage does, token by token; `common`: how near
    it comes to the question's words that are no names or figures, None where there are none.
    """

    passage: Passage
    score: float
    cosine: float
    words: float
    sentences: Sequence[SentenceMatch] = ()
    match: float = 0.0
    common: float | None = None


class _Place(NamedTuple):
    """A passage by its key, with what the vectors and the words say of it."""

    key: int
    cosine: float
    words: float


class _Scored(NamedTuple):
    """A passage by its key, when its tokens have been compared."""

    place: _Place
    score: float
    match: PassageMatch


class PassageRetriever:
    """A convex combination of semantic and lexical scores.

    A fixed mix of absolute scores found more here than fusion by rank did (hit@1 on XQuAD .940
    against .898 before the tokens were compared), and abstaining needs a score that does not depend
    on the other results.
    """

    def __init__(
        self,
        passage_index: PassageIndex,
        *,
        limit: int = 10,
        reranker: Reranker | None = None,
        follow_up: Mapping[str, float] = COEFFICIENTS.follow_up,
    ) -> None:
        self._passage_index = passage_index
        self._limit = limit
        self._reranker = reranker
        self._follow_up = follow_up

    def queries(self, question: Question) -> Iterator[Query]:
        """The ways to put a question, the likeliest first."""
        index = self._passage_index
        return queries(
            question, index.build(), index.model, index.aliases.aliases(), self._follow_up
        )

    def search(self, query: Query) -> list[Found]:
        """The best passages, best first; none where the index is empty."""
        build = self._passage_index.build()
        days = query.question.days
        among = None if days is None else build.catalogue.keys_of(days)
        cosines, words = dict[int, float](), dict[int, float]()
        for variant in query.variants:
            look_at_budget()
            alone = len(query.variants) == 1
            near, said = _candidates(variant, build, among, query.familiar if alone else None)
            _keep_higher(cosines, near)
            _keep_higher(words, said)
        places = [_Place(key, cosine, words.get(key, 0.0)) for key, cosine in cosines.items()]
        look_at_budget()
        familiar = query.familiar
        places.sort(key=lambda p: (-_likely(p.cosine, p.words, familiar), p.key))
        of_sentence = self._follow_up["sentence"] if query.leans else 1.0
        scored = _matched(query, _live(places, build), build, of_sentence)
        look_at_budget()
        scored.sort(key=lambda one: (-one.score, one.place.key))
        best = _found(scored, build, self._limit)
        return self._reranked(query, best) if self._reranker else best

    def _reranked(self, query: Query, found: Sequence[Found]) -> list[Found]:
        """The same passages in the reranker's order, their scores dealt out anew in that order."""
        assert self._reranker
        texts = [embedded(f.passage.text, f.passage.title, f.passage.heading) for f in found]
        order = self._reranker.order(query.question.text, texts)
        return [
            replace(found[place], score=scored.score)
            for place, scored in zip(order, found, strict=True)
        ]


def _candidates(
    variant: Variant, build: Build, among: Collection[int] | None, familiar: float | None
) -> tuple[dict[int, float], dict[int, float]]:
    """The cosines and the words of what either side finds among these keys, by default among all.

    What only one side found gets its score on the other side too. With `familiar`, as Query has it,
    without those that words alone found and that cannot be among the first to be compared.
    """
    cosines = build.vectors.nearest(variant.vector, _CANDIDATES, among=among)
    words = _by_words(variant, build, among)
    words |= _by_words(variant, build, among=cosines.keys() - words.keys())
    others = words.keys() - cosines.keys()
    if familiar is not None:
        likely = [_likely(cosine, words.get(key, 0.0), familiar) for key, cosine in cosines.items()]
        if len(likely) >= _ENOUGH:
            # What is not among the nearest is no nearer than the last of them.
            bar, farthest = sorted(likely)[-_ENOUGH], min(cosines.values())
            others = {key for key in others if _likely(farthest, words[key], familiar) >= bar}
    cosines |= build.vectors.cosines(variant.vector, others)
    return cosines, words


def _keep_higher(kept: dict[int, float], others: Mapping[int, float]) -> None:
    if not kept:
        kept.update(others)
        return
    for key, value in others.items():
        kept[key] = max(value, kept.get(key, value))


def _likely(cosine: float, words: float, familiar: float) -> float:
    """By what is known of a passage before its tokens are compared."""
    return familiar * cosine + (2 - familiar) * words


def _live(places: Sequence[_Place], build: Build) -> list[tuple[_Place, TokenCodes]]:
    """The first so many that are compared, with their tokens; none that has been replaced."""
    live: list[tuple[_Place, TokenCodes]] = []
    for start in range(0, len(places), _COMPARED):
        part = places[start : start + _COMPARED]
        tokens = build.catalogue.tokens(place.key for place in part)
        live += [(place, tokens[place.key]) for place in part if place.key in tokens]
        if len(live) >= _COMPARED:
            break
    return live[:_COMPARED]


def _found(scored: Sequence[_Scored], build: Build, limit: int) -> list[Found]:
    """The first so many with their passages, of which none may have been replaced meanwhile."""
    passages = build.catalogue.passages(one.place.key for one in scored[:limit])
    if len(passages) < min(limit, len(scored)):
        passages = build.catalogue.passages(one.place.key for one in scored)
    there = [one for one in scored if one.place.key in passages][:limit]
    return [
        Found(
            passages[one.place.key],
            one.score,
            one.place.cosine,
            one.place.words,
            one.match.sentences,
            one.match.match,
            one.match.common,
        )
        for one in there
    ]


def _matched(
    query: Query, found: Sequence[tuple[_Place, TokenCodes]], build: Build, of_sentence: float
) -> list[_Scored]:
    """The same passages, each compared with the question token by token."""
    codes = [tokens for _, tokens in found]
    of_each = [matches(w.tokens, w.vector, codes, build.coder) for w in query.variants]
    of_most = _OF_MOST_WORDS * _lengthy(query)
    highest = _HIGHEST + of_most - (1 - of_sentence) * _WEIGHTS["sentence_cosine"]
    most = max((place.words for place, _ in found), default=0.0)
    return [
        _scored(
            place,
            PassageMatch.best_of(match),
            query.familiar,
            of_sentence=of_sentence,
            compared=of_most * place.words / most if most else 0.0,
            highest=highest,
        )
        for (place, _), match in zip(found, zip(*of_each, strict=True), strict=True)
    ]


def _lengthy(query: Query) -> float:
    """From 0 to 1; a follow-up has the words of what it leans on as well, and is not for that."""
    if query.leans:
        return 0.0
    beyond = query.variants[0].length - _SHORT_UP_TO
    return min(max(beyond / (_LONG_FROM - _SHORT_UP_TO), 0.0), 1.0)


def _scored(
    place: _Place,
    match: PassageMatch,
    familiar: float,
    *,
    of_sentence: float,
    compared: float,
    highest: float,
) -> _Scored:
    """What a model that does not know the language says of a passage is left to its words.

    `of_sentence`: the share of a sentence's weight that it has, and its passage has not;
    `compared`: what its words count beside those of the passage that has most; `highest`: the
    highest sum that there could be.
    """
    sentence = max([sentence.match for sentence in match.sentences], default=0.0)
    cosine = max([sentence.cosine for sentence in match.sentences], default=0.0)
    understanding = (
        _WEIGHTS["meaning"] * max(place.cosine, 0.0)
        + (_WEIGHTS["match"] + (1 - of_sentence) * _WEIGHTS["sentence_match"])
        * max(match.match, 0.0)
        + of_sentence * _WEIGHTS["sentence_match"] * max(sentence, 0.0)
        + of_sentence * _WEIGHTS["sentence_cosine"] * max(cosine, 0.0)
    )
    words = _WEIGHTS["words"] + (1 - familiar) * _UNDERSTANDING
    score = (familiar * understanding + words * place.words + compared) / highest
    return _Scored(place, score, match)


def _by_words(
    variant: Variant, build: Build, among: Collection[int] | None = None
) -> dict[int, float]:
    words: dict[int, float] = {}
    for field, terms in variant.terms.items():
        words |= build.lexical.search(terms, field, limit=_CANDIDATES, among=among)
    return words
