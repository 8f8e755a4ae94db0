import pytest

from footnote.index.facts.countries import names_a_country


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("France mediated.", True),
        ("A French envoy came.", True),
        ("All member states signed.", True),
        ("Kestria mediated.", False),
        ("Ida Holt mediated.", False),
    ],
)
def test_country_is_known_by_the_names_of_countries(text: str, names: bool) -> None:
    assert names_a_country(text) is names


@pytest.mark.parametrize(
    ("text", "beside", "names"),
    [
        ("Kestria mediated.", "Kestria's president, Marta Osei, spoke.", True),
        ("Kestria mediated.", "She is the prime minister of Kestria.", True),
        ("Kestria mediated.", "The Republic of Kestria paid.", True),
        ("Kestria mediated.", "The Ministry of Health of Kestria paid.", True),
        ("Kestria mediated.", "Kestria's mayor, Marta Osei, spoke.", False),
        ("Marta Osei mediated.", "Kestria's president, Marta Osei, spoke.", False),
    ],
)
def test_country_that_no_list_has_is_known_by_what_only_a_country_has(
    text: str, beside: str, names: bool
) -> None:
    assert names_a_country(text, beside) is names
