"""Updates that Telegram brings: kept before it is told so, and from nobody else."""

import contextlib
import json
import re
import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from footnote.bot.database.tables import incoming
from footnote.bot.telegram import serving
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.receiving.webhook import Refusals, Webhook, _secret_of
from tests.bot.database.faults import fault
from tests.bot.telegram.parrot import Parrot
from tests.bot.telegram.running_bot import RunningBot
from tests.ports import free_port
from tools.telegram_server import PrivateChat, TelegramServer

SECRET = "X-Telegram-Bot-Api-Secret-Token"


class HookedBot(RunningBot):
    """Listens on a port of its own."""

    def __init__(self, server: TelegramServer, folder: Path) -> None:
        self.port = free_port()
        self.root = f"http://127.0.0.1:{self.port}"
        hook: dict[str, Any] = {"webhook_url": f"{self.root}/tg/hook", "webhook_port": self.port}
        super().__init__(server, folder, make_handlers=Parrot(), **hook)


@pytest.fixture
def bot(server: TelegramServer, tmp_path: Path) -> Iterator[HookedBot]:
    with HookedBot(server, tmp_path) as running:
        yield running


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as opened:
        yield opened


@pytest.fixture
def chat(bot: RunningBot) -> PrivateChat:
    return bot.chat()


def said(chat: PrivateChat) -> list[str]:
    return [message.text for message in chat.bot_messages()]


def test_questions_that_telegram_brings_are_answered_in_order(
    server: TelegramServer, chat: PrivateChat
) -> None:
    questions = [chat.send(text) for text in ("one", "two")]
    chat.wait_for_message(matching="two")
    assert said(chat) == ["“one”", "“two”"]
    # Telegram may hear of the answer before it hears that the update was taken.
    chat.wait(lambda: all(q.update.confirmed for q in questions) or None, "the confirmation")
    assert server.calls("getUpdates") == []


def test_only_telegram_knows_the_secret_and_others_are_refused(
    server: TelegramServer, bot: HookedBot, chat: PrivateChat, client: httpx.Client
) -> None:
    secret = server.state.webhook.secret_token
    assert len(secret) >= 32
    url, body = f"{bot.root}/tg/hook", {"update_id": 1}
    every: list[Any] = [{}, {SECRET: ""}, {SECRET: secret[:-1]}, {SECRET: "é".encode()}]
    for wrong in every:
        assert client.post(url, json=body, headers=wrong).status_code == 403
    assert Inbox(bot.footnote.state).last() is None
    assert client.post(url, json=body, headers={SECRET: secret}).status_code == 200
    assert Inbox(bot.footnote.state).last() is not None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"update_id": "8"}', 400),
        (b'{"message": {}}', 400),
        (b'{"update_id": 99999999999999999999}', 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b" " * 2_000_000, 413),
        (b'{"update_id": 8, "message": {"odd": [1]}}', 200),
    ],
)
def test_what_is_no_update_is_refused_and_harms_nothing(
    server: TelegramServer,
    bot: HookedBot,
    chat: PrivateChat,
    client: httpx.Client,
    body: bytes,
    status: int,
) -> None:
    secret = {SECRET: server.state.webhook.secret_token}
    assert client.post(f"{bot.root}/tg/hook", content=body, headers=secret).status_code == status
    assert client.get(f"{bot.root}/tg/hook").status_code == 405
    assert client.post(f"{bot.root}/", content=body, headers=secret).status_code == 404
    chat.send("still there?")
    chat.wait_for_message(matching="still there?")


