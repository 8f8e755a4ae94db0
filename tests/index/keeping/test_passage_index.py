import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.errors import IndexLocked, IndexUnreadable, WriteInterrupted
from footnote.index.keeping.build_files import FolderFiles
from footnote.index.keeping.lock import FileWriterLock
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.keeping.reconcile import SyncReport
from footnote.index.keeping.record import BuildRecord
from footnote.index.keeping.tantivy_index import TantivyIndex
from footnote.index.keeping.vectors import ChromaVectors
from footnote.index.models.embedding import Encoded
from footnote.index.question import Question
from footnote.index.results import Answer
from tests.fakes import WordsModel
from tests.index import other_process
from tests.index.home import Home, WatchedModel, assert_level, assert_whole, texts


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.write("flood", "The river flooded Sibi in July.")
    home.write("storm", "A storm reached Gwadar in October.")
    return home


@contextmanager
def opened(home: Home, model: WordsModel, *, keep: bool = False) -> Iterator[PassageIndex]:
    passage_index = PassageIndex.in_home(home.place / "home", home.store, model)
    if keep:
        passage_index.lock.acquire("a test")
    yield passage_index
    passage_index.close()


def builds(home: Home) -> list[str]:
    return sorted(folder.name for folder in home.current.parent.glob("build-*"))


def answer(passage_index: PassageIndex, question: str) -> str | None:
    result = Answerer(passage_index, sure=0).answer(Question(question))
    return result.claims[0].text if isinstance(result, Answer) else None


def test_without_an_index_the_way_to_make_one_is_named(home: Home) -> None:
    with home.open() as passage_index:
        with pytest.raises(IndexUnreadable, match="run 'footnote sync'"):
            passage_index.build()
        assert passage_index.current_record() is None


def test_changed_record_is_built_beside_and_swapped(home: Home) -> None:
    home.sync()
    other, seen = WatchedModel("words-2"), []
    # What answers while the new one is being made: the same vectors, another way of splitting.
    with home.open(keep=False) as reader, opened(home, other, keep=True) as writer:
        other.on_passages = lambda: seen.append((builds(home), texts(reader.build())))
        assert writer.sync().added == ("flood", "storm")
        assert_level(writer.build(), home.store)
        record = writer.current_record()
        assert record
        assert record.embedding_fingerprint == "words-2"
    assert [(names, sorted(there)) for names, there in seen] == [
        (["build-1", "build-2"], ["flood", "storm"])
    ]
    assert builds(home) == ["build-2"]


def test_day_on_which_an_article_was_first_seen_outlives_the_index_that_saw_it(home: Home) -> None:
    days = {date.today().isoformat()}
    home.sync()
    days.add(date.today().isoformat())  # if it was midnight meanwhile
    model, later = WordsModel("words-2"), date(2031, 2, 3)
    home.write("drought", "No rain fell on Quetta.")
    with opened(home, model, keep=True) as passage_index:
        passage_index.today = lambda: later
        passage_index.sync()
        added = passage_index.build().catalogue.added()
    assert added.pop("drought") == later.isoformat()
    assert added.keys() == {"flood", "storm"}
    assert set(added.values()) <= days


def test_index_of_another_model_answers_nothing_and_names_both(home: Home) -> None:
    home.sync()
    with (
        opened(home, WordsModel("other", "words-2")) as passage_index,
        pytest.raises(IndexUnreadable, match=r"built with words.*the settings say other"),
    ):
        passage_index.build()


def test_the_same_weights_under_another_name_need_nothing_anew(home: Home) -> None:
    home.sync()
    with opened(home, WordsModel("moved/words"), keep=True) as passage_index:
        assert passage_index.sync().did_nothing
        assert answer(passage_index, "Which river flooded Sibi?")


