"""What a claim says and its evidence does not, though it has all the words: an order in time, a
superlative, an obligation, or who did it."""

from dataclasses import replace

from footnote.index.facts.comparison import Comparison, Facts
from footnote.index.facts.event_order import Order, order_in
from footnote.index.facts.obligations import is_obligation_unsaid
from footnote.index.facts.roles import has_exchanged_places
from footnote.index.facts.subjects import is_subject_another
from footnote.index.facts.superlatives import is_superlative_unsaid


def with_unstated(compared: Comparison, claim: Facts, evidence: Facts) -> Comparison:
    """The comparison of both, with what takes the whole sentence to tell."""
    order = order_in(claim, evidence)
    lacks = (
        order is Order.UNSAID
        or is_superlative_unsaid(claim.words, evidence.words)
        or is_obligation_unsaid(claim.words, evidence.words)
    )
    others = has_exchanged_places(claim.words, evidence.words) or is_subject_another(
        claim, evidence
    )
    return replace(
        compared,
        unstated=compared.unstated or lacks,
        anothers=compared.anothers or others,
        reversed=order is Order.REVERSED,
    )
