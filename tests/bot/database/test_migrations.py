"""Bringing databases to their newest form: from nothing, from before there were migrations."""

import sqlite3
from ast import Attribute, Call, parse, walk
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread, Timer
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, create_engine, func, inspect, select, text

from footnote.bot.answers.feedback import Feedback, Tally
from footnote.bot.answers.receipts import Receipts
from footnote.bot.articles.changes import Changes
from footnote.bot.articles.followed_feeds import Feeds
from footnote.bot.database import migrations, tables
from footnote.bot.database.looking import look_at
from footnote.bot.database.migrations import migrating
from footnote.bot.database.schema import bring_up_to_date
from footnote.bot.database.sqlite import SqliteDatabase
from footnote.bot.database.tables import PARTS, SERVER_PARTS, STATE_PART, Part
from footnote.bot.errors import BotError
from footnote.bot.people.people import People, Role
from footnote.bot.people.tokens import Tokens
from footnote.bot.settings import Settings
from footnote.bot.state import State
from footnote.bot.submissions.submissions import Submissions
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.index.results import Abstention, Reason
from tests.bot.database.homes import home_from_before_migrations

NEW_COLUMNS = {"question", "asked", "why"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_from_before_migrations(tmp_path / "home")


@pytest.fixture
def state(home: Path) -> Iterator[State]:
    with closing(State(home / "state.sqlite")) as opened:
        yield opened


def rows_of(file: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without those that only say how far the tables have come."""
    found = {}
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (name,) in names.fetchall():
            if name not in ("schema_step", "alembic_version", "sqlite_sequence"):
                found[name] = [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
    return found


def form_of(file: Path) -> dict[str, list[object]]:
    """Columns, keys and indexes of every table, as SQLAlchemy finds them."""
    engine = create_engine(f"sqlite:///{file}")
    found = inspect(engine)
    form: dict[str, list[object]] = {}
    for table in found.get_table_names():
        keys = found.get_pk_constraint(table)["constrained_columns"]
        columns = [
            (c["name"], str(c["type"]), c["nullable"] and c["name"] not in keys, c["default"])
            for c in found.get_columns(table)
        ]
        indexes = [
            (i["name"], i["column_names"], i["unique"], str(_condition(i)))
            for i in found.get_indexes(table)
        ]
        unique = [constraint["column_names"] for constraint in found.get_unique_constraints(table)]
        checks = [
            constraint["sqltext"].replace('"', "")
            for constraint in found.get_check_constraints(table)
        ]
        form[table] = [
            keys,
            *(sorted(part, key=str) for part in (columns, indexes, unique, checks)),
        ]
    engine.dispose()
    return form


def _condition(index: Any) -> object:
    return index.get("dialect_options", {}).get("sqlite_where")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_the_newest_migration_is_the_one_that_new_databases_have(part: Part) -> None:
    directory = migrating.scripts()
    assert [script.revision for script in directory.get_revisions(f"{part.name}@head")] == [
        part.revision
    ]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_what_is_migrated_from_nothing_is_what_is_made_new(part: Part, tmp_path: Path) -> None:
    with closing(SqliteDatabase(tmp_path / "made", log=True)) as made:
        bring_up_to_date(made, part)
    with closing(SqliteDatabase(tmp_path / "migrated", log=True)) as migrated:
        with migrated.transaction() as connection:
            migrating.migrate(connection, part, ())
        bring_up_to_date(migrated, part)
    assert form_of(tmp_path / "made") == form_of(tmp_path / "migrated")
    assert schema_of(tmp_path / "made") == schema_of(tmp_path / "migrated")


def schema_of(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {sql for (sql,) in found if "alembic_version" not in sql}


@pytest.mark.parametrize("name", ["state", "changes", "feeds"])
def test_every_row_of_before_is_kept(home: Path, tmp_path: Path, name: str) -> None:
    before = rows_of(home / f"{name}.sqlite")
    assert all(before.values())
    open_all(home)
    after = rows_of(home / f"{name}.sqlite")
    for row in after.get("receipt", []):
        for column in NEW_COLUMNS:
            row.pop(column, None)
    for row in before.get("receipt", []):
        for column in NEW_COLUMNS:
            row.pop(column, None)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("name", ["state", "changes", "feeds"])
def test_tables_of_before_come_to_the_form_of_new_ones(
    home: Path, tmp_path: Path, name: str
) -> None:
    open_all(home)
    open_all(tmp_path / "new")
    old, new = form_of(home / f"{name}.sqlite"), form_of(tmp_path / "new" / f"{name}.sqlite")
    assert old.keys() == new.keys()
    for table, form in new.items():
        assert old[table] == form, table


def open_all(home: Path) -> None:
    State(home / "state.sqlite").close()
    Changes(home / "changes.sqlite", Path("/articles")).close()
    Feeds(home / "feeds.sqlite", Path("/articles")).close()


def test_the_rooms_find_what_they_had_written_before(state: State, home: Path) -> None:
    receipts = Receipts(state)
    assert receipts.answered_from("a") == ["Who?"]
    assert [(gap.why, gap.question) for gap in receipts.gaps(10)] == [
        ("language", "Кто?"), ("nearest", "Whence?"),
    ]  # fmt: skip
    [answered] = [r for r in receipts.asked() if r.result.question == "Who?"]
    assert Feedback(state).tally(answered.id) == Tally(up=1)
    assert receipts.find("broken") is None
    assert receipts.times_cited("a") == 1
    people = People(state, Settings())
    assert [(one.name, one.role) for one in people.listed()] == [("Ada", Role.READER)]
    assert [found.chat for found in people.groups()] == [-5]
    assert [update.number for update in Inbox(state).waiting()] == [1]
    assert [one.number for one in Submissions(state).due()] == [1]
    changes = Changes(home / "changes.sqlite", Path("/articles"))
    assert changes.arrivals() == {"a": 1_700_000_000.0}
    changes.close()
    feeds = Feeds(home / "feeds.sqlite", Path("/articles"))
    assert [feed.title for feed in feeds.followed()] == ["News"]
    feeds.close()


def test_numbers_that_were_given_are_not_given_again(state: State) -> None:
    tokens = Tokens(state)
    tokens.new("later", Role.READER)
    assert {token.name: token.number for token in tokens.listed()} == {"notes": 1, "later": 3}


def test_receipts_of_the_first_form_are_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    with closing(sqlite3.connect(file)) as old:
        old.executescript(
            """
            CREATE TABLE receipt (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
                place TEXT NOT NULL, at REAL NOT NULL, result TEXT NOT NULL
            ) STRICT;
            CREATE INDEX receipt_by_place ON receipt (place, seq);
            CREATE TABLE fresh_start (place TEXT PRIMARY KEY, after INTEGER NOT NULL) STRICT;
            INSERT INTO receipt (id, place, at, result) VALUES ('a', 'telegram:1', 1.0,
                '{"question": "Why?", "reason": "the articles do not answer this", "nearest": []}');
            PRAGMA user_version = 1;
            """
        )
    for _ in range(2):
        with closing(State(file)) as state:
            receipts = Receipts(state)
            kept = receipts.keep(Abstention("Who?", Reason.NOTHING_FOUND), "telegram:1")
            assert receipts.find(kept.id)
            assert receipts.find("a")
            assert {gap.question for gap in receipts.gaps(10)} == {"Why?", "Who?"}


def test_a_migration_that_fails_leaves_all_as_it_was(home: Path) -> None:
    file = home / "state.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP INDEX said_in_answer")
        connection.execute("CREATE VIEW said_in_answer AS SELECT 1")  # in the way of the index
        connection.commit()
    before = rows_of(file), form_of(file)
    with pytest.raises(BotError, match="said_in_answer"):
        State(file)
    assert (rows_of(file), form_of(file)) == before


def test_tables_of_a_later_footnote_are_refused_with_a_way_out(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    State(file).close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'state_99'")
    with pytest.raises(BotError, match=r"written by a later Footnote .*state_99"):
        State(file)


def test_whoever_opens_a_new_file_waits_for_another_that_is_writing(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE mine (number INTEGER)")
        other.execute("BEGIN IMMEDIATE")
        ending = Timer(0.3, lambda: other.execute("COMMIT"))
        ending.start()
        with closing(SqliteDatabase(file, log=True)) as database:
            bring_up_to_date(database, STATE_PART)
        ending.join()


@pytest.mark.parametrize("old", [False, True])
def test_those_that_begin_at_the_same_time_make_the_tables_once(tmp_path: Path, old: bool) -> None:
    if old:
        home_from_before_migrations(tmp_path)
    faults: list[BaseException] = []

    def begin() -> None:
        try:
            with closing(SqliteDatabase(tmp_path / "state.sqlite", log=True)) as database:
                bring_up_to_date(database, STATE_PART)
                database.rows(select(func.count()).select_from(tables.receipt))
        except BaseException as error:  # a thread's would be lost: told below
            faults.append(error)

    threads = [Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_no_migration_is_run_where_the_tables_are_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    State(tmp_path / "state.sqlite").close()
    monkeypatch.setattr(migrating, "migrate", lambda *arguments: pytest.fail("it was run"))
    State(tmp_path / "state.sqlite").close()


def test_every_table_is_described_once() -> None:
    described = [name for part in SERVER_PARTS for name in part.tables.tables]
    assert len(described) == len(set(described))


def test_a_column_is_of_a_kind_that_a_strict_table_takes(tmp_path: Path) -> None:
    State(tmp_path / "state.sqlite").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'state.sqlite'}")
    found = MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        for table in found.tables.values():
            assert isinstance(table, Table)
            [strict] = connection.scalars(
                text("SELECT strict FROM pragma_table_list WHERE name = :name"),
                {"name": table.name},
            )
            assert strict or table.name in ("alembic_version", "sqlite_sequence")
    engine.dispose()


def test_what_doctor_tells_of_files_is_how_far_their_tables_have_come(home: Path) -> None:
    place = home / "state.sqlite"
    before = "tables: none yet; of another version of Footnote: tables from before migrations"
    assert before in look_at(place)
    open_all(home)
    assert look_at(place).endswith("tables: changes_2, feeds_1, state_2")
    place.write_text("no database")
    assert look_at(place).endswith("tables: changes_2, feeds_1")


_TAKES_AWAY = {
    "drop_column", "drop_table", "rename_table", "drop_constraint", "alter_column", "execute",
    "batch_alter_table", "drop",
}  # fmt: skip
_MADE_WAY_FOR: dict[str, str] = {}
"""Migrations that take something away, and since which release nothing in use has read it."""


def taken_away(migration: Path) -> set[str]:
    """What it calls that may leave replicas of the version before without something."""
    calls = [node.func for node in walk(parse(migration.read_text())) if isinstance(node, Call)]
    return {call.attr for call in calls if isinstance(call, Attribute)} & _TAKES_AWAY


def test_a_migration_leaves_those_of_the_version_before_what_they_use() -> None:
    versions = Path(migrations.__file__).with_name("versions")
    taking = {file.stem for file in versions.glob("*.py") if taken_away(file)}
    assert taking == _MADE_WAY_FOR.keys()
    renaming = Path(__file__).parents[1] / "telegram" / "upgrading" / "renames" / "state_3.py"
    assert taken_away(renaming) == {"alter_column"}
