"""Judging claims: what bears them out, what contradicts them, and where it stands."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.passages import Passage
from footnote.index.results import Verdict
from footnote.index.support.entailment import Entailed
from footnote.index.support.judge import Judge, Judgement
from tests.index.home import Home

BEES = (
    "The waggle dance of honeybees was decoded by Karl Frisch in 1927. "
    "Each waggle tells how distant the nectar stands.\n\n"
    "The lighthouse keeper counted 300 ships before breakfast. He was not paid for the counting."
)


@pytest.fixture(scope="module")
def passage_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    home = Home(Path(tmp_path_factory.mktemp("home")))
    home.write("bees", BEES, title="Bees")
    made = PassageIndex.in_home(home.place / "home", home.store, home.model)
    made.lock.acquire("a test")
    made.sync()
    yield made
    made.close()


@pytest.fixture
def passages(passage_index: PassageIndex) -> list[Passage]:
    return list(passage_index.build().catalogue.passages(range(1, 100)).values())


def quoted(judgement: Judgement) -> str:
    assert judgement.span
    return judgement.span.of(BEES)


def test_a_claim_that_is_borne_out_gets_its_sentence(
    passage_index: PassageIndex, passages: list[Passage]
) -> None:
    judged = Judge(passage_index).judge("Karl Frisch decoded the waggle dance in 1927.", passages)
    assert judged.verdict is Verdict.SUPPORTED
    assert quoted(judged).startswith("The waggle dance of honeybees")
    assert quoted(judged).endswith("in 1927.")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Karl Frisch decoded Honeybees.", Verdict.SUPPORTED),
        ("Karl Frisch married Honeybees.", Verdict.UNFOUND),
        ("Karl Frisch invented the waggle.", Verdict.UNFOUND),
    ],
)
def test_what_a_short_claim_says_of_its_names_has_to_be_said(
    passage_index: PassageIndex, passages: list[Passage], claim: str, verdict: Verdict
) -> None:
    assert Judge(passage_index).judge(claim, passages).verdict is verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("The lighthouse keeper counted 300 ships before breakfast.", Verdict.SUPPORTED),
        ("The lighthouse keeper counted 300 gulls before breakfast.", Verdict.UNFOUND),
        ("The waggle song of honeybees was decoded by Karl Frisch in 1927.", Verdict.UNFOUND),
        ("Karl Frisch decoded the waggle dance in 1927 and mended rare clocks.", Verdict.UNFOUND),
    ],
)
def test_another_word_in_the_place_of_one_is_not_supported(
    passage_index: PassageIndex, passages: list[Passage], claim: str, verdict: Verdict
) -> None:
    judged = Judge(passage_index).judge(claim, passages)
    assert judged.verdict is verdict
    assert judged.likeness > 0.55  # it is not for want of likeness


@pytest.mark.parametrize(
    "claim",
    [
        "The waggle dance of honeybees was decoded by Karl Frisch in 1928.",
        "The lighthouse keeper counted 30 ships before breakfast.",
        "The waggle dance of honeybees was not decoded by Karl Frisch.",
        "The waggle dance of honeybees decoded Karl Frisch in 1927.",
    ],
)
def test_another_figure_a_denial_and_a_swap_are_contradicted(
    passage_index: PassageIndex, passages: list[Passage], claim: str
) -> None:
    judged = Judge(passage_index).judge(claim, passages)
    assert judged.verdict is Verdict.CONTRADICTED
    assert judged.score < 0.5
    assert quoted(judged) in BEES


@pytest.mark.parametrize(
    "claim",
    [
        "The waggle dance was first seen in 1788.",  # 1927 is when it was decoded
        "The lighthouse has 30 windows.",  # the 300 are ships
        "Karl Frisch was born in 1886.",
        "Breakfast was paid for.",  # "not paid" was the counting
    ],
)
def test_another_figure_or_denial_of_something_else_contradicts_nothing(
    passage_index: PassageIndex, passages: list[Passage], claim: str
) -> None:
    assert Judge(passage_index).judge(claim, passages).verdict is Verdict.UNFOUND


@pytest.mark.parametrize(
    "mark", ["", " [1]", "[1][2]", "¹", " (1)", " 【4†source】", "[1](https://a.org/b)"]
)
def test_an_exact_quotation_is_supported_whatever_mark_it_bears(
    passage_index: PassageIndex, passages: list[Passage], mark: str
) -> None:
    judge = Judge(passage_index)
    for sentence in BEES.replace("\n\n", " ").split(". "):
        claim = f"“{sentence.rstrip('.')}.”{mark}"
        judged = judge.judge(claim, passages)
        assert (judged.verdict, judged.score) == (Verdict.SUPPORTED, 1.0), claim
        assert sentence in quoted(judged)


def test_of_a_claim_of_several_sentences_each_has_to_be_supported(
    passage_index: PassageIndex, passages: list[Passage]
) -> None:
    def verdict(claim: str) -> Verdict:
        return Judge(passage_index).judge(claim, passages).verdict

    right = "Karl Frisch decoded the waggle dance in 1927. He was not paid for the counting. [2]"
    assert verdict(right) is Verdict.SUPPORTED
    assert verdict(f"{right} Elephants paint ceilings.") is Verdict.UNFOUND
    assert verdict(f"{right} The lighthouse keeper counted 30 ships before breakfast.") is (
        Verdict.CONTRADICTED
    )
    assert verdict("Karl Frisch decoded the waggle dance in 1927. " * 21) is Verdict.UNFOUND


@pytest.mark.parametrize("claim", ["Elephants paint ceilings.", "", "?!", "🐝"])
def test_what_the_passages_do_not_speak_of_is_not_found(
    passage_index: PassageIndex, passages: list[Passage], claim: str
) -> None:
    judged = Judge(passage_index).judge(claim, passages)
    assert (judged.verdict, judged.passage, judged.span) == (Verdict.UNFOUND, None, None)


def test_without_passages_nothing_is_found(passage_index: PassageIndex) -> None:
    assert Judge(passage_index).judge("Bees dance.", []).verdict is Verdict.UNFOUND


def test_a_passage_that_is_no_longer_indexed_is_read_anew(
    passage_index: PassageIndex, passages: list[Passage]
) -> None:
    from dataclasses import replace

    gone = [replace(passage, key=10_000 + passage.key) for passage in passages]
    claim = "Karl Frisch decoded the waggle dance in 1927."
    judge = Judge(passage_index)
    there, again = judge.judge(claim, passages), judge.judge(claim, gone)
    assert again.score == pytest.approx(there.score)
    assert again.span == there.span


class Decided:
    """An entailment model that has made up its mind, and remembers what it was shown."""

    def __init__(self, entailed: float, contradicted: float) -> None:
        self.entailed = Entailed(entailed, contradicted)
        self.read_pairs: list[tuple[str, str]] = []

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Entailed]:
        self.read_pairs += pairs
        return [self.entailed] * len(pairs)


CLAIM = "Karl Frisch decoded the waggle dance in 1927."


@pytest.mark.parametrize(
    ("entailed", "contradicted", "verdict"),
    [
        (0.9, 0.05, Verdict.SUPPORTED),
        (0.1, 0.1, Verdict.UNFOUND),
        (0.05, 0.9, Verdict.CONTRADICTED),
    ],
)
def test_an_entailment_model_has_the_last_word(
    passage_index: PassageIndex,
    passages: list[Passage],
    entailed: float,
    contradicted: float,
    verdict: Verdict,
) -> None:
    model = Decided(entailed, contradicted)
    judged = Judge(passage_index, entailment=model).judge(CLAIM, passages)
    assert judged.verdict is verdict
    assert judged.score == pytest.approx(entailed)
    premise, hypothesis = model.read_pairs[0]
    assert premise.startswith("Bees. The waggle dance of honeybees was decoded")
    assert hypothesis == CLAIM


def test_no_entailment_model_makes_a_wrong_figure_right(
    passage_index: PassageIndex, passages: list[Passage]
) -> None:
    judge = Judge(passage_index, entailment=Decided(1.0, 0.0))
    judged = judge.judge(CLAIM.replace("1927", "1928"), passages)
    assert judged.verdict is Verdict.CONTRADICTED


def test_other_names_of_a_thing_are_the_same_once_they_are_in_the_file(
    passage_index: PassageIndex, passages: list[Passage]
) -> None:
    claim = "Professor Karl decoded the wiggle of honeybees in 1927."
    judge = Judge(passage_index)
    assert judge.judge(claim, passages).verdict is Verdict.UNFOUND
    file = passage_index.aliases.file
    file.write_text("Karl Frisch = Professor Karl\nwaggle dance = wiggle\n")
    try:
        assert judge.judge(claim, passages).verdict is Verdict.SUPPORTED
    finally:
        file.unlink()


def test_a_claim_held_against_one_passage_after_another_is_encoded_once(
    passage_index: PassageIndex, passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[str] = []
    encode = passage_index.model.encode_query
    monkeypatch.setattr(
        passage_index.model, "encode_query", lambda text: encoded.append(text) or encode(text)
    )
    judge = Judge(passage_index)
    for passage in [*passages, *passages]:
        judge.judge(CLAIM, [passage])
    assert encoded == [CLAIM]
    other = CLAIM.replace("1927", "1928")
    assert judge.judge(other, passages).verdict is Verdict.CONTRADICTED
    assert encoded == [CLAIM, other]
    assert judge.judge(CLAIM, passages) == Judge(passage_index).judge(CLAIM, passages)


def test_a_claim_that_takes_a_date_from_what_is_said_of_another_name_is_not_supported(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    home.write(
        "museum",
        "Anna Berg was the first to lead the museum, and Erik Lund has led it since May 2019.",
        title="Museum",
    )
    made = PassageIndex.in_home(home.place / "home", home.store, home.model)
    made.lock.acquire("a test")
    made.sync()
    there = list(made.build().catalogue.passages(range(1, 100)).values())
    judge = Judge(made)
    wrong = judge.judge("Anna Berg has led the museum since May 2019.", there)
    right = judge.judge("Erik Lund has led the museum since May 2019.", there)
    made.close()
    assert (wrong.verdict, right.verdict) == (Verdict.UNFOUND, Verdict.SUPPORTED)


def test_a_claim_is_not_supported_by_what_another_did_in_that_year(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write(
        "league",
        "Iran became the ninth member of the league in July 2023.\n\n"
        "Sysoyev led its office from 2016 to 2018, and Giyosov from January 2019 on.",
        title="The Lorne League (LL)",
    )
    home.sync()
    with home.open() as made:
        found = made.build().catalogue.passages_of("league")
        judge = Judge(made)
        for claim in ("Iran joined the LL in 2019.", "Zimbabwe joined the LL in July 2023."):
            assert judge.judge(claim, found).verdict is not Verdict.SUPPORTED


def test_what_is_only_asked_for_is_not_supported_by_another_sentence_of_the_article(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    home.write(
        "ferry",
        "Residents of Arvik have demanded that the ferry stop serving the islands.\n\n"
        "The ferry goes on serving the islands of Arvik and the mainland in every weather.",
        title="The ferry of Arvik",
    )
    home.sync()
    with home.open() as made:
        found = made.build().catalogue.passages_of("ferry")
        judge = Judge(made)
        stops = judge.judge("The ferry of Arvik will stop serving the islands.", found)
        goes_on = judge.judge("The ferry of Arvik goes on serving the islands.", found)
    assert (stops.verdict, goes_on.verdict) == (Verdict.UNFOUND, Verdict.SUPPORTED)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Arvik joined the league of ports before Brekka.", Verdict.UNFOUND),
        ("The league of ports has fewer than eight ports.", Verdict.UNFOUND),
        ("The league of ports has more than eight ports.", Verdict.SUPPORTED),
    ],
)
def test_what_the_sentence_does_not_say_is_not_supported_by_its_words(
    tmp_path: Path, claim: str, verdict: Verdict
) -> None:
    home = Home(tmp_path)
    home.write(
        "league",
        "The members of the league of ports are Arvik, Brekka and Skarvik. "
        "The league of ports has ten ports.\n\nSix ports of the league are in the north.",
        title="The league of ports",
    )
    home.sync()
    with home.open() as made:
        found = made.build().catalogue.passages_of("league")
        assert Judge(made).judge(claim, found).verdict is verdict


def test_who_left_an_office_by_a_newer_report_holds_it_by_none(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for name, day, text in (
        ("old", "2021-05-20", "The head of the water office is Edna Moor."),
        ("new", "2025-08-11", "Edna Moor resigned as head of the water office in January 2025."),
    ):
        head = f"---\ntitle: {name}\ndate: {day}\nlanguage: en\n---\n\n"
        home.put(name, f"{head}{text}\n".encode())
    home.sync()
    with home.open() as made:
        found = [*made.build().catalogue.passages_of("old")]
        found += made.build().catalogue.passages_of("new")
        judge = Judge(made)
        now = judge.judge("Edna Moor is the head of the water office.", found)
        before = judge.judge("Edna Moor was the head of the water office.", found)
        by_the_old = judge.judge("Edna Moor is the head of the water office.", found[:1])
    assert now.verdict is Verdict.UNFOUND
    assert before.verdict is by_the_old.verdict is Verdict.SUPPORTED
