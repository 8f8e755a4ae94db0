import math
import resource
import secrets
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.lexical import LexicalEntry, LexicalIndex
from footnote.index.keeping.tantivy_index import TantivyIndex
from footnote.index.keeping.words_engines import SharedWords
from footnote.index.words import field_of
from tests.index.fakes import WordsInMemory


@pytest.fixture(scope="module")
def analysing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyIndex]:
    index = TantivyIndex(tmp_path_factory.mktemp("analysing"), create=True)
    yield index
    index.close()


@pytest.fixture(params=["tantivy", "shared", "memory"])
def lexical(
    request: pytest.FixtureRequest, analysing: TantivyIndex, tmp_path: Path
) -> Iterator[LexicalIndex]:
    match request.param:
        case "tantivy":
            index: LexicalIndex = TantivyIndex(tmp_path, create=True)
        case "shared":
            shared = SharedWords(f"memory://{secrets.token_hex(8)}")
            index = shared.create(tmp_path / "words", "key/build-1")
        case _:
            index = WordsInMemory(analysing.terms)
    yield index
    index.close()


def fill(lexical: LexicalIndex, *texts: str, language: str | None = "en") -> None:
    """Passages with the keys 0, 1, 2 …"""
    lexical.add([LexicalEntry(key, text, language) for key, text in enumerate(texts)])
    lexical.commit()


def found(
    lexical: LexicalIndex, query: str, language: str | None = "en", **options: Any
) -> dict[int, float]:
    field = field_of(language)
    terms = dict.fromkeys(lexical.terms(query, field), 1.0)
    return lexical.search(terms, field, **{"limit": 10, **options})


def test_score_is_what_bm25_by_hand_gives_as_a_share_of_the_highest(lexical: LexicalIndex) -> None:
    fill(lexical, "river river flood", "river", "mountain snow")
    # 3 passages of 2 words on average; "river" in 2 of them, "flood" in 1.
    river, flood = math.log(1 + 1.5 / 2.5), math.log(1 + 2.5 / 1.5)
    first = river * 2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2)) + flood / (
        1 + 1.2 * (0.25 + 0.75 * 3 / 2)
    )
    second = river / (1 + 1.2 * (0.25 + 0.75 * 1 / 2))
    expected = {0: first / (river + flood), 1: second / (river + flood)}
    assert found(lexical, "river flood") == pytest.approx(expected, rel=1e-5)
    assert lexical.idf("flood", "en") == pytest.approx(flood)


def test_word_is_held_in_the_field_of_its_language_alone(lexical: LexicalIndex) -> None:
    fill(lexical, "river flood")
    assert lexical.holds("river", "en")
    assert not lexical.holds("mountain", "en")
    assert not lexical.holds("river", "de")


def test_passages_that_have_all_of_the_words_are_counted(lexical: LexicalIndex) -> None:
    fill(lexical, "river flood", "river", "flood river snow")
    assert lexical.holding(["river", "flood"], "en") == 2
    assert lexical.holding(["river", "mountain"], "en") == 0
    assert lexical.holding([], "en") == 0


def test_words_some_letters_apart_are_near(lexical: LexicalIndex) -> None:
    fill(lexical, "Balochistan", "Pashinyan", "Fasaad")
    assert lexical.near("balochsitan", "en", edits=1, limit=5) == [0]
    assert lexical.near("pashinian", "en", edits=1, limit=5) == [1]
    assert lexical.near("pasinian", "en", edits=1, limit=5) == []
    assert lexical.near("pasinian", "en", edits=2, limit=5) == [1]
    assert lexical.near("fasad", "de", edits=2, limit=5) == []


def test_weights_of_a_follow_up_s_words_count_in_score_and_highest(lexical: LexicalIndex) -> None:
    fill(lexical, "river", "flood", "mountain snow")
    alike = lexical.search({"river": 1.0, "flood": 1.0}, "en", limit=5)
    weighted = lexical.search({"river": 1.0, "flood": 0.25}, "en", limit=5)
    assert alike[0] == pytest.approx(alike[1])
    assert list(weighted) == [0, 1]
    assert weighted[1] / weighted[0] == pytest.approx(0.25)
    assert weighted[0] == pytest.approx(alike[0] * 2 / 1.25)


WORD = st.sampled_from(["river", "flood", "snow", "Kabul", "the"])


