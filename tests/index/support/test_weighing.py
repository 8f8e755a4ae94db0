"""One or two sentences, weighed against a claim."""

import pytest

from footnote.corpus.span import Span
from footnote.index.facts.comparison import Comparison
from footnote.index.passages import Passage
from footnote.index.support.likelihood import Likeness
from footnote.index.support.weighing import Weighed


def weighed(*, shared: float, stated: int, missing: int) -> Weighed:
    text = "Of deaths there are 82 by now."
    span = Span(0, len(text))
    facts = Comparison(missing, False, (), False, False, stated=stated)
    return Weighed(
        Passage(1, "floods", "revision", "The floods of Ulm", "en", span, text),
        span,
        Likeness(words=0.8, cosine=0.8),
        compared=lambda: facts,
        differs=lambda: False,
        alone=True,
        says=True,
        shared=shared,
        text=text,
    )


@pytest.mark.parametrize(
    ("shared", "stated", "missing", "supports"),
    [
        (0.3, 0, 0, True),
        (0.1, 0, 0, False),  # its title may be all that is like the claim
        (0.1, 1, 0, True),
        (0.1, 1, 1, False),
    ],
)
def test_a_sentence_with_few_of_the_words_supports_by_its_figures(
    shared: float, stated: int, missing: int, supports: bool
) -> None:
    assert weighed(shared=shared, stated=stated, missing=missing).supports is supports
