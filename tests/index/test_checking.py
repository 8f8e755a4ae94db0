"""Checking: what the articles bear out, and what they do not."""

import time
from pathlib import Path

import pytest

from footnote.index.checking import MAX_SENTENCES, Checker
from footnote.index.finding.finder import Finder
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.result_json import to_json
from footnote.index.results import Abstention, Checked, CheckedSentence, Reason, Verdict
from tests.index.home import Home

TEXT = (
    "The waggle dance of honeybees was decoded by Karl Frisch in 1927. "
    "Each waggle tells how distant the nectar stands.\n\n"
    "The lighthouse keeper counted 300 ships before breakfast."
)


@pytest.fixture
def passage_index(tmp_path: Path) -> PassageIndex:
    home = Home(tmp_path)
    home.write("bees", TEXT, title="Bees")
    home.write("tea", "Grünen Tee brüht Anna Meier kurz auf.", title="Tee", language="de")
    made = PassageIndex.in_home(tmp_path / "home", home.store, home.model)
    made.lock.acquire("a test")
    made.sync()
    return made


def supported(passage_index: PassageIndex, claim: str) -> list[str | None]:
    sentences = Checker(passage_index).check(claim).sentences
    return [
        s.citation.quotation if s.citation and s.verdict is Verdict.SUPPORTED else None
        for s in sentences
    ]


@pytest.mark.parametrize(
    "claim",
    [
        "The waggle dance of honeybees was decoded by Karl Frisch in 1927.",
        "Karl Frisch decoded the waggle dance of honeybees.",
        "In 1927 Frisch's work decoded the waggle dance of honeybees.",
    ],
)
def test_a_claim_is_shown_with_the_sentence_that_says_it(
    passage_index: PassageIndex, claim: str
) -> None:
    [quotation] = supported(passage_index, claim)
    assert quotation == "The waggle dance of honeybees was decoded by Karl Frisch in 1927."


@pytest.mark.parametrize(
    "claim",
    [
        "The waggle dance of honeybees was decoded by Karl Frisch in 1928.",
        "The waggle dance of honeybees was decoded by Karl Lorenz in 1927.",
        "The lighthouse keeper counted 30 ships before breakfast.",
        "Elephants paint ceilings.",
    ],
)
def test_another_number_or_name_is_another_claim(passage_index: PassageIndex, claim: str) -> None:
    assert supported(passage_index, claim) == [None]


def test_a_figure_that_differs_is_contradicted_by_the_sentence_that_has_another(
    passage_index: PassageIndex,
) -> None:
    claim = "The lighthouse keeper counted 30 ships before breakfast."
    [sentence] = Checker(passage_index).check(claim).sentences
    assert sentence.verdict is Verdict.CONTRADICTED
    assert sentence.citation
    assert sentence.citation.quotation.startswith("The lighthouse keeper counted 300 ships")


def test_one_word_in_common_is_no_support(passage_index: PassageIndex) -> None:
    [sentence] = Checker(passage_index).check("Honeybees sleep in winter.").sentences
    assert (sentence.verdict, sentence.citation) == (Verdict.UNFOUND, None)


def test_a_verdict_and_its_citation_go_together() -> None:
    for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        with pytest.raises(ValueError, match="do not agree"):
            CheckedSentence("Bees dance.", None, verdict)


def test_checked_text_as_json(passage_index: PassageIndex) -> None:
    text = "Karl Frisch decoded the waggle dance of honeybees. Elephants paint ceilings."
    checked = Checker(passage_index).check(text)
    assert isinstance(checked, Checked)
    written = to_json(checked)
    assert [sentence["verdict"] for sentence in written["sentences"]] == [
        "supported",
        "nothing found",
    ]
    [citation] = written["sentences"][0]["citations"]
    assert TEXT[citation["start"] : citation["end"]] == citation["quotation"]
    assert written["sentences"][1]["citations"] == []


def test_german_nouns_are_not_taken_for_names(passage_index: PassageIndex) -> None:
    claim = "Anna Meier brüht den Grünen Tee kurz nach dem Frühstück auf."
    assert supported(passage_index, claim) == ["Grünen Tee brüht Anna Meier kurz auf."]


@pytest.mark.parametrize("more", ["", f"\n{TEXT}"])
def test_of_a_text_in_no_articles_language_it_is_said_which_they_are(
    passage_index: PassageIndex, more: str
) -> None:
    checked = Checker(passage_index).check(f"Слоны расписывают потолки и красят стены.{more}")
    assert isinstance(checked, Checked)
    assert checked.languages == (() if more else ("de", "en"))
    assert to_json(checked).get("languages") == (None if more else ["de", "en"])
    assert Checker(passage_index).check("Elephants paint ceilings.").languages == ()


