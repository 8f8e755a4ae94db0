import json
import queue
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .. import PrivateChat, TelegramServer
from ..waiting import PATIENCE
from .conftest import Api


class Hook:
    """A bot's webhook. `statuses` are answered one after the other, then `status`."""

    def __init__(self) -> None:
        self.got: queue.Queue[tuple[int, str | None]] = queue.Queue()
        self.statuses: list[int] = []
        self.status = 200
        self.body = b""
        self.content_type = ""
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                update = json.loads(self.rfile.read(length))
                secret = self.headers["X-Telegram-Bot-Api-Secret-Token"]
                hook.content_type = self.headers["Content-Type"]
                status = hook.statuses.pop(0) if hook.statuses else hook.status
                # Before the answer: after it the next may be posted, and counted first.
                hook.got.put((update["update_id"], secret))
                self.send_response(status)
                self.send_header("Content-Length", str(len(hook.body)))
                self.end_headers()
                self.wfile.write(hook.body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def next(self) -> int:
        return self.got.get(timeout=PATIENCE)[0]


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    thread = threading.Thread(target=hook.server.serve_forever, args=(0.01,))
    thread.start()
    yield hook
    hook.server.shutdown()
    hook.server.server_close()
    thread.join()


def test_updates_are_posted_with_the_secret(api: Api, chat: PrivateChat, hook: Hook) -> None:
    api.result("setWebhook", url=hook.url, secret_token="s3cret")
    chat.send("hi")
    assert hook.got.get(timeout=PATIENCE) == (1, "s3cret")
    assert hook.content_type == "application/json"


def test_what_was_pending_is_posted_too(api: Api, chat: PrivateChat, hook: Hook) -> None:
    chat.send("before")
    api.result("setWebhook", url=hook.url)
    assert hook.next() == 1


def test_a_refused_update_comes_again_before_the_next_of_its_chat(
    api: Api, chat: PrivateChat, hook: Hook
) -> None:
    hook.statuses = [500, 403]
    api.result("setWebhook", url=hook.url)
    first = chat.send("one")
    chat.send("two")
    assert [hook.next() for _ in range(4)] == [1, 1, 1, 2]
    assert first.update.confirmed


def test_a_chat_does_not_wait_for_another(
    server: TelegramServer, api: Api, chat: PrivateChat, hook: Hook
) -> None:
    hook.status = 500
    api.result("setWebhook", url=hook.url)
    question = chat.send("one")
    assert hook.next() == 1
    server.private_chat(server.user("Bob")).send("two")
    while hook.next() != 2:
        pass
    assert not question.update.confirmed


def test_the_last_error_is_told(
    server: TelegramServer, api: Api, chat: PrivateChat, hook: Hook
) -> None:
    hook.statuses = [500]
    api.result("setWebhook", url=hook.url)
    chat.send("hi")
    assert [hook.next(), hook.next()] == [1, 1]
    info = api.result("getWebhookInfo")
    assert info["url"] == hook.url
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")


def test_nobody_listening_is_an_error_that_passes(
    server: TelegramServer, api: Api, chat: PrivateChat, hook: Hook
) -> None:
    api.result("setWebhook", url="http://127.0.0.1:9/hook")
    question = chat.send("hi")
    api.result("setWebhook", url=hook.url)
    assert hook.next() == 1
    chat.wait(lambda: question.update.confirmed or None, "delivery")


def test_a_webhook_and_polling_exclude_each_other(api: Api, hook: Hook) -> None:
    api.result("setWebhook", url=hook.url)
    assert api.refusal("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
        "delete the webhook first"
    )
    api.result("deleteWebhook")
    assert api.updates() == []
    assert api.result("getWebhookInfo")["url"] == ""


def test_setting_a_webhook_ends_a_long_poll(server: TelegramServer, api: Api, hook: Hook) -> None:
    answers: list[str] = []
    poll = threading.Thread(target=lambda: answers.append(api.refusal("getUpdates", timeout=10)))
    poll.start()
    server.wait_for_call("getUpdates")  # which waits before the server takes another request
    api.result("setWebhook", url=hook.url)
    poll.join()
    assert answers == ["409 Conflict: terminated by setWebhook request"]


def test_pending_updates_can_be_dropped(
    server: TelegramServer, api: Api, chat: PrivateChat, hook: Hook
) -> None:
    chat.send("lost")
    api.result("setWebhook", url=hook.url, drop_pending_updates=True)
    chat.send("found")
    assert hook.next() == 2
    assert server.updates.history[0].fate == "dropped"


def test_secrets_are_checked(api: Api, hook: Hook) -> None:
    text = "400 Bad Request: secret token contains unallowed characters"
    assert api.refusal("setWebhook", url=hook.url, secret_token="not this") == text


def test_nothing_is_sent_to_other_machines(server: TelegramServer, api: Api) -> None:
    api.refusal("setWebhook", url="https://example.org/hook")
    assert "not on this machine" in server.take_violations()[0].text


def test_a_method_in_the_answer_is_a_violation(
    server: TelegramServer, api: Api, chat: PrivateChat, hook: Hook
) -> None:
    hook.body = b'{"method": "sendMessage"}'
    api.result("setWebhook", url=hook.url)
    question = chat.send("hi")
    chat.wait(lambda: question.update.confirmed or None, "delivery")
    assert "a method in the answer" in server.take_violations()[0].text
