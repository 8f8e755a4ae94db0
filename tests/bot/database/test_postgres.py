"""What is PostgreSQL's alone: a server that is away, waited for or refused, and what is told."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import MetaData, func, insert, inspect, select, text, update
from sqlalchemy.exc import ProgrammingError

from footnote.bot.articles.changes import Changes
from footnote.bot.database.looking import look_at
from footnote.bot.database.migrations import migrating
from footnote.bot.database.opening import DatabaseServer
from footnote.bot.database.postgres import PostgresDatabase
from footnote.bot.database.schema import bring_up_to_date
from footnote.bot.database.tables import SERVER_PARTS, STATE_PART, handle
from footnote.bot.errors import BotError, DatabaseAway, SettingsFault
from footnote.bot.settings import read_settings
from footnote.bot.state import State
from tests.bot.commands import Command
from tests.bot.database import server
from tests.bot.database.server import PASSWORD, PostgresServer

COUNT = select(func.count()).select_from(handle)


@pytest.fixture
def own() -> Iterator[PostgresServer]:
    """One that a test may stop."""
    programs = server.programs()
    if programs is None:
        pytest.skip(server.LEFT_OUT)
    yield from server.running(programs)


def keep(state: State, number: int) -> None:
    with state.transaction() as connection:
        connection.execute(insert(handle), {"number": number, "text": str(number)})


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_tables_that_a_later_version_has_changed_are_told_of_once_and_waited_for(
    postgres: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    address = postgres.database()
    with (
        closing(State(DatabaseServer(address))) as state,
        closing(PostgresDatabase(address, patience=0.0)) as later,
    ):
        keep(state, 1)
        with later.transaction() as connection:
            connection.exec_driver_sql("ALTER TABLE handle RENAME COLUMN text TO body")
        with pytest.raises(ProgrammingError):
            keep(state, 2)
        with later.transaction() as connection:
            newer = "UPDATE alembic_version SET version_num = 'state_99' WHERE version_num = %s"
            connection.exec_driver_sql(newer, (STATE_PART.revision,))
        for _ in range(2):
            with pytest.raises(
                DatabaseAway, match=r"later Footnote \(state_99\): end this process"
            ):
                keep(state, 2)
        assert state.rows(COUNT) == [(1,)]
        [changed] = told(caplog)
        assert "until then nothing is done here" in changed


def test_while_the_server_is_away_it_is_told_once_and_all_goes_on_by_itself(
    own: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(State(DatabaseServer(own.database()))) as state:
        keep(state, 1)
        own.stop()
        for _ in range(3):
            with pytest.raises(DatabaseAway, match="is away"):
                state.rows(COUNT)
            with pytest.raises(DatabaseAway, match="is away"):
                keep(state, 2)
        [away] = told(caplog)
        assert "nothing is done until it is back" in away
        own.start()
        keep(state, 3)
        assert state.rows(COUNT) == [(2,)]
        assert len(told(caplog)) == 2
        assert told(caplog)[1].endswith("is back")
        assert PASSWORD not in caplog.text


def test_of_a_server_that_was_restarted_between_two_writes_nothing_is_noticed(
    own: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(State(DatabaseServer(own.database()))) as state:
        keep(state, 1)
        own.stop()
        own.start()
        keep(state, 2)
        own.stop()
        own.start()
        assert state.rows(COUNT) == [(2,)]
    assert told(caplog) == []


def test_a_transaction_whose_server_goes_away_is_undone_whole(own: PostgresServer) -> None:
    def write_while_it_goes() -> None:
        with state.transaction() as connection:
            connection.execute(insert(handle), {"number": 1, "text": "half"})
            own.stop()
            connection.execute(insert(handle), {"number": 2, "text": "half"})

    with closing(State(DatabaseServer(own.database()))) as state:
        with pytest.raises(DatabaseAway):
            write_while_it_goes()
        own.start()
        assert state.rows(COUNT) == [(0,)]


def test_at_the_start_the_server_is_waited_for_and_that_is_said(
    own: PostgresServer, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = own.database()
    own.stop()
    waits, sleep = threading.Event(), time.sleep

    def sleeping(seconds: float) -> None:
        waits.set()
        sleep(seconds)

    monkeypatch.setattr("footnote.bot.database.postgres.time.sleep", sleeping)
    starting = threading.Thread(target=lambda: waits.wait(60) and own.start())
    starting.start()
    with closing(State(DatabaseServer(address, patience=60.0))) as state:
        assert state.rows(COUNT) == [(0,)]
    starting.join()
    said = capfd.readouterr().err
    assert said.count("Waiting for the database postgresql://127.0.0.1:") == 1
    assert PASSWORD not in said


def test_who_has_no_patience_is_told_what_is_away(
    own: PostgresServer, capfd: pytest.CaptureFixture[str]
) -> None:
    address = own.database()
    own.stop()
    with pytest.raises(DatabaseAway, match="see that it runs") as raised:
        State(DatabaseServer(address, patience=0.0))
    assert "Waiting" not in capfd.readouterr().err
    assert PASSWORD not in str(raised.value)


def test_what_can_never_be_right_is_not_waited_for(
    postgres: PostgresServer, capfd: pytest.CaptureFixture[str]
) -> None:
    for address in (
        postgres.address("postgres", password="another-one"),
        postgres.address("none-of-this-name"),
    ):
        with pytest.raises(SettingsFault, match="FOOTNOTE_DATABASE_URL") as raised:
            State(DatabaseServer(address, patience=60.0))
        assert "another-one" not in str(raised.value)
        assert PASSWORD not in str(raised.value)
    assert "Waiting" not in capfd.readouterr().err


def test_what_two_processes_read_and_write_is_done_by_one_after_the_other(
    postgres: PostgresServer,
) -> None:
    place = DatabaseServer(postgres.database())
    states = [State(place), State(place)]
    with states[0].transaction() as connection:
        connection.execute(insert(handle), {"number": 1, "text": "0"})

    def count(state: State) -> None:
        for _ in range(25):
            with state.transaction(lazily=True) as connection:
                before = connection.scalar(select(handle.c.text))
                connection.execute(update(handle).values(text=str(int(before) + 1)))

    threads = [threading.Thread(target=count, args=(state,)) for state in states for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states[0].rows(select(handle.c.text)) == [("100",)]
    for state in states:
        state.close()


def test_a_text_with_the_character_that_postgresql_has_not_can_be_kept(
    postgres: PostgresServer,
) -> None:
    with closing(State(DatabaseServer(postgres.database()))) as state:
        with state.transaction() as connection:
            connection.execute(insert(handle), {"number": 1, "text": "a\0b"})
        assert state.rows(select(handle.c.text)) == [("a␀b",)]


def test_what_is_migrated_from_nothing_is_what_is_made_new(postgres: PostgresServer) -> None:
    forms = []
    for migrated in (True, False):
        with closing(PostgresDatabase(postgres.database(), patience=30.0)) as database:
            for part in SERVER_PARTS:
                if migrated:
                    with database.transaction() as connection:
                        migrating.migrate(connection, part, ())
                bring_up_to_date(database, part)
            with database.connected() as connection:
                found, form = inspect(connection), {}
                for table in found.get_table_names():
                    columns = [
                        (c["name"], str(c["type"]), c["nullable"], c["default"])
                        for c in found.get_columns(table)
                    ]
                    indexes = sorted(str(index) for index in found.get_indexes(table))
                    form[table] = columns, indexes, found.get_pk_constraint(table)
                forms.append(form)
    assert forms[0] == forms[1]


def test_all_parts_are_in_one_database(postgres: PostgresServer) -> None:
    with closing(PostgresDatabase(postgres.database(), patience=30.0)) as database:
        for part in SERVER_PARTS:
            bring_up_to_date(database, part)
            bring_up_to_date(database, part)
        assert sorted(database.rows(text("SELECT version_num FROM alembic_version"))) == sorted(
            (part.revision,) for part in SERVER_PARTS
        )
        with database.connected() as connection:
            found = MetaData()
            found.reflect(connection)
        described = {name for part in SERVER_PARTS for name in part.tables.tables}
        assert set(found.tables) == described | {"alembic_version"}


def test_those_that_begin_at_the_same_time_make_the_tables_once(postgres: PostgresServer) -> None:
    place, faults = DatabaseServer(postgres.database()), list[BaseException]()

    def begin() -> None:
        try:
            State(place).close()
        except BaseException as error:  # a thread's would be lost: told below
            faults.append(error)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_doctor_tells_version_and_tables(
    postgres: PostgresServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", postgres.database())
    command("sync")
    said = " ".join(command("doctor").out.split())
    assert "PostgreSQL 1" in said
    assert "tables: changes_2" in said
    assert PASSWORD not in said


def test_doctor_tells_what_is_wrong_with_a_server(
    own: PostgresServer, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = own.database()
    with pytest.raises(BotError, match="LATIN1"):
        look_at(DatabaseServer(own.database(encoding="LATIN1")))
    own.stop()
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", address)
    ended = command("doctor")
    assert ended.code == 1
    assert "is away" in ended.out
    assert PASSWORD not in ended.out + ended.err


@pytest.mark.parametrize(
    "wrong", ["sqlite:///x", "postgresql:/x", "host/name", "postgresql://ada:s3cret@h:port/x"]
)
def test_an_address_that_can_be_none_is_told_without_it(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", wrong)
    with pytest.raises(SettingsFault, match="FOOTNOTE_DATABASE_URL is wrong") as raised:
        read_settings()
    assert wrong not in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_commands_ask_and_undo_without_a_file_of_state(
    postgres: PostgresServer, command: Command, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", postgres.database())
    assert command("sync").code == 0
    assert command("ask", "Who built the lighthouse of Port Ellis?").code == 0
    assert command("remove", "tea", "--yes").code == 0
    assert command("undo", "--yes").code == 0
    assert command("token", "new", "notes").code == 0
    assert "notes" in command("token", "list").out
    assert list(home.glob("*.sqlite*")) == []
    assert PASSWORD not in (home / "footnote.log").read_text()


def test_articles_are_changed_by_one_process_at_a_time(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    place = DatabaseServer(postgres.database())
    both = [Changes(place, tmp_path), Changes(place, tmp_path)]
    under_way, overlaps = [0], list[int]()

    def work(changes: Changes) -> None:
        for _ in range(5):
            with changes.alone():
                under_way[0] += 1
                overlaps.append(under_way[0])
                time.sleep(0.02)
                under_way[0] -= 1

    threads = [threading.Thread(target=work, args=(changes,)) for changes in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(overlaps) == {1}
    for changes in both:
        changes.close()