def test_sentences_are_numbered_in_order_and_those_without_support_have_none(
    passage_index: PassageIndex,
) -> None:
    text = f"Elephants paint ceilings.\n{TEXT}"
    checked = Checker(passage_index).check(text)
    assert [s.citation.n if s.citation else None for s in checked.sentences] == [None, 1, 2, 3]
    assert list(checked.citations) == [1, 2, 3]
    assert not checked.left


def test_each_sentence_is_told_of_as_soon_as_it_is_checked(passage_index: PassageIndex) -> None:
    told: list[CheckedSentence] = []
    checked = Checker(passage_index).check(f"Elephants paint ceilings. {TEXT}", told.append)
    assert told == list(checked.sentences)


def test_what_is_pasted_out_of_an_answer_is_supported_with_its_marks_and_sources(
    passage_index: PassageIndex,
) -> None:
    pasted = " [1]\n".join(TEXT.replace("\n\n", " ").split(". "))
    checked = Checker(passage_index).check(f"{pasted}[2][3]\n\nSources\n[1] Bees, bees.md")
    assert [sentence.verdict for sentence in checked.sentences] == [Verdict.SUPPORTED] * 3
    assert not any("[" in sentence.text for sentence in checked.sentences)


def test_four_thousand_characters_of_names_are_checked_in_two_seconds(
    passage_index: PassageIndex,
) -> None:
    names = " ".join(f"Karl{n % 7} Frisch{n % 5}" for n in range(400))[:4000]
    begun = time.process_time()
    Checker(passage_index).check(names)
    assert time.process_time() - begun < 2.0


def test_so_many_sentences_are_checked_and_no_more(passage_index: PassageIndex) -> None:
    checked = Checker(passage_index).check("Elephants paint. " * (MAX_SENTENCES + 1))
    assert (len(checked.sentences), checked.left) == (MAX_SENTENCES, True)


def test_where_there_are_no_articles_that_is_said_and_nothing_is_checked(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.sync()
    with home.open(keep=False) as empty:
        result = Checker(empty).check("Bees dance.")
    assert result == Abstention("Bees dance.", Reason.NO_ARTICLES)


@pytest.mark.parametrize("text", ["", "🐝", "?!\n\n…"])
def test_a_text_without_a_word_has_nothing_to_be_checked(
    passage_index: PassageIndex, text: str
) -> None:
    with pytest.raises(ValueError, match="nothing to be checked"):
        Checker(passage_index).check(text)


def test_finding_gives_the_best_sentence_of_each_passage_exactly(
    passage_index: PassageIndex,
) -> None:
    found = Finder(passage_index).find("waggle dance")
    assert found[0].quotation.startswith("The waggle dance of honeybees")
    assert [citation.n for citation in found] == list(range(1, len(found) + 1))
    passages = [(c.reference.article, c.passage) for c in found]
    assert len(set(passages)) == len(passages)
    assert Finder(passage_index).find("🐝 ?!") == []
    assert Finder(passage_index).find("elephants paint ceilings") == []


@pytest.fixture
def founded(tmp_path: Path) -> PassageIndex:
    home = Home(tmp_path)
    home.write("orlen", "The Orlen League has its seat in Brekka.", title="The Orlen League")
    text = "The Marsk Union was founded in Skarvik in 1931. Six towns founded the Marsk Union."
    home.write("marsk", text, title="The Marsk Union")
    home.write("tower", "A tower stands there. It is painted red.", title="The tower")
    made = PassageIndex.in_home(tmp_path / "home", home.store, home.model)
    made.lock.acquire("a test")
    made.sync()
    return made


def verdicts(passage_index: PassageIndex, text: str) -> list[str]:
    return [str(s.verdict) for s in Checker(passage_index).check(text).sentences]


@pytest.mark.parametrize("year", [1931, 1909])
def test_what_stands_of_another_thing_says_nothing_about_what_a_pronoun_means(
    founded: PassageIndex, year: int
) -> None:
    text = f"The Orlen League has its seat in Brekka. It was founded in Skarvik in {year}."
    assert verdicts(founded, text) == ["supported", "nothing found"]


def test_a_pronoun_is_checked_by_what_stands_of_the_thing_it_means(founded: PassageIndex) -> None:
    text = "Six towns founded the Marsk Union. It was founded in Skarvik in"
    assert verdicts(founded, f"{text} 1931.") == ["supported", "supported"]
    assert verdicts(founded, f"{text} 1909.") == ["supported", "contradicted"]


def test_a_sentence_of_which_nobody_knows_what_it_is_about_is_not_contradicted(
    founded: PassageIndex,
) -> None:
    assert verdicts(founded, "It was founded in Skarvik in 1909.") == ["nothing found"]


def test_a_sentence_that_is_quoted_is_supported_whatever_stands_before_it(
    founded: PassageIndex,
) -> None:
    assert (
        verdicts(founded, "Six towns founded the Marsk Union. It is painted red.")
        == ["supported"] * 2
    )
