"""Answering: the way of a question from its words to an answer, what is nearest, or none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from footnote.index.budget import ANSWER_SECONDS, TooLong, at_most
from footnote.index.finding.another_event import tells_of_an_earlier_event
from footnote.index.finding.arranging import (
    after_the_best,
    apart,
    arranged,
    before_the_best,
    further_up,
    led_up_to,
    put_below,
    with_items,
)
from footnote.index.finding.by_time import moves, timed
from footnote.index.finding.citing import cite
from footnote.index.finding.clock import clock_of, under
from footnote.index.finding.confidence import NEAR, SURE, confidence, is_far_off
from footnote.index.finding.ellipsis import completed
from footnote.index.finding.followup import leant_on
from footnote.index.finding.full_name import is_of_a_namesake
from footnote.index.finding.in_time import InTime, requested, time_of, ways_in_time
from footnote.index.finding.lacking import cannot_answer
from footnote.index.finding.languages import codes, is_foreign
from footnote.index.finding.leaning import context_of
from footnote.index.finding.listing import Topic, listed
from footnote.index.finding.missing_names import has_another_ordinal
from footnote.index.finding.parts import (
    QuestionPart,
    asks_for_several,
    compared,
    names_it,
    parts_of,
    row_of,
    things_in_a_row,
    which_of,
)
from footnote.index.finding.query import HAPPENED, Query
from footnote.index.finding.quoting import Quotable, differing, pick, rank
from footnote.index.finding.reader_scores import reread
from footnote.index.finding.request import Request, asked_back, is_unclear
from footnote.index.finding.reranking import Reranker
from footnote.index.finding.resolved import (
    StandaloneQuestion,
    has_pronoun,
    in_full,
    names_answered,
    names_something,
    possible,
    resolved,
    spoken_of,
)
from footnote.index.finding.retrieval import Found, PassageRetriever
from footnote.index.finding.subject import is_about_another, names_asked
from footnote.index.finding.timeline import MIN_EVENTS, timeline, timeline_topic
from footnote.index.finding.whose import tells_of_another
from footnote.index.keeping.build import Build
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.models.reader import Reader
from footnote.index.question import MAX_CHARACTERS, Question
from footnote.index.results import Abstention, Answer, Claim, Listing, Nearest, Reason, Result
from footnote.index.words import content_words, without_addresses

_MAX_NEAREST, _MAX_OF_ENTRY = 3, 3
# What is sure, and about another subject or time than was asked for, is not shown as an answer.
_UNSURE = 0.99
# Where reports may differ, the best passages of so many of them are read: of 10 no more questions
# about what moves were answered with the newest state, of 4 one fewer of 53.
_REPORTS = 6
# Where only some sentences may answer, they are sought among so many ranked first.
_MAX_LIKELY = 12
# So many characters of an article are searched for a full name, which takes .1 s of the processor.
_MAX_TO_NAMES = 1_000_000
# Of words that mean something; what has fewer beside an address asks about the address.
_MIN_WORDS = 2
# The sentences of a timeline have at least so much of what the topic's words weigh; how probably
# one that has all of it belongs there was not measured.
_SAID_OF_TIMELINE, _OF_TIMELINE, _PASSAGES_OF_TIMELINE = 0.6, 0.9, 24


Which = Callable[[Quotable], bool]
"""Which sentences may answer."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one way of putting a question found, and how probably that answers it.

    `missing` are the parts of the question, in its words, for which nothing sure was found.
    `earlier` is what older reports say instead of the first sentence, the newest of them first;
    `newest`: that was taken for being of the newest of several. `doubtful`: unless it is sure, it
    is not even near. `may_lean`, `leans`: as in Query.
    """

    found: Sequence[Found]
    ranked: Sequence[Quotable]
    confidence: float
    missing: tuple[str, ...] = ()
    earlier: Sequence[Quotable] = ()
    newest: bool = False
    doubtful: bool = False
    may_lean: bool = False
    leans: bool = False


class Answerer:
    """Retrieves, reads, quotes and decides; safe to use from several threads.

    Without a `reader` sentences are chosen by likeness alone.
    """

    def __init__(
        self,
        passage_index: PassageIndex,
        *,
        sure: float = SURE,
        near: float = NEAR,
        reader: Reader | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._passage_index = passage_index
        self._reader = reader
        self._retriever = PassageRetriever(passage_index, reranker=reranker)
        self._wide = PassageRetriever(passage_index, limit=_PASSAGES_OF_TIMELINE)
        self._sure_from, self.near = sure, near

    def answer(self, question: Question) -> Result:
        """Raises IndexUnreadable or ModelUnusable where there is nothing to answer from."""
        return self.consider(question)[0]

    def consider(self, question: Question) -> tuple[Result, Attempt | None]:
        """The result with the attempt that led to it, or came nearest; raises as `answer` does.

        None where nothing was tried, or took too long.
        """
        try:
            with at_most(ANSWER_SECONDS):
                return self._bounded(question)
        except TooLong:
            return Abstention(question.text, Reason.TOO_LONG), None

    def _bounded(self, question: Question) -> tuple[Result, Attempt | None]:
        if not any(map(str.isalnum, question.text)):
            return Abstention(question.text, Reason.NO_QUESTION), None
        with self._passage_index.reading() as build:
            asked = replace(question, text=question.text[:MAX_CHARACTERS])
            asked = completed(asked_back(asked), lambda one: time_of(one, build.catalogue))
            result, attempt = self._consider(asked, build)
        return replace(result, question=question.text), attempt

    def _consider(self, question: Question, build: Build) -> tuple[Result, Attempt | None]:
        if build.catalogue.empty():
            return Abstention(question.text, Reason.NO_ARTICLES), None
        listing = self._listing(question, build)
        if listing and not listing[0].told:
            return listing[1], None
        if is_unclear(question):
            return Abstention(question.text, Reason.UNCLEAR), None
        question = _without_addresses(question)
        if told := self._timeline(question, build):
            return told
        if told := self._entry(question, build):
            return told
        result, best = self._answered(question, build)
        return (listing[1], None) if listing and not isinstance(result, Answer) else (result, best)

    def _listing(
        self, question: Question, build: Build
    ) -> tuple[Request, Listing | Abstention] | None:
        if (asked := requested(question, build.catalogue)) is None:
            return None
        listing = listed(*asked, self._retriever, build)
        return (asked[1], replace(listing, question=question.text)) if listing else None

    def _answered(self, question: Question, build: Build) -> tuple[Result, Attempt | None]:
        best: Attempt | None = None
        for attempt in self.attempts(question):
            if attempt.confidence >= self._sure_from and (
                answer := _answer(question, attempt, build.catalogue)
            ):
                return answer, attempt
            if best is None or (attempt.confidence > best.confidence and not attempt.doubtful):
                best = attempt
        if best and best.confidence >= self.near and not is_far_off(best.found):
            first, earlier = best.ranked[:1], _standing_alone(best.earlier)
            quoted = differing([*first, *earlier, *best.ranked[1:]], most=_MAX_NEAREST)
            if claims := _claims(led_up_to(apart(quoted)), build.catalogue):
                return Nearest(question.text, best.confidence, claims), best
        languages = codes(build.catalogue.languages())
        if is_foreign(question.text, languages):
            return Abstention(question.text, Reason.OTHER_LANGUAGE, languages), best
        return Abstention(question.text, Reason.NOTHING_FOUND), best

    def attempts(self, question: Question) -> Iterator[Attempt]:
        """The ways to put the question, the likeliest first, whatever their confidence.

        What asks for several things is answered part by part, as far as each is, else as a whole.
        """
        if len(parts := parts_of(question)) > 1:
            yield from self._by_part([QuestionPart(part.text.strip(" ?"), part) for part in parts])
            yield from self._attempts(question)
        elif things := which_of(question):
            yield from self._by_part(things, named=True)
            yield from self._attempts(question)
        elif things := compared(question) or things_in_a_row(question):
            yield from self._by_thing(question, things)
        else:
            yield from self._attempts(question)

    def _by_thing(self, question: Question, things: Sequence[QuestionPart]) -> Iterator[Attempt]:
        """As a whole where one sentence names all the things, or the articles have their names in a
        row as the question has them; else each apart."""
        whole = list(self._attempts(question))
        sure = next((one for one in whole if one.confidence >= self._sure_from), None)
        row = (row_of(things, question) or "").casefold()
        together = bool(row) and any(
            row in place.passage.text.casefold() for one in whole for place in one.found
        )
        named = (
            sure
            and sure.ranked
            and all(names_it(sure.ranked[0].text, part.name) for part in things)
        )
        if not together and not named:
            yield from self._by_part(things, named=True)
        yield from whole

    def _by_part(self, parts: Sequence[QuestionPart], *, named: bool = False) -> Iterator[Attempt]:
        """The parts that are surely answered, if any is, together; `named`: by what names them."""
        tried = [(part, self._sure(part, named=named)) for part in parts]
        found = [attempt for _, attempt in tried if attempt and attempt.ranked]
        if found:
            told = " ".join(attempt.ranked[0].text for attempt in found)
            missing = [part.name for part, attempt in tried if attempt not in found]
            if named:
                missing = [name for name in missing if not names_it(told, name)]
            yield replace(_joined(found), missing=tuple(missing))

    def _sure(self, part: QuestionPart, *, named: bool) -> Attempt | None:
        only = self._naming(part.name) if named else None
        attempts = self._attempts(part.question, only=only)
        return next((one for one in attempts if one.confidence >= self._sure_from), None)

    def _naming(self, *things: str) -> Which:
        return lambda quotable: self._names(quotable, things)

    def _names(self, quotable: Quotable, things: Sequence[str]) -> bool:
        """Whether the sentence, what it leans on, its heading or its title names one of the things,
        by any name that is known for it."""
        passage, before = quotable.passage, context_of(quotable.passage, quotable.span).before
        leant_on = before.shifted(-passage.span.start).of(passage.text) if before else ""
        text = f"{passage.title}\n{passage.heading or ''}\n{leant_on}\n{quotable.text}"
        aliases = self._passage_index.aliases.aliases()
        others = [n for thing in things for one in aliases.named(thing) for n in one.names]
        return any(names_it(text, name) for name in (*things, *others))

    def _timeline(self, question: Question, build: Build) -> tuple[Answer, Attempt] | None:
        """The dated sentences on the topic of which a timeline is asked for, if there are some."""
        topic = timeline_topic(question)
        if topic is None or not any(map(str.isalnum, topic)):
            return None
        found_by = Topic.of(topic, self._wide, build, days=question.days)
        titled, found = found_by.titled(exactly=False), self._wide.search(found_by.query)
        passages = {place.passage.key: place.passage for place in found}
        passages |= {p.key: p for p in build.catalogue.passages_of(titled)} if titled else {}
        years = {p.article: int(p.date[:4]) for p in passages.values() if p.date}
        told, said = timeline(found_by.query, list(passages.values()), build.lexical, years)
        sure = _OF_TIMELINE * said
        claims = _claims(told, build.catalogue)
        if said < _SAID_OF_TIMELINE or sure < self._sure_from or len(claims) < MIN_EVENTS:
            return None
        return Answer(question.text, "quoted", sure, claims), Attempt(found, told, sure)

    def _entry(self, question: Question, build: Build) -> tuple[Answer, Attempt] | None:
        """What stands under a time of day, where it is asked what happened then."""
        clock = clock_of(question.text) if HAPPENED.match(question.text) else None
        if clock is None:
            return None
        query = next(self._wide.queries(replace(question, text=clock.question)))
        found = self._wide.search(query)
        ranked = under(clock, rank(query, found))
        told = [q for q in ranked if q.passage.key == ranked[0].passage.key][:_MAX_OF_ENTRY]
        claims = _claims(arranged(told), build.catalogue) if told else []
        sure = _OF_TIMELINE * told[0].words if told else 0.0
        if not claims or told[0].words < _SAID_OF_TIMELINE or sure < self._sure_from:
            return None
        return Answer(question.text, "quoted", sure, claims), Attempt(found, told, sure)

    def _attempts(self, question: Question, *, only: Which | None = None) -> Iterator[Attempt]:
        """With some sentences alone, if it is given which; none is sure that tells of an earlier
        event than the one that was spoken of."""
        on_an_event = bool(question.history) and not names_something(question)
        for attempt in self._ways(question, only=only):
            best = attempt.ranked[0] if on_an_event and attempt.ranked else None
            earlier = best and tells_of_an_earlier_event(question, best.passage, best.span)
            yield self._unsure(attempt) if earlier else attempt

    def _ways(self, question: Question, *, only: Which | None) -> Iterator[Attempt]:
        """As it would stand alone, and as it stands.

        A follow-up first as it would stand alone, where that is plain. Where its pronoun may stand
        for one of several names, for each of them, the surest first; as it stands, such a question
        has no sure answer. Nor has one that names nothing, and would be answered by a sentence on
        something else than was spoken of. What the articles cited last tell for sure comes before
        what another tells of a name spoken of, unless a pronoun may stand for that.
        """
        if whole := resolved(question):
            only = only or (self._naming(whole.thing) if whole.thing else None)
            yield from self._in_its_times(_alone(question, whole), only=only)
        meant = [_alone(question, whole) for whole in possible(question)]
        tried = [one for way in meant for one in self._in_its_times(way, only=only)]
        yield from sorted(tried, key=lambda attempt: -attempt.confidence)
        full = in_full(question)
        others: list[Attempt] | None = None
        for attempt in self._in_its_times(question, only=only):
            elsewhere = not meant and self._is_elsewhere(question, attempt)
            strays = elsewhere and self._strays(question, attempt.ranked[0])
            if (strays or (elsewhere and not has_pronoun(question))) and others is None:
                others = list(self._on_what_was_spoken_of(question, only))
                yield from others
            if strays and attempt.leans:
                yield self._behind(attempt, others or [])
            elif meant or (full and _misses(full, attempt)):
                yield self._unsure(attempt)
            else:
                yield attempt

    def _behind(self, attempt: Attempt, others: Sequence[Attempt]) -> Attempt:
        """Not sure, and no nearer than the best of the others, if that is near at all."""
        best = max((other.confidence for other in others if other.ranked), default=0.0)
        unsure = self._unsure(attempt)
        if best < self.near:
            return unsure
        return replace(unsure, confidence=min(unsure.confidence, best))

    def _on_what_was_spoken_of(self, question: Question, only: Which | None) -> Iterator[Attempt]:
        """With the sentences of the articles that the last answer cited alone, and with those that
        name what was spoken of."""
        things = spoken_of(question)
        ways: list[Which] = [partial(_is_cited, question)]
        for way in [*ways, self._naming(*things)] if things else ways:
            yield from self._in_its_times(question, only=_both(way, only))

    def _is_elsewhere(self, question: Question, attempt: Attempt) -> bool:
        """Whether what may be a follow-up and names nothing would be answered from an article that
        the last answer did not cite.

        Not known where nobody tells what the last answer cited.
        """
        if (
            not attempt.may_lean
            or not attempt.ranked
            or attempt.confidence < self._sure_from
            or not question.cited
            or names_something(question)
        ):
            return False
        return not _is_cited(question, attempt.ranked[0])

    def _strays(self, question: Question, best: Quotable) -> bool:
        """Whether such a sentence names nothing of what was spoken of."""
        return not (
            self._names(best, spoken_of(question))
            or any(name in best.text for name in names_answered(question))
        )

    def _in_its_times(self, question: Question, *, only: Which | None) -> Iterator[Attempt]:
        for way in ways_in_time(question, self._passage_index.build().catalogue):
            yield from self._in_time(way, only=only)

    def _about_another(self, query: Query, found: Sequence[Found], best: Quotable) -> bool:
        passages = (place.passage for place in found)
        texts = (f"{p.title}\n{p.heading or ''}\n{p.text}" for p in passages)
        wordings = [variant.text for variant in query.variants]
        return (
            is_about_another(names_asked(wordings, texts), best.passage, best.span)
            or tells_of_another(wordings, best.passage, best.span)
            or self._of_a_namesake(query, best)
        )

    def _of_a_namesake(self, query: Query, best: Quotable) -> bool:
        passage, catalogue = best.passage, self._passage_index.build().catalogue
        near = f"{passage.title}\n{passage.heading or ''}\n{passage.text}"

        def met_in(text: str) -> bool:
            return not all(
                is_of_a_namesake(variant.text, best.text, text, passage.language)
                for variant in query.variants
            )

        if met_in(near):
            return False
        article = catalogue.article(passage.article)
        return article is None or not met_in(f"{article.title}\n{article.text[:_MAX_TO_NAMES]}")

    def _unsure(self, attempt: Attempt) -> Attempt:
        return replace(attempt, confidence=min(attempt.confidence, _UNSURE * self._sure_from))

    def _in_time(self, way: InTime, *, only: Which | None) -> Iterator[Attempt]:
        lexical = self._passage_index.build().lexical
        for query in self._retriever.queries(way.question):
            question = query.question
            asked = f"{leant_on(question)} {question.text}" if query.leans else question.text
            reports = _REPORTS if moves(asked, way.time) else 0
            found = self._retriever.search(query)
            ranked: Sequence[Quotable] = rank(query, found)
            if self._reader:
                one = only is None and way.time.days is None and not asks_for_several(asked)
                ranked = reread(
                    *(query, found, ranked, self._reader, lexical),
                    reports=reports,
                    only_first=one,
                )
            if only:
                ranked = [quotable for quotable in ranked[:_MAX_LIKELY] if only(quotable)]
            sure = confidence(query, found, ranked)
            if ranked and (
                has_another_ordinal(ranked[0].text, asked)
                or (sure >= self._sure_from and self._about_another(query, found, ranked[0]))
            ):
                sure = min(sure, _UNSURE * self._sure_from)
            told = timed(ranked, asked, way.time, lexical)
            if not told.covered:
                sure = min(sure, _UNSURE * self._sure_from)
            if told.of_then or not way.apart:
                yield Attempt(
                    *(found, told.ranked, sure),
                    earlier=told.earlier,
                    newest=told.newest,
                    doubtful=query.doubtful,
                    may_lean=query.may_lean,
                    leans=query.leans,
                )


def _without_addresses(question: Question) -> Question:
    """As it would be put by somebody who does not say where they read of it."""
    text = " ".join(without_addresses(question.text).split())
    says_more = len(content_words(text, "en")) >= _MIN_WORDS
    return replace(question, text=text) if says_more else question


def _both(one: Which, other: Which | None) -> Which:
    return lambda quotable: one(quotable) and (other is None or other(quotable))


def _is_cited(question: Question, quotable: Quotable) -> bool:
    """Whether it is of an article that the last answer cited."""
    return quotable.passage.article in question.cited


def _misses(whole: StandaloneQuestion, attempt: Attempt) -> bool:
    """Whether the first sentence does not answer a follow-up as it would stand alone."""
    if not attempt.ranked:
        return False
    best = attempt.ranked[0]
    return cannot_answer(best.text, whole.text, beside=best.passage.text) or tells_of_another(
        [whole.text], best.passage, best.span
    )


def _alone(question: Question, whole: StandaloneQuestion) -> Question:
    return replace(question, text=whole.text, history=())


def _answer(question: Question, attempt: Attempt, catalogue: Catalogue) -> Answer | None:
    """What is quoted, and below it what older reports say instead; None where all of it is gone."""
    several = asks_for_several(question.text)
    picked = pick(
        attempt.ranked,
        confidence=attempt.confidence,
        several=several,
        within=after_the_best(attempt.ranked, several=several),
        out_of_place=[] if several else before_the_best(attempt.ranked),
    )
    above = [] if several else further_up(picked)
    below = arranged([quotable for quotable in picked if quotable not in above])
    quoted = put_below(with_items(led_up_to(below), attempt.ranked), _standing_alone(above))
    claims = _claims(quoted, catalogue, above=above)
    if not claims:
        return None
    reference = claims[0].citations[0].reference
    as_of = reference.date if attempt.newest else None
    earlier = _claims(_standing_alone(attempt.earlier), catalogue, after=len(claims))
    claims += [replace(claim, earlier=True) for claim in earlier]
    return Answer(
        question.text, "quoted", attempt.confidence, claims, missing=attempt.missing, as_of=as_of
    )


def _standing_alone(quoted: Sequence[Quotable]) -> list[Quotable]:
    """Those of which all that they are about is named, in them or with what is shown before."""
    return [q for q in quoted if context_of(q.passage, q.span).complete]


def _joined(attempts: Sequence[Attempt]) -> Attempt:
    """Of the parts of a question, as sure as the least sure."""
    return Attempt(
        [place for attempt in attempts for place in attempt.found],
        [
            replace(quotable, part=number)
            for number, attempt in enumerate(attempts)
            for quotable in attempt.ranked
        ],
        min(attempt.confidence for attempt in attempts),
    )


def _claims(
    quoted: Sequence[Quotable],
    catalogue: Catalogue,
    *,
    after: int = 0,
    above: Sequence[Quotable] = (),
) -> list[Claim]:
    """Numbered from the one behind `after` on; those of `above` are further up than the others."""
    claims: list[Claim] = []
    for quotable in quoted:
        citation = cite(after + len(claims) + 1, catalogue, quotable.passage, quotable.span)
        if citation is not None:
            is_above = quotable in above
            claims.append(Claim(citation.quotation, (citation,), further_up=is_above))
    return claims