def test_what_could_not_be_kept_is_brought_again(
    server: TelegramServer, chat: PrivateChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, failures = Inbox.store, [fault("database or disk is full")] * 2

    def stumble(self: Inbox, updates: Any) -> object:
        if failures:
            raise failures.pop()
        return store(self, updates)

    monkeypatch.setattr(Inbox, "store", stumble)
    question = chat.send("one")
    chat.wait_for_message(matching="one")
    chat.wait(lambda: question.update.confirmed or None, "the confirmation")
    assert question.update.deliveries == 3
    assert "500" in (server.state.webhook.last_error or "")


def test_what_comes_while_it_is_away_is_answered_with_the_same_secret(
    server: TelegramServer, tmp_path: Path
) -> None:
    with HookedBot(server, tmp_path) as bot:
        chat = bot.chat()
        chat.wait_for_message(after=chat.send("one"))
        secret = server.state.webhook.secret_token
    chat.send("two")
    with HookedBot(server, tmp_path):
        chat.wait_for_message(matching="two")
        assert server.state.webhook.secret_token == secret
    assert said(chat) == ["“one”", "“two”"]


def test_polling_takes_over_from_a_webhook(server: TelegramServer, tmp_path: Path) -> None:
    with HookedBot(server, tmp_path) as bot:
        chat = bot.chat()
    chat.send("one")
    with RunningBot(server, tmp_path, make_handlers=Parrot()):
        chat.wait_for_message(matching="one")
    assert server.state.webhook.url == ""


def test_a_page_tells_how_things_are(
    bot: HookedBot, chat: PrivateChat, client: httpx.Client
) -> None:
    chat.wait_for_message(after=chat.send("one"))
    healthy = {"status": "ok", "waiting": 0, "set_aside": 0}

    def look() -> bool | None:
        page = client.get(f"{bot.root}/health")
        return (page.status_code, page.json()) == (200, healthy) or None

    chat.wait(look, "the page to tell that all is well")
    with bot.footnote.state.transaction() as connection:
        incoming.drop(connection)
    page = client.get(f"{bot.root}/health")
    assert (page.status_code, page.json()) == (503, {"status": "broken"})


def test_a_port_that_is_taken_is_told(server: TelegramServer, tmp_path: Path) -> None:
    bot = HookedBot(server, tmp_path)
    with socket.create_server(("127.0.0.1", bot.port)):
        said = bot.run_to_its_end()
    assert said.startswith(f"127.0.0.1:{bot.port} can't be listened on (")
    assert "FOOTNOTE_WEBHOOK_PORT" in said


def test_an_address_that_telegram_does_not_take_is_told(
    server: TelegramServer, tmp_path: Path
) -> None:
    server.faults.refuse(400, "bad webhook: HTTPS url must be provided", method="setWebhook")
    said = HookedBot(server, tmp_path).run_to_its_end()
    assert said.startswith("Telegram does not take FOOTNOTE_WEBHOOK_URL (Bad webhook: https url")


def test_the_secret_stands_in_no_log(
    server: TelegramServer, bot: HookedBot, chat: PrivateChat, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        chat.wait_for_message(after=chat.send("one"))
    assert server.state.webhook.secret_token not in caplog.text
    assert json.dumps(server.token) not in caplog.text


def test_who_is_refused_again_and_again_is_told_of_once_in_a_while(
    bot: HookedBot, client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        for _ in range(50):
            assert client.post(f"{bot.root}/tg/hook", json={}).status_code == 403
            with socket.create_connection(("127.0.0.1", bot.port)) as garbling:
                garbling.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
                garbling.recv(1000)
    told = [record.getMessage() for record in caplog.records if record.name != "httpx"]
    assert "a message that is not from Telegram was refused, from 127.0.0.1" in told
    assert len(told) < 10


def test_refusals_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    refusals = Refusals(lambda: now[0])
    for second in (0.0, 1.0, 2.0, 700.0, 701.0):
        now[0] = second
        refusals.note("a message", "192.0.2.1")
    assert caplog.messages == [
        "a message was refused, from 192.0.2.1",
        "a message was refused, from 192.0.2.1, and 2 more before it",
    ]


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"POST /tg/hook HTTP/1.1\r\nHost: a\r\nX-Slow: ",
        b"POST /tg/hook HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{",
        b"POST /tg/hook HTTP/1.1\r\nHost: a\r\nX-Telegram-Bot-Api-Secret-Token: %s\r\n"
        b"Content-Length: 1000\r\n\r\n{",
        b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_what_is_begun_and_never_ended_is_closed_after_a_time(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(serving, "Webhook", partial(Webhook, idle_seconds=0.5))
    with HookedBot(server, tmp_path) as bot:
        if b"%s" in begun:
            begun = begun % server.state.webhook.secret_token.encode()
        with socket.create_connection(("127.0.0.1", bot.port)) as slow:
            slow.sendall(begun)
            closed = threading.Event()
            trickling = threading.Thread(target=_trickle, args=(slow, closed))
            trickling.start()
            slow.settimeout(60)
            with contextlib.suppress(ConnectionResetError):
                while slow.recv(1000):
                    pass
            closed.set()
            trickling.join()
        chat = bot.chat()
        chat.send("one")
        chat.wait_for_message(matching="one")


def _trickle(slow: socket.socket, closed: threading.Event) -> None:
    """A byte now and then, as whoever wants to hold a connection sends it."""
    with contextlib.suppress(OSError):
        while not closed.wait(0.1):
            slow.sendall(b"a")


def test_secret_is_of_the_token() -> None:
    secret = _secret_of("1:a")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret)
    assert secret == _secret_of("1:a")
    assert secret != _secret_of("1:b")