@settings(max_examples=25)
@given(
    st.lists(st.lists(WORD, max_size=6).map(" ".join), min_size=1, max_size=6),
    st.lists(WORD, min_size=1, max_size=4).map(" ".join),
    st.sets(st.integers(0, 5)),
)
def test_real_and_in_memory_give_the_same_scores_and_none_above_1(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str, among: set[int]
) -> None:
    real = TantivyIndex(tmp_path_factory.mktemp("words"), create=True)
    fake = WordsInMemory(real.terms)
    fill(real, *texts)
    fill(fake, *texts)
    every: list[dict[str, Any]] = [{}, {"among": among}]
    for options in every:
        scores = found(real, query, **options)
        assert scores == pytest.approx(found(fake, query, **options), rel=1e-4)
        assert all(0 < score <= 1 for score in scores.values())
        assert list(scores.values()) == sorted(scores.values(), reverse=True)
    real.close()


def test_only_wanted_passages_are_found_and_no_more_than_wanted(lexical: LexicalIndex) -> None:
    fill(lexical, "river", "river bank", "river bank flood", "snow")
    assert list(found(lexical, "river", limit=2)) == [0, 1]
    assert set(found(lexical, "river", limit=50)) == {0, 1, 2}
    assert set(found(lexical, "river", among=[1, 2, 3, 99])) == {1, 2}
    assert found(lexical, "river", among=[]) == {}


@pytest.mark.parametrize("among", [[1], range(1, 500)])
def test_score_is_the_same_among_few_or_many_as_among_all(
    lexical: LexicalIndex, among: Collection[int]
) -> None:
    fill(lexical, "river", "river bank", "snow")
    assert found(lexical, "river", among=among) == pytest.approx({1: found(lexical, "river")[1]})


@pytest.mark.parametrize("query", ["", "the of and", "?!", "unheardof"])
def test_query_without_known_words_finds_nothing(lexical: LexicalIndex, query: str) -> None:
    fill(lexical, "river", "snow")
    assert found(lexical, query) == {}


def test_nothing_is_found_where_there_is_nothing(lexical: LexicalIndex) -> None:
    assert found(lexical, "river") == {}
    assert lexical.count() == 0


def test_added_and_removed_are_seen_after_commit(lexical: LexicalIndex) -> None:
    lexical.add([LexicalEntry(1, "river", "en")])
    assert found(lexical, "river") == {}
    lexical.commit()
    lexical.remove([1, 2])
    assert list(found(lexical, "river")) == [1]
    lexical.commit()
    assert found(lexical, "river") == {}
    assert lexical.count() == 0


def test_word_is_held_while_a_passage_in_its_language_has_it(lexical: LexicalIndex) -> None:
    fill(lexical, "river", "snow")
    assert lexical.holds("river", "en")
    assert not lexical.holds("river", "de")
    assert not lexical.holds("flood", "en")
    lexical.remove([0])
    lexical.commit()
    assert not lexical.holds("river", "en")
    assert lexical.holds("snow", "en")


def test_removing_what_is_not_there_changes_nothing(lexical: LexicalIndex) -> None:
    fill(lexical, "river")
    lexical.remove([5, 6])
    lexical.remove([])
    lexical.commit()
    assert lexical.count() == 1


def test_added_and_removed_before_the_same_commit_is_not_there(lexical: LexicalIndex) -> None:
    lexical.add([LexicalEntry(1, "river", "en"), LexicalEntry(2, "river", "en")])
    lexical.remove([1])
    lexical.commit()
    assert list(found(lexical, "river")) == [2]


def test_scores_stay_from_0_to_1_after_most_passages_were_removed(lexical: LexicalIndex) -> None:
    fill(lexical, *["river flood"] * 20, "river snow")
    lexical.remove(range(20))
    lexical.commit()
    assert 0 < found(lexical, "river snow")[20] <= 1
    assert lexical.idf("river", "en") > 0


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("en", "The attackers killed many lawyers.", "attacker killing a lawyer"),
        ("en-GB", "The attackers fled.", "attacker"),
        ("de", "Die Häuser der Kinder brannten.", "haus kind"),
        ("ru", "Боевики атаковали больницы.", "больница боевик"),
        ("es", "Las inundaciones destruyeron pueblos.", "inundación pueblo"),
        ("fr", "Les écoles étaient fermées.", "ecole fermée"),
        ("zh", "会议在北京举行。", "北京会议"),
        ("ja", "東京で会議が開かれた。", "東京"),
        ("ur", "کوئٹہ میں حملہ ہوا", "کوئٹہ"),
        ("xx", "Blorp fnord", "FNORD"),
        (None, "Kabul fell", "kabul"),
    ],
)
def test_words_are_found_in_the_forms_of_their_language(
    lexical: LexicalIndex, language: str | None, text: str, query: str
) -> None:
    fill(lexical, text, "Etwas ganz anderes", language=language)
    assert list(found(lexical, query, language)) == [0]


