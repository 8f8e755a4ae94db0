"""The folder of articles, followed while the bot runs."""

import asyncio
import logging
from pathlib import Path
from threading import Event
from typing import NoReturn

import pytest
from watchfiles import Change

from bot.composition import Footnote
from bot.following import follow_folder, is_of_articles
from bot.settings import Settings
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import (
    ask,
)


def test_a_file_dropped_into_the_folder_is_answered_from_within_seconds(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    chat = bot.chat()
    with caplog.at_level(logging.INFO, logger="bot"):
        (bot.articles / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")
        _wait_for_log(caplog, "articles: 1 added, 0 changed, 0 removed")
    assert "at dawn. [1]" in ask(chat, "Does the ferry cross the strait of Lorne at dawn?").text


def test_a_faulty_file_is_named_in_the_log_once_until_it_changes(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="bot"):
        (bot.articles / "odd.md").write_text("---\ndate: yesterday\n---\n\nText.\n")
        _wait_for_log(
            caplog, "not taken in until it is mended: odd.md, line 2: date is 'yesterday'"
        )
        (bot.articles / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")
        _wait_for_log(caplog, "articles: 1 added, 0 changed, 0 removed")
        (bot.articles / "odd.md").write_text("---\ndate: tomorrow\n---\n\nText.\n")
        _wait_for_log(caplog, "date is 'tomorrow'")
    assert caplog.text.count("date is 'yesterday'") == 1


def fail(texts: list[str]) -> NoReturn:
    raise ZeroDivisionError("deep inside")


def test_a_fault_while_taking_in_a_file_does_not_end_the_following(
    bot: RunningBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    embed, model = (
        bot.footnote.passage_index.model.encode_passages,
        bot.footnote.passage_index.model,
    )
    monkeypatch.setattr(model, "encode_passages", fail)
    with caplog.at_level(logging.INFO, logger="bot"):
        (bot.articles / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")
        _wait_for_log(caplog, "the index could not be made level with the folder")
        monkeypatch.setattr(model, "encode_passages", embed)
        (bot.articles / "canal.md").write_text("The canal was dug by hand in nine years.\n")
        _wait_for_log(caplog, "articles: 2 added, 0 changed, 0 removed")


def _wait_for_log(caplog: pytest.LogCaptureFixture, line: str) -> None:
    seen = Event()
    for _ in range(400):
        if line in caplog.text:
            return
        seen.wait(0.025)
    raise AssertionError(f"{line!r} is not in the log:\n{caplog.text}")


def test_what_came_before_it_was_watching_is_taken_in_too(
    footnote: Footnote, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.following.LOOK_EVERY_SECONDS", 0.1)
    (articles / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")

    async def follow() -> None:
        following = asyncio.create_task(follow_folder(footnote))
        while footnote.passage_index.build().catalogue.counts()[0] == 3:
            await asyncio.sleep(0.01)
        following.cancel()

    asyncio.run(asyncio.wait_for(follow(), 10))


@pytest.mark.parametrize(
    ("path", "concerns"),
    [
        ("ferry.md", True),
        ("sub/ferry.md", True),
        ("sub", True),
        (".git/index", False),
        (".ferry.md.part", False),
        ("home/footnote.log", False),
        ("home/alive", False),
    ],
)
def test_what_the_bot_itself_writes_into_the_folder_does_not_wake_it(
    tmp_path: Path, path: str, concerns: bool
) -> None:
    settings = Settings(_env_file=None, articles=tmp_path, home=tmp_path / "home")
    assert is_of_articles(settings, Change.modified, str(tmp_path / path)) is concerns
