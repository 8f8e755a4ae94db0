"""What only its owner may know: in no finding, fault, log or answer, and in files of their own."""

import json
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from footnote.bot.composition import compose
from footnote.bot.log import without_secret
from footnote.bot.settings import Settings, read_settings
from footnote.index.question import Question
from tests.bot.commands import ASKED, FERRY, Command
from tests.bot.telegram.running_bot import RunningBot
from tests.fakes import WordsModel
from tools.telegram_server import TelegramServer

LOGIN = "ada:s3cretpass"


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


def with_login(address: str) -> str:
    return address.replace("://", f"://{LOGIN}@")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("at http://ada:s3cretpass@host:1/v1.", "at http://‹login›@host:1/v1."),
        ("'https://ada:p@ss@host'", "'https://‹login›@host'"),
        ("https://host/a@b and ada@host", "https://host/a@b and ada@host"),
        ("x://a@b y://c@d", "x://‹login›@b y://‹login›@d"),
    ],
)
def test_user_and_password_are_taken_out_of_addresses(text: str, told: str) -> None:
    assert without_secret(text) == told


def test_no_address_of_the_settings_is_told_with_its_password(
    command: Command, home: Path, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", server.token)
    monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", with_login(server.url))
    monkeypatch.setenv("FOOTNOTE_WEBHOOK_URL", with_login("https://bot.example.org/tg"))
    monkeypatch.setenv("FOOTNOTE_LLM_URL", with_login("http://127.0.0.1:9/v1"))
    monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "tiny")
    told = [command("doctor"), command("ask", ASKED), command("ask", "--json", ASKED)]
    logged = (home / "footnote.log").read_text()
    for text in (logged, *(ended.out + ended.err for ended in told)):
        assert "s3cret" not in text
    assert "bot.example.org" in told[0].out
    assert "127.0.0.1:9" in told[0].out
    assert "127.0.0.1:9" in logged


@pytest.mark.parametrize("name", ["LLM_URL", "WEBHOOK_URL", "TELEGRAM_API_URL", "CHROMA_URL"])
@pytest.mark.parametrize(
    "wrong", [f"htp://{LOGIN}@host", f"{LOGIN}@host/v1", f"http://{LOGIN}/9@host", f" {LOGIN} @"]
)
def test_nor_is_one_that_is_wrong(name: str, wrong: str, command: Command) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(f"FOOTNOTE_{name}", wrong)
        ended = command("ask", ASKED)
    assert ended.code != 0
    assert f"FOOTNOTE_{name} is " in ended.err
    assert "s3cret" not in ended.out + ended.err


def test_a_password_is_blotted_out_of_what_others_say(home: Path) -> None:
    settings = Settings(_env_file=None, home=home, llm_url="http://ada:s3%20cret@host/v1")
    assert set(settings.secrets) == {"s3%20cret", "s3 cret"}


def test_an_articles_address_is_shown_without_its_login_and_its_file_is_left_as_it_is(
    command: Command, articles: Path, server: TelegramServer, tmp_path: Path
) -> None:
    address = with_login("https://news.example.org/ferry")
    file = articles / "ferry.md"
    file.write_text(f"---\ntitle: Ferry\nurl: {address}\nsource: {address}\n---\n\n{FERRY}")
    told = [
        command("ask", ASKED),
        command("ask", "--json", ASKED),
        command("show", "ferry"),
        command("list"),
        command("rename", "ferry", "The ferry"),
    ]
    for ended in told:
        assert "s3cret" not in ended.out + ended.err
    found = json.loads(told[1].out)["claims"][0]["citations"][0]
    assert found["url"] == "https://news.example.org/ferry"
    assert f"url: {address}" in file.read_text()
    with RunningBot(server, tmp_path) as bot:
        chat = bot.chat()
        chat.wait_for_message(after=chat.send(ASKED))
        chat.wait_for_message(after=chat.send("/articles"))
        said = repr([vars(message) for message in chat.bot_messages()])
    assert "news.example.org" in said
    assert "s3cret" not in said


@pytest.mark.skipif(os.name == "nt", reason="needs the rights of POSIX")
def test_all_files_in_the_home_folder_are_their_owners_alone(
    server: TelegramServer, tmp_path: Path
) -> None:
    old = os.umask(0o000)
    try:
        with RunningBot(server, tmp_path) as bot:
            logging.getLogger("footnote.bot.test").warning("something")
            chat = bot.chat()
            chat.wait_for_message(after=chat.send(ASKED))
            (bot.articles / "ferry.md").write_text(FERRY)
            bot.footnote.library.sync()
            bot.footnote.library.changes.last()
            assert open_to_others(tmp_path / "home") == []
        assert open_to_others(tmp_path / "home") == []
    finally:
        os.umask(old)


@pytest.mark.skipif(os.name == "nt", reason="needs the rights of POSIX")
def test_what_an_earlier_version_left_open_is_closed_and_what_is_not_ours_is_left(
    settings: Settings, home: Path
) -> None:
    with_index = compose(settings, purpose="a test", model=WordsModel())
    with_index.library.sync()
    with_index.answerer.answer(Question(ASKED))
    with_index.close()
    for path in home.rglob("*"):
        path.chmod(0o777)
    ours_not = home / "notes.txt"
    ours_not.write_text("mine")
    ours_not.chmod(0o644)
    compose(settings, purpose="a test", model=WordsModel()).close()
    assert open_to_others(home) == ["notes.txt"]


def open_to_others(home: Path) -> list[str]:
    """Of a folder, and of all that is in it."""
    paths = [home, *home.rglob("*")]
    rights = [(path, stat.S_IMODE(path.lstat().st_mode)) for path in paths]
    return [str(path.relative_to(home)) for path, mode in rights if mode & 0o077]


def test_settings_with_a_login_work_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", with_login("http://127.0.0.1:8081"))
    assert read_settings().telegram_api_url == with_login("http://127.0.0.1:8081")
