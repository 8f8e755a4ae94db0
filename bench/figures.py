"""Figures of a question set: what was returned and quoted, against what should have been."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from statistics import fmean

from bench import measures
from bench.footnote import Given
from bench.measures import Piece
from bench.outcomes import Outcome

_SEVERAL_KINDS = 2


def figures(outcomes: Sequence[Outcome], *, threshold: float | None) -> dict[str, float]:
    """By the names that bench/README.md explains; `threshold` that below which nothing is said.

    Where the cases are of several kinds, each kind has its own figures too.
    """
    result = dict(_all(outcomes, threshold))
    kinds = list(dict.fromkeys(outcome.case.kind for outcome in outcomes))
    if len(kinds) >= _SEVERAL_KINDS:
        for kind in kinds:
            of_kind = [outcome for outcome in outcomes if outcome.case.kind == kind]
            result |= {f"{kind}.{name}": value for name, value in _all(of_kind, threshold)}
    return result


def judged(outcomes: Sequence[Outcome]) -> list[tuple[float, bool]]:
    """The confidence of everything that was asked, and whether the sentence ranked first answers.

    Where no sentences are labelled, whether what would be quoted has the answer.
    """
    asked = [(outcome.confidence, _first_answers(outcome)) for outcome in outcomes]
    return asked + [(o.without, False) for o in outcomes if o.without is not None]


def _all(outcomes: Sequence[Outcome], threshold: float | None) -> Iterator[tuple[str, float]]:
    answerable = [outcome for outcome in outcomes if outcome.case.answerable]
    sentences = [outcome for outcome in answerable if not outcome.by_article]
    yield "questions", len(outcomes)
    if sentences:
        yield from _passages(sentences)
        if all(outcome.asked for outcome in sentences):
            yield from _quoting(sentences)
    if by_article := [outcome for outcome in answerable if outcome.by_article]:
        yield from _articles(by_article)
    if answerable:
        yield from _abstaining(outcomes, threshold)
    elif threshold is not None:
        yield "caught", fmean(outcome.confidence < threshold for outcome in outcomes)
        yield from _shares("", [o.asked.given for o in outcomes if o.asked])


def _passages(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, float]]:
    places = [measures.place(o.returned, o.gold) for o in outcomes]
    for k in (1, 3, 5, 10):
        yield f"hit@{k}", measures.hit(places, k)
    yield "mrr@10", measures.mrr(places)
    yield "hit@1000c", fmean(measures.within(o.returned, o.gold, characters=1000) for o in outcomes)
    yield "characters", fmean(len(piece.text) for o in outcomes for piece in o.returned)


def _quoting(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, float]]:
    ranked = {o.case.id: o.asked.sentences for o in outcomes if o.asked}
    quoted = {o.case.id: o.asked.quoted for o in outcomes if o.asked}
    if _in_few_words(outcomes):
        for k in (1, 2):
            yield f"answer@{k}", fmean(_answers(o, ranked[o.case.id][:k]) for o in outcomes)
        yield "answer@quoted", fmean(_quotes_answer(o) for o in outcomes)
    shown = [measures.place(o.asked.shown, o.gold) for o in outcomes if o.asked]
    yield "shown", fmean(place is not None for place in shown)
    yield "quoted", fmean(len(quoted[o.case.id]) for o in outcomes)
    for k in (1, 3):
        yield (
            f"gold@{k}",
            fmean(measures.place(ranked[o.case.id][:k], o.gold) is not None for o in outcomes),
        )
    yield "support@3", fmean(measures.share_held(ranked[o.case.id], o.gold) for o in outcomes)


def _articles(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, float]]:
    """Recall of articles among the first five passages, of follow-ups beside their whole form."""
    follow_ups = [o for o in outcomes if o.case.question.history and o.whole is not None]
    yield "recall@5", fmean(_recall(o.returned, o) for o in outcomes)
    if follow_ups:
        leaning = fmean(_recall(o.returned, o) for o in follow_ups)
        whole = fmean(_recall(o.whole or [], o) for o in follow_ups)
        yield "follow_ups", len(follow_ups)
        yield "follow_ups.recall@5", leaning
        yield "whole.recall@5", whole
        yield "follow_ups.recall@5/whole", leaning / whole if whole else 0.0


def _abstaining(
    outcomes: Sequence[Outcome], threshold: float | None
) -> Iterator[tuple[str, float]]:
    sure = [o.confidence for o in outcomes if o.case.answerable]
    out = [o.without for o in outcomes if o.without is not None]
    unanswerable = [o.confidence for o in outcomes if not o.case.answerable]
    if threshold is not None:
        yield "refused", fmean(value < threshold for value in sure)
        yield from _shares("", [o.asked.given for o in outcomes if o.case.answerable and o.asked])
    given = {
        "out": [o.given_without for o in outcomes if o.given_without is not None],
        "unanswerable": [o.asked.given for o in outcomes if not o.case.answerable and o.asked],
    }
    for name, negative in (("out", out), ("unanswerable", unanswerable)):
        if negative:
            yield from _shares(f"{name}.", given[name])
            yield f"{name}.auroc", measures.auroc(sure, negative)
            at_5 = measures.percentile(sure, 0.05)
            yield f"{name}.caught_at_5%", fmean(value < at_5 for value in negative)
            at_80 = measures.percentile(sure, 0.2)
            yield f"{name}.answered_at_80%", fmean(value >= at_80 for value in negative)
            if threshold is not None:
                yield f"{name}.caught", fmean(value < threshold for value in negative)
    if threshold is not None and (out or unanswerable):
        yield "calibration_error", measures.calibration_error(judged(outcomes))


def _shares(prefix: str, given: Collection[Given]) -> Iterator[tuple[str, float]]:
    """Of each kind of result; nothing for what only finds passages. Listings are neither."""
    names: dict[str, Given] = {
        "answered": "answer",
        "nearest": "nearest",
        "abstained": "abstention",
    }
    if given:
        for name, kind in names.items():
            yield f"{prefix}{name}", fmean(one == kind for one in given)


def _recall(pieces: Sequence[Piece], outcome: Outcome) -> float:
    return measures.recall([piece.article for piece in pieces[:5]], outcome.case.articles)


def _answers(outcome: Outcome, pieces: Sequence[Piece]) -> bool:
    return measures.answered_by(pieces, outcome.case.articles, outcome.case.answers)


def _in_few_words(outcomes: Sequence[Outcome]) -> bool:
    """Whether most answers can lie in a sentence at all: ClapNQ's are sentences of their own."""
    can = [
        any(_answers(o, [Piece(a, e) for a in o.case.articles]) for e in o.case.evidence)
        for o in outcomes
    ]
    return 2 * sum(can) > len(can)


def _first_answers(outcome: Outcome) -> bool:
    if not outcome.case.answerable or outcome.asked is None:
        return False
    return measures.place(outcome.asked.sentences[:1], outcome.gold) is not None


def _quotes_answer(outcome: Outcome) -> bool:
    return outcome.asked is not None and _answers(outcome, outcome.asked.quoted)


def rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}