def test_unknown_language_is_not_stemmed(lexical: LexicalIndex) -> None:
    fill(lexical, "rivers", language="xx")
    assert found(lexical, "river", "xx") == {}


def test_words_of_one_language_are_not_found_in_another(lexical: LexicalIndex) -> None:
    lexical.add(
        [
            LexicalEntry(1, "Gift", "en"),
            LexicalEntry(2, "Gift", "de"),
            LexicalEntry(3, "Gift", None),
        ]
    )
    lexical.commit()
    assert [list(found(lexical, "gift", code)) for code in ("en", "de", None)] == [[1], [2], [3]]


def test_score_does_not_fall_because_most_passages_are_in_another_language(
    lexical: LexicalIndex,
) -> None:
    german, english = "Anwälte starben gestern", "lawyers died yesterday"
    lexical.add([LexicalEntry(key, f"{german} hier{key}", "de") for key in range(2)])
    lexical.add([LexicalEntry(key, f"{english} here{key}", "en") for key in range(2, 100)])
    lexical.commit()
    assert found(lexical, "Anwälte", "de")[0] == pytest.approx(
        found(lexical, "lawyers")[2], rel=0.05
    )


def test_decomposed_letters_are_found_as_composed_ones(lexical: LexicalIndex) -> None:
    fill(lexical, "Präsident", language="de")
    assert list(found(lexical, "Pra\u0308sident", "de")) == [0]


@pytest.mark.parametrize(
    "query",
    [
        "river " * 10_000,
        " ".join(f"word{n}" for n in range(10_000)) + " river",
        '"river" AND NOT +river -(river OR "',
        "river\0 \ud800 *:^~ text:river [a TO z]",
        "river" + "x" * 100_000 + " river",
        "RIVER\u200b\u2028river",
    ],
)
def test_hostile_query_is_nothing_but_words(lexical: LexicalIndex, query: str) -> None:
    fill(lexical, "river bank", "snow")
    assert list(found(lexical, query)) == [0]


def test_hostile_text_is_found_by_its_words(lexical: LexicalIndex) -> None:
    fill(lexical, "en:river every \0 " + "y" * 70_000, language=None)
    assert list(found(lexical, "every", None)) == [0]
    assert found(lexical, "river", "en") == {}


def test_words_are_there_when_opened_again(tmp_path: Path) -> None:
    lexical = TantivyIndex(tmp_path, create=True)
    fill(lexical, "river", "snow")
    lexical.add([LexicalEntry(9, "never committed", "en")])
    lexical.close()
    lexical = TantivyIndex(tmp_path)
    assert (list(found(lexical, "river")), lexical.count()) == ([0], 2)
    fill(lexical, "flood")
    assert lexical.count() == 3


def test_words_added_after_the_disk_was_full_are_there(tmp_path: Path) -> None:
    lexical = TantivyIndex(tmp_path, create=True)
    fill(lexical, "river")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            fill(lexical, *(" ".join(f"word{n}x{m}" for m in range(300)) for n in range(300)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    lexical.add([LexicalEntry(9, "flood", "en")])
    lexical.commit()
    assert (set(found(lexical, "flood river")), lexical.count()) == ({0, 9}, 2)
    lexical.close()


def test_folder_without_words_is_not_opened_as_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(IndexUnreadable, match=r"meta\.json is missing"):
        TantivyIndex(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff garbage"])
def test_broken_folder_is_unreadable(tmp_path: Path, content: bytes) -> None:
    TantivyIndex(tmp_path, create=True).close()
    (tmp_path / "meta.json").write_bytes(content)
    with pytest.raises(IndexUnreadable, match="Tantivy cannot open"):
        TantivyIndex(tmp_path)


def test_no_file_changes_once_it_is_settled_and_words_can_be_added_after_that(
    tmp_path: Path,
) -> None:
    lexical = TantivyIndex(tmp_path / "many", create=True)
    for key in range(60):
        lexical.add([LexicalEntry(key, f"lighthouse keeper number {key}", "en")])
        lexical.commit()
    lexical.wait_for_merges()

    def files() -> dict[str, int]:
        return {f.name: f.stat().st_mtime_ns for f in (tmp_path / "many").glob("*.*")}

    before = files()
    time.sleep(0.3)
    assert files() == before
    assert lexical.count() == 60
    lexical.wait_for_merges()
    lexical.add([LexicalEntry(99, "a ferry", "en")])
    lexical.commit()
    assert list(lexical.search({"ferri": 1.0}, "en", limit=5)) == [99]
    lexical.close()
