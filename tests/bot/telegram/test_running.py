"""How `footnote bot` ends: by itself, always with a plain sentence and a non-zero exit code."""

import gc
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from tests.bot.commands import Command
from tests.telegram_server import TelegramServer

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


def test_no_network(run_bot: Run) -> None:
    said = run_bot("http://127.0.0.1:9")
    assert said[1:] == [
        "http://127.0.0.1:9 can't be reached (httpx.ConnectError: All connection attempts failed):"
        " look at the network, or at FOOTNOTE_TELEGRAM_API_URL"
    ]


def test_a_network_that_goes_after_the_first_word(run_bot: Run, server: TelegramServer) -> None:
    server.faults.reset(method="deleteWebhook")
    said = run_bot(server.url, server.token)
    assert said[-1].startswith(f"{server.url} can't be reached (httpx.ReadError")


@pytest.fixture(params=[200, 405, 500])
def other_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Answers everything with a page that has the address in it, as a login portal does."""

    class Portal(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = f"<html>Please log in to see {self.path}</html>".encode()
            self.send_response(request.param)
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


def test_something_that_is_no_telegram(run_bot: Run, other_server: str) -> None:
    said = run_bot(other_server)
    assert said[-1].startswith((f"{other_server} did not let", f"{other_server} can't be reached"))
    assert said[-1].endswith("at FOOTNOTE_TELEGRAM_API_URL")


def test_another_program_that_polls_with_the_same_token(
    run_bot: Run, server: TelegramServer
) -> None:
    def poll() -> None:
        server.wait_until_ready()
        with httpx.Client(trust_env=False, verify=False) as client:
            client.post(f"{server.base_url}{server.token}/getUpdates", data={"timeout": "1"})

    other = Thread(target=poll)
    other.start()
    said = run_bot(server.url, server.token)
    other.join()
    assert said[1:] == [
        "another program is asking Telegram for this bot's messages: stop that one, or get a token"
        " of its own for this one from @BotFather"
    ]


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
