import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.facts.figure_owners import figures_of_others
from footnote.index.words import stemmed


def others(claim: str, sentence: str) -> int:
    def stem(word: str) -> str:
        return next(iter(stemmed(word, "en")), "")

    return figures_of_others(Facts(claim, "en", stem), Facts(sentence, "en", stem))


SHARES = "The island sends 90% of its exports and 50% of its mail to Ulm."
GROWTH = "Trade with Chile grew by 285%, with Honduras 420%."
MEDALS = "Ada Frei (3 gold, 1 silver) and Omar Keller (2 gold, 2 silver) each have four medals."
RESIDENTS = "Bath, which has 89,600 residents and lies south of Kent, is a spa."
SHOPS = "By 1967 it had 24 shops, and by 1968 it had opened some in Spain."


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("It sends 90% of its mail to Ulm.", SHARES),
        ("Trade with Chile grew by 420%.", GROWTH),
        ("Omar Keller has three gold medals.", MEDALS),
        ("Kent has 89,600 residents.", RESIDENTS),
        ("It had 24 shops by 1968.", SHOPS),
    ],
)
def test_the_figure_is_that_of_something_else(claim: str, sentence: str) -> None:
    assert others(claim, sentence) == 1


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("It sends 90% of its exports to Ulm.", SHARES),
        ("Half the mail, 50%, goes to Ulm.", SHARES),
        ("Trade with Honduras grew by 420%.", GROWTH),
        ("Omar Keller has two gold medals.", MEDALS),
        ("Bath has 89,600 residents.", RESIDENTS),
        ("The spa has 89,600 residents.", RESIDENTS),
        ("It had 24 shops by 1967.", SHOPS),
        ("There are four nunataks in Kent.", "There are four or five nunataks in Kent."),
    ],
)
def test_the_figure_is_its_own(claim: str, sentence: str) -> None:
    assert others(claim, sentence) == 0
