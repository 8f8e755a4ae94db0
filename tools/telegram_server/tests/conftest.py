"""A running server with one person, and plain HTTP requests to it."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from .. import ManualClock, PrivateChat, TelegramServer, User
from ..validation import Json


class Api:
    """Calls methods as python-telegram-bot does: scalars as text in a form, the rest as JSON."""

    def __init__(self, server: TelegramServer) -> None:
        # Without certificates and proxies, which take httpx longer to read than a test takes.
        self.client = httpx.Client(timeout=60, verify=False, trust_env=False)
        self.address = f"{server.base_url}{server.token}"

    def post(self, method: str, **parameters: Any) -> httpx.Response:
        form = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in parameters.items()
        }
        return self.client.post(f"{self.address}/{method}", data=form)

    def result(self, method: str, **parameters: Any) -> Any:
        """What a request that succeeds gives back."""
        body = self.post(method, **parameters).json()
        assert body["ok"], body
        return body["result"]

    def refusal(self, method: str, **parameters: Any) -> str:
        """The description of a refusal, after its code."""
        response = self.post(method, **parameters)
        body: Json = response.json()
        assert body["ok"] is False
        assert body["error_code"] == response.status_code
        return f"{body['error_code']} {body['description']}"

    def updates(self, **parameters: Any) -> list[Any]:
        """The numbers and kinds of the updates in an answer to getUpdates."""
        found = self.result("getUpdates", **parameters)
        return [(update.pop("update_id"), *update) for update in found]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def server(clock: ManualClock) -> Iterator[TelegramServer]:
    with TelegramServer(clock=clock, first_update_id=1) as running:
        yield running


@pytest.fixture
def api(server: TelegramServer) -> Iterator[Api]:
    calls = Api(server)
    with calls.client:
        yield calls


@pytest.fixture
def ada(server: TelegramServer) -> User:
    return server.user("Ada", username="ada")


@pytest.fixture
def chat(server: TelegramServer, ada: User) -> PrivateChat:
    return server.private_chat(ada)
