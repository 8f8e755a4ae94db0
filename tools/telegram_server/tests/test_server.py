import threading

import httpx
import pytest

from .. import NothingHappened, TelegramServer, ViolationsFound
from .conftest import Api


def misuse(server: TelegramServer) -> None:
    httpx.get(f"{server.base_url}{server.token}/sendSmoke")


def test_a_violation_fails_the_test_at_the_end_of_the_block() -> None:
    server = TelegramServer()
    with pytest.raises(ViolationsFound, match="there is no method sendSmoke"), server:
        misuse(server)


def test_a_violation_does_not_hide_an_error_of_the_test() -> None:
    server = TelegramServer().start()
    misuse(server)
    error = ZeroDivisionError()
    server.__exit__(ZeroDivisionError, error, None)
    assert "there is no method sendSmoke" in error.__notes__[0]


def test_a_server_ends_after_its_lifetime() -> None:
    with TelegramServer(lifetime=0.2) as server:
        chat = server.private_chat(server.user("Ada"))
        with pytest.raises(NothingHappened, match=r"lifetime of 0\.2 s is over"):
            chat.wait_for_message()
        server.stop()
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.base_url}{server.token}/getMe")
        chat.send("nobody listens, and that is no error")


def test_a_server_ends_at_once_though_somebody_polls() -> None:
    with TelegramServer() as server:
        address = f"{server.base_url}{server.token}/getUpdates?timeout=50"
        answers: list[int] = []
        poll = threading.Thread(
            target=lambda: answers.append(httpx.get(address, timeout=60).status_code)
        )
        poll.start()
        server.wait_for_call("getUpdates")
        server.stop()
        poll.join()
        assert answers == [500]


def test_two_servers_run_side_by_side() -> None:
    with TelegramServer() as one, TelegramServer() as other:
        assert one.url != other.url
        assert httpx.get(f"{other.base_url}{other.token}/getMe").status_code == 200
        assert one.requests == []


def test_a_server_that_was_not_started_has_no_address() -> None:
    with pytest.raises(RuntimeError, match="not been started"):
        _ = TelegramServer().url


def test_a_person_has_one_private_chat(server: TelegramServer) -> None:
    ada = server.user("Ada")
    assert server.private_chat(ada) is server.private_chat(ada)


def test_a_fault_of_the_server_itself_fails_the_test(
    server: TelegramServer, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server.bot, "first_name", 5)
    assert api.post("getMe").status_code == 500
    assert "result of getMe.first_name: 5 is not String" in server.take_violations()[0].text
