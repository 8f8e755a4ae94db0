"""Options, wrong settings and faults on the command line, and `footnote` alone."""

from pathlib import Path
from typing import NoReturn

import pytest

from footnote.corpus.store import ArticleStore
from tests.bot.commands import FERRY, Command
from tools.telegram_server import TelegramServer


def test_options_stand_before_or_after_the_commands_name(command: Command, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "ferry.md").write_text(FERRY)
    options = ["--articles", str(tmp_path / "other"), "--home", str(tmp_path / "elsewhere")]
    before, after = command(*options, "list"), command("list", *options)
    assert before.out == after.out
    assert "ferry" in before.out
    assert (tmp_path / "elsewhere" / "footnote.log").is_file()


def test_wrong_settings_end_with_2_before_anything_is_done(
    new_command: Command, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("FOOTNOTE_OPEN", "perhaps")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "secretsecret")
    for arguments in (["ask", "x"], ["list"], ["doctor"], ["bot"], []):
        ended = new_command(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.splitlines()[0].startswith("FOOTNOTE_OPEN is 'perhaps'")
        assert ended.err.splitlines()[1].startswith("TELEGRAM_BOT_TOKEN is wrong")
        assert "secretsecret" not in ended.err
    assert not home.exists()


@pytest.mark.parametrize("option", ["--home", "--articles"])
def test_a_folder_that_cannot_be_made_is_a_wrong_setting(
    command: Command, tmp_path: Path, option: str
) -> None:
    (tmp_path / "file").write_text("")
    ended = command("add", "-", option, str(tmp_path / "file" / "folder"), typed=FERRY)
    assert ended.code == 2
    assert ended.err.startswith("the folder ")
    assert "(Not a directory): set FOOTNOTE_" in ended.err


def test_a_missing_folder_of_articles_is_told_with_the_way_out(
    command: Command, tmp_path: Path
) -> None:
    ended = command("ask", "x", "--articles", str(tmp_path / "none"))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"{tmp_path / 'none'} is not a folder: make it, set FOOTNOTE_ARTICLES to one, or begin with"
        " 'footnote init'\n"
    )


def test_a_setting_that_is_none_is_pointed_out(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_OWNER", "1")
    assert command("list").err == (
        "FOOTNOTE_OWNER is no setting of Footnote's; 'footnote doctor' names them all.\n"
    )


def test_the_bot_without_a_token_says_where_to_get_one(command: Command) -> None:
    ended = command("bot")
    assert ended.code == 2
    assert "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather" in ended.err


def test_a_fault_that_nobody_foresaw_ends_in_a_sentence_with_its_traceback_in_the_log(
    command: Command, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    class Unforeseen(Exception):
        pass

    def fail(self: ArticleStore, *_: object) -> NoReturn:
        raise Unforeseen("deep inside")

    monkeypatch.setattr(ArticleStore, "look", fail)
    ended = command("ask", "x")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "Something went wrong that should not have; the log"
        f" {home / 'footnote.log'} has the details\n"
    )
    log = (home / "footnote.log").read_text()
    assert "Traceback" in log
    assert "Unforeseen: deep inside" in log


def test_the_traceback_of_a_fault_that_was_told_is_in_the_log_too(
    command: Command, home: Path
) -> None:
    command("show", "nothing-of-this-name")
    assert "ArticleNotFound: no article is called" in (home / "footnote.log").read_text()


def test_alone_it_opens_the_conversation_where_there_is_no_token(command: Command) -> None:
    ended = command(typed="Who decoded the waggle dance of honeybees?\n")
    assert ended.code == 0
    assert ended.out.startswith("The waggle dance of honeybees was decoded by")


def test_alone_it_runs_the_bot_where_there_is_a_token(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:AAsecretsecret")
    with TelegramServer() as server:  # which knows no bot of this token
        monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", server.url)
        ended = command()
    assert ended.code == 1
    assert "TELEGRAM_BOT_TOKEN" in ended.err
    assert "AAsecretsecret" not in ended.err
