"""The library: known again, looked after, taken back, erased; several that add at once."""

import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.articles.changes import KEPT_SECONDS
from footnote.bot.articles.library import Library
from footnote.bot.articles.undo import NothingToUndo
from footnote.bot.composition import Footnote, compose
from footnote.bot.settings import Settings
from footnote.corpus.article import Draft
from footnote.corpus.errors import FolderUnusable
from footnote.corpus.readers import Reading
from footnote.index.keeping.pieces import packed
from footnote.index.models.embedding import Encoded
from footnote.index.passages import embedded
from footnote.index.question import Question
from footnote.index.results import Answer
from tests.bot.commands import names
from tests.fakes import WordsModel
from tests.index import other_process


def written(seed: int, length: int = 400) -> str:
    """A text of its own for every seed, of words of four letters."""
    chosen = random.Random(seed)
    return " ".join("".join(chosen.choices("aeioklmnrst", k=4)) for _ in range(length))


def reading(text: str, title: str = "Of ferries", **known: Any) -> Reading:
    return Reading(Draft(title=title, text=text, **known))


@pytest.fixture
def library(footnote: Footnote) -> Library:
    return footnote.library


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets so many seconds pass for the changes and for the index."""
    now = time.time

    def passing(seconds: float) -> None:
        for clock in (
            "footnote.bot.articles.changes.time.time",
            "footnote.index.keeping.build.time.time",
        ):
            monkeypatch.setattr(clock, lambda: now() + seconds)

    return passing


def test_levelling_after_a_change_leaves_what_others_changed_for_later(
    library: Library, articles: Path
) -> None:
    def listed() -> list[str]:
        return [line.article for line in library.passage_index.build().catalogue.listing()]

    library.sync(among=["nothing"])  # takes the lock, and so looks at everything first
    there = listed()
    assert there
    (articles / "mine.md").write_text(written(2))
    added = library.add(reading(written(1))).article.id
    assert library.sync(among=[added]).added == (added,)
    assert sorted({*there, added}) == listed()
    assert library.sync().added == ("mine",)


# Known again


def test_the_same_text_is_here_already_whatever_its_title_and_address(library: Library) -> None:
    begun = time.time()
    added = library.add(reading(written(1)))
    assert (added.how, added.article.id) == ("added", "of-ferries")
    again = library.add(reading(written(1), "Another", url="https://example.org/1"))
    assert (again.how, again.article.id) == ("already here", "of-ferries")
    assert begun <= again.since <= time.time()


def test_what_was_put_there_by_hand_is_known_before_it_is_indexed(
    library: Library, articles: Path
) -> None:
    library.add(reading(written(1)))
    (articles / "mine.md").write_text(f"---\nurl: https://www.example.org/2\n---\n{written(2)}")
    assert library.add(reading(written(2))).article.id == "mine"
    taken = library.add(reading(written(3), url="http://example.org/2?utm_source=x"))
    assert (taken.how, taken.article.id) == ("new revision", "mine")


def test_a_change_at_the_same_address_keeps_what_the_new_one_does_not_say(library: Library) -> None:
    library.add(reading("One two three. " + written(1), url="https://example.org/1", author="Ada"))
    taken = library.add(reading("One two four five. " + written(1), url="https://example.org/1"))
    assert (taken.how, taken.words_added, taken.words_removed) == ("new revision", 2, 1)
    assert (taken.article.id, taken.article.author) == ("of-ferries", "Ada")


def test_what_somebody_wrote_into_the_head_outlives_a_new_revision(
    library: Library, articles: Path
) -> None:
    head = "url: https://example.org/2\ntags: [sea, sheep]\npage_starts: 0123456789abcdef 0 7\n"
    (articles / "mine.md").write_text(f"---\n{head}---\n{written(2)}")
    taken = library.add(reading(written(3), url="https://example.org/2"))
    assert taken.article.extra == {"tags": ["sea", "sheep"]}
    assert library.store.read("mine").extra == {"tags": ["sea", "sheep"]}


def test_a_near_copy_is_not_added_unless_it_is_wished(library: Library) -> None:
    library.add(reading(written(1)))
    library.sync()
    for copy in (f"(Agency) {written(1)}", written(1)[:1500], f"{written(1)}\n\n{written(5)}"):
        taken = library.add(reading(copy, "Another headline"))
        assert (taken.how, taken.article.id) == ("near copy", "of-ferries")
        assert taken.likeness > 0.9
    assert library.add(reading(written(1)[:1500], "Another"), copies=True).how == "added"
    assert library.add(reading(written(2), "Something else")).how == "added"


def test_what_was_changed_since_it_was_asked_about_is_not_taken_back(library: Library) -> None:
    library.add(reading(written(1)))
    [asked] = library.last_changes()
    library.rename("of-ferries", "Another title")
    with pytest.raises(NothingToUndo, match="changed meanwhile"):
        library.undo_together(asked.number)
    assert library.store.read("of-ferries").title == "Another title"
    [again] = library.last_changes()
    [undone] = library.undo_together(again.number)
    assert (undone.change, undone.title) == (again, "Of ferries")


def test_old_names_are_not_taken_for_the_new_ones(library: Library) -> None:
    """What was removed, or changed since, is not here any more."""
    library.add(reading(written(1)))
    library.sync()
    library.remove("of-ferries")
    assert library.add(reading(written(1))).how == "added"
    library.replace("of-ferries", reading(written(2)))
    assert library.add(reading(written(1), "Again")).how == "added"


def test_two_processes_that_add_the_same_at_once_add_it_once(
    footnote: Footnote, settings: Settings
) -> None:
    processes = [
        other_process.start(add_many, settings.articles, settings.home, n) for n in range(2)
    ]
    for number in range(20):
        footnote.library.add(reading(written(number), f"Title {number}"))
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    texts = [footnote.store.read(a).text for a in footnote.store.stamps()]
    assert len(texts) == 3 + 20
    assert len(set(texts)) == len(texts)


def add_many(articles: Path, home: Path, other: int) -> None:
    settings = Settings(_env_file=None, articles=articles, home=home)
    footnote = compose(settings, purpose="another", model=WordsModel())
    for number in range(20):
        footnote.library.add(reading(written(number), f"Title {number} of {other}"))
    footnote.close()


# Taken back


def test_a_file_that_was_changed_by_hand_since_is_left_alone(
    library: Library, articles: Path
) -> None:
    library.add(reading(written(1)))
    (articles / "of-ferries.md").write_text("By hand.")
    with pytest.raises(NothingToUndo, match="has been changed since it was added"):
        library.undo()
    assert (articles / "of-ferries.md").read_text() == "By hand."


def test_what_could_not_be_carried_out_cannot_be_taken_back(
    library: Library, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    before = (articles / "tea.md").read_bytes()
    with monkeypatch.context() as disk:
        disk.setattr("footnote.corpus.files_in_folder.write_whole", full)
        for change in (
            lambda: library.add(reading(written(1))),
            lambda: library.rename("tea", "Another"),
            lambda: library.replace("tea", reading(written(1))),
        ):
            with pytest.raises(FolderUnusable, match="No space left on device"):
                change()
    assert (articles / "tea.md").read_bytes() == before
    with pytest.raises(NothingToUndo):
        library.undo()


def test_a_change_that_was_written_down_and_not_made_is_struck_out_at_the_next_start(
    footnote: Footnote, settings: Settings
) -> None:
    before = footnote.store.content("tea")
    footnote.library.rename("honeybees", "Bees")
    footnote.library.changes.note("tea", "removed", "Ada", before=before, after=None)
    footnote.close()
    again = compose(settings, purpose="a test", model=WordsModel())
    assert again.library.sync().mended == ("tea was about to be removed, and was not",)
    assert again.library.undo().change.what == "renamed"
    again.close()


def test_after_a_day_nothing_can_be_taken_back(
    library: Library, passing: Callable[[float], None]
) -> None:
    library.remove("tea")
    passing(KEPT_SECONDS - 60)
    assert library.changes.last() is not None
    passing(KEPT_SECONDS + 60)
    with pytest.raises(NothingToUndo, match="nothing of the last day is left to take back"):
        library.undo()


# Erased


def holding(home: Path, *wanted: bytes) -> list[str]:
    """The files that hold any of these, anywhere in the home folder."""
    files = [file for file in home.rglob("*") if file.is_file()]
    return sorted(
        str(file.relative_to(home))
        for file in files
        if any(part in file.read_bytes() for part in wanted)
    )


def words_are_gone(footnote: Footnote) -> bool:
    """Tantivy packs its words; but how rare a word is counts removed passages, until they go."""
    lexical = footnote.passage_index.build().lexical
    return lexical.idf("zymurgist", "other") == lexical.idf("neverwritten", "other")


def test_erased_means_gone_from_every_file(
    footnote: Footnote, home: Path, articles: Path, passing: Callable[[float], None]
) -> None:
    library, secret = footnote.library, "The quixotic zymurgist hid marzipan under the viaduct."
    for number in range(3):
        library.add(reading(written(number), f"Title {number}"))
    library.add(reading(f"{secret} {written(9)}", "A secret", url="https://example.org/zymurgy"))
    library.sync()
    passages = footnote.passage_index.build().catalogue.passages(range(99)).values()
    first = next(p for p in passages if p.title == "A secret")
    vector = WordsModel().embed_passages([embedded(first.text, first.title, None)]).tobytes()
    said = (secret.encode(), packed(f"{secret} {written(9)}"), b"zymurg", vector)
    assert [Path(file).parts[3] for file in holding(home, *said)] == [
        *("catalogue.sqlite", "vectors")
    ]
    library.remove("a-secret")
    library.sync()
    assert "changes.sqlite" in holding(home, *said)  # it can be brought back
    assert all("catalogue" not in file for file in holding(home, *said))
    assert not words_are_gone(footnote)
    passing(KEPT_SECONDS + 60)
    library.sync()
    assert holding(home, *said) == []
    assert words_are_gone(footnote)
    assert names(articles) == ["honeybees", "lighthouse", "tea", "title-0", "title-1", "title-2"]
    build = footnote.passage_index.build()
    live = build.catalogue.keys()
    assert build.vectors.count() == build.lexical.count() == len(live)
    rows = build.vectors.stored(live)
    texts = [f"{p.title}\n{p.text}" for p in build.catalogue.passages(live).values()]
    assert rows == pytest.approx(WordsModel().embed_passages(texts), abs=1e-6)


def test_the_index_shrinks_at_once_when_most_of_it_is_removed(
    footnote: Footnote, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.index.keeping.build._MIN_CLEARED", 5)
    library = footnote.library
    for number in range(6):
        library.add(reading(written(number), f"Title {number}"))
    library.sync()
    before = footnote.passage_index.build().folder
    for number in range(5):
        library.remove(f"title-{number}")
    library.sync()
    build = footnote.passage_index.build()
    assert build.folder != before
    assert not before.exists()
    assert build.vectors.count() == len(build.catalogue.keys())


def test_who_added_what_is_kept_for_as_long_as_it_is_there(
    library: Library, passing: Callable[[float], None]
) -> None:
    library.add(reading(written(1), "One"), who="Ada")
    library.add(reading(written(2), "Two"), who="Bo")
    library.remove("two")
    passing(KEPT_SECONDS + 60)
    library.sync()
    assert library.changes.arrival("one").who == "Ada"
    assert library.changes.arrival("two") is None


def test_beginnings_of_files_are_cleared_away_once_they_are_old(
    footnote: Footnote, settings: Settings, articles: Path
) -> None:
    (articles / "deep").mkdir()
    old, young = articles / "deep" / ".x1.part", articles / ".x2.part"
    for part in (old, young):
        part.write_text("Half of")
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    footnote.close()
    again = compose(settings, purpose="a test", model=WordsModel())
    mended = again.library.sync().mended
    assert mended == ("beginnings of files that were never whole were cleared away: 1",)
    assert (old.exists(), young.exists()) == (False, True)
    again.close()


@pytest.mark.slow
def test_questions_are_answered_from_a_whole_state_while_articles_come_and_go(
    footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    # so that it is swapped every time
    monkeypatch.setattr("footnote.index.keeping.build._MIN_CLEARED", 0)
    library, asked, over = footnote.library, list[str](), threading.Event()

    def ask() -> None:
        while not over.is_set():
            result = footnote.answerer.answer(Question("Who decoded the dance of honeybees?"))
            assert isinstance(result, Answer)
            asked.append(result.claims[0].text)

    with ThreadPoolExecutor(2) as pool:
        questions = [pool.submit(ask) for _ in range(2)]
        for number in range(4):
            for copy in range(3):
                library.add(reading(written(10 * number + copy), f"Title {copy}"))
            library.sync(rebuild=number == 2)
            for copy in range(3):
                library.remove(f"title-{copy}")
            library.sync()
        over.set()
        for question in questions:
            question.result(60)
    assert set(asked) == {"The waggle dance of honeybees was decoded by Karl von Frisch."}
    assert library.sync().did_nothing


def test_what_is_added_during_a_rebuild_lands_once(footnote: Footnote) -> None:
    library, model = footnote.library, footnote.passage_index.model
    encode, going, go_on = model.encode_passages, threading.Event(), threading.Event()

    def slowly(texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        going.set()
        assert go_on.wait(60)
        return encode(texts)

    vars(model)["encode_passages"] = slowly
    with ThreadPoolExecutor(1) as pool:
        rebuilt = pool.submit(library.sync, rebuild=True)
        assert going.wait(60)
        assert library.add(reading(written(1))).how == "added"
        assert library.add(reading(written(1))).how == "already here"
        go_on.set()
        assert rebuilt.result(60).added == ("honeybees", "lighthouse", "tea")
    assert library.sync().added == ("of-ferries",)
    listed = footnote.passage_index.build().catalogue.listing()
    assert [line.article for line in listed] == ["honeybees", "lighthouse", "of-ferries", "tea"]
