"""A "must" of the claim that the evidence does not have. English only."""

from collections.abc import Sequence
from itertools import pairwise

from footnote.index.facts.clauses import Word

_MUST = frozenset(("must", "obliged", "mandatory", "compulsory", "obligatory"))
# Before "to do": "members are to help", "has to be paid".
_TO_DO = frozenset(("is", "are", "was", "were", "has", "have", "had", "having", "then"))
# What may say it in other words, by how it begins.
_SAYS_SO_TEXT = (
    "must oblig requir mandat compuls need necess shall should ought forc order only impos demand "
    "bound essential prerequisite ensure cannot can't prohibit forbid forbad ban not no never "
    "without unless you your rule law condition duty responsib suppos expect insist vital crucial "
    "critical always every all has-to make made call instruct stipulat specif state until before "
    "important recommend will command"
)
_SAYS_SO = tuple(_SAYS_SO_TEXT.split())


def is_obligation_unsaid(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the claim says that something must be so, and the evidence nothing of the kind."""
    if not any(word.text in _MUST for word in claim):
        return False
    is_to = any(word.text in _TO_DO and after.text == "to" for word, after in pairwise(evidence))
    return not is_to and not any(word.text.startswith(_SAYS_SO) for word in evidence)
