"""Checking: what in the articles bears out a text that somebody brings along."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from footnote.corpus.language import language_of
from footnote.index.budget import ANSWER_SECONDS, CHECK_SECONDS, TooLong, at_most
from footnote.index.finding.languages import codes, is_foreign
from footnote.index.finding.retrieval import PassageRetriever
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.passages import Passage
from footnote.index.question import MAX_CHARACTERS, Question
from footnote.index.results import (
    Abstention,
    Checked,
    CheckedSentence,
    Citation,
    Reason,
    Verdict,
)
from footnote.index.support.antecedent import Antecedent, is_quoted_from, refers_back, unfound
from footnote.index.support.judge import Judge, Judgement, claim_sentences

MAX_SENTENCES = 20
"""So many sentences of a text are checked: each costs a search."""

LOOKED_AT = 3
"""So many of the passages found for a sentence are held against it."""


OnSentence = Callable[[CheckedSentence], object]
"""Is called with each sentence as soon as it has been checked, from the thread that checks."""


class Checker:
    """Looks for what supports a text in the articles; safe to use from several threads."""

    def __init__(self, passage_index: PassageIndex, judge: Judge | None = None) -> None:
        self._passage_index = passage_index
        self._judge = judge or Judge(passage_index)
        self._retriever = PassageRetriever(passage_index, limit=LOOKED_AT)

    def check(self, text: str, on_sentence: OnSentence | None = None) -> Checked | Abstention:
        """An abstention where there are no articles at all, or not one sentence could be checked in
        the time that there is for it. After two seconds of the processor no other is begun.

        Reference marks that were pasted along are no part of what is checked.

        Raises IndexUnreadable or ModelUnusable where there is nothing to check against, and
        ValueError where the text has no letter or digit.
        """
        sentences = claim_sentences(text[:MAX_CHARACTERS])
        with self._passage_index.reading() as build:
            if sentences and build.catalogue.empty():
                return Abstention(text, Reason.NO_ARTICLES)
            checked = self._all_checked(sentences[:MAX_SENTENCES], build.catalogue, on_sentence)
            languages = codes(build.catalogue.languages())
        if sentences and not checked:
            return Abstention(text, Reason.TOO_LONG)
        foreign = not any(s.citation for s in checked) and is_foreign(text, languages)
        left = len(checked) < len(sentences) or len(text) > MAX_CHARACTERS
        return Checked(text, checked, left=left, languages=languages if foreign else ())

    def _all_checked(
        self, sentences: Sequence[str], catalogue: Catalogue, on_sentence: OnSentence | None
    ) -> list[CheckedSentence]:
        """As many of the first as there is time for."""
        checked: list[CheckedSentence] = []
        antecedent, language = Antecedent(), language_of(" ".join(sentences))
        for first in sentences[:1]:  # loads the model, which is none of the text's time
            self._passage_index.model.encode_query(first)
        begun = time.thread_time()
        with suppress(TooLong), at_most(ANSWER_SECONDS):
            for sentence in sentences:
                n = 1 + sum(1 for s in checked if s.citation)
                judged = self._judged(sentence, antecedent, language)
                citation = _citation(n, judged, catalogue)
                verdict = judged.verdict if citation else Verdict.UNFOUND
                checked.append(CheckedSentence(sentence, citation, verdict))
                antecedent = antecedent.after(sentence, language)
                if on_sentence:
                    on_sentence(checked[-1])
                if time.thread_time() > begun + CHECK_SECONDS:
                    break
        return checked

    def _judged(self, sentence: str, antecedent: Antecedent, language: str | None) -> Judgement:
        passages = self._found(sentence)
        if not refers_back(sentence, language) or is_quoted_from(sentence, passages):
            return self._judge.judge(sentence, passages)
        if antecedent.text:
            others = [p for p in self._found(antecedent.text) if p not in passages]
            passages = antecedent.about_it([*passages, *others])
        judged = self._judge.judge(sentence, passages)
        return unfound(judged) if antecedent.refuses(judged) else judged

    def _found(self, text: str) -> list[Passage]:
        query = next(self._retriever.queries(Question(text)))
        return [found.passage for found in self._retriever.search(query)]


def _citation(n: int, judged: Judgement, catalogue: Catalogue) -> Citation | None:
    if judged.passage is None or judged.span is None:
        return None
    passage = judged.passage
    head = catalogue.head(passage.article)
    if head is None or head.reference.revision != passage.revision:
        return None  # replaced in the meantime
    return Citation.within(n, head, judged.span, passage.span, passage.text)
