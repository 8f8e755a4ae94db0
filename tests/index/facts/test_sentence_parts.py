import pytest

from footnote.index.facts.comparison import Facts
from footnote.index.facts.sentence_parts import figures_of_another, names_of_another
from footnote.index.words import stemmed

STREETS = (
    "Mill Street will become Ada-Holm-Street, after a chemist, and Rosenplatz is to become"
    " Lund-Platz, named after a sailor."
)


def facts(text: str) -> Facts:
    return Facts(text, "en", lambda word: next(iter(stemmed(word, "en")), ""), opening=True)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Rosenplatz will be named after Ada Holm.", STREETS),
        ("Frei has sued Nordbau.", "Ek has sued Nordbau, while Frei has sued Tekna."),
        ("Frei was born in Ulm.", "Ek was born in Ulm; Frei was born in Bonn."),
    ],
)
def test_a_name_is_said_of_another(claim: str, evidence: str) -> None:
    assert names_of_another(facts(claim), facts(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Rosenplatz will be named after Lund.", STREETS),
        ("Frei has sued Tekna.", "Ek has sued Nordbau, while Frei has sued Tekna."),
        ("Frei has led Nordbau.", "Ek first led Nordbau, and Frei has led the firm since."),
        ("Frei was born in Ulm.", "Ek was born in Ulm, and so was Omar Frei."),
        ("Frei was born in Ulm.", "Frei was born in Ulm."),
        ("The head of Nordbau was born in Ulm.", "Ek was born in Ulm; Frei was born in Bonn."),
    ],
)
def test_a_name_may_be_said_of_the_same(claim: str, evidence: str) -> None:
    assert not names_of_another(facts(claim), facts(evidence))


@pytest.mark.parametrize(
    ("sentence", "another"),
    [
        ("It has 75 stars on Harbour Watch, but Frei is in it.", 0),
        ("On Harbour Watch, the film scored 75 stars, and Frei is in it.", 0),
        ("Harbour Watch awarded 75 stars, and Frei is in it.", 1),
    ],
)
def test_a_name_behind_where_it_was_is_no_subject(sentence: str, another: int) -> None:
    assert figures_of_another(facts("The film by Frei has 75 stars."), facts(sentence)) == another


def test_a_date_behind_as_does_another_is_the_other_s() -> None:
    there = facts("Norway belongs to both, as does Poland since it joined in July 2024.")
    assert figures_of_another(facts("Norway joined in July 2024."), there)
    assert not figures_of_another(facts("Poland joined in July 2024."), there)
