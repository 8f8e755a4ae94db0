import pytest

from footnote.index.facts.clauses import Word, words
from footnote.index.facts.opposites import says_the_opposite
from footnote.index.words import stemmed


def read(text: str, language: str = "en") -> list[Word]:
    return words(text, lambda word: next(iter(stemmed(word, language)), ""))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Exports of copper fell sharply.", "Exports of copper rose sharply after the war."),
        ("The court found the search unlawful.", "The court found that the search was lawful."),
        ("The bridge was opened in 1962.", "The bridge was closed in May 2018."),
        ("Wages are higher in Arvik.", "Wages in Arvik are lower than in Brekka."),
        ("The club supports the plan.", "The hikers' club opposes the plan."),
        ("Petra Lind opposes an inquiry.", "Petra Lind wants an inquiry."),
        ("Petra Lind opposes an inquiry.", "The opposition leader Lind wants an inquiry."),
        ("Collecting the beetle is legal.", "Collecting the beetle is punished with a fine."),
        ("Fewer guests came in the first year.", "Fewer guests came in the last year."),
    ],
)
def test_opposite_of_a_word_is_said(claim: str, evidence: str) -> None:
    assert says_the_opposite(read(claim), read(evidence))
    assert says_the_opposite(read(evidence), read(claim))


def test_a_thing_has_the_opposite_before_it_though_another_has_the_word() -> None:
    claim = read("Arvik is the largest district by area.")
    there = "Arvik has the third-largest population, and is the smallest district by area."
    assert says_the_opposite(claim, read(there))
    assert not says_the_opposite(
        claim, read("Arvik has the smallest streets and largest district.")
    )
    assert not says_the_opposite(
        claim, read("It is the smallest district but the largest district.")
    )


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Exports of copper grew.", "Exports of copper rose sharply after the war."),
        ("Exports fell, then rose.", "Exports rose."),
        ("The road is unpaved.", "The road is not paved beyond the pass."),
        ("The house is near the mill.", "The house stands not far from the mill."),
        ("They accepted no claim.", "The government rejected the claim."),
        ("Exports of copper fell.", "Wages rose."),
        ("The club opposes the closing.", "The club supports those who are against the closing."),
        ("Mr Young fell.", "Mr Old fell."),
        ("Uruguay lost the final to Chile.", "Beating Uruguay in the final, Chile won the cup."),
        ("Each has a veto, which gives power.", "Each has a veto, decisions are taken together."),
    ],
)
def test_opposite_is_not_said(claim: str, evidence: str) -> None:
    assert not says_the_opposite(read(claim), read(evidence))


@pytest.mark.parametrize(
    ("language", "claim", "evidence"),
    [
        ("es", "Las exportaciones subieron en mayo.", "En mayo las exportaciones cayeron."),
        ("es", "El obispo apoyó la reforma.", "El obispo rechazó la reforma."),
        ("de", "Die Ausfuhren stiegen im Mai.", "Im Mai sanken die Ausfuhren."),
        ("de", "Der Bischof unterstützte die Reform.", "Der Bischof lehnte die Reform ab."),
    ],
)
def test_opposite_of_a_word_is_said_in_other_languages(
    language: str, claim: str, evidence: str
) -> None:
    assert says_the_opposite(read(claim, language), read(evidence, language), language)
    assert says_the_opposite(read(evidence, language), read(claim, language), language)


@pytest.mark.parametrize(
    ("language", "claim", "evidence"),
    [
        ("es", "Las exportaciones subieron.", "Las exportaciones no bajaron, crecieron."),
        ("de", "Die Ausfuhren stiegen.", "Die Ausfuhren sanken nicht."),
        ("fr", "Die Ausfuhren stiegen.", "Die Ausfuhren sanken."),
    ],
)
def test_opposite_is_not_said_in_other_languages(language: str, claim: str, evidence: str) -> None:
    assert not says_the_opposite(read(claim, language), read(evidence, language), language)
