import json
from typing import Any

import pytest

from .. import PrivateChat, TelegramServer, ViolationsFound
from .conftest import Api


def texts(server: Any) -> Any:
    return [violation.text for violation in server.take_violations()]


def test_a_query_a_form_json_and_multipart_say_the_same(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    address, given = f"{api.address}/sendMessage", {"chat_id": str(chat.id), "text": "hi"}
    api.client.get(address, params=given)
    api.client.post(address, data=given)
    api.client.post(address, json={"chat_id": chat.id, "text": "hi"})
    api.client.post(address, files={name: (None, value) for name, value in given.items()})
    assert [message.text for message in chat.bot_messages()] == ["hi"] * 4
    assert [r.transport for r in server.requests] == ["query", "form", "json", "multipart"]
    assert all(r.parameters == {"chat_id": chat.id, "text": "hi"} for r in server.requests)


def test_methods_are_called_in_any_case(server: TelegramServer, api: Api) -> None:
    assert api.result("GETME")["id"] == server.bot.id
    assert server.requests[0].method == "getMe"


def test_get_me_tells_every_flag(server: TelegramServer, api: Api) -> None:
    server.bot.supports_inline_queries = True
    me = api.result("getMe")
    assert me["is_bot"] is True
    assert me["supports_inline_queries"] is True
    assert me["can_read_all_group_messages"] is False
    assert {"has_topics_enabled", "supports_guest_queries", "can_join_groups"} <= me.keys()


def test_an_unknown_method_is_not_found(server: TelegramServer, api: Api) -> None:
    assert api.refusal("sendSmoke") == "404 Not Found: method not found"
    assert texts(server) == ["there is no method sendSmoke"]


def test_a_method_that_is_not_imitated_says_so(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    text = "sendDice is not imitated by the test server"
    assert api.refusal("sendDice", chat_id=chat.id) == f"400 Bad Request: {text}"
    assert texts(server) == [text]


def test_another_token_is_unauthorized(server: TelegramServer, api: Api) -> None:
    response = api.client.get(f"{server.base_url}1:other/getMe")
    assert response.status_code == 401
    assert response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


def test_nothing_else_is_served(server: TelegramServer, api: Api) -> None:
    assert api.client.get(f"{server.url}/index.html").status_code == 404


def test_a_missing_parameter_is_a_violation(server: TelegramServer, api: Api) -> None:
    assert api.refusal("sendMessage", chat_id=1).startswith("400 Bad Request: ")
    assert texts(server) == ["sendMessage needs the parameter text"]


def test_an_unknown_parameter_is_a_violation(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    api.refusal("sendMessage", chat_id=chat.id, text="x", disable_web_page_preview=True)
    assert texts(server) == ["sendMessage has no parameter disable_web_page_preview"]
    assert chat.bot_messages() == []


def test_a_wrong_type_is_a_violation(server: TelegramServer, api: Api, chat: PrivateChat) -> None:
    api.refusal("sendMessage", chat_id=chat.id, text="x", message_thread_id="first")
    api.refusal("sendMessage", chat_id=chat.id, text="x", protect_content="maybe")
    api.refusal("sendMessage", chat_id=chat.id, text="x", entities="[{")
    assert texts(server) == [
        "message_thread_id: 'first' is not Integer",
        "protect_content: 'maybe' is not Boolean",
        "entities: '[{' is not Array of MessageEntity",
    ]


def test_types_in_json_are_not_guessed(server: TelegramServer, api: Api, chat: PrivateChat) -> None:
    body = {"chat_id": chat.id, "text": 5, "protect_content": "true"}
    api.client.post(f"{api.address}/sendMessage", json=body)
    assert texts(server) == ["text: 5 is not String", "protect_content: 'true' is not Boolean"]


def test_an_unknown_field_deep_inside_is_a_violation(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b", "colour": "red"}]]}
    api.refusal("sendMessage", chat_id=chat.id, text="x", reply_markup=markup)
    assert texts(server) == [
        "reply_markup.inline_keyboard[0][0]: InlineKeyboardButton has no field colour"
    ]


def test_a_body_that_is_no_object_is_a_violation(server: TelegramServer, api: Api) -> None:
    for body in ("[", "[]"):
        headers = {"Content-Type": "application/json"}
        api.client.post(f"{api.address}/getMe", content=body, headers=headers)
    assert texts(server) == ["the body is no JSON object"] * 2


def test_a_part_that_nothing_names_is_a_violation(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    data = {"chat_id": str(chat.id), "document": "attach://other"}
    files = {"lost": ("a.txt", b"a")}
    api.client.post(f"{api.address}/sendDocument", data=data, files=files)
    assert texts(server) == [
        "attach://other names no part of the request",
        "the part lost is neither a parameter nor attached",
    ]


def test_the_end_of_the_block_raises_every_violation(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    api.refusal("sendMessage", chat_id=chat.id)
    api.refusal("sendDice", chat_id=chat.id)
    with pytest.raises(ViolationsFound) as found:
        server.check()
    assert "request 1, sendMessage: sendMessage needs the parameter text" in str(found.value)
    assert "request 2, sendDice: sendDice is not imitated" in str(found.value)
    server.take_violations()
    server.check()


def test_an_ordinary_refusal_is_no_violation(server: TelegramServer, api: Api) -> None:
    assert api.refusal("sendMessage", chat_id=12, text="x") == "400 Bad Request: chat not found"
    server.check()


def test_requests_can_be_filtered(server: TelegramServer, api: Api, chat: PrivateChat) -> None:
    api.result("getUpdates")
    api.result("sendMessage", chat_id=chat.id, text="x")
    api.result("getMe")
    assert [r.method for r in server.calls()] == ["sendMessage", "getMe"]
    assert [r.number for r in server.calls(chat=chat)] == [2]
    assert [r.number for r in server.calls("getUpdates", "getMe")] == [1, 3]
    shown = f"   2 sendMessage(chat_id={chat.id}, text='x') -> 200"
    assert str(server.requests[1]) == shown


def test_unicode_survives(api: Api, chat: PrivateChat) -> None:
    sent = api.result("sendMessage", chat_id=chat.id, text="Ünïcödé 😀")
    assert sent["text"] == "Ünïcödé 😀"
    assert json.dumps(sent)
