"""A question prepared for search: its vector, its tokens and its terms."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from footnote.corpus.aliases import Aliases
from footnote.corpus.normalise import normalise
from footnote.corpus.span import Span
from footnote.index.budget import look_at_budget
from footnote.index.finding.coefficients import COEFFICIENTS
from footnote.index.finding.followup import leant_on, previous_weights, thing_of_its_own
from footnote.index.finding.interaction import QuestionTokens
from footnote.index.finding.variants import other_variants
from footnote.index.keeping.build import Build
from footnote.index.keeping.lexical import Terms
from footnote.index.models.embedding import EmbeddingModel, Encoded, Vector
from footnote.index.question import Question
from footnote.index.words import PAIRED, content_words, field_of

_MAX_TERMS = 64
# No language has such a word, and no index of words keeps it.
_LONG_WORD = re.compile(r"\b\w{65,}+")
# A thing has to do with what was asked before where one of so many passages that have it has so
# much of the words of that question, or of its answer.
_MAX_WITH_A_THING, _HAS_TO_DO_WITH = 200, 0.2
# A model reads a language that it knows in words and in pieces of three letters or more: .96 of the
# letters of XQuAD's English questions, .69 of the German and .74 of the Spanish, none of the
# Russian with the default model.
_LETTERS_OF_A_PIECE = 3
_SHARE_OF_A_KNOWN_LANGUAGE = 0.6


_OF_HOW = frozenset(("many", "much", "long", "old"))
_LABEL = re.compile(r"\W{0,3}(?P<label>[^\W\d_][\w-]{0,30}(?: [\w-]{1,30}){0,2}) ?: (?=\S)")
HAPPENED = re.compile(
    r"^\W{0,3}(?:what (?:else )?(?:happened|happens|took place|occurred|was going on)"
    r"|was (?:geschah|passierte|ist (?:geschehen|passiert))|qué (?:pasó|ocurrió|sucedió)"
    r"|что (?:случилось|произошло|было)|چه (?:شد|اتفاقی افتاد)|کیا ہوا(?: تھا)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a question: its vector, its tokens and its terms for each field.

    `terms` have their weights in the question, `importance` is that times their rarity (IDF).
    """

    text: str
    vector: Vector
    tokens: QuestionTokens
    terms: Mapping[str, Terms]
    importance: Mapping[str, Mapping[str, float]]

    @property
    def length(self) -> int:
        """How many words it has that mean something, each once."""
        return max(map(len, self.importance.values()), default=0)

    def share_of_words(self, terms: Collection[str], field: str) -> float:
        """How much of what the question's words weigh is among these terms, from 0 to 1."""
        importance = self.importance.get(field, {})
        said = sum([weight for term, weight in importance.items() if term in terms])
        return said / sum(importance.values()) if said else 0.0


