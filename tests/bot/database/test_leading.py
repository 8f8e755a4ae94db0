"""What one process does for all: never two of them, and again by another when the first ends."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from footnote.bot.database import leading
from footnote.bot.database.leading import while_leading
from footnote.bot.database.opening import DatabaseServer
from footnote.bot.state import State
from tests.bot.database import server as postgres_server
from tests.bot.database.server import PostgresServer


@pytest.fixture
def own() -> Iterator[PostgresServer]:
    """One that a test may stop."""
    programs = postgres_server.programs()
    if programs is None:
        pytest.skip(postgres_server.LEFT_OUT)
    yield from postgres_server.running(programs)


class Work:
    """Which processes are at it now, by their names."""

    def __init__(self) -> None:
        self.at_it: list[str] = []
        self.most = 0

    def of(self, name: str, state: State) -> "asyncio.Task[None]":
        async def work() -> None:
            self.at_it.append(name)
            self.most = max(self.most, len(self.at_it))
            try:
                await asyncio.Event().wait()
            finally:
                self.at_it.remove(name)

        return asyncio.create_task(while_leading(state.database, "work", work))


async def until(done: Callable[[], object], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came to that"
        await asyncio.sleep(0.02)


async def ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_the_only_process_does_the_work_until_it_is_to_end(state: State) -> None:
    work = Work()

    async def run() -> None:
        task = work.of("one", state)
        await until(lambda: work.at_it)
        await ended(task)

    asyncio.run(run())
    assert (work.most, work.at_it) == (1, [])


def test_work_that_fails_is_told_and_begun_again_and_what_ends_is_over(
    state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(leading, "_AGAIN_SECONDS", 0.01)
    begun = list[int]()

    async def work() -> None:
        begun.append(len(begun))
        if len(begun) < 3:
            raise ZeroDivisionError("the work")

    async def run() -> None:
        task = asyncio.create_task(while_leading(state.database, "work", work))
        await until(lambda: len(begun) == 3)
        await asyncio.sleep(0.1)
        await ended(task)

    asyncio.run(run())
    assert begun == [0, 1, 2]
    assert caplog.text.count("ZeroDivisionError: the work") == 2


def test_who_fails_to_see_whether_it_leads_stops_and_tries_again(
    state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(leading, "_AGAIN_SECONDS", 0.01)
    work, hold = Work(), state.database.hold
    held, fails = list[str](), threading.Event()

    def hold_badly(name: str, on_change: Callable[[bool], object], stop: threading.Event) -> None:
        held.append(name)
        if len(held) > 1:
            return hold(name, on_change, stop)
        on_change(True)
        fails.wait(60)
        raise ZeroDivisionError("the lock")

    monkeypatch.setattr(state.database, "hold", hold_badly)

    async def run() -> None:
        task = work.of("one", state)
        await until(lambda: work.at_it)
        fails.set()
        await until(lambda: len(held) > 1 and work.at_it)
        await ended(task)

    asyncio.run(run())
    assert (held, work.most, work.at_it) == (["work", "work"], 1, [])
    assert "ZeroDivisionError: the lock" in caplog.text


@pytest.mark.slow
def test_one_works_while_it_lives_and_has_the_database_and_then_another(
    own: PostgresServer,
) -> None:
    work, place = Work(), DatabaseServer(own.database())

    async def run() -> None:
        with closing(State(place)) as one, closing(State(place)) as other:
            first = work.of("one", one)
            await until(lambda: work.at_it == ["one"])
            second = work.of("other", other)
            await asyncio.sleep(1.2)
            assert work.at_it == ["one"]
            await asyncio.to_thread(own.stop)
            await until(lambda: not work.at_it)
            await asyncio.to_thread(own.start)
            await until(lambda: work.at_it)
            tasks = {"one": first, "other": second}
            [name] = work.at_it
            await ended(tasks.pop(name))
            await until(lambda: work.at_it == list(tasks))
            await ended(*tasks.values())

    asyncio.run(run())
    assert (work.most, work.at_it) == (1, [])
