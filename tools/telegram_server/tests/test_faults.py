import time
from typing import Any

import httpx
import pytest

from .. import PrivateChat, TelegramServer
from .conftest import Api


@pytest.fixture
def send(api: Api, chat: PrivateChat) -> Any:
    return lambda text="x": api.post("sendMessage", chat_id=chat.id, text=text)


def test_a_flood_wait_tells_its_length(
    server: TelegramServer, chat: PrivateChat, send: Any
) -> None:
    server.faults.too_many_requests(retry_after=3, method="sendMessage")
    refused = send()
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "3"
    assert refused.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert send().status_code == 200
    assert len(chat.bot_messages()) == 1


def test_a_fault_strikes_as_often_as_it_should(server: TelegramServer, send: Any) -> None:
    fault = server.faults.server_error(500, times=2)
    assert [send().status_code for _ in range(3)] == [500, 500, 200]
    assert [request.number for request in fault.hits] == [1, 2]


def test_a_fault_without_a_method_spares_polling(
    server: TelegramServer, api: Api, send: Any
) -> None:
    server.faults.server_error()
    assert api.updates() == []
    assert send().status_code == 502


def test_a_fault_may_strike_everything_until_it_ends(
    server: TelegramServer, api: Api, send: Any
) -> None:
    with server.faults.server_error(502, times=None, method="*"):
        assert api.post("getUpdates").status_code == 502
        assert [send().status_code for _ in range(3)] == [502] * 3
    assert send().status_code == 200


def test_a_fault_may_strike_one_chat(
    server: TelegramServer, api: Api, chat: PrivateChat, send: Any
) -> None:
    other = server.private_chat(server.user("Bob"))
    server.faults.refuse(403, "bot was blocked by the user", chat=chat)
    assert api.post("sendMessage", chat_id=other.id, text="x").status_code == 200
    assert send().json()["description"] == "Forbidden: bot was blocked by the user"


def test_a_reset_before_acting_leaves_nothing_behind(
    server: TelegramServer, chat: PrivateChat, send: Any
) -> None:
    server.faults.reset()
    with pytest.raises(httpx.ReadError):
        send()
    assert chat.bot_messages() == []
    assert server.requests[0].answer == "connection reset"


def test_a_lost_answer_leaves_the_message_behind(
    server: TelegramServer, chat: PrivateChat, send: Any
) -> None:
    server.faults.lose_answer()
    with pytest.raises(httpx.ReadError):
        send("once")
    assert [message.text for message in chat.bot_messages()] == ["once"]


def test_updates_whose_answer_is_lost_come_again(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    chat.send("hi")
    server.faults.lose_answer(method="getUpdates")
    with pytest.raises(httpx.ReadError):
        api.updates()
    assert api.updates() == [(1, "message")]
    assert server.updates.history[0].deliveries == 2


def test_an_answer_can_be_late(server: TelegramServer, send: Any) -> None:
    server.faults.delay(0.3)
    begin = time.monotonic()
    assert send().status_code == 200
    assert time.monotonic() - begin >= 0.3


def test_a_download_can_fail_too(server: TelegramServer, api: Api, chat: PrivateChat) -> None:
    file = chat.send_document(b"a").file
    server.faults.server_error(method="download")
    address = f"{server.base_file_url}{server.token}/{file.path}"
    assert [api.client.get(address).status_code for _ in range(2)] == [502, 200]


def test_faults_can_be_cleared(server: TelegramServer, send: Any) -> None:
    server.faults.server_error(times=None)
    server.faults.clear()
    assert send().status_code == 200


def test_a_request_that_is_wrong_is_a_violation_all_the_same(
    server: TelegramServer, api: Api
) -> None:
    server.faults.server_error()
    assert api.post("sendMessage").status_code == 400
    assert len(server.take_violations()) == 2


def test_a_download_can_break_off_in_the_middle(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    file = chat.send_document(b"all of it").file
    server.faults.cut_off()
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"{server.base_file_url}{server.token}/{file.path}")
    assert httpx.get(f"{server.base_file_url}{server.token}/{file.path}").content == b"all of it"
