"""Footnote with the catalogue of its index in PostgreSQL: by commands, and while it is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.commands import ASKED, FERRY, Command
from tests.bot.database import server
from tests.bot.database.server import PASSWORD, PostgresServer


@pytest.fixture
def own() -> Iterator[PostgresServer]:
    """One that a test may stop."""
    programs = server.programs()
    if programs is None:
        pytest.skip(server.LEFT_OUT)
    yield from server.running(programs)


def words(text: str) -> str:
    return " ".join(text.split())


def test_commands_do_with_it_what_they_do_without(
    command: Command,
    postgres: PostgresServer,
    articles: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", postgres.database())
    (articles.parent / "ferry.txt").write_text(f"The ferry\n\n{FERRY}")
    assert command("sync").code == 0
    assert command("add", str(articles.parent / "ferry.txt")).code == 0
    assert FERRY.strip() in command("ask", ASKED).out
    assert command("check", FERRY.strip()).code == 0
    listed = command("list")
    assert "ferry" in listed.out
    assert not list(home.rglob("catalogue.sqlite"))
    told = command("doctor")
    assert "PostgreSQL at postgresql://127.0.0.1" in words(told.out)
    assert "index_1" in told.out
    assert "up to date with the folder" in words(told.out)
    [ferry] = articles.glob("*ferry*.md")
    ferry.unlink()
    assert FERRY.strip() not in command("ask", ASKED).out
    for text in (told.out, told.err, (home / "footnote.log").read_text()):
        assert PASSWORD not in text


def test_copy_of_a_database_is_refused_until_it_takes_over_or_has_an_index_of_its_own(
    command: Command, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = postgres.database()
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", original)
    monkeypatch.setenv("FOOTNOTE_SHARED", str(tmp_path / "shared"))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:token")
    assert command("sync").code == 0
    for option in ("--take-over", "--rebuild"):
        monkeypatch.setenv("FOOTNOTE_DATABASE_URL", postgres.copy(original))
        for words_ in (["sync"], ["bot"], ["ask", ASKED]):
            refused = command(*words_)
            assert refused.code == 1
            assert "of another database, of which this one is a copy" in words(refused.err)
        examined = command("doctor")
        assert examined.code != 0
        assert "goes on with its index" in words(examined.out)
        assert command("sync", option).code == 0
        assert command("ask", ASKED).code in (0, 3, 4)


def test_commands_say_that_it_is_away_and_answer_when_it_is_back(
    command: Command,
    own: PostgresServer,
    home: Path,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("footnote.bot.composition.PATIENCE_SECONDS", 0.0)
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", own.database())
    (articles / "ferry.md").write_text(f"---\ntitle: Ferry\n---\n\n{FERRY}")
    assert FERRY.strip() in command("ask", ASKED).out
    own.stop()
    try:
        told = command("doctor")
    finally:
        own.start()
    assert told.code != 0
    assert words(told.out).count("is away") >= 2
    assert PASSWORD not in told.out + told.err + (home / "footnote.log").read_text()
    assert FERRY.strip() in command("ask", ASKED).out


def test_home_that_may_only_be_read_has_no_copy_of_an_index_that_is_elsewhere(
    command: Command, postgres: PostgresServer, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", postgres.database())
    command("sync")
    monkeypatch.setattr("footnote.bot.copied_home.may_be_written", lambda _: False)
    told = command("ask", ASKED)
    assert told.code != 0
    assert "a part of its index is on a server" in words(told.err)
