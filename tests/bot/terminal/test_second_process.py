"""Commands beside another Footnote that keeps the index."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from footnote.bot.composition import Footnote, compose
from footnote.bot.settings import Settings
from tests.bot.commands import ASKED, FERRY, Command, Ended, names
from tests.bot.database.server import PostgresServer
from tests.fakes import WordsModel
from tools.telegram_server import TelegramServer


@pytest.fixture
def kept(settings: Settings, command: Command) -> Iterator[Footnote]:
    """Another Footnote keeps the index; what it has taken in can be asked."""
    other = compose(settings, purpose="footnote bot", model=WordsModel())
    other.library.sync()
    yield other
    other.close()


def test_a_sync_where_a_replica_is_says_where_to_run_it(
    command: Command, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_PROCESS", "replica")
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", postgres.database())
    monkeypatch.setenv("FOOTNOTE_CHROMA_URL", "http://127.0.0.1:1")  # asked for nothing
    monkeypatch.setenv("FOOTNOTE_SHARED", str(tmp_path / "shared"))
    ended = command("sync")
    assert ended.code == 1
    told = "This process is a replica (FOOTNOTE_PROCESS): run it where the indexer is."
    assert " ".join(ended.err.split()) == told


def holder(ended: Ended) -> str:
    told = [line for line in ended.err.splitlines() if line.startswith("Another Footnote")]
    [line] = told  # once, not before and after
    assert f"(footnote bot, process {os.getpid()}, since {time.strftime('%Y')}-" in line
    return line


def test_beside_one_that_keeps_the_index_add_leaves_the_file_in_the_folder_and_says_so(
    kept: Footnote, command: Command, articles: Path, tmp_path: Path
) -> None:
    (tmp_path / "ferry.txt").write_text(f"The ferry of Lorne\n\n{FERRY}")
    ended = command("add", str(tmp_path / "ferry.txt"))
    assert ended.code == 0
    assert ended.out.startswith("Added: The ferry of Lorne (the-ferry-of-lorne)\n")
    assert holder(ended).endswith("keeps the index and takes changes in.")
    assert "the-ferry-of-lorne" in names(articles)
    kept.library.sync()
    assert command("ask", ASKED).code == 0


def test_beside_one_that_keeps_the_index_questions_are_answered(
    kept: Footnote, command: Command
) -> None:
    ended = command("ask", "Who decoded the waggle dance of honeybees?")
    assert (ended.code, ended.out.splitlines()[0]) == (
        0,
        "The waggle dance of honeybees was decoded by Karl von Frisch. [1] · 2016-08-03",
    )
    assert "Another Footnote" not in ended.err  # nothing is wrong


@pytest.mark.parametrize("arguments", [["sync"], ["sync", "--rebuild"]])
def test_what_needs_the_index_for_itself_ends_in_a_plain_sentence(
    kept: Footnote, command: Command, arguments: list[str]
) -> None:
    ended = command(*arguments)
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1
    assert "stop it first, or set FOOTNOTE_HOME to another folder" in holder(ended)


def test_a_bot_waits_until_the_other_has_ended_and_says_so(
    kept: Footnote, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TelegramServer() as server:  # which does not know this token, so that the bot ends too
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:AAsecretsecret")
        monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", server.url)
        monkeypatch.setenv("FOOTNOTE_OWNERS", "1")
        ending = Timer(1, kept.passage_index.lock.release)
        ending.start()
        ended = command("bot")
        ending.join()
    waits, *_, last = ended.err.splitlines()
    assert waits.startswith("Another Footnote (footnote bot, process ")
    assert waits.endswith("keeps the index: waiting until it has ended.")
    assert last.startswith(f"{server.url} does not know this token")


def test_what_is_removed_beside_one_that_keeps_the_index_is_gone_from_the_folder(
    kept: Footnote, command: Command, articles: Path
) -> None:
    ended = command("remove", "tea", "--yes")
    assert ended.code == 0
    assert holder(ended)
    assert "tea" not in names(articles)
