"""What is quoted says each thing once, though several articles say it."""

import pytest

from footnote.corpus.span import Span
from footnote.index.finding.quoting import Quotable, pick
from footnote.index.passages import Passage

REPORT = "The river Nari flooded Sibi in July"


def quotable(text: str, article: str, score: float) -> Quotable:
    passage = Passage(1, article, "revision", "Title", "en", Span(0, len(text)), text)
    terms = frozenset(text.casefold().split())
    return Quotable(passage, passage.span, text, score, 0.5, 0.5, 0.5, False, terms)


@pytest.mark.parametrize(
    ("text", "article", "repeats"),
    [
        (REPORT, "b", True),
        (f"{REPORT} as the agency of the press reported on Monday from its bureau", "b", True),
        ("Nari flooded Sibi in July", "b", True),
        (f"{REPORT} and ninety houses were swept away by the water before noon", "a", False),
        ("The river Nari froze over in January", "b", False),
        ("July", "b", False),
    ],
)
def test_sentence_that_another_article_has_copied_is_not_quoted_again(
    text: str, article: str, repeats: bool
) -> None:
    picked = pick([quotable(REPORT, "a", 0.9), quotable(text, article, 0.89)], confidence=0.9)
    assert len(picked) == (1 if repeats else 2)