@dataclass(frozen=True, slots=True)
class Query:
    """One interpretation of a question, in one or several wordings; the best-fitting wording
    counts.

    `familiar`, from 0 to 1, is how far the embedding model knows the language of the question.
    `may_lean` says that it may be a follow-up, and `leans` that it takes in some of what was asked
    before; `doubtful`: it may be none, so that what is not sure does not even come near.
    """

    question: Question
    variants: Sequence[Variant]
    familiar: float = 1.0
    may_lean: bool = False
    leans: bool = False
    doubtful: bool = False

    def share_of_words(self, terms: Collection[str], field: str) -> float:
        """How much of what the question's words weigh is among these terms, from 0 to 1."""
        return max([variant.share_of_words(terms, field) for variant in self.variants])


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it was encoded, where its words stand, and these stemmed for each field."""

    text: str
    encoded: Encoded
    words: Sequence[Span]
    terms: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Before:
    """What was said before a follow-up: the question, its answer, and how much the first weighs.

    Of this weight `shares` say what each of its tokens gets, what the vector of the answer gets,
    and what the tokens of the answer get together. The answer's words are no help.
    """

    asked: _Text
    answer: _Text | None
    weight: float
    shares: Mapping[str, float]


def queries(
    question: Question,
    build: Build,
    model: EmbeddingModel,
    aliases: Aliases,
    follow_up: Mapping[str, float] = COEFFICIENTS.follow_up,
) -> Iterator[Query]:
    """The interpretations of a question, most likely first; each is prepared when it is needed.

    A follow-up takes in some of what was asked before; what may stand alone and may lean on it
    is put alone first. The weights of `follow_up` were chosen among 75 random mixes on the even
    half of MTRAG's follow-ups: recall@5 was .633 there and .631 on the odd half, and .629 and .619
    for the same questions made whole by hand. With a code for each word it is .605 and .618.
    """
    read = partial(_read, languages=build.catalogue.languages(), build=build, model=model)
    wordings_of = partial(_variants, read=read, build=build, aliases=aliases)
    own = wordings_of(_without_label(question.text, build))
    familiar = _familiar(own[0])
    field, terms = min(own[0].terms.items(), key=lambda item: len(item[1]), default=("other", []))
    spelt = own[0]
    weights: tuple[float, ...] = (0.0,)
    if question.previous is not None:
        holds = partial(build.lexical.holds, field=field)
        known = [all(map(holds, text.terms.get(field, ()))) for text in own]
        weights = previous_weights(question, terms, known=known[0], weights=follow_up)
        spelt = own[known.index(True)] if True in known else own[0]
    earlier = wordings_of(leant_on(question) or "") if any(weights) else []
    answer = read(question.answered) if any(weights) and question.answered else None
    doubtful = False
    if any(weights):
        said = [*earlier, *([answer] if answer else [])]
        doubtful = _is_of_another_thing(spelt, said, field, build)
        weights = (0.0, max(weights)) if doubtful else weights
    for weight in weights:
        asked = earlier if weight else []
        before = [_Before(text, answer, weight, follow_up) for text in asked]
        variants = [
            _wording(text, before[min(place, len(before) - 1)] if before else None, build)
            for place, text in enumerate(own)
        ]
        yield Query(
            *(question, variants, familiar),
            may_lean=any(weights),
            leans=bool(weight),
            doubtful=doubtful and weight > 0,
        )


def _is_of_another_thing(text: _Text, earlier: Sequence[_Text], field: str, build: Build) -> bool:
    """Whether it is doubtful that a question takes in what was asked before: "Who owns the moon?",
    where nothing that has the moon has to do with that."""
    lexical, terms = build.lexical, text.terms.get(field, ())
    if len(set(terms)) > 1 and not any(lexical.holds(term, field) for term in terms):
        return True
    if (thing := thing_of_its_own(text.text, terms)) is None:
        return False
    there = lexical.search({thing: 1.0}, field, limit=_MAX_WITH_A_THING)
    shares = [
        share
        for said in earlier
        for share in lexical.search(
            dict.fromkeys(said.terms.get(field, ()), 1.0), field, limit=1, among=there
        ).values()
    ]
    return max(shares, default=0.0) < _HAS_TO_DO_WITH


def _variants(
    text: str, *, read: Callable[[str], _Text], build: Build, aliases: Aliases
) -> list[_Text]:
    """The text as it is, then with other names."""
    asked = read(text)
    others = other_variants(asked.text, asked.words, asked.encoded, asked.terms, build, aliases)
    return [asked, *map(read, others)]


def _without_label(text: str, build: Build) -> str:
    """The question without a word and a colon before it of which no article has anything.

    "FORM: how many came?", not "Ekby: how many came?"
    """
    text = normalise(text)
    label = _LABEL.match(text)
    if not label or not any(map(str.isalnum, text[label.end() :])):
        return text
    fields = {field_of(language) for language in build.catalogue.languages()}
    known = any(
        build.lexical.holds(term, field)
        for field in fields
        for term in build.lexical.terms(label["label"], field)
    )
    return text if known else text[label.end() :]


def _read(
    text: str, *, languages: Collection[str | None], build: Build, model: EmbeddingModel
) -> _Text:
    look_at_budget()
    text = _LONG_WORD.sub(" ", normalise(text))
    # "What happened" asks for all that there is: it need not be said where it stands.
    asked = HAPPENED.sub(lambda happened: " " * len(happened[0]), text)
    words = content_words(asked, *languages) if languages else []
    fields = {field_of(language) for language in languages}
    terms = {field: build.lexical.terms(asked, field)[:_MAX_TERMS] for field in fields}
    return _Text(text, model.encode_query(text), words, terms)


def _wording(text: _Text, before: _Before | None, build: Build) -> Variant:
    parts, vector = [(text.encoded, text.words, 1.0)], text.encoded.vector
    weights = {field: dict.fromkeys(terms, 1.0) for field, terms in text.terms.items()}
    for encoded, words, of_vector, of_token in _leaning_on(before) if before else ():
        parts.append((encoded, words, of_token))
        vector = vector + of_vector * encoded.vector
    if before:
        vector = vector / max(float(np.linalg.norm(vector)), 1e-9)
        earlier = before.asked.terms
        weights = {f: dict.fromkeys(earlier[f], before.weight) | own for f, own in weights.items()}
    importance = {
        field: {term: w * build.lexical.idf(term, field) for term, w in terms.items()}
        for field, terms in weights.items()
    }
    tokens = QuestionTokens.of(parts, _common_words(text))
    return Variant(text.text, vector, tokens, weights, importance)


def _common_words(text: _Text) -> list[Span]:
    """Those that mean something and begin with a small letter: no names, no figures."""
    small = (word for word in text.words if text.text[word.start].islower())
    return [word for word in small if word.of(text.text) not in _OF_HOW]


def _leaning_on(before: _Before) -> Iterator[tuple[Encoded, Sequence[Span], float, float]]:
    """What was said before as it was encoded, its words, and the weights of vector and token."""
    asked, answer, weight, of = before.asked, before.answer, before.weight, before.shares
    yield asked.encoded, asked.words, weight, weight * of["tokens"]
    if answer:
        of_each = weight * of["answer_tokens"] / max(len(answer.words), 1)
        yield answer.encoded, answer.words, weight * of["answer"], of_each


def _familiar(text: _Text) -> float:
    if PAIRED in text.terms:
        return 1.0  # a piece of a language without spaces is short in every model
    letters = sum(map(str.isalnum, text.text))
    read = sum(
        int(end - start)
        for start, end in text.encoded.spans
        if end - start >= _LETTERS_OF_A_PIECE or _is_word(text.text, start, end)
    )
    return min(read / (letters * _SHARE_OF_A_KNOWN_LANGUAGE), 1.0) if letters else 1.0


def _is_word(text: str, start: int, end: int) -> bool:
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    return text[start:end].isalnum() and not any(map(str.isalnum, around))
