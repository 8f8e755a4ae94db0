from typing import Any

import pytest

from .. import PrivateChat, TelegramServer
from .conftest import Api

COMMANDS = [{"command": "ask", "description": "Ask the articles"}]


def test_commands_are_kept_by_scope_and_language(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    private = {"type": "all_private_chats"}
    api.result("setMyCommands", commands=COMMANDS, scope=private, language_code="de")
    assert api.result("getMyCommands", scope=private, language_code="de") == COMMANDS
    assert api.result("getMyCommands", scope=private) == []
    assert api.result("getMyCommands") == []
    assert server.profile.commands(private, "de") == COMMANDS
    api.result("deleteMyCommands", scope=private, language_code="de")
    assert server.profile.commands(private, "de") == []


def test_commands_for_a_chat_need_the_chat(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    scope = {"type": "chat", "chat_id": chat.id}
    api.result("setMyCommands", commands=COMMANDS, scope=scope)
    assert server.profile.commands(scope) == COMMANDS
    lost = {"type": "chat", "chat_id": 5}
    assert api.refusal("setMyCommands", commands=COMMANDS, scope=lost) == (
        "400 Bad Request: chat not found"
    )


@pytest.mark.parametrize(
    ("commands", "text"),
    [
        ([{"command": "Ask", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "ask", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "ask", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        (COMMANDS * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
def test_commands_have_a_form(api: Api, commands: Any, text: str) -> None:
    assert api.refusal("setMyCommands", commands=commands) == f"400 Bad Request: {text}"


def test_languages_have_two_letters(api: Api) -> None:
    assert api.refusal("setMyCommands", commands=COMMANDS, language_code="english") == (
        "400 Bad Request: LANG_CODE_INVALID"
    )


def test_texts_about_the_bot_are_kept_by_language(server: TelegramServer, api: Api) -> None:
    for name, get in (
        ("name", "getMyName"),
        ("description", "getMyDescription"),
        ("short_description", "getMyShortDescription"),
    ):
        api.result(get.replace("get", "set"), **{name: "For all"})
        api.result(get.replace("get", "set"), **{name: "Für alle", "language_code": "de"})
        assert api.result(get) == {name: "For all"}
        assert api.result(get, language_code="de") == {name: "Für alle"}
        assert api.result(get, language_code="fr") == {name: "For all"}
    assert server.profile.descriptions == {"": "For all", "de": "Für alle"}


def test_texts_that_are_too_long_are_violations(server: TelegramServer, api: Api) -> None:
    api.refusal("setMyDescription", description="x" * 513)
    api.refusal("setMyShortDescription", short_description="x" * 121)
    assert [violation.text for violation in server.take_violations()] == [
        "description has at most 512 characters",
        "short_description has at most 120 characters",
    ]


def test_menu_buttons_are_kept_by_chat(server: TelegramServer, api: Api, chat: PrivateChat) -> None:
    commands, web_app = {"type": "commands"}, {"type": "default"}
    api.result("setChatMenuButton", chat_id=chat.id, menu_button=commands)
    api.result("setChatMenuButton", menu_button=web_app)
    assert api.result("getChatMenuButton", chat_id=chat.id) == commands
    assert server.profile.menu_buttons == {chat.id: commands, None: web_app}


def test_after_logging_out_nothing_is_answered(api: Api) -> None:
    assert api.result("close")
    assert api.result("logOut")
    assert api.refusal("getMe") == "400 Logged out"