def test_interrupted_build_is_gone_on_with(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footnote.index.keeping.reconcile._BATCH_PASSAGES", 1)
    home.sync()
    other = WatchedModel("words-2")

    def stop_at_the_second() -> None:
        if other.embedded:
            raise KeyboardInterrupt

    other.on_passages = stop_at_the_second
    with opened(home, other, keep=True) as passage_index, pytest.raises(KeyboardInterrupt):
        passage_index.sync()
    assert home.current.name == "build-1"
    other.on_passages = lambda: None
    with opened(home, other, keep=True) as passage_index:
        assert passage_index.sync().added == ("storm",)
        assert_level(passage_index.build(), home.store)
    assert len(other.embedded) == 2
    assert builds(home) == ["build-2"]


def test_interrupted_build_for_settings_that_were_taken_back_is_cleared_away(home: Home) -> None:
    home.sync()
    other = WatchedModel("words-2")
    other.on_passages = lambda: 1 / 0
    with opened(home, other, keep=True) as passage_index, pytest.raises(ZeroDivisionError):
        passage_index.sync()
    assert builds(home) == ["build-1", "build-2"]
    assert home.sync().did_nothing
    assert builds(home) == ["build-1"]


def test_old_build_left_by_an_interrupted_swap_is_cleared_away(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.sync()
    with home.open() as passage_index, monkeypatch.context() as patched:
        patched.setattr(os, "replace", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            passage_index.sync(rebuild=True)
    home.sync()
    assert builds(home) == ["build-1"]


def test_rebuild_makes_everything_anew(home: Home) -> None:
    home.sync()
    home.model.embedded.clear()
    assert home.sync(rebuild=True).added == ("flood", "storm")
    assert len(home.model.embedded) == 2
    assert builds(home) == ["build-2"]


def _cut(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])


def _only(folder: Path, pattern: str) -> Path:
    [file] = folder.glob(pattern)
    return file


BREAKAGES = {
    "no record": lambda build: (build / "record.json").unlink(),
    "record of another form": lambda build: (build / "record.json").write_text('{"model": 1}'),
    "record that is a list": lambda build: (build / "record.json").write_text("[]"),
    "record that is not text": lambda build: (build / "record.json").write_bytes(b"\xff\xfe"),
    "no catalogue": lambda build: (build / "catalogue.sqlite").unlink(),
    "empty catalogue": lambda build: _cut(build / "catalogue.sqlite", 0),
    "catalogue cut off": lambda build: _cut(build / "catalogue.sqlite", 5000),
    "catalogue that is none": lambda build: (build / "catalogue.sqlite").write_text("x" * 9000),
    "no vectors": lambda build: shutil.rmtree(build / "vectors"),
    "empty vectors": lambda build: _cut(build / "vectors" / "chroma.sqlite3", 0),
    "vectors cut off": lambda build: _cut(build / "vectors" / "chroma.sqlite3", 30_000),
    "vectors that are none": lambda build: (build / "vectors" / "chroma.sqlite3").write_text("x"),
    "no words": lambda build: shutil.rmtree(build / "words"),
    "empty words": lambda build: (build / "words" / "meta.json").write_text(""),
    "words that are none": lambda build: (build / "words" / "meta.json").write_text("{}"),
    "words lost": lambda build: _only(build / "words", "*.store").unlink(),
    "vectors of nothing": lambda build: (
        shutil.rmtree(build / "vectors"),
        ChromaVectors(build / "vectors", create=True).close(),
    ),
    "words of nothing": lambda build: (
        shutil.rmtree(build / "words"),
        TantivyIndex(build / "words", create=True).close(),
    ),
    "garbage for current": lambda build: (build.parent / "current").write_bytes(b"\xff\x00x"),
    "nothing for current": lambda build: (build.parent / "current").write_text(""),
    "the way out for current": lambda build: (build.parent / "current").write_text("../.."),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_broken_index_is_unreadable_and_the_next_sync_makes_it_good(
    home: Home, breakage: str
) -> None:
    home.sync()
    beside = home.place / "home" / "state.sqlite"
    beside.write_text("the bot's")
    build = home.current
    BREAKAGES[breakage](build)
    with home.open() as passage_index:
        with pytest.raises(IndexUnreadable):
            answer(passage_index, "Which river flooded Sibi?")
        report = passage_index.sync()
        assert len(report.mended) == 1
        assert_level(passage_index.build(), home.store)
        assert answer(passage_index, "Which river flooded Sibi?")
    assert len(builds(home)) == 1
    assert beside.read_text() == "the bot's"
    assert home.sync().did_nothing


def interrupt_the_writing(build: Path) -> None:
    """As it looks when a process was killed while Chroma wrote its graph."""
    (build / "vectors" / "writing").touch()
    (build / "vectors" / "graph").mkdir()
    (build / "vectors" / "graph" / "header.bin").touch()


def test_index_whose_graph_was_being_written_when_its_process_ended_is_made_anew_without_asking(
    home: Home,
) -> None:
    home.sync()
    interrupt_the_writing(home.current)
    with home.open() as passage_index:
        with pytest.raises(WriteInterrupted, match="run 'footnote sync'"):
            passage_index.build()
        assert passage_index.sync().added == ("flood", "storm")
        assert_level(passage_index.build(), home.store)
    assert builds(home) == ["build-2"]


def test_broken_interrupted_build_is_made_anew_without_asking(home: Home) -> None:
    home.model.on_passages = lambda: 1 / 0
    with home.open() as passage_index, pytest.raises(ZeroDivisionError):
        passage_index.sync()
    [record] = (home.place / "home").glob("index/*/build-1/record.json")
    _cut(record.parent / "vectors" / "chroma.sqlite3", 4096)
    home.model.on_passages = lambda: None
    assert home.sync().added == ("flood", "storm")


def test_lost_build_is_made_anew_without_asking(home: Home) -> None:
    home.sync()
    shutil.rmtree(home.current)
    assert home.sync().added == ("flood", "storm")


def test_home_and_articles_moved_together_need_nothing_anew(tmp_path: Path) -> None:
    home = Home(tmp_path / "here")
    home.write("flood", "The river flooded Sibi in July.")
    home.sync()
    shutil.move(tmp_path / "here", tmp_path / "there")
    moved = Home(tmp_path / "there")
    assert moved.sync().did_nothing
    assert moved.model.embedded == []


def test_two_folders_of_articles_have_an_index_each_in_one_home(home: Home) -> None:
    home.sync()
    others = home.place / "others"
    others.mkdir()
    passage_index = PassageIndex.in_home(home.place / "home", ArticleStore(others), home.model)
    passage_index.lock.acquire("a test")
    assert passage_index.sync().did_nothing
    assert passage_index.build().catalogue.empty()
    passage_index.close()
    assert len(home.texts()) == 2


def test_sync_without_the_lock_is_refused(home: Home) -> None:
    with home.open(keep=False) as passage_index, pytest.raises(AssertionError, match="lock"):
        passage_index.sync()


def sync_in(place: Path) -> None:
    Home(place).sync()


def rebuild_in(place: Path) -> None:
    Home(place).sync(rebuild=True)


def sync_slowly_in(place: Path) -> None:
    """A batch for every passage, each a while after the one before; the last ones never."""
    batches = count(1)

    def pause() -> None:
        time.sleep(0.01 if next(batches) < 30 else 600)

    sync_with_pauses(place, pause)


def sync_while_read_in(place: Path) -> None:
    """A batch for every passage, the first of them once somebody has read."""
    sync_with_pauses(place, lambda: wait_for(place / "read"))


def sync_with_pauses(place: Path, pause: Callable[[], object]) -> None:
    from footnote.index.keeping import reconcile

    reconcile._BATCH_PASSAGES = 1
    home = Home(place)
    home.model.on_passages = pause
    with home.open() as passage_index:
        (place / "begun").touch()
        passage_index.sync()
        (place / "synced").touch()
        time.sleep(600)


def wait_for(file: Path) -> None:
    until = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_reader_sees_what_another_process_has_published_since(home: Home) -> None:
    home.sync()
    with home.open(keep=False) as reader:
        assert answer(reader, "Which river flooded Sibi?") == "The river flooded Sibi in July."
        home.write("flood", "The river flooded Larkana in May.")
        home.write("quake", "The earthquake struck Awaran.")
        other_process.run(sync_in, home.place)
        assert answer(reader, "Which river flooded Larkana?") == "The river flooded Larkana in May."
        assert answer(reader, "Where did the earthquake strike?") == "The earthquake struck Awaran."
        assert_level(reader.build(), home.store)


def test_reader_follows_when_another_process_swaps_the_builds(home: Home) -> None:
    home.sync()
    with home.open(keep=False) as reader:
        assert answer(reader, "Which river flooded Sibi?")
        home.write("quake", "The earthquake struck Awaran.")
        other_process.run(rebuild_in, home.place)
        assert answer(reader, "Where did the earthquake strike?") == "The earthquake struck Awaran."


def test_reader_follows_when_the_builds_are_swapped_while_it_opens_one(home: Home) -> None:
    home.sync()

    class Slow(WordsModel):
        """Asked for its fingerprint after it was read which build answers."""

        @property
        def fingerprint(self) -> str:
            if builds(home) == ["build-1"]:
                other_process.run(rebuild_in, home.place)
            return "words-1"

        @fingerprint.setter
        def fingerprint(self, value: str) -> None:
            pass

    with opened(home, Slow()) as reader:
        assert reader.build().folder.name == "build-2"


def test_reader_that_becomes_the_writer_knows_what_others_have_written(home: Home) -> None:
    home.sync()
    with home.open(keep=False) as passage_index:
        assert answer(passage_index, "Which river flooded Sibi?")
        home.write("quake", "The earthquake struck Awaran.")
        other_process.run(sync_in, home.place)
        passage_index.lock.acquire("a test")
        assert passage_index.sync().did_nothing
        assert answer(passage_index, "Where did the earthquake strike?")
        assert_level(passage_index.build(), home.store)


@pytest.mark.slow
def test_while_one_process_writes_another_is_locked_out_and_can_read(home: Home) -> None:
    home.sync()
    for number in range(15):
        home.write(f"town{number}", f"The mayor of town {number} resigned.")
    process = other_process.start(sync_while_read_in, home.place)
    wait_for(home.place / "begun")
    with home.open(keep=False) as passage_index:
        with pytest.raises(IndexLocked, match=f"a test, process {process.pid}, since "):
            passage_index.lock.acquire("a shell")
        for _ in range(2):
            assert answer(passage_index, "Which river flooded Sibi?")
        (home.place / "read").touch()
        while not (home.place / "synced").exists():
            assert answer(passage_index, "Which river flooded Sibi?")
        assert_level(passage_index.build(), home.store)
    process.kill()
    process.join()


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.0, 0.1, 0.25])
def test_kill_9_in_the_middle_of_indexing_costs_nothing_but_what_was_under_way(
    home: Home, after: float
) -> None:
    for number in range(40):
        home.write(f"town{number}", f"The mayor of town {number} resigned.")
    process = other_process.start(sync_slowly_in, home.place)
    wait_for(home.place / "begun")
    time.sleep(after)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert not (home.place / "synced").exists()
    # The index that was being made is gone on with, then changed and killed once more.
    home.sync()
    home.remove("storm")
    for number in range(0, 40, 2):
        home.write(f"town{number}", f"The mayor of town {number} was elected.")
    (home.place / "begun").unlink()
    process = other_process.start(sync_slowly_in, home.place)
    wait_for(home.place / "begun")
    time.sleep(after)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    # Unless it died while Chroma wrote its graph: then a reader is told to sync first.
    with home.open(keep=False) as reader, suppress(WriteInterrupted):
        assert_whole(reader.build())
    home.sync()
    assert home.sync().did_nothing


@pytest.mark.slow
def test_questions_are_answered_while_builds_are_swapped_in_the_same_process(home: Home) -> None:
    failures: list[BaseException] = []
    answered = [0]
    done = threading.Event()
    with home.open() as passage_index:
        passage_index.sync()

        def ask() -> None:
            while not done.is_set():
                try:
                    assert answer(passage_index, "Which river flooded Sibi?")
                    answered[0] += 1
                except BaseException as error:
                    failures.append(error)
                    return

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(3):
            passage_index.sync(rebuild=True)
        done.set()
        for thread in threads:
            thread.join()
        assert_level(passage_index.build(), home.store)
    assert failures == []
    assert answered[0] > 3
    assert builds(home) == ["build-4"]


def test_build_in_use_stays_open_and_the_same_to_the_end_of_its_reading(home: Home) -> None:
    with home.open() as passage_index:
        passage_index.sync()
        with passage_index.reading() as build:
            passage_index.sync(rebuild=True)
            assert passage_index.build() is build
            assert_whole(build)
            assert build.folder.is_dir()
        assert passage_index.build() is not build
        assert not build.folder.exists()


def test_threads_that_begin_at_once_open_one_build(home: Home) -> None:
    home.sync()
    with home.open(keep=False) as passage_index:
        found: list[int] = []
        threads = [
            threading.Thread(target=lambda: found.append(id(passage_index.build())))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_syncs_in_two_threads_wait_for_each_other(home: Home) -> None:
    with home.open() as passage_index:
        reports: list[SyncReport] = []
        threads = [
            threading.Thread(target=lambda: reports.append(passage_index.sync())) for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(report.added for report in reports) == [(), ("flood", "storm")]
        assert_level(passage_index.build(), home.store)


def test_closed_while_a_thread_writes_it_gives_the_lock_away_when_that_has_ended(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.index.keeping.passage_index._CLOSING_SECONDS", 0.05)
    going, go_on = threading.Event(), threading.Event()

    class Slow(WordsModel):
        def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
            going.set()
            assert go_on.wait(60)
            return super().encode_passages(texts)

    passage_index = PassageIndex.in_home(home.place / "home", home.store, Slow())
    passage_index.lock.acquire("a test")
    syncing = threading.Thread(target=passage_index.sync)
    syncing.start()
    assert going.wait(60)
    passage_index.close()
    other = FileWriterLock(home.place / "home")
    with pytest.raises(IndexLocked, match="a test"):
        other.acquire("another")
    go_on.set()
    syncing.join(60)
    other.acquire("another")
    other.release()
    with opened(home, WordsModel()) as read:
        assert_whole(read.build())


def test_reader_follows_when_the_builds_are_swapped_while_it_looks_which_one_answers(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading its name and looking for its folder, and before its record is read."""
    home.sync()
    is_dir, read, swaps = Path.is_dir, BuildRecord.read, [1, 2]

    def is_dir_late(path: Path, **named: bool) -> bool:
        if path.name == "build-1" and 1 in swaps:
            swaps.remove(1)
            other_process.run(rebuild_in, home.place)
        return is_dir(path, **named)

    def read_late(files: FolderFiles) -> BuildRecord:
        if files.folder.name == "build-2" and 2 in swaps:
            swaps.remove(2)
            other_process.run(rebuild_in, home.place)
        return read(files)

    monkeypatch.setattr(Path, "is_dir", is_dir_late)
    monkeypatch.setattr(BuildRecord, "read", read_late)
    with home.open(keep=False) as reader:
        assert reader.build().folder.name == "build-3"


def test_reader_follows_when_the_build_goes_while_it_opens_its_vectors(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.sync()
    refuse = ChromaVectors._refuse_damage

    def refuse_and_rebuild(vectors: ChromaVectors, **named: bool) -> None:
        refuse(vectors, **named)
        if home.current.name == "build-1":
            other_process.run(rebuild_in, home.place)

    monkeypatch.setattr(ChromaVectors, "_refuse_damage", refuse_and_rebuild)
    with home.open(keep=False) as reader:
        assert reader.build().folder.name == "build-2"


def test_build_that_a_reader_puts_a_file_back_into_while_it_is_cleared_away_stops_no_sync(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.sync()
    rmdir, put = os.rmdir, [1]

    def rmdir_late(path: str, *, dir_fd: int | None = None) -> None:
        if path == "vectors" and put:
            put.clear()
            (home.place / "home" / "index").joinpath(*late, "vectors", "turn.lock").touch()
        rmdir(path, dir_fd=dir_fd)

    late = home.current.relative_to(home.place / "home" / "index").parts
    monkeypatch.setattr(os, "rmdir", rmdir_late)
    home.sync(rebuild=True)
    assert not put
    home.sync()
    assert builds(home) == ["build-2"]
