"""Names: told from other words, and known again in another form."""

import pytest

from footnote.index.facts.names import (
    introduced,
    name_forms,
    names,
    opens_with_name,
    same_name,
    with_usual_names,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In Lahore the army met Baitullah Mehsud.", ["Lahore", "Baitullah", "Mehsud"]),
        ("Gunmen attacked Lahore. Lawyers died.", ["Lahore"]),
        ("Baitullah Mehsud led it.", ["Baitullah", "Mehsud"]),
        ("Kakar was killed; UNAMA said so.", ["Kakar", "UNAMA"]),
        ("Terrorism is a danger.", []),
        ("They joined al-Qaeda and d’Arco of non-Muslims.", ["al-Qaeda", "d’Arco"]),
        ("He said that I was there.", []),
    ],
)
def test_names_are_told_by_their_capital_letters(text: str, found: list[str]) -> None:
    assert [match[0] for match in names(text)] == found


def test_nothing_is_a_name_where_every_noun_looks_like_one() -> None:
    assert list(names("Der grüne Tee von Anna Meier.", "de")) == []


@pytest.mark.parametrize(
    ("name", "text", "same"),
    [
        ("Pakistan's", "the Pakistani army", True),
        ("China", "Chinese", True),
        ("Afghan", "Afghanistan", True),
        ("Al-Qaida", "al Qaida", True),
        ("Erdoğan", "Erdogan", True),
        ("Iraq", "Iranian", False),
        ("Austria", "Australia", False),
        ("Jamaat-ul-Ahrar", "Jamaat-ul-Mujahideen", False),
    ],
)
def test_a_name_is_known_again(name: str, text: str, same: bool) -> None:
    assert same_name(name, name_forms(text)) == same


def test_countries_with_names_of_several_forms_go_by_one() -> None:
    assert with_usual_names("U.S. and US-led forces, British aid, us") == (
        "United States and United States-led forces, United Kingdom aid, us"
    )


def test_acronyms_are_known_from_their_brackets() -> None:
    text = (
        "The Shanghai Cooperation Organisation (SCO) and the Center for Research and Security"
        " Studies (CRSS) met the Council (UNO), three states (BBC)."
    )
    assert introduced(text) == {
        "SCO": "Shanghai Cooperation Organisation",
        "CRSS": "Center for Research and Security Studies",
    }


@pytest.mark.parametrize(
    ("claim", "texts", "is_name"),
    [
        ("Iran joined the league in 2019.", ["The league admitted Iran in 2023."], True),
        ("Zimbabwe joined the league.", ["The league has nine members."], True),
        ("Zimbabwe in the league.", ["The league has nine members."], False),
        ("Gunmen attacked the town.", ["Two gunmen came. Gunmen left."], False),
        ("Police closed the road.", ["The road was closed."], False),
        ("Drivers stopped.", ["Drivers stopped. Drivers went."], False),
        ("The league grew.", ["The league grew."], False),
        ("1,200 came.", ["1,200 came."], False),
    ],
)
def test_the_first_word_of_a_claim_is_a_name_where_the_texts_write_it_so(
    claim: str, texts: list[str], is_name: bool
) -> None:
    assert opens_with_name(claim, texts) is is_name
