"""What a claim says and its evidence does not, though it has all the words: an order in time, or
who did it to whom."""

from dataclasses import replace

from footnote.index.facts.comparison import Comparison, Facts
from footnote.index.facts.event_order import Order, order_in
from footnote.index.facts.roles import has_exchanged_places


def with_unstated(compared: Comparison, claim: Facts, evidence: Facts) -> Comparison:
    """The comparison of both, with what takes the whole sentence to tell."""
    order = order_in(claim, evidence)
    others = has_exchanged_places(claim.words, evidence.words)
    return replace(
        compared,
        unstated=compared.unstated or order is Order.UNSAID,
        anothers=compared.anothers or others,
        reversed=order is Order.REVERSED,
    )
