"""Moving the state to a server and back: every row, every number, nothing over what is there."""

import sqlite3
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from footnote.bot.articles.changes import Changes
from footnote.bot.articles.followed_feeds import Feeds
from footnote.bot.database import moving
from footnote.bot.database.opening import DatabaseServer, open_database
from footnote.bot.database.tables import (
    CHANGES_PART,
    FEEDS_PART,
    STATE_PART,
    change,
    handle,
    receipt,
)
from footnote.bot.errors import BotError
from footnote.bot.people.people import Role
from footnote.bot.people.tokens import Tokens
from footnote.bot.state import State
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.index.keeping.lock import FileWriterLock
from tests.bot.commands import Command
from tests.bot.database.homes import home_from_before_migrations
from tests.bot.database.server import PASSWORD, PostgresServer
from tests.bot.database.test_migrations import rows_of
from tests.index.keeping.storages import held, storage_at


@pytest.fixture
def kept(home: Path) -> Path:
    """The home of the commands, with rows in every table and more than are copied at a time."""
    home_from_before_migrations(home)
    with closing(State(home / "state.sqlite")) as state, state.transaction() as connection:
        rows = [{"number": n, "text": f"Wörter {n}"} for n in range(1, 1300)]
        connection.execute(insert(handle), rows)
        row = {"id": "nul", "place": "telegram:9", "at": 0.1 + 0.2, "result": "{}"}
        connection.execute(insert(receipt), row)
    Changes(home / "changes.sqlite", Path("/articles")).close()
    Feeds(home / "feeds.sqlite", Path("/articles")).close()
    return home


def everything(home: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        f"{name}.{table}": rows
        for name in ("state", "changes", "feeds")
        for table, rows in rows_of(home / f"{name}.sqlite").items()
    }


def test_all_that_is_kept_goes_to_a_server_and_comes_back(
    kept: Path, command: Command, postgres: PostgresServer, tmp_path: Path
) -> None:
    before, address = everything(kept), postgres.database()
    ended = command("move-state", address)
    assert ended.code == 0
    rows = sum(len(table) for table in before.values())
    assert f"{rows:,} rows copied and compared." in " ".join(ended.err.split())
    assert everything(kept) == before
    again = tmp_path / "again"
    ended = command("move-state", "-", "--back", "--home", str(again), typed=f"{address}\n")
    assert ended.code == 0
    assert everything(again) == before
    assert PASSWORD not in ended.out + ended.err
    for file in again.glob("*.sqlite"):
        assert file.stat().st_mode & 0o777 == 0o600


def test_numbers_that_were_given_are_given_on_neither_side_again(
    kept: Path, command: Command, postgres: PostgresServer, tmp_path: Path
) -> None:
    address, again = postgres.database(), tmp_path / "again"
    assert command("move-state", address).code == 0
    with closing(State(DatabaseServer(address))) as state:
        tokens = Tokens(state)
        tokens.new("later", Role.READER)
        assert {token.name: token.number for token in tokens.listed()} == {"notes": 1, "later": 3}
        tokens.new("last", Role.READER)
        tokens.revoke("last")
        [update_] = Inbox(state).store([{"update_id": 77}])
        assert update_.number == 3
    assert command("move-state", "--back", address, "--home", str(again)).code == 0
    with closing(State(again / "state.sqlite")) as state:
        tokens = Tokens(state)
        tokens.new("newest", Role.READER)
        assert max(token.number for token in tokens.listed()) == 5


def test_another_kind_of_database_is_refused_without_blaming_a_setting(
    kept: Path, command: Command
) -> None:
    ended = command("move-state", f"mysql://footnote:{PASSWORD}@db.example.org/footnote")

    assert ended.code != 0
    assert "PostgreSQL database only" in " ".join(ended.err.split())
    assert "FOOTNOTE_DATABASE_URL" not in ended.err
    assert PASSWORD not in ended.err


def test_nothing_is_put_over_what_is_there(
    kept: Path, command: Command, postgres: PostgresServer
) -> None:
    address = postgres.database()
    assert command("move-state", address).code == 0
    before = everything(kept)
    for arguments in ([address], ["--back", address]):
        ended = command("move-state", *arguments)
        assert ended.code == 1
        assert "is not empty" in " ".join(ended.err.split())
        assert PASSWORD not in ended.err
    assert everything(kept) == before


def test_a_row_that_is_not_the_same_is_told_and_nothing_is_moved(
    kept: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = moving._compared

    def tampered(*arguments: object) -> int:
        _, ours, table = arguments
        if table is handle:
            it = handle.c.number == 1250
            ours.execute(update(handle).where(it).values(text="other"))  # type: ignore[attr-defined]
        return compare(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "_compared", tampered)
    server = DatabaseServer(postgres.database())
    with ExitStack() as ending:
        local, remote = {}, []
        # The one that is not the same comes last.
        for part in (CHANGES_PART, FEEDS_PART, STATE_PART):
            file = open_database(kept / f"{part.name}.sqlite", part, log=part is STATE_PART)
            local[part] = ending.enter_context(closing(file))
            remote.append(ending.enter_context(closing(open_database(server, part))))
        with pytest.raises(BotError, match="handle is not what was there"):
            moving.move(local, remote[0], back=False)
        for table in (receipt, change):
            assert remote[0].rows(select(func.count()).select_from(table)) == [(0,)]


def test_a_text_with_the_character_that_postgresql_has_not_is_moved_as_its_sign(
    kept: Path, command: Command, postgres: PostgresServer
) -> None:
    with closing(sqlite3.connect(kept / "state.sqlite")) as connection, connection:
        connection.execute("UPDATE handle SET text = 'a' || char(0) || 'b' WHERE number = 1")
    address = postgres.database()
    assert command("move-state", address).code == 0
    with closing(State(DatabaseServer(address))) as state:
        assert state.rows(select(handle.c.text).where(handle.c.number == 1)) == [("a␀b",)]


def test_while_somebody_keeps_the_index_nothing_is_moved(
    kept: Path, command: Command, postgres: PostgresServer
) -> None:
    lock = FileWriterLock(kept)
    lock.acquire("a test")
    try:
        ended = command("move-state", postgres.database())
    finally:
        lock.release()
    assert ended.code == 1
    assert "a test" in ended.err


def test_nothing_is_moved_back_while_somebody_keeps_the_index_there(
    kept: Path, command: Command, postgres: PostgresServer
) -> None:
    address = postgres.database()
    moved = command("move-state", address)
    assert "'footnote sync' makes another" in " ".join(moved.err.split())
    with held(partial(storage_at, address), kept.parent):
        ended = command("move-state", "--back", address)
    assert ended.code == 1
    assert "a test" in ended.err


def test_where_nothing_was_kept_there_is_nothing_to_move(
    command: Command, postgres: PostgresServer
) -> None:
    ended = command("move-state", postgres.database())
    assert ended.code == 1
    assert "there is nothing in" in ended.err


def test_an_address_that_is_none_is_refused_without_being_shown(command: Command) -> None:
    ended = command("move-state", "mysql://ada:s3cretpass@host/name")
    assert ended.code == 2
    assert "s3cretpass" not in ended.err
