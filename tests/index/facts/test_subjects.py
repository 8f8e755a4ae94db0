import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.facts.subjects import is_subject_another
from footnote.index.words import stemmed


def is_another(claim: str, evidence: str) -> bool:
    def stem(word: str) -> str:
        return next(iter(stemmed(word, "en")), "")

    return is_subject_another(Facts(claim, "en", stem, opening=True), Facts(evidence, "en", stem))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (
            "Ada Frei said that the vase was genuine.",
            "Omar von Keller, curator at the museum, said that the vase of Ada Frei was genuine.",
        ),
        ("Ada Frei said it was genuine.", "It was genuine, said Omar Keller to Ada Frei."),
        (
            "Frei opened the gates.",
            "In May the general Omar Keller made peace and opened the gates to Frei.",
        ),
        ("Frei painted the hall.", "Omar Keller, who painted the hall, taught Frei."),
        ("Walter came up with it.", "Walter's assistant, Omar Keller, came up with it."),
    ],
)
def test_another_did_it(claim: str, evidence: str) -> None:
    assert is_another(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Keller said so.", "Omar von Keller, curator at the museum, said so."),
        ("Keller opened the gates.", "Omar Keller made peace and opened the gates to Frei."),
        ("Frei opened the gates.", "Omar Keller and Ada Frei opened the gates."),
        ("Frei signed it.", "The mayor of Ulm signed it."),  # Frei may be the mayor
        ("Frei signed it.", "She met Keller and signed it."),
        ("Frei said so.", "She said so."),
        ("Frei painted the hall.", "The hall was painted by Ada Frei for Omar Keller."),
        ("Frei wrote it.", "Keller helped, Ulm paid, and Frei wrote it."),
        ("The hall was painted.", "Omar Keller painted it."),
    ],
)
def test_the_same_did_it_or_it_is_not_told_who(claim: str, evidence: str) -> None:
    assert not is_another(claim, evidence)
