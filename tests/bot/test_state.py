"""The state: all or nothing, and a plain word where it is broken."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from footnote.bot.database.tables import admitted_group, handle, person, reaction, receipt, shut_out
from footnote.bot.errors import BotError
from footnote.bot.state import State
from footnote.index.database.database import TransactionWithin

COUNT = select(func.count()).select_from(handle)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "state.sqlite"


@pytest.fixture
def file_state(file: Path) -> Iterator[State]:
    with closing(State(file)) as opened:
        yield opened


def keep(connection: Connection, number: int) -> None:
    connection.execute(insert(handle), {"number": number, "text": str(number)})


def test_a_block_that_fails_is_undone_whole(state: State) -> None:
    with suppress(ZeroDivisionError), state.transaction() as connection:
        keep(connection, 1)
        assert state.rows(COUNT) == [(1,)]
        _ = 1 / 0
    assert state.rows(COUNT) == [(0,)]
    with state.transaction() as connection:
        keep(connection, 2)
    assert state.rows(select(handle.c.text)) == [("2",)]


def test_a_transaction_within_another_is_refused(state: State) -> None:
    def write_within() -> None:
        with state.transaction() as connection:
            keep(connection, 1)
            with state.transaction():
                pass

    with pytest.raises(TransactionWithin):
        write_within()
    assert state.rows(COUNT) == [(0,)]


def test_many_threads_write_one_after_the_other(state: State) -> None:
    def work(first: int) -> None:
        for number in range(20):
            with state.transaction() as connection:
                before = connection.scalar(COUNT)
                keep(connection, first + number)
                assert connection.scalar(COUNT) == before + 1

    threads = [Thread(target=work, args=(1000 * n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state.rows(COUNT) == [(160,)]


def test_what_is_in_it_is_readable_by_its_owner_alone(file_state: State, file: Path) -> None:
    rights = {part.name: part.stat().st_mode & 0o777 for part in file.parent.iterdir()}
    assert rights[file.name] == 0o600
    assert set(rights.values()) == {0o600}


@pytest.mark.parametrize("garbage", [b"not a database, though long enough" * 100, b"SQLite form"])
def test_a_file_that_is_no_database_is_told_in_a_plain_sentence(file: Path, garbage: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(garbage)
    with pytest.raises(BotError) as raised:
        State(file)
    assert str(raised.value).startswith(
        f"{file} is not a database that can be used (file is not a database)"
    )
    assert "move it away to begin without earlier answers" in str(raised.value)
    assert file.read_bytes() == garbage


def test_a_folder_in_the_place_of_the_file_is_told_in_a_plain_sentence(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(BotError, match="unable to open database file"):
        State(file)


def test_what_people_wrote_stands_in_no_message_about_a_fault(state: State) -> None:
    def write_twice() -> None:
        with state.transaction() as connection:
            for _ in range(2):
                connection.execute(insert(handle), {"number": 1, "text": "a secret"})

    with pytest.raises(IntegrityError, match=r"(?i)unique") as raised:
        write_twice()
    assert "a secret" not in str(raised.value)


def test_what_was_deleted_is_nowhere_after_tidying(file_state: State, file: Path) -> None:
    with file_state.transaction() as connection:
        connection.execute(insert(handle), {"number": 1, "text": "what was erased" * 10})
    with file_state.transaction() as connection:
        connection.execute(handle.delete())
    file_state.tidy()
    assert not [p for p in file.parent.iterdir() if b"what was erased" in p.read_bytes()]


def test_a_chat_with_another_number_has_it_in_all_tables_and_its_topics_too(state: State) -> None:
    names = ["telegram:-4", "telegram:-4:7", "telegram:-44", "telegram:4", "telegram:-1004"]
    with state.transaction() as connection:
        for number, place in enumerate(names):
            row = {"place": place, "message": 1, "emoji": str(number), "at": 0.0}
            connection.execute(insert(reaction), row)
            row = {"id": place, "place": place, "at": 0.0, "result": ""}
            connection.execute(insert(receipt), row)
        for chat in (-4, -44, 4, -1004):
            connection.execute(insert(admitted_group), {"chat": chat, "title": str(chat)})
            connection.execute(insert(person), {"id": chat, "name": "", "role": 1, "since": 0.0})
        connection.execute(insert(shut_out), {"id": -4, "name": ""})
    state.move("telegram:-4", -4, to=("telegram:-1004", -1004))
    places = sorted(state.rows(select(reaction.c.place, reaction.c.emoji)))
    assert places == [
        ("telegram:-1004", "0"), ("telegram:-1004:7", "1"), ("telegram:-44", "2"),
        ("telegram:4", "3"),
    ]  # fmt: skip
    assert sorted(place for (place,) in state.rows(select(receipt.c.place))) == [
        "telegram:-1004", "telegram:-1004", "telegram:-1004:7", "telegram:-44", "telegram:4",
    ]  # fmt: skip
    assert sorted(state.rows(select(admitted_group))) == [(-1004, "-4"), (-44, "-44"), (4, "4")]
    assert sorted(n for (n,) in state.rows(select(person.c.id))) == [-1004, -44, -4, 4]
    assert state.rows(select(shut_out.c.id)) == [(-1004,)]


def test_what_another_process_writes_is_found(file_state: State, file: Path) -> None:
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("INSERT INTO handle VALUES (1, 'ferry')")
    assert file_state.rows(select(handle.c.text)) == [("ferry",)]


def test_a_read_that_fails_is_a_fault_of_sqlalchemys_however_it_is_made(state: State) -> None:
    by_number = select(handle.c.text).where(handle.c.number == bindparam("of"))
    with state.transaction() as connection:
        keep(connection, 1)
        assert state.rows(by_number, of=1) == [("1",)]
    assert state.rows(by_number, of=1) == [("1",)]
    assert state.rows(by_number, of=2) == []
    with state.transaction() as connection:
        handle.drop(connection)
    with pytest.raises(SQLAlchemyError, match="handle"):
        state.rows(by_number, of=1)
