import os
import resource
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.keeping.build import BuildFactory
from footnote.index.keeping.engines import EmbeddedChroma
from footnote.index.keeping.passage_reader import ReaderHere
from footnote.index.keeping.reconcile import Reconciler
from footnote.index.keeping.record import BuildRecord
from footnote.index.keeping.storage import CataloguesInFolder
from footnote.index.keeping.token_codes import TokenCoder
from footnote.index.keeping.words_engines import WordsInFolder
from footnote.index.question import Question
from footnote.index.results import Answer
from tests.index.fakes import VectorsInMemory, WordsInMemory
from tests.index.home import Home, assert_level, assert_whole, texts

FACTORY = BuildFactory(CataloguesInFolder(), EmbeddedChroma(), WordsInFolder())


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.write("flood", "The river flooded Sibi in July. Ninety houses were swept away.")
    home.write("storm", "A storm reached Gwadar in October. Fishermen stayed ashore.")
    return home


def first_sentence(home: Home, question: str) -> str | None:
    with home.open(keep=False) as passage_index:
        result = Answerer(passage_index, sure=0).answer(Question(question))
        return result.claims[0].text if isinstance(result, Answer) else None


def test_new_articles_are_added(home: Home) -> None:
    report = home.sync()
    assert (report.added, report.changed, report.removed) == (("flood", "storm"), (), ())
    assert (report.unchanged, report.passages) == (0, 2)
    assert first_sentence(home, "Which river flooded Sibi?") == "The river flooded Sibi in July."


def test_second_run_does_nothing_and_reads_nothing(home: Home) -> None:
    home.sync()
    home.model.embedded.clear()
    report = home.sync()
    assert report.did_nothing
    assert report.unchanged == 2
    assert home.model.embedded == []


def test_only_what_is_new_is_embedded(home: Home) -> None:
    home.sync()
    home.model.embedded.clear()
    home.write("quake", "The earthquake struck Awaran in September.")
    assert home.sync().added == ("quake",)
    assert home.model.embedded == ["A title\nThe earthquake struck Awaran in September."]


def test_an_article_that_does_not_say_its_language_is_told_it_by_its_text(home: Home) -> None:
    german = "Der Fluss überflutete im Juli die Häuser von Sibi und neunzig Gärten."
    home.put("fluss", german.encode())
    home.put("kurz", b"Der Fluss.")
    home.write(
        "named", "The river flooded all the houses of Sibi and ninety gardens.", language="de"
    )
    home.sync()
    with home.open(keep=False) as passage_index:
        catalogue = passage_index.build().catalogue
        of = {name: catalogue.article(name) for name in ("fluss", "flood", "kurz", "named")}
    told = {name: article.language for name, article in of.items() if article}
    assert told == {"fluss": "de", "flood": "en", "kurz": None, "named": "de"}
    assert home.store.read("fluss").language is None  # the file stays as it is written


def test_changed_article_takes_the_place_of_the_old_one(home: Home) -> None:
    home.sync()
    home.write("flood", "The river flooded Larkana in August.")
    assert home.sync().changed == ("flood",)
    assert first_sentence(home, "Which river flooded?") == "The river flooded Larkana in August."
    assert home.texts()["flood"] == "The river flooded Larkana in August."


def test_new_title_over_the_same_text_is_a_change(home: Home) -> None:
    home.sync()
    home.write("flood", home.texts()["flood"], title="Monsoon")
    assert home.sync().changed == ("flood",)
    with home.open(keep=False) as passage_index:
        assert passage_index.build().catalogue.listing()[0].title == "Monsoon"


def test_removed_article_is_not_quoted(home: Home) -> None:
    home.sync()
    home.remove("flood")
    assert home.sync().removed == ("flood",)
    assert "Sibi" not in (first_sentence(home, "Which river flooded Sibi in July?") or "")


def test_run_among_some_articles_looks_at_no_others(home: Home) -> None:
    home.sync()
    home.write("flood", "The river flooded Larkana in August.")
    home.write("quake", "An earthquake struck Awaran.")
    home.remove("storm")
    with home.open() as passage_index:
        report = passage_index.sync(among=["quake", "nothing", "../outside"])
        assert (report.added, report.changed, report.removed) == (("quake",), (), ())
        assert list(texts(passage_index.build())) == ["flood", "quake", "storm"]
        assert passage_index.sync(among=["flood", "storm"]).removed == ("storm",)
        assert_level(passage_index.build(), home.store)


def test_first_run_looks_at_all_articles_whatever_it_is_asked_for(home: Home) -> None:
    with home.open() as passage_index:
        assert passage_index.sync(among=["flood"]).added == ("flood", "storm")


def test_write_ahead_log_is_empty_after_a_run(home: Home) -> None:
    with home.open() as passage_index:
        passage_index.sync()
        assert (home.current / "catalogue.sqlite-wal").stat().st_size == 0


