"""Footnote with a Chroma server for its vectors: asked, examined, and while the server is away."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from footnote.bot.composition import compose
from footnote.bot.settings import Settings
from tests.bot.commands import ASKED, FERRY, Command
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.web.site import served
from tests.fakes import WordsModel
from tests.index.chroma_run import ChromaRun, chroma_run
from tests.ports import free_port
from tools.telegram_server import TelegramServer

ROOT = Path(__file__).parents[2]
DANCE = "Who decoded the waggle dance of honeybees?"
DECODED = "The waggle dance of honeybees was decoded by Karl von Frisch."
AWAY = "I can't search the articles just now. You get your answer as soon as I can."


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    """One that a test may stop, if it starts it again."""
    with chroma_run(tmp_path_factory.mktemp("chroma")) as server:
        yield server


def with_login(address: str) -> str:
    return address.replace("://", "://ada:s3cret@")


def heard_until(words: str, told: IO[str]) -> str:
    """All that is told up to the line with these words."""
    heard = ""
    while words not in heard:
        line = told.readline()
        assert line, heard
        heard += line
    return heard


@pytest.fixture
def named(chroma: ChromaRun, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of the test's own, which the environment names; its name."""
    database = chroma.database()
    monkeypatch.setenv("FOOTNOTE_CHROMA_URL", with_login(chroma.address))
    monkeypatch.setenv("FOOTNOTE_CHROMA_DATABASE", database)
    monkeypatch.setenv("FOOTNOTE_CHROMA_COLLECTIONS", "2")
    return database


def test_commands_answer_from_a_server_and_tell_when_it_is_away(
    command: Command, chroma: ChromaRun, named: str, articles: Path, home: Path
) -> None:
    (articles / "ferry.md").write_text(f"---\ntitle: Ferry\n---\n\n{FERRY}")
    assert FERRY.strip() in command("ask", ASKED).out
    assert len(chroma.collections(named)) == 2
    examined = command("doctor")
    assert f"Chroma at {chroma.address}, default_tenant/{named}, version 1." in " ".join(
        examined.out.split()
    )
    chroma.stop()
    try:
        asked = command("ask", ASKED)
        told = command("doctor")
    finally:
        chroma.start()
    assert asked.code == 1
    assert "gives no answer" in asked.err
    assert told.code != 0
    assert "FOOTNOTE_CHROMA_URL" in told.out
    logged = (home / "footnote.log").read_text()
    for text in (logged, *(one.out + one.err for one in (examined, asked, told))):
        assert "s3cret" not in text
    assert FERRY.strip() in command("ask", ASKED).out


def test_a_bot_says_once_that_it_cannot_search_and_answers_when_it_can(
    chroma: ChromaRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.handlers._AWAY_SECONDS", 0.3)
    own: dict[str, Any] = {"chroma_url": chroma.address, "chroma_database": chroma.database()}
    with TelegramServer() as server, RunningBot(server, tmp_path, **own) as bot:
        chat = bot.chat()
        chat.wait_for_message(after=chat.send("Which island has a lighthouse?"))
        chroma.stop()
        try:
            told = chat.wait_for_message(after=chat.send(DANCE))
            assert told.text == AWAY
            threading.Event().wait(1.5)  # so that it tries again, more than once
            assert [one.text for one in chat.bot_messages()].count(AWAY) == 1
        finally:
            chroma.start()
        answer = chat.wait_for_message(after=told)
        assert DECODED in answer.text
        assert [one.text for one in chat.bot_messages()].count(AWAY) == 1


def test_the_pages_say_that_nothing_can_be_searched_and_then_answer(
    settings: Settings, chroma: ChromaRun
) -> None:
    settings = settings.model_copy(
        update={"chroma_url": chroma.address, "chroma_database": chroma.database()}
    )
    footnote = compose(settings, purpose="a test", model=WordsModel())
    footnote.library.sync()
    with served(footnote) as website, website.program() as program:
        chroma.stop()
        try:
            refused = program.post("/api/ask", json={"question": DANCE})
            article = program.get("/api/articles/honeybees")
        finally:
            chroma.start()
        assert refused.status_code == 503
        assert "can't search the articles" in refused.json()["error"]
        assert article.status_code == 200
        answered = program.post("/api/ask", json={"question": DANCE})
        assert answered.status_code == 200
        assert DECODED in answered.text
    footnote.close()


def test_the_pages_wait_for_the_server_when_they_start(
    chroma: ChromaRun, articles: Path, tmp_path: Path
) -> None:
    own = {
        "FOOTNOTE_ARTICLES": str(articles),
        "FOOTNOTE_HOME": str(tmp_path / "home"),
        "FOOTNOTE_CHROMA_URL": with_login(chroma.address),
        "FOOTNOTE_CHROMA_DATABASE": chroma.database(),
    }
    chroma.stop()
    command = [
        sys.executable,
        "-m",
        "footnote.bot.terminal.program",
        "web",
        "--port",
        str(free_port()),
    ]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | own, stderr=subprocess.PIPE, text=True
    ) as process:
        lifetime = threading.Timer(120, process.kill)
        lifetime.start()
        assert process.stderr
        try:
            heard = heard_until("Waiting until it does", process.stderr)
            chroma.start()
            heard += heard_until("/enter?link=", process.stderr)
        finally:
            if not chroma.is_running:
                chroma.start()
            process.send_signal(signal.SIGTERM)
            process.wait(60)
            lifetime.cancel()
    assert heard.count("Waiting until it does") == 1
    assert f"Chroma at {chroma.address}" in " ".join(heard.split())
    assert "s3cret" not in heard
