"""The one file of state: tables by room, all or nothing, and a plain word where it is broken."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

import pytest

from footnote.bot.answers.receipts import Receipts
from footnote.bot.errors import BotError
from footnote.bot.state import State
from footnote.index.results import Abstention, Reason

FIRST = "CREATE TABLE word (text TEXT) STRICT; CREATE INDEX by_text ON word (text);"
SECOND = "ALTER TABLE word ADD COLUMN said INTEGER NOT NULL DEFAULT 1"
OF_0_1_0 = """
CREATE TABLE receipt (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    at REAL NOT NULL,
    result TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_by_place ON receipt (place, seq);
CREATE TABLE fresh_start (
    place TEXT PRIMARY KEY,
    after INTEGER NOT NULL
) STRICT;
PRAGMA user_version = 1;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "state.sqlite"


@pytest.fixture
def state(file: Path) -> Iterator[State]:
    with closing(State(file)) as opened:
        yield opened


def keep(state: State, word: str) -> None:
    with state.transaction() as connection:
        connection.execute("INSERT INTO word (text) VALUES (?)", (word,))


def test_each_room_takes_the_steps_that_it_has_not_been_through(state: State, file: Path) -> None:
    state.migrate("words", [FIRST])
    state.migrate("other", ["CREATE TABLE other (id INTEGER) STRICT"])
    keep(state, "footnote")
    with closing(State(file)) as later:
        later.migrate("words", [FIRST, SECOND])
        later.migrate("words", [FIRST, SECOND])
        assert later.rows("SELECT text, said FROM word") == [("footnote", 1)]


def test_a_step_that_fails_leaves_nothing_of_its_room_behind(state: State) -> None:
    with pytest.raises(BotError, match="no such table: none"):
        state.migrate("words", [FIRST, "CREATE TABLE half (id INTEGER); DROP TABLE none;"])
    tables = {name for (name,) in state.rows("SELECT name FROM sqlite_schema")}
    assert not tables & {"word", "half"}
    state.migrate("words", [FIRST])


def test_a_file_of_a_later_footnote_is_refused_with_a_way_out(state: State) -> None:
    state.migrate("words", [FIRST, SECOND])
    with pytest.raises(BotError, match="written by a later Footnote"):
        state.migrate("words", [FIRST])


def test_receipts_of_version_0_1_0_are_taken_over(file: Path) -> None:
    file.parent.mkdir()
    with sqlite3.connect(file) as old:
        old.executescript(OF_0_1_0)
    old.close()
    for _ in range(2):
        with closing(State(file)) as state:
            kept = Receipts(state).keep(Abstention("Who?", Reason.NOTHING_FOUND), "telegram:1")
            assert Receipts(state).find(kept.id)


def test_a_block_that_fails_is_undone_whole(state: State) -> None:
    state.migrate("words", [FIRST])
    with suppress(ZeroDivisionError), state.transaction() as connection:
        connection.execute("INSERT INTO word VALUES ('half')")
        assert state.rows("SELECT count(*) FROM word") == [(1,)]
        _ = 1 / 0
    assert state.rows("SELECT count(*) FROM word") == [(0,)]
    keep(state, "whole")
    assert state.rows("SELECT text FROM word") == [("whole",)]


def test_a_transaction_within_another_is_refused(state: State) -> None:
    with (
        pytest.raises(sqlite3.OperationalError, match="inside a transaction"),
        state.transaction(),
        state.transaction(),
    ):
        pass


def test_many_threads_write_one_after_the_other(state: State) -> None:
    state.migrate("words", [FIRST])
    threads = [
        Thread(target=lambda: [keep(state, str(number)) for number in range(20)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state.rows("SELECT count(*) FROM word") == [(160,)]


def test_what_is_in_it_is_readable_by_its_owner_alone(state: State, file: Path) -> None:
    state.migrate("words", [FIRST])
    rights = {part.name: part.stat().st_mode & 0o777 for part in file.parent.iterdir()}
    assert rights[file.name] == 0o600
    assert set(rights.values()) == {0o600}


@pytest.mark.parametrize("garbage", [b"not a database, though long enough" * 100, b"SQLite form"])
def test_a_file_that_is_no_database_is_told_in_a_plain_sentence(file: Path, garbage: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(garbage)
    with pytest.raises(BotError) as raised:
        State(file)
    assert str(raised.value).startswith(f"{file} is not a database that can be used (")
    assert "move it away to begin without earlier answers" in str(raised.value)
    assert file.read_bytes() == garbage


def test_a_folder_in_the_place_of_the_file_is_told_in_a_plain_sentence(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(BotError, match="unable to open database file"):
        State(file)


def test_a_chat_with_another_number_has_it_in_all_tables_and_its_topics_too(state: State) -> None:
    steps = ["CREATE TABLE said (place TEXT PRIMARY KEY); CREATE TABLE known (chat INTEGER)"]
    state.migrate("words", steps, places=["said.place"], chats=["known.chat"])
    with state.transaction() as connection:
        names = ["telegram:-4", "telegram:-4:7", "telegram:-44", "telegram:4"]
        connection.executemany("INSERT INTO said VALUES (?)", [(name,) for name in names])
        connection.execute("INSERT INTO said VALUES ('telegram:-1004')")
        connection.executemany("INSERT INTO known VALUES (?)", [(-4,), (-44,), (4,)])
    state.move("telegram:-4", -4, to=("telegram:-1004", -1004))
    assert sorted(name for (name,) in state.rows("SELECT place FROM said")) == [
        "telegram:-1004", "telegram:-1004:7", "telegram:-44", "telegram:4",
    ]  # fmt: skip
    assert sorted(chat for (chat,) in state.rows("SELECT chat FROM known")) == [-1004, -44, 4]