def test_renamed_article_is_known_by_its_new_name_only(home: Home) -> None:
    home.sync()
    os.rename(home.articles / "flood.md", home.articles / "sibi.md")
    report = home.sync()
    assert (report.added, report.removed) == (("sibi",), ("flood",))
    assert list(home.texts()) == ["sibi", "storm"]


def test_touched_file_is_not_embedded_again_nor_read_twice(home: Home) -> None:
    home.sync()
    home.model.embedded.clear()
    os.utime(home.articles / "flood.md", (1e9, 1e9))
    assert home.sync().did_nothing
    with home.open(keep=False) as passage_index:
        stamp = passage_index.build().catalogue.known()["flood"].stamp
    assert stamp == home.store.stamps()["flood"]
    assert home.model.embedded == []


def test_change_within_the_steps_of_the_file_system_s_clock_is_noticed(home: Home) -> None:
    # The same length and the same time of change, as of a file written twice within two seconds.
    now = time.time_ns()
    home.write("flood", "The river flooded Sibi.")
    os.utime(home.articles / "flood.md", ns=(now, now))
    home.sync()
    home.write("flood", "The river flooded Kech.")
    os.utime(home.articles / "flood.md", ns=(now, now))
    assert home.sync().changed == ("flood",)
    assert home.texts()["flood"] == "The river flooded Kech."


def test_faulty_file_is_named_and_the_others_go_on(home: Home) -> None:
    home.put("bad", b"---\ndate: 2016-02-30\n---\n\nText")
    home.put("worse", b"\xff\xfe")
    report = home.sync()
    assert report.added == ("flood", "storm")
    assert [getattr(fault, "path", None) for fault in report.faults] == ["bad.md", "worse.md"]
    assert report.unchanged == 0


