"""An index in a database that several processes have in common, on one machine and on several."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from footnote.bot.database.opening import DatabaseServer, open_database
from footnote.bot.database.tables import INDEX_PART
from footnote.corpus.errors import FolderUnusable
from footnote.index.errors import (
    CatalogueAway,
    IndexLocked,
    IndexOfAnother,
    IndexUnreadable,
    IndexUnwritable,
    WordsAway,
)
from footnote.index.keeping import database_builds
from footnote.index.keeping.database_builds import DatabaseBuilds
from footnote.index.keeping.storage import Storage
from footnote.index.keeping.words_engines import SharedWords
from tests.bot.database.server import PostgresServer
from tests.index import other_process
from tests.index.chroma_run import ChromaRun
from tests.index.home import Home, WatchedModel, assert_level, assert_whole, texts
from tests.index.keeping.storages import storage_at


@pytest.fixture
def address(postgres: PostgresServer) -> str:
    return postgres.database()


@pytest.fixture
def home(tmp_path: Path, address: str) -> Home:
    return home_at(tmp_path, address)


def home_at(place: Path, address: str) -> Home:
    home = Home(place, storage=partial(storage_at, address))
    if not home.store.stamps():
        home.write("flood", "The river flooded Sibi in July.")
        home.write("storm", "A storm reached Gwadar in October.")
    return home


def asked(address: str, statement: str) -> list[tuple[object, ...]]:
    with closing(open_database(DatabaseServer(address, patience=0.0), INDEX_PART)) as database:
        return [tuple(row) for row in database.rows(text(statement))]


def schemas(address: str) -> int:
    found = asked(address, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'footnote_%'")
    return len(found)


def test_index_is_made_and_kept_level_with_its_catalogue_in_the_database(home: Home) -> None:
    assert home.sync().added == ("flood", "storm")
    home.write("flood", "The river flooded Larkana.")
    home.remove("storm")
    report = home.sync()
    assert (report.changed, report.removed) == (("flood",), ("storm",))
    assert home.sync().did_nothing
    assert not list(home.place.rglob("catalogue.sqlite"))
    assert not list(home.place.rglob("tokens.npy"))


def test_folder_that_lost_all_articles_at_once_empties_no_shared_index(home: Home) -> None:
    home.sync()
    for name in ("flood", "storm"):
        home.remove(name)
    with home.open() as writer:
        for _ in range(2):
            with pytest.raises(FolderUnusable, match="though 2 are indexed: is the folder mounted"):
                writer.sync()
            assert sorted(texts(writer.build())) == ["flood", "storm"]
    home.model = WatchedModel("words-2")  # so that the index has to be made anew
    with home.open() as writer, pytest.raises(FolderUnusable, match="is the folder mounted"):
        writer.sync()
    assert home.sync(rebuild=True).did_nothing
    assert home.texts() == {}


def test_shared_index_is_emptied_of_what_footnote_took_away_and_of_a_last_article(
    home: Home,
) -> None:
    home.sync()
    for name in ("flood", "storm"):
        home.remove(name)
    with home.open() as writer:
        assert writer.sync(taken_away=lambda: ["flood", "storm"]).removed == ("flood", "storm")
    home.write("quake", "An earthquake struck Awaran.")
    home.sync()
    home.remove("quake")
    assert home.sync().removed == ("quake",)


def test_reader_sees_what_another_process_adds_and_the_build_that_takes_another_s_place(
    home: Home,
) -> None:
    home.sync()
    with home.open(keep=False) as reader:
        assert sorted(texts(reader.build())) == ["flood", "storm"]
        first = reader.build().folder
        home.write("quake", "An earthquake struck Awaran.")
        home.sync()
        assert sorted(texts(reader.build())) == ["flood", "quake", "storm"]
        assert reader.build().folder == first
        home.sync(rebuild=True)
        assert reader.build().folder != first
        assert_whole(reader.build())


def test_reader_opens_nothing_anew_while_nothing_changes(home: Home) -> None:
    home.sync()
    with home.open(keep=False) as reader:
        build = reader.build()
        home.sync()
        assert reader.build() is build


def test_build_that_was_replaced_is_kept_for_whoever_still_reads_and_then_goes(
    home: Home, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.sync()
    with home.open(keep=False) as reader, reader.reading() as build:
        home.sync(rebuild=True)
        assert schemas(address) == 2
        assert sorted(texts(build)) == ["flood", "storm"]
        assert build.folder.exists()
    home.sync()
    assert schemas(address) == 2
    monkeypatch.setattr(database_builds, "READ_SECONDS", 0.0)
    home.sync()
    assert schemas(address) == 1
    assert not build.folder.exists()


def test_folder_of_a_build_that_is_gone_goes_on_machines_that_only_read(
    home: Home, address: str
) -> None:
    home.sync()
    with home.open(keep=False) as reader:
        folder = reader.build().folder
        left = folder.parent / "shared_0123456789ab"
        left.mkdir()
        other = folder.parent / "mine"
        other.mkdir()
    with home.open(keep=False) as reader:
        reader.build()
    assert (folder.exists(), other.exists(), left.exists()) == (True, True, False)


def test_folder_of_a_build_that_is_begun_meanwhile_is_left_alone(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.sync()
    all_of, begun = DatabaseBuilds.all, list[Path]()

    def and_one_more(builds: DatabaseBuilds) -> list[Path]:
        known = all_of(builds)
        begun.append(builds.root / "shared_0123456789ab")
        begun[-1].mkdir()
        return known

    with home.open(keep=False) as reader:
        monkeypatch.setattr(DatabaseBuilds, "all", and_one_more)
        reader.build()
    assert [folder.exists() for folder in begun] == [True]


def test_index_with_much_that_was_cleared_is_copied_without_it(
    home: Home, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.index.keeping.build._MIN_CLEARED", 0)
    home.sync()
    with home.open(keep=False) as reader:
        first, embedded = reader.build().folder, len(home.model.embedded)
        for number in range(3):
            home.write("flood", f"The river flooded Larkana {number} times.")
            home.sync()
        assert reader.build().folder != first
        assert reader.build().catalogue.cleared() == (0, None)
        assert_level(reader.build(), home.store)
    assert len(home.model.embedded) == embedded + 3
    home.write("quake", "An earthquake struck Awaran.")
    assert home.sync().added == ("quake",)


def killed_in_sync(place: Path, address: str, step: int) -> None:
    """Ends at once before its transaction of this number."""
    home = home_at(place, address)
    with home.open() as passage_index:
        database = passage_index.storage.catalogues._database()  # type: ignore[attr-defined]
        begun, transaction = [0], database.transaction

        def counted(**options: bool) -> object:
            begun[0] += 1
            if begun[0] == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return transaction(**options)

        database.transaction = counted
        passage_index.sync()


@pytest.mark.slow
def test_indexer_that_is_killed_at_any_of_its_writes_leaves_what_the_next_one_puts_right(
    home: Home, address: str
) -> None:
    step, killed = 1, True
    while killed:
        if step == 4:
            assert_whole_for_readers(home)
        home.write("flood", f"The river flooded Sibi in July. It was flood {step}.")
        home.write(f"new-{step}", f"Snow fell on Ziarat {step} times.")
        process = other_process.start(killed_in_sync, home.place, address, step)
        process.join(120)
        killed = process.exitcode == -signal.SIGKILL
        if step > 3:
            assert_whole_for_readers(home)
        if step % 3 == 0 or not killed:
            home.sync()
        step += 1
    assert process.exitcode == 0
    assert step > 4
    home.sync()


def assert_whole_for_readers(home: Home) -> None:
    with home.open(keep=False) as reader:
        assert_whole(reader.build())


def hold(place: Path, address: str) -> None:
    with home_at(place, address).open():
        (place / "held").touch()
        time.sleep(60)


def test_lock_of_a_process_that_is_killed_is_free(home: Home, address: str) -> None:
    process = other_process.start(hold, home.place, address)
    until = time.monotonic() + 60
    while not (home.place / "held").exists():
        assert time.monotonic() < until
        time.sleep(0.01)
    with pytest.raises(IndexLocked, match=rf"a test, process {process.pid} on "):
        home.sync()
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    while True:  # until the server has seen that the connection is gone
        try:
            home.sync()
        except IndexLocked:
            assert time.monotonic() < until
        else:
            return


_END_OTHERS = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def test_lock_that_was_lost_with_its_connection_is_taken_again(home: Home, address: str) -> None:
    with home.open() as writer:
        writer.sync()
        asked(address, _END_OTHERS)
        home.write("quake", "An earthquake struck Awaran.")
        assert writer.sync().added == ("quake",)
        with pytest.raises(IndexLocked):
            home.sync()


def test_who_lost_the_lock_to_another_writes_nothing_any_more(home: Home, address: str) -> None:
    with home.open() as writer:
        writer.sync()
        build = writer.build()
        asked(address, _END_OTHERS)
        with home.open() as other:
            home.write("quake", "An earthquake struck Awaran.")
            other.sync()
            with pytest.raises(IndexLocked, match="a test, process"):
                build.catalogue.publish([], ["quake"])
            with pytest.raises(IndexLocked):
                writer.sync()
            assert not writer.lock.held
            assert "quake" in texts(other.build())
        writer.lock.acquire("a test")
        assert writer.sync().did_nothing
        assert_level(writer.build(), home.store)


def test_while_the_server_is_away_it_is_told_and_afterwards_all_goes_on(
    home: Home, postgres: PostgresServer
) -> None:
    home.sync()
    with home.open() as writer, home.open(keep=False) as reader:
        assert texts(reader.build())
        postgres.stop()
        try:
            with pytest.raises(CatalogueAway, match="is away"):
                reader.build()
            home.write("quake", "An earthquake struck Awaran.")
            with pytest.raises(CatalogueAway, match="is away"):
                writer.sync()
        finally:
            postgres.start()
        assert sorted(texts(reader.build())) == ["flood", "storm"]
        assert not writer.lock.held
        writer.lock.acquire("a test")
        assert writer.sync().added == ("quake",)
        assert sorted(texts(reader.build())) == ["flood", "quake", "storm"]


@pytest.fixture
def machines(tmp_path: Path, address: str, chroma_server: ChromaRun) -> tuple[Home, Home]:
    """One that has an article and has indexed it, and one that has but the addresses."""
    database, published = chroma_server.database(), str(tmp_path / "published")

    def storage(home: Path, articles: Path) -> Storage:
        return storage_at(
            address,
            home,
            articles,
            vectors=chroma_server.engine(database),
            words=SharedWords(published),
        )

    writer, reader = (Home(tmp_path / name, storage=storage) for name in ("one", "two"))
    writer.write("flood", "The river flooded Sibi in July.")
    writer.sync()
    return writer, reader


@pytest.fixture
def copy(
    machines: tuple[Home, Home], address: str, postgres: PostgresServer, tmp_path: Path
) -> Home:
    """A machine with a copy of the database, beside the same vectors and words."""
    storage, other = machines[0].storage, postgres.copy(address)
    assert storage

    def of_copy(home: Path, articles: Path) -> Storage:
        original = storage(home, articles)
        return storage_at(other, home, articles, vectors=original.vectors, words=original.words)

    home = Home(tmp_path / "copy", storage=of_copy)
    home.write("flood", "The river flooded Sibi in July.")
    return home


def test_copy_of_a_database_is_refused_and_changes_nothing_of_the_original(
    machines: tuple[Home, Home], copy: Home
) -> None:
    writer, reader = machines
    copy.write("flood", "The river flooded Larkana.")
    for keep in (True, False):
        told = r"the vectors on Chroma .*'footnote sync --take-over'"
        with copy.open(keep=keep) as opened, pytest.raises(IndexOfAnother, match=told):
            opened.sync() if keep else opened.build()
    writer.write("storm", "A storm reached Gwadar in October.")
    writer.sync()
    assert reader.texts().keys() == {"flood", "storm"}


def test_copy_of_a_database_gets_an_index_of_its_own_beside_the_original_s(
    machines: tuple[Home, Home], copy: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_builds, "READ_SECONDS", 0.0)
    writer, reader = machines
    copy.write("flood", "The river flooded Larkana.")
    for _ in range(2):  # what it is a copy of is cleared away the second time
        assert copy.sync(rebuild=True).added == ("flood",)
    writer.write("storm", "A storm reached Gwadar in October.")
    assert writer.sync().added == ("storm",)
    assert copy.sync().did_nothing
    assert reader.texts().keys() == {"flood", "storm"}
    assert copy.texts() == {"flood": "The river flooded Larkana."}


def test_copy_takes_over_from_a_database_that_is_gone_and_nothing_is_embedded(
    machines: tuple[Home, Home], copy: Home
) -> None:
    writer, _ = machines
    with copy.open() as opened:
        assert opened.sync(take_over=True).unchanged == 1
        assert_level(opened.build(), copy.store)
    assert copy.model.embedded == []
    writer.write("storm", "A storm reached Gwadar in October.")
    with writer.open() as opened, pytest.raises(IndexOfAnother):
        opened.sync()
    copy.write("quake", "An earthquake struck Awaran.")
    assert copy.sync().added == ("quake",)


def test_machine_that_has_but_the_addresses_answers_from_what_another_one_wrote(
    machines: tuple[Home, Home],
) -> None:
    writer, reader = machines
    with reader.open(keep=False) as reading:
        assert_whole(reading.build())
        writer.write("storm", "A storm reached Gwadar in October.")
        writer.sync()
        assert_whole(reading.build())
        assert sorted(texts(reading.build())) == ["flood", "storm"]
        writer.sync(rebuild=True)
        assert_whole(reading.build())
        assert sorted(texts(reading.build())) == ["flood", "storm"]


def test_words_that_are_not_where_they_were_published_are_made_anew_only_when_that_is_asked(
    machines: tuple[Home, Home], tmp_path: Path
) -> None:
    writer, reader = machines
    (tmp_path / "published").rename(tmp_path / "not mounted")
    for home, keep in ((writer, True), (reader, False)):
        with home.open(keep=keep) as opened:
            with pytest.raises(WordsAway, match="is the drive mounted, and FOOTNOTE_SHARED the"):
                opened.sync() if keep else opened.build()
            assert not (tmp_path / "published").exists()
    (tmp_path / "not mounted").rename(tmp_path / "published")
    assert writer.sync().did_nothing
    (tmp_path / "published").rename(tmp_path / "gone")
    assert writer.sync(rebuild=True).added == ("flood",)
    assert reader.texts().keys() == {"flood"}


def test_who_lost_the_lock_to_another_publishes_no_words_any_more(
    machines: tuple[Home, Home], address: str
) -> None:
    writer, reader = machines
    with writer.open() as stood_still:
        stood_still.sync()
        lexical = stood_still.build().lexical
        lexical.remove(range(1, 10))
        asked(address, _END_OTHERS)
        reader.write("flood", "The river flooded Sibi in July.")
        reader.sync()
        with pytest.raises(IndexLocked):
            lexical.commit()
    with reader.open(keep=False) as reading:
        assert_whole(reading.build())
        assert reading.build().lexical.count() == 1


def test_change_is_seen_though_somebody_is_always_reading(machines: tuple[Home, Home]) -> None:
    writer, reader = machines
    with reader.open(keep=False) as reading, ThreadPoolExecutor(1) as others:

        def seen() -> list[str]:
            with reading.reading() as build:
                assert_whole(build)
                return sorted(texts(build))

        with reading.reading() as before:
            writer.write("storm", "A storm reached Gwadar in October.")
            writer.sync()
            assert others.submit(seen).result() == ["flood", "storm"]
            assert reading.build() is before
            assert before.lexical.count() == 1
        assert reading.build() is not before
        assert seen() == ["flood", "storm"]


def test_what_could_not_be_read_is_opened_anew_by_who_does_not_write(
    machines: tuple[Home, Home],
) -> None:
    with machines[1].open(keep=False) as reading:
        with pytest.raises(IndexUnreadable, match="a damaged file"), reading.reading() as before:
            raise IndexUnreadable("a damaged file")
        with reading.reading() as build:
            assert build is not before
            assert_whole(build)
        with reading.reading() as again:
            assert again is build


def test_who_may_make_no_schema_is_told_so_and_nothing_is_left(home: Home, address: str) -> None:
    opened = open_database(DatabaseServer(address, patience=0.0), INDEX_PART)
    with closing(opened) as database, database.transaction() as connection:
        connection.exec_driver_sql("CREATE ROLE nobody_much LOGIN PASSWORD 's3cretpass'")
        connection.exec_driver_sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO nobody_much")
    theirs = address.replace("//footnote:", "//nobody_much:")
    other = Home(home.place, storage=partial(storage_at, theirs))
    with other.open() as writer, pytest.raises(IndexUnwritable, match="may make schemas") as told:
        writer.sync()
    assert "s3cretpass" not in str(told.value)
    home.sync()
    assert schemas(address) == 1


def test_folders_that_lie_otherwise_to_each_other_have_an_index_of_their_own(
    home: Home, address: str, tmp_path: Path
) -> None:
    home.sync()
    other = Home(tmp_path / "elsewhere", storage=partial(storage_at, address))
    other.articles = tmp_path / "elsewhere" / "other-articles"
    other.articles.mkdir()
    other.write("quake", "An earthquake struck Awaran.")
    with other.open(keep=False) as reader, pytest.raises(IndexUnreadable, match="no index of"):
        reader.build()
    other.sync()
    assert sorted(home.texts()) == ["flood", "storm"]
