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
from bench.measures import auroc, percentile
from footnote.index.checking import LOOKED_AT
from footnote.index.finding.retrieval import PassageRetriever
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.passages import Passage
from footnote.index.question import Question
from footnote.index.results import Verdict
from footnote.index.support.judge import Judge, Judgement

REJECTED = 0.05
"""The share of the true claims that may be rejected where the others are counted."""

_MANY = 4

Bar = Callable[[Sequence[Claim]], Iterator[Claim]]
"""Gives the claims one by one, and may show how far that has come."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its judgement, and how many milliseconds that took; `marked` is its verdict with
    reference marks in it, None where it is wrong: only right ones may lose by them."""

    claim: Claim
    judgement: Judgement
    milliseconds: float
    marked: Verdict | None = None

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
    claims: ClaimSet, *, model: EmbeddingModel | None = None, on_progress: Bar = iter
) -> list[Judged]:
    """Each claim by the passages that are found for it, or by all passages of its own articles."""
    with (
        tempfile.TemporaryDirectory() as place,
        Subject.over(claims.articles, Path(place), model=model) as subject,
    ):
        passage_index = subject.footnote.passage_index
        catalogue = passage_index.build().catalogue
        by_article = defaultdict[str, list[Passage]](list)
        for passage in catalogue.passages(catalogue.keys()).values():
            by_article[passage.article].append(passage)
        retriever = PassageRetriever(passage_index, limit=LOOKED_AT)

        def passages(claim: Claim) -> list[Passage]:
            if claim.articles:
                return [passage for article in claim.articles for passage in by_article[article]]
            query = next(retriever.queries(Question(claim.text)))
            return [found.passage for found in retriever.search(query)]

        judge = subject.footnote.judge
        return [_judged(claim, judge, passages(claim)) for claim in on_progress(claims.claims)]


def _judged(claim: Claim, judge: Judge, passages: Sequence[Passage]) -> Judged:
    begun = time.process_time()
    judgement = judge.judge(claim.plain, passages)
    milliseconds = 1000 * (time.process_time() - begun) / len(claim.sentences)
    marked = judge.judge(claim.marked, passages).verdict if claim.borne_out else None
    return Judged(claim, judgement, milliseconds, marked)


def support_figures(judged: Sequence[Judged], *, left_out: int = 0) -> dict[str, float]:
    """By measure; what begins with a kind is of the claims of that kind alone.

    `likeness.auroc`: without a look at the facts; `caught@5`: the share of the wrong claims that
    score below all but 5 % of the right ones; `caught`: the share that is not called supported;
    `lost`: the share of the right ones that is not called supported; `gold`: of those that are, how
    many get a sentence that the claim was made from. `right`, `wrong` and the kinds: the shares of
    each verdict; `right.marked`: with reference marks. Claims with thin evidence are apart.
    """
    thin = [one for one in judged if one.claim.thin]
    judged = [one for one in judged if not one.claim.thin]
    right = [one for one in judged if one.claim.borne_out]
    wrong = [one for one in judged if not one.claim.borne_out]
    scores = sorted(one.judgement.score for one in right)
    cut = scores[int(REJECTED * len(scores))]
    milliseconds = [one.milliseconds for one in judged]
    found = {
        "claims": float(len(judged)),
        "left_out": float(left_out),
        "auroc": auroc(scores, [one.judgement.score for one in wrong]),
        "likeness.auroc": auroc(
            [one.judgement.likeness for one in right], [one.judgement.likeness for one in wrong]
        ),
        "lost": fmean(not one.accepted for one in right),
        "gold": fmean([one.shows_gold for one in right if one.accepted] or [0.0]),
        "milliseconds.p50": percentile(milliseconds, 0.5),
        "milliseconds.p95": percentile(milliseconds, 0.95),
    }
    for name, group in _groups(right, wrong, thin):
        found |= {f"{name}.{measure}": value for measure, value in _verdicts(group).items()}
    marked = [one.marked for one in right if one.marked]
    for verdict in Verdict if marked else ():
        found[f"right.marked.{_named(verdict)}"] = marked.count(verdict) / len(marked)
    for kind in ("", *sorted({one.claim.kind for one in wrong} - {""})):
        of_kind = [one for one in wrong if kind in ("", one.claim.kind)]
        name = f"{kind}." if kind else ""
        found |= {
            f"{name}caught@5": fmean(one.judgement.score < cut for one in of_kind),
            f"{name}caught": fmean(not one.accepted for one in of_kind),
        }
    return found


def _groups(
    right: Sequence[Judged], wrong: Sequence[Judged], thin: Sequence[Judged]
) -> Iterator[tuple[str, list[Judged]]]:
    """By what is claimed, how long it is and what was done to it; none is empty."""
    for name, claims in (("right", right), ("wrong", wrong)):
        yield name, list(claims)
        lengths = [min(len(one.claim.sentences), _MANY) for one in claims]
        for length in sorted(set(lengths)) if max(lengths) > 1 else ():
            of_length = [one for one, its in zip(claims, lengths, strict=True) if its == length]
            many = "_or_more" if length == _MANY else ""
            yield f"{name}.sentences_{length}{many}", of_length
        for kind in sorted({one.claim.kind for one in claims} - {"", "true"}):
            yield f"{kind}.{name}", [one for one in claims if one.claim.kind == kind]
    for name, is_right in (("thin.right", True), ("thin.wrong", False)):
        if group := [one for one in thin if one.claim.borne_out is is_right]:
            yield name, group


def _verdicts(group: Sequence[Judged]) -> dict[str, float]:
    verdicts = [one.judgement.verdict for one in group]
    shares = {_named(verdict): verdicts.count(verdict) / len(verdicts) for verdict in Verdict}
    return {"claims": float(len(group)), **shares}


def _named(verdict: Verdict) -> str:
    return str(verdict).replace(" ", "_")