def test_file_that_may_not_be_read_stops_no_other(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.sync()
    home.remove("storm")
    home.write("flood", "The river flooded Larkana.")
    home.write("secret", "Nobody may read this.")
    real = Path.read_bytes

    def denied(self: Path) -> bytes:
        if self.name == "secret.md":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", denied)
    report = home.sync()
    assert (report.changed, report.removed) == (("flood",), ("storm",))
    [fault] = report.faults
    assert "Permission denied" in str(fault)


def test_file_with_a_name_that_is_not_text_stops_no_other(home: Home) -> None:
    Path(os.fsdecode(os.fsencode(home.articles) + b"/\xff.md")).write_text("Rain fell.")
    report = home.sync()
    assert report.added == ("flood", "storm")
    assert len(report.faults) == 1
    str(report.faults[0]).encode()


def test_article_whose_file_becomes_faulty_goes_on_as_it_was(home: Home) -> None:
    home.sync()
    home.put("flood", b"---\ndate: yesterday\n---\n\nText")
    report = home.sync()
    assert report.did_nothing
    assert len(report.faults) == 1
    assert first_sentence(home, "Which river flooded Sibi?") == "The river flooded Sibi in July."
    home.write("flood", "The river flooded Larkana.")
    assert home.sync().changed == ("flood",)


def test_article_without_a_sentence_is_indexed_with_no_passage(home: Home) -> None:
    home.put("dashes", b"***\n\n>\n\n|---|")
    home.sync()
    with home.open(keep=False) as passage_index:
        [line] = [li for li in passage_index.build().catalogue.listing() if li.article == "dashes"]
    assert line.passages == 0


def test_article_removed_between_listing_and_reading_is_passed_over(home: Home) -> None:
    class Slow(ArticleStore):
        def look(self, among=None):
            seen = super().look(among)
            home.remove("storm")
            return seen

    with home.open() as passage_index:
        passage_index.store = Slow(home.articles)
        assert passage_index.sync().added == ("flood",)
    home.sync()


def test_more_passages_than_a_batch_are_all_indexed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.index.keeping.reconcile._BATCH_PASSAGES", 4)
    home.write("long", "\n\n".join(f"# Part {n}\n\nSentence {n} tells." for n in range(30)))
    for number in range(9):
        home.write(f"short{number}", f"Town {number} is small.")
    steps: list[tuple[int, int]] = []
    with home.open() as passage_index:
        report = passage_index.sync(on_progress=lambda done, total: steps.append((done, total)))
        assert_level(passage_index.build(), home.store)
    assert report.passages == 41
    total = sum(stamp.size for stamp in home.store.stamps().values())
    assert steps == sorted(steps)
    assert steps[-1] == (total, total)


def test_searches_during_an_indexing_see_the_old_articles_whole(home: Home) -> None:
    home.sync()
    home.write("flood", "The river flooded Larkana.")
    home.write("quake", "The earthquake struck Awaran.")
    home.remove("storm")
    seen: list[dict[str, str]] = []
    with home.open() as passage_index:
        before = texts(passage_index.build())
        home.model.on_passages = lambda: seen.append(texts(passage_index.build()))
        passage_index.sync()
    assert seen == [before]


class Crash(Exception):
    """The process ends here."""


class Stumbling:
    """Hands every call on to the real part, until the steps that all of them have left are used up.

    Then it raises: before the call is done, but for half of what is to be added, or after it.
    """

    def __init__(self, part: object, steps: list[int], when: str) -> None:
        self._part, self._steps, self._when = part, steps, when

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._part, name)
        return self._stumbling(call, name) if name in _WRITES else call

    def _stumbling(self, call: Callable[..., Any], name: str) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            self._steps[0] -= 1
            falls = self._steps[0] < 0
            if falls and self._when == "before":
                if name == "add":
                    call(*[items[: len(items) // 2] for items in arguments])
                raise Crash
            result = call(*arguments, **options)
            if falls:
                raise Crash
            return result

        return wrapped


_WRITES = {"begin", "publish", "forget", "restamp", "add", "remove", "commit", "encode_passages"}


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_crash_at_any_step_leaves_a_state_from_which_the_next_run_is_right(
    home: Home, when: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name in ("flood", "storm"):
        home.write(name, f"The old {name} came in spring. Nobody was hurt by it.")
    home.write("still", "This article never changes.")
    home.sync()
    before = home.texts()
    step, crashed = 0, True
    while crashed:
        place = Home(Path(shutil.copytree(home.place, tmp_path_factory.mktemp(when) / "copy")))
        place.write("flood", "# New\n\nThe flood came in autumn.\n\n# More\n\nIt went away.")
        place.write("quake", "An earthquake struck Awaran.")
        place.remove("storm")
        crashed = stumbles(place, [step], when)
        with place.open() as passage_index:
            assert_whole(passage_index.build())
            found = texts(passage_index.build())
            assert found["still"] == before["still"]
            assert found["flood"] in (before["flood"], place.store.read("flood").text)
            passage_index.sync()
            assert_level(passage_index.build(), place.store)
            assert passage_index.sync().did_nothing
        step += 1
    assert step >= 12


def stumbles(home: Home, steps: list[int], when: str) -> bool:
    """Whether so few steps were not enough to level the index."""
    build = FACTORY.open(home.current)
    parts: list[Any] = [build.catalogue, build.vectors, build.lexical, home.model]
    stumbling: list[Any] = [Stumbling(part, steps, when) for part in parts]
    catalogue, vectors, lexical, model = stumbling
    try:
        Reconciler(catalogue, vectors, lexical, build.coder, ReaderHere(model)).run(home.store)
    except Crash:
        return True
    finally:
        build.close()
    return False


def test_run_after_a_failed_one_in_the_same_process_is_right(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise Crash

    with home.open() as passage_index:
        home.model.on_passages = fail
        with pytest.raises(Crash):
            passage_index.sync()
        home.model.on_passages = lambda: None
        passage_index.sync()
        home.write("quake", "The earthquake struck Awaran.")
        with monkeypatch.context() as patched:
            patched.setattr(passage_index.build().lexical, "commit", fail)
            for _ in range(2):
                with pytest.raises(Crash):
                    passage_index.sync()
        passage_index.sync()
        assert_level(passage_index.build(), home.store)


@pytest.mark.parametrize("room", [0, 40_000])
def test_full_disk_loses_nothing_once_there_is_room_again(home: Home, room: int) -> None:
    with home.open() as passage_index:
        passage_index.sync()
        for number in range(60):
            words = " ".join(f"word{number}x{n}" for n in range(60))
            home.write(f"new{number}", f"The mayor of town {number} said: {words}.")
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
        try:
            with pytest.raises(Exception, match=r"(?i)large|full|I/O|disk|write"):
                passage_index.sync()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        passage_index.sync()
        assert_level(passage_index.build(), home.store)
    home.sync()


def test_reconciler_needs_no_more_of_the_stores_than_their_contracts(home: Home) -> None:
    home.sync()
    coder = TokenCoder.of(home.model.sample_tokens())
    empty = FACTORY.create(home.place / "other", BuildRecord.of(home.model), coder)
    words: Any = WordsInMemory(empty.lexical.terms)  # whose words are read by a Tantivy
    vectors = VectorsInMemory()
    reconciler = Reconciler(empty.catalogue, vectors, words, coder, ReaderHere(home.model))
    assert reconciler.run(home.store).added == ("flood", "storm")
    home.write("flood", "The river flooded Larkana.")
    assert reconciler.run(home.store).changed == ("flood",)
    assert vectors.count() == words.count() == empty.catalogue.counts()[1] == 2
    empty.close()
