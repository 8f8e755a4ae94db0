from footnote.index.facts.comparison import Facts
from footnote.index.facts.units import units
from footnote.index.words import stemmed


def facts(text: str) -> Facts:
    return Facts(text, "en", lambda word: next(iter(stemmed(word, "en")), ""), opening=True)


def test_text_is_words_whole_names_figures_and_marks_without_articles_and_auxiliaries() -> None:
    found = units(facts("Ilse van Wolf has sold the “old mill” to Hans Ott for 4,000 euros."))
    assert [(unit.text, unit.kind) for unit in found] == [
        ("Ilse", "name"), ("van", "word"), ("Wolf", "name"), ("sold", "word"), ("old", "word"),
        ("mill", "word"), ("to", "small"), ("Hans Ott", "name"), ("for", "small"),
        ("4,000", "figure"), ("euros", "word"), (".", "mark"),
    ]  # fmt: skip


def test_participle_after_be_is_passive_whatever_adverb_is_between() -> None:
    passive = {u.text: u.passive for u in units(facts("It was later sold. He had sold it."))}
    assert passive["sold"] is False  # the second
    [sold] = [u for u in units(facts("It was later sold.")) if u.text == "sold"]
    assert sold.passive


def test_name_is_known_again_by_any_of_its_words_and_their_endings() -> None:
    [whole, *_] = units(facts("Nisar Ali Khan left."))
    [last, *_] = units(facts("Khan’s house burnt."))
    [country, *_] = units(facts("Pakistani troops left."))
    [people, *_] = units(facts("Pakistan left."))
    assert whole.is_same(last)
    assert country.is_same(people)
    assert not whole.is_same(people)
