"""The folder of articles, followed while the bot runs."""

import asyncio
import logging
import re
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from threading import Event
from typing import Any, NoReturn

import pytest
from sqlalchemy import update
from watchfiles import Change

from footnote.bot.articles.following import articles_in, follow_folder, is_of_articles
from footnote.bot.composition import Footnote
from footnote.bot.database.tables import feed as followed
from footnote.bot.settings import Settings
from footnote.corpus.readers.apart import ReadersApart
from tests.bot.indexed import ARTICLES
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import ask
from tests.corpus.bucket import SECRET, address_of, away
from tests.corpus.site import Site, running
from tools.telegram_server import TelegramServer


def test_a_file_dropped_into_the_folder_is_answered_from_within_seconds(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    chat = bot.chat()
    with caplog.at_level(logging.INFO, logger="footnote.bot"):
        (bot.articles / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")
        _wait_for_log(caplog, "articles: 1 added, 0 changed, 0 removed")
    assert "at dawn. [1]" in ask(chat, "Does the ferry cross the strait of Lorne at dawn?").text


def test_a_faulty_file_is_named_in_the_log_once_until_it_changes(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="footnote.bot"):
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
    with caplog.at_level(logging.INFO, logger="footnote.bot"):
        (bot.articles / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")
        _wait_for_log(caplog, "the index could not be brought up to date with the folder")
        monkeypatch.setattr(model, "encode_passages", embed)
        (bot.articles / "canal.md").write_text("The canal was dug by hand in nine years.\n")
        _wait_for_articles(bot, 5)


def test_a_folder_that_is_away_is_told_once_and_when_it_is_back(
    bot: RunningBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.articles.following.LOOK_EVERY_SECONDS", 0.1)
    away = bot.articles.with_name("away")
    with caplog.at_level(logging.INFO, logger="footnote.bot"):
        bot.articles.rename(away)
        (away / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")
        _wait_for_log(caplog, f"{bot.articles} is not a folder")
        Event().wait(1)
        away.rename(bot.articles)
        _wait_for_log(caplog, "the index is up to date with the folder again")
        _wait_for_log(caplog, "articles: 1 added, 0 changed, 0 removed")
    assert caplog.text.count("is not a folder") == 1
    assert "watched" not in caplog.text


def test_a_folder_that_comes_back_at_once_is_not_said_to_be_unwatched(
    footnote: Footnote, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("footnote.bot.articles.following.LOOK_EVERY_SECONDS", 0.01)
    watched = list[Path]()

    async def watch(folder: Path, **_: Any) -> AsyncIterator[Any]:
        watched.append(folder)
        if len(watched) == 1:
            raise FileNotFoundError("No path was found.")
        yield await asyncio.Event().wait()

    monkeypatch.setattr("footnote.bot.articles.following.awatch", watch)

    async def follow() -> None:
        following = asyncio.create_task(follow_folder(footnote.library, footnote.settings))
        while len(watched) < 2:
            await asyncio.sleep(0.01)
        following.cancel()

    asyncio.run(asyncio.wait_for(follow(), 60))
    assert "watched" not in caplog.text


def test_what_is_put_into_a_store_is_answered_from_and_its_outage_is_told_once(
    server: TelegramServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("footnote.bot.articles.following.LOOK_EVERY_SECONDS", 0.1)
    bucket = Path(shutil.copytree(ARTICLES, tmp_path / "bucket"))
    address = address_of(bucket, login=f"ada:{SECRET}@")
    with (
        caplog.at_level(logging.INFO, logger="footnote.bot"),
        RunningBot(server, tmp_path, articles=address) as bot,
    ):
        chat, asked = bot.chat(), "Does the ferry cross the strait of Lorne at dawn?"
        (bucket / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")
        _wait_for_log(caplog, "articles: 1 added, 0 changed, 0 removed")
        assert "at dawn. [1]" in ask(chat, asked).text
        with away(bucket):
            _wait_for_log(caplog, "gives no answer (ConnectionError")
            Event().wait(1)
            assert "at dawn. [1]" in ask(chat, asked).text
        _wait_for_log(caplog, "the index is up to date with the folder again")
        (bucket / "ferry.md").unlink()
        _wait_for_log(caplog, "articles: 0 added, 0 changed, 1 removed")
    assert caplog.text.count("gives no answer") == 1
    assert SECRET not in caplog.text


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_pull_of_many_files_is_taken_in_and_what_git_keeps_is_no_article(
    bot: RunningBot, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    git(bot.articles, "init", "-b", "main")
    git(bot.articles, "add", ".")
    git(bot.articles, "commit", "-m", "Three")
    git(tmp_path, "clone", str(bot.articles), "others")
    others = tmp_path / "others"
    for number in range(40):
        (others / f"box-{number}.md").write_text(f"Box {number} holds letters of the canal.\n")
    (others / "tea.md").unlink()
    (others / "lighthouse.md").write_text("The lighthouse of Port Ellis was torn down.\n")
    git(others, "add", "-A")
    git(others, "commit", "-m", "Many")
    with caplog.at_level(logging.INFO, logger="footnote.bot"):
        git(bot.articles, "pull", str(others), "main")
        _wait(lambda: _taken_in(caplog) == (40, 1, 1), lambda: caplog.text)
    assert caplog.text.count("articles: ") < 20  # and not one after the other
    assert "torn down. [1]" in ask(bot.chat(), "Was the lighthouse of Port Ellis torn down?").text


def _taken_in(caplog: pytest.LogCaptureFixture) -> tuple[int, ...]:
    """How many articles were added, changed and removed, of all that the log tells."""
    told = re.findall(r"articles: (\d+) added, (\d+) changed, (\d+) removed", caplog.text)
    return tuple(sum(map(int, counts)) for counts in zip(*told, strict=True))


def test_what_is_new_in_a_followed_feed_is_added_while_the_bot_runs(
    server: TelegramServer,
    tmp_path: Path,
    readers: ReadersApart,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("footnote.bot.articles.following.LOOK_EVERY_SECONDS", 0.1)
    monkeypatch.setattr("footnote.bot.composition.ReadersApart", lambda: readers)
    with running() as site:
        monkeypatch.setattr("footnote.bot.composition.Fetcher", site.fetcher)
        bot = RunningBot(server, tmp_path)
        with bot:
            feeds, ferry = bot.footnote.feeds, "The ferry crosses the strait of Lorne at dawn. " * 5
            feeds.follow(feed(site, "old", ferry), bot.footnote.adder)
            feed(site, "new", ferry)
            with feeds._database.transaction() as connection:
                connection.execute(update(followed).values(next=0.0))
            _wait_for_articles(bot, 4)
            asked = "Does the ferry cross the strait of Lorne at dawn?"
            assert "at dawn. [1]" in ask(bot.chat(), asked).text


def feed(site: Site, name: str, text: str) -> str:
    """A feed with one entry; its address."""
    page = f"<html><title>{name}</title><body><article><p>{text}</p></article></body></html>"
    site.page(f"/{name}", page)
    item = f"<item><title>{name}</title><link>/{name}</link></item>"
    channel = f"<rss version='2.0'><channel><title>The Ledger</title>{item}</channel></rss>"
    return site.page("/feed", channel, Content_Type="application/rss+xml")


def _wait_for_log(caplog: pytest.LogCaptureFixture, line: str) -> None:
    _wait(lambda: line in caplog.text, lambda: f"{line!r} is not in the log:\n{caplog.text}")


def _wait_for_articles(bot: RunningBot, count: int) -> None:
    """Until so many can be searched."""

    def there() -> list[str]:
        return bot.footnote.passage_index.build().catalogue.ids()

    _wait(lambda: len(there()) == count, lambda: str(there()))


def _wait(done: Callable[[], object], told: Callable[[], str]) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, told()
        Event().wait(0.025)


def test_what_came_before_it_was_watching_is_taken_in_too(
    footnote: Footnote, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.articles.following.LOOK_EVERY_SECONDS", 0.1)
    (articles / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")

    async def follow() -> None:
        following = asyncio.create_task(follow_folder(footnote.library, footnote.settings))
        while footnote.passage_index.build().catalogue.counts()[0] == 3:
            await asyncio.sleep(0.01)
        following.cancel()

    asyncio.run(asyncio.wait_for(follow(), 60))


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
    assert (
        is_of_articles(tmp_path, settings.home, Change.modified, str(tmp_path / path)) is concerns
    )


def test_only_what_has_changed_is_looked_at_where_looking_at_all_takes_long(
    footnote: Footnote, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.articles.following.LOOK_EVERY_SECONDS", 0.1)
    monkeypatch.setattr("footnote.bot.articles.following._PAUSE_FOR_EACH_SECOND", 1e9)
    footnote.library.sync()
    level, looks = footnote.library.sync, list[Any]()

    def counted(*, among: Any = None) -> Any:
        report = level(among=among)
        looks.append(among)  # once it is over: what comes meanwhile is found by it
        return report

    monkeypatch.setattr(footnote.library, "sync", counted)

    async def follow() -> None:
        following = asyncio.create_task(follow_folder(footnote.library, footnote.settings))
        while looks != [None]:  # at first all
            await asyncio.sleep(0.01)
        (articles / "ferry.md").write_text("The ferry crosses the strait of Lorne at dawn.\n")
        while footnote.passage_index.build().catalogue.counts()[0] == 3:
            await asyncio.sleep(0.01)
        (articles / "ferry.md").write_text("The ferry no longer crosses the strait of Lorne.\n")
        (articles / "tea.md").unlink()
        while footnote.passage_index.build().catalogue.counts()[0] == 4:
            await asyncio.sleep(0.01)
        assert None not in looks[1:]
        await asyncio.sleep(0.5)  # so many times as it was looked at before
        assert None not in looks[1:]
        following.cancel()

    asyncio.run(asyncio.wait_for(follow(), 60))


def test_articles_are_told_from_folders_and_other_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "named.md").mkdir()

    def among(*paths: str) -> set[str] | None:
        return articles_in(tmp_path, [str(tmp_path / path) for path in paths])

    assert among("a.md", "sub/b.md", "gone.md", "photo.png") == {"a", "sub/b", "gone"}
    assert among() == set()
    assert among("a.md", "sub") is None
    assert among("named.md") is None
    assert among("a.md", "sub-that-is-gone") is None
    assert among(*[f"{number}.md" for number in range(2000)]) is None
