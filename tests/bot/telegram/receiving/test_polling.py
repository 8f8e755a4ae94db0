"""What is asked of Telegram, and what is confirmed to it: nothing before it is kept."""

import asyncio
import json
import time
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from footnote.bot.telegram.receiving.connecting import Patience
from footnote.bot.telegram.receiving.polling import ALONE_SECONDS, Polling
from footnote.bot.telegram.receiving.update_origin import Json
from tests.bot.database.faults import fault


class Refusal(NamedTuple):
    code: int
    text: str


OTHER = Refusal(409, "Conflict: terminated by other getUpdates request")


class Telegram(BaseRequest):
    """Answers each getUpdates with the next of a list of batches, or refuses it, then is silent."""

    def __init__(self, *batches: Any) -> None:
        self._batches = list(batches)
        self.offsets: list[str | None] = []
        self.timeouts: list[int] = []
        self.asked_all = asyncio.Event()

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        if urlsplit(url).path.endswith("/deleteWebhook"):
            return 200, b'{"ok": true, "result": true}'
        query = parse_qs(urlsplit(url).query)
        self.offsets.append(query.get("offset", [None])[0])
        self.timeouts.append(int(query["timeout"][0]))
        if not self._batches:
            self.asked_all.set()
            await asyncio.Event().wait()
        batch = self._batches.pop(0)
        if isinstance(batch, Refusal):
            return batch.code, json.dumps({"ok": False, "description": batch.text}).encode()
        return 200, json.dumps({"ok": True, "result": batch}).encode()


AT_ONCE = Patience(longest_pause=0.01, conflict=0.01, insist=0.01, probe=0)


def poll(
    telegram: Telegram, take: Any, *, patience: Patience = AT_ONCE, asked: float | None = None
) -> None:
    async def run() -> None:
        bot = Bot("1:x", request=telegram, get_updates_request=telegram)
        polls = Polling(bot, telegram, ["message"], take, patience=patience, asked=asked)
        polling = asyncio.create_task(polls.run())
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
            raise fault("database or disk is full")
        self.updates += [update["update_id"] for update in updates]


def test_an_offset_confirms_a_batch_once_and_is_not_clung_to() -> None:
    telegram, kept = Telegram([{"update_id": 8}, {"update_id": 9}], [], [{"update_id": 3}]), Kept()
    poll(telegram, kept)
    assert telegram.offsets == [None, "10", None, "4"]
    assert kept.updates == [8, 9, 3]


def test_what_could_not_be_kept_is_not_confirmed(
    caplog: pytest.LogCaptureFixture,
) -> None:
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
    odd: object, caplog: pytest.LogCaptureFixture
) -> None:
    poll(Telegram(odd), Kept())
    assert "failed, trying again" in caplog.text
    assert "Secret" not in caplog.text


@pytest.mark.parametrize("odd", [{}, None, True, "nothing", [None], [[]]])
def test_an_answer_that_is_no_list_of_updates_confirms_nothing_and_is_paused_after(
    odd: object, caplog: pytest.LogCaptureFixture
) -> None:
    telegram, kept = Telegram(odd), Kept()
    poll(telegram, kept)
    assert telegram.offsets == [None, None]
    assert kept.updates == []
    assert caplog.text.count("asking Telegram for messages failed, trying again") == 1


NEWCOMER = Patience(longest_pause=0.01, conflict=0.01, insist=0.01, probe=0.01)


def test_who_comes_new_takes_nothing_before_a_request_was_left_alone() -> None:
    telegram, kept = Telegram([], [{"update_id": 8}]), Kept()
    poll(telegram, kept, patience=NEWCOMER)
    assert telegram.timeouts == [1, 30, 30]
    assert telegram.offsets == [None, None, "9"]
    assert kept.updates == [8]


def test_what_waits_already_is_taken_where_nobody_else_confirms_it() -> None:
    waiting = [{"update_id": 8}]
    telegram, kept = Telegram(waiting, waiting, waiting), Kept()
    poll(telegram, kept, patience=NEWCOMER)
    assert telegram.timeouts == [1, 0, 30, 30]
    assert telegram.offsets == [None, None, None, "9"]
    assert kept.updates == [8]


@pytest.mark.parametrize(
    "signs", [[OTHER], [[{"update_id": 8}], [{"update_id": 9}]], [[{"update_id": 8}], []]]
)
def test_who_comes_new_keeps_away_while_another_program_asks(
    signs: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    telegram, kept = Telegram(*signs, *signs, [], [{"update_id": 10}]), Kept()
    poll(telegram, kept, patience=NEWCOMER)
    assert kept.updates == [10]
    assert set(telegram.offsets[:-1]) == {None}
    assert caplog.text.count("this one waits until that is gone") == 1


def test_who_was_there_first_asks_again(caplog: pytest.LogCaptureFixture) -> None:
    telegram, kept = Telegram([], OTHER, OTHER, [{"update_id": 8}]), Kept()
    poll(telegram, kept, patience=NEWCOMER)
    assert telegram.timeouts == [1, 30, 30, 30, 30]
    assert kept.updates == [8]
    assert caplog.text.count("another program is asking") == 1
    assert "this one goes on" in caplog.text


def test_who_asked_a_moment_ago_is_not_new() -> None:
    telegram, kept = Telegram([{"update_id": 8}]), Kept()
    poll(telegram, kept, patience=NEWCOMER, asked=time.time() - 5)
    assert telegram.timeouts == [30, 30]
    late = Telegram([], [])
    poll(late, Kept(), patience=NEWCOMER, asked=time.time() - ALONE_SECONDS - 5)
    assert late.timeouts == [1, 30, 30]


def test_the_pause_grows_to_its_longest_and_stays_so_however_long_telegram_is_away() -> None:
    patience, failures = Patience(longest_pause=30), (1, 2, 3, 6, 5_000)
    pauses = [patience.pause(OSError("away"), number) for number in failures]
    assert pauses == [1, 2, 4, 30, 30]
