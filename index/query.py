"""A question as it is searched for: by its vector, its tokens and its words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from corpus.normalise import normalise
from index.embedding import EmbeddingModel, Vector
from index.followup import previous_weights
from index.interaction import QuestionTokens
from index.lexical import Terms, content_words, field_of
from index.passage_index import Build
from index.question import Question

_MOST_TERMS = 64
# The share of the earlier question's weight that its tokens get: what is quoted should answer this
# one. Recall@5 of MTRAG's follow-ups is .615 at 1, .629 so and at 0, where "How many died?" drifts
# to other attacks.
_OF_TOKENS = 0.25


@dataclass(frozen=True, slots=True)
class Query:
    """One way to put a question: its vector, its tokens, and its words for each field.

    `terms` have their weights in the question, `importance` is that times their rarity (IDF).
    """

    question: Question
    vector: Vector
    tokens: QuestionTokens
    terms: Mapping[str, Terms]
    importance: Mapping[str, Mapping[str, float]]

    def share_of_words(self, terms: Collection[str], field: str) -> float:
        """How much of what the question's words weigh is among these terms, from 0 to 1."""
        importance = self.importance.get(field, {})
        total = sum(importance.values())
        return sum(w for term, w in importance.items() if term in terms) / total if total else 0.0


def queries(question: Question, build: Build, model: EmbeddingModel) -> Iterator[Query]:
    """The ways to put a question, the likeliest first; each is made when it is asked for.

    A follow-up takes in some of what was asked before; what may stand alone and may lean on it
    is put alone first.
    """
    lexical = build.lexical
    languages = build.catalogue.languages()
    fields = {field_of(language) for language in languages}
    text, previous = normalise(question.text), normalise(question.previous or "")
    own = {field: lexical.terms(text, field)[:_MOST_TERMS] for field in fields}
    field, terms = min(own.items(), key=lambda item: len(item[1]), default=("other", []))
    known = all(lexical.holds(term, field) for term in terms)
    asked = model.encode_query(text)
    words = content_words(text, *languages) if languages else []
    for weight in previous_weights(question, terms, known=known):
        parts, vector, before = [(asked, words, 1.0)], asked.vector, ""
        if weight:
            before = previous
            earlier = model.encode_query(before)
            parts.append((earlier, content_words(before, *languages), weight * _OF_TOKENS))
            vector = vector + weight * earlier.vector
            vector = vector / max(float(np.linalg.norm(vector)), 1e-9)
        weights = {
            field: dict.fromkeys(lexical.terms(before, field)[:_MOST_TERMS], weight)
            | dict.fromkeys(terms, 1.0)
            for field, terms in own.items()
        }
        importance = {
            field: {term: w * lexical.idf(term, field) for term, w in terms.items()}
            for field, terms in weights.items()
        }
        yield Query(question, vector, QuestionTokens.of(parts), weights, importance)
