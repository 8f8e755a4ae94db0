"""How `footnote bot` begins and ends: what it waits for, and what ends it with a plain sentence."""

import gc
import logging
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import cycle
from pathlib import Path
from threading import Thread

import pytest

from tests.bot.commands import Command
from tests.bot.telegram.running_bot import RunningBot
from tools.telegram_server import TelegramServer
from tools.telegram_server.waiting import wait_for

TOKEN = "123456789:AAsecretsecret"

Run = Callable[..., list[str]]
"""Runs the bot on this address to its end; the lines of its standard error."""


@pytest.fixture
def run_bot(
    command: Command, monkeypatch: pytest.MonkeyPatch, home: Path, caplog: pytest.LogCaptureFixture
) -> Run:
    """Runs the command until it ends by itself, and checks what every end has in common."""

    def run(url: str, token: str = TOKEN) -> list[str]:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
        monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", url)
        monkeypatch.setenv("FOOTNOTE_OWNERS", "1")
        ended = command("bot")
        log = (home / "footnote.log").read_text()
        assert (ended.code, ended.out) == (1, "")
        assert "Traceback" not in ended.err
        assert token not in ended.err
        assert token not in log
        assert "Traceback" in log
        gc.collect()
        assert "Task was destroyed but it is pending" not in log + caplog.text
        return [line for line in ended.err.splitlines() if " INFO " not in line]

    return run


def test_a_token_that_telegram_does_not_know(run_bot: Run, server: TelegramServer) -> None:
    said = run_bot(server.url)
    assert said[1:] == [
        f"{server.url} does not know this token: copy TELEGRAM_BOT_TOKEN again from @BotFather, and"
        " look at FOOTNOTE_TELEGRAM_API_URL if you have set it"
    ]


@pytest.mark.parametrize("fault", ["server_error", "reset", "too_many_requests"])
def test_a_fault_at_the_start_is_waited_for_and_told(
    server: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    for method in ("getMe", "deleteWebhook"):
        seconds = [1] if fault == "too_many_requests" else []
        getattr(server.faults, fault)(*seconds, method=method)
    with caplog.at_level(logging.INFO, "footnote.bot"), RunningBot(server, tmp_path) as bot:
        chat = bot.chat()
        chat.send("Who decoded the waggle dance of honeybees?")
        chat.wait_for_message()
    assert bot.stopped == []
    assert caplog.text.count("waiting for Telegram") == 2
    assert caplog.text.count("Telegram answers") == 2


@pytest.fixture
def portal() -> Iterator[str]:
    """Answers everything with a page that has the address in it, as a login portal does."""
    codes = cycle([200, 405, 500])

    class Portal(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = f"<html>Please log in to see {self.path}</html>".encode()
            self.send_response(next(codes))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    serving = HTTPServer(("127.0.0.1", 0), Portal)
    Thread(target=serving.serve_forever, args=(0.05,)).start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    serving.server_close()


@pytest.mark.parametrize("place", ["no network", "portal"])
def test_without_telegram_it_waits_says_so_and_ends_when_it_is_told_to(
    server: TelegramServer,
    tmp_path: Path,
    portal: str,
    caplog: pytest.LogCaptureFixture,
    place: str,
) -> None:
    url = portal if place == "portal" else "http://127.0.0.1:9"
    bot = RunningBot(server, tmp_path, telegram_api_url=url)
    bot.start()
    wait_for(
        server.state,
        lambda: caplog.text.count("waiting for Telegram") > 3 or None,
        "the word that it waits",
    )
    bot.stop()
    assert bot.stopped == []
    assert "look at the network, or at FOOTNOTE_TELEGRAM_API_URL" in caplog.text
    assert not [r for r in caplog.records if r.exc_info and r.name.startswith("footnote.")]


def test_a_token_that_is_taken_back_while_it_runs(run_bot: Run, server: TelegramServer) -> None:
    server.faults.refuse(401, "Unauthorized", method="getUpdates")
    said = run_bot(server.url, server.token)
    assert said[-1].startswith(f"{server.url} does not know this token")


def test_a_state_that_is_garbage_is_told_before_anybody_asks(
    run_bot: Run, server: TelegramServer, home: Path
) -> None:
    home.mkdir()
    (home / "state.sqlite").write_bytes(b"garbage" * 1000)
    said = run_bot(server.url, server.token)
    assert said[-1].startswith(f"{home / 'state.sqlite'} is not a database that can be used")
    assert server.calls() == []
