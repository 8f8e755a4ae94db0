"""The pages that the bot serves beside all else."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from footnote.bot.people.sessions import telegram_holder
from tests.bot.telegram.running_bot import RunningBot
from tests.ports import free_port
from tools.telegram_server import Message, TelegramServer

HOST = "notes.example.org"


def keyboard_of(message: Message) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = message.content["reply_markup"]["inline_keyboard"]
    return rows


@pytest.mark.parametrize("hooked", [False, True])
def test_the_bot_serves_the_pages_where_their_address_is_set(
    server: TelegramServer, tmp_path: Path, hooked: bool
) -> None:
    port = free_port()
    root = f"http://127.0.0.1:{port}"
    settings: dict[str, Any] = {"web_url": f"https://{HOST}", "webhook_port": port}
    if hooked:
        settings["webhook_url"] = f"{root}/tg/hook"
    with (
        RunningBot(server, tmp_path, **settings) as bot,
        httpx.Client(base_url=root, trust_env=False) as client,
    ):
        assert client.get("/health").json()["status"] == "ok"
        assert client.get("/articles").status_code == 421
        assert client.get("/articles", headers={"Host": HOST}).status_code == 401
        link = bot.footnote.sessions.invite(telegram_holder(7001))
        entered = client.get(f"/enter?link={link}", headers={"Host": HOST})
        assert entered.status_code == 303
        assert entered.headers["Set-Cookie"].startswith("__Host-footnote=")
        hook = client.post("/tg/hook", content=b"{}")
        assert hook.status_code == (403 if hooked else 421)
        large = client.post("/tg/hook", content=b"x" * (1 << 21))
        assert large.status_code >= 400
        chat = bot.chat()
        chat.send("Who decoded the waggle dance of honeybees?")
        assert chat.wait_for_message().text


def test_beside_the_number_a_button_opens_the_article(
    server: TelegramServer, tmp_path: Path
) -> None:
    settings: dict[str, Any] = {"web_url": f"https://{HOST}", "webhook_port": free_port()}
    with RunningBot(server, tmp_path, **settings) as bot:
        chat = bot.chat()
        chat.send("Who decoded the waggle dance of honeybees?")
        [row, *_] = keyboard_of(chat.wait_for_message())
        assert row[0]["text"] == "[1]"
        address = row[1]["web_app"]["url"]
        assert address.startswith(f"https://{HOST}/app?start=r_")
        group = server.group("Desk", server.user("Ada"))
        asked = group.send("/ask Who decoded the waggle dance of honeybees?")
        [row, *_] = keyboard_of(group.wait_for_message(after=asked))
        assert "?startapp=r_" in row[1]["url"]


def test_without_pages_there_is_no_such_button(server: TelegramServer, tmp_path: Path) -> None:
    with RunningBot(server, tmp_path) as bot:
        chat = bot.chat()
        chat.send("Who decoded the waggle dance of honeybees?")
        [row, *_] = keyboard_of(chat.wait_for_message())
        assert not [button for button in row if "web_app" in button or "url" in button]


def test_a_link_of_the_bots_lets_in_whoever_asked_for_it(
    server: TelegramServer, tmp_path: Path
) -> None:
    port = free_port()
    settings: dict[str, Any] = {"web_url": f"https://{HOST}", "webhook_port": port}
    with (
        RunningBot(server, tmp_path, **settings) as bot,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        chat = bot.chat()
        chat.send("/web")
        [[button]] = keyboard_of(chat.wait_for_message())
        path = button["url"].removeprefix(f"https://{HOST}")
        entered = client.get(path, headers={"Host": HOST})
        session = entered.headers["Set-Cookie"].partition(";")[0]
        page = client.get("/articles", headers={"Host": HOST, "Cookie": session})
        assert page.status_code == 200
        assert client.get(path, headers={"Host": HOST}).status_code == 403


def test_without_pages_the_bot_says_that_it_has_none(
    server: TelegramServer, tmp_path: Path
) -> None:
    with RunningBot(server, tmp_path) as bot:
        chat = bot.chat()
        chat.send("/web")
        assert "FOOTNOTE_WEB_URL" in chat.wait_for_message().text
