"""What is asked of Telegram, and what is confirmed to it: nothing before it is kept."""

import asyncio
import json
import sqlite3
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.telegram.receiving.origin import Json
from bot.telegram.receiving.polling import Polling


class Telegram(BaseRequest):
    """Answers each getUpdates with the next of a list of batches, then with silence."""

    def __init__(self, *batches: Any) -> None:
        self._batches = list(batches)
        self.offsets: list[str | None] = []
        self.asked_all = asyncio.Event()

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_: Any
    ) -> tuple[int, bytes]:
        if urlsplit(url).path.endswith("/deleteWebhook"):
            return 200, b'{"ok": true, "result": true}'
        self.offsets.append(parse_qs(urlsplit(url).query).get("offset", [None])[0])
        if not self._batches:
            self.asked_all.set()
            await asyncio.Event().wait()
        return 200, json.dumps({"ok": True, "result": self._batches.pop(0)}).encode()


def poll(telegram: Telegram, take: Any) -> None:
    async def run() -> None:
        bot = Bot("1:x", request=telegram, get_updates_request=telegram)
        polling = asyncio.create_task(Polling(bot, telegram, ["message"], take).run())
        await asyncio.wait_for(telegram.asked_all.wait(), 10)
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling

    asyncio.run(run())


class Kept:
    """Keeps updates, unless it fails."""

    def __init__(self, failures: int = 0) -> None:
        self.updates: list[int] = []
        self._failures = failures

    async def __call__(self, updates: list[Json]) -> None:
        if self._failures:
            self._failures -= 1
            raise sqlite3.OperationalError("database or disk is full")
        self.updates += [update["update_id"] for update in updates]


def test_an_offset_confirms_a_batch_once_and_is_not_clung_to() -> None:
    telegram, kept = Telegram([{"update_id": 8}, {"update_id": 9}], [], [{"update_id": 3}]), Kept()
    poll(telegram, kept)
    assert telegram.offsets == [None, "10", None, "4"]
    assert kept.updates == [8, 9, 3]


def test_what_could_not_be_kept_is_not_confirmed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.telegram.receiving.polling._LONGEST_PAUSE_SECONDS", 0.01)
    telegram, kept = Telegram(*[[{"update_id": 8}]] * 3), Kept(failures=2)
    poll(telegram, kept)
    assert telegram.offsets == [None, None, None, "9"]
    assert kept.updates == [8]
    assert caplog.text.count("could not be kept, trying again") == 2


@pytest.mark.parametrize("odd", [{}, {"update_id": "8"}, {"update_id": True}, None, 7, [], "x"])
def test_what_has_no_number_is_passed_over_and_told(
    odd: object, caplog: pytest.LogCaptureFixture
) -> None:
    telegram, kept = Telegram([{"update_id": 8}, odd, {"update_id": 9}]), Kept()
    poll(telegram, kept)
    assert telegram.offsets == [None, "10"]
    assert kept.updates == [8, 9]
    assert "an update without a number" in caplog.text


@pytest.mark.parametrize("odd", [[{"message": {"text": "Secret?"}}], "Secret?", {"a": "Secret?"}])
def test_what_people_write_is_not_logged_however_it_comes(
    odd: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.telegram.receiving.polling._LONGEST_PAUSE_SECONDS", 0.01)
    poll(Telegram(odd), Kept())
    assert "failed, trying again" in caplog.text
    assert "Secret" not in caplog.text


@pytest.mark.parametrize("odd", [{}, None, True, "nothing", [None], [[]]])
def test_an_answer_that_is_no_list_of_updates_confirms_nothing_and_is_paused_after(
    odd: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.telegram.receiving.polling._LONGEST_PAUSE_SECONDS", 0.01)
    telegram, kept = Telegram(odd), Kept()
    poll(telegram, kept)
    assert telegram.offsets == [None, None]
    assert kept.updates == []
    assert caplog.text.count("asking Telegram for messages failed, trying again") == 1
