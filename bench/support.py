"""How well claims that are borne out are told from others."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bench.claims import Claim, ClaimSet
from bench.footnote import Subject
from bench.measures import auroc
from index.checking import LOOKED_AT
from index.finding.retrieval import Retriever
from index.models.embedding import Precision
from index.passages import Passage
from index.question import Question
from index.support.judge import Judge, Judgement, Verdict

REJECTED = 0.05
"""The share of the true claims that may be rejected where the others are counted."""


Bar = Callable[[Sequence[Claim]], Iterator[Claim]]
"""Gives the claims one by one, and may show how far that has come."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its judgement, and how many milliseconds that took."""

    claim: Claim
    judgement: Judgement
    milliseconds: float

    @property
    def accepted(self) -> bool:
        return self.judgement.verdict is Verdict.SUPPORTED

    @property
    def shows_gold(self) -> bool:
        passage, span = self.judgement.passage, self.judgement.span
        if passage is None or span is None:
            return False
        shown = span.shifted(-passage.span.start).of(passage.text)
        return any(gold in shown or shown in gold for gold in self.claim.evidence)


def judge(
    claims: ClaimSet, *, precision: Precision | None = None, on_progress: Bar = iter
) -> list[Judged]:
    """Each claim by the passages that are found for it, or by all passages of its own articles."""
    with (
        tempfile.TemporaryDirectory() as place,
        Subject.over(claims.articles, Path(place), precision=precision) as subject,
    ):
        passage_index = subject.footnote.passage_index
        catalogue = passage_index.build().catalogue
        by_article = defaultdict[str, list[Passage]](list)
        for passage in catalogue.passages(catalogue.keys()).values():
            by_article[passage.article].append(passage)
        retriever = Retriever(passage_index, limit=LOOKED_AT)

        def passages(claim: Claim) -> list[Passage]:
            if claim.articles:
                return [passage for article in claim.articles for passage in by_article[article]]
            query = next(retriever.queries(Question(claim.text)))
            return [found.passage for found in retriever.search(query)]

        judge = subject.footnote.judge
        return [_judged(claim, judge, passages(claim)) for claim in on_progress(claims.claims)]


def _judged(claim: Claim, judge: Judge, passages: Sequence[Passage]) -> Judged:
    begun = time.perf_counter()
    judgement = judge.judge(claim.text, passages)
    return Judged(claim, judgement, 1000 * (time.perf_counter() - begun))


def support_figures(judged: Sequence[Judged]) -> dict[str, float]:
    """By measure, those of a kind of wrong claims with the kind before it.

    `likeness.auroc`: without a look at the facts; `caught@5`: the share of the wrong claims that
    score below all but 5 % of the right ones; `caught`: the share that is not called supported;
    `contradicted`: that is called so; `lost`: the share of the right ones that is not called
    supported; `gold`: of those that are, how many get a sentence that the claim was made from.
    """
    right = [one for one in judged if one.claim.borne_out]
    wrong = [one for one in judged if not one.claim.borne_out]
    scores = sorted(one.judgement.score for one in right)
    cut = scores[int(REJECTED * len(scores))]
    milliseconds = sorted(one.milliseconds for one in judged)
    found = {
        "claims": float(len(judged)),
        "auroc": auroc(scores, [one.judgement.score for one in wrong]),
        "likeness.auroc": auroc(
            [one.judgement.likeness for one in right], [one.judgement.likeness for one in wrong]
        ),
        "lost": fmean(not one.accepted for one in right),
        "gold": fmean(one.shows_gold for one in right if one.accepted),
        "milliseconds.p95": milliseconds[int(0.95 * len(milliseconds))],
    }
    for kind in ("", *sorted({one.claim.kind for one in wrong} - {""})):
        of_kind = [one for one in wrong if kind in ("", one.claim.kind)]
        name = f"{kind}." if kind else ""
        found |= {
            f"{name}caught@5": fmean(one.judgement.score < cut for one in of_kind),
            f"{name}caught": fmean(not one.accepted for one in of_kind),
            f"{name}contradicted": fmean(
                one.judgement.verdict is Verdict.CONTRADICTED for one in of_kind
            ),
        }
    return found
