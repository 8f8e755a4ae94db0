"""Going into a thread: what comes back, which thread it was, and that nothing goes another way."""

import asyncio
import re
import threading
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.threads import ThreadPool, run_in_thread

BOT = Path(__file__).parents[2] / "bot"
who: ContextVar[str] = ContextVar("who", default="nobody")


def in_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @wraps(test)
    def run(**values: Any) -> None:
        asyncio.run(test(**values))

    return run


def thread_name() -> str:
    return threading.current_thread().name


@in_a_loop
async def test_an_action_runs_in_another_thread_and_returns_its_value() -> None:
    assert await run_in_thread(max, 3, 5) == 5
    assert await run_in_thread(thread_name) != thread_name()


@in_a_loop
async def test_a_pool_of_its_own_names_its_threads_and_has_no_more_than_its_size() -> None:
    threads = ThreadPool("garden", 1)
    names = await asyncio.gather(*(threads.run(thread_name) for _ in range(5)))
    assert set(names) == {"garden_0"}
    threads.close()


@pytest.mark.parametrize("own", [True, False])
@in_a_loop
async def test_what_an_action_raises_is_raised_here(own: bool) -> None:
    threads = ThreadPool("garden", 1)
    run = threads.run if own else run_in_thread
    with pytest.raises(ZeroDivisionError):
        await run(divmod, 1, 0)
    threads.close()


@in_a_loop
async def test_context_is_visible_in_the_thread_and_what_is_set_there_stays_there() -> None:
    threads = ThreadPool("garden", 1)
    who.set("Ada")

    def rename() -> str:
        before = who.get()
        who.set("Bob")
        return before

    assert [await threads.run(rename), await threads.run(rename)] == ["Ada", "Ada"]
    assert who.get() == "Ada"
    threads.close()


@in_a_loop
async def test_closing_waits_for_what_was_handed_in_and_abandoning_drops_what_was_not_begun() -> (
    None
):
    done: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        go_on.wait(60)
        done.append("begun")

    threads = ThreadPool("garden", 1)
    first = asyncio.ensure_future(threads.run(wait))
    second = asyncio.ensure_future(threads.run(done.append, "not begun"))
    await run_in_thread(begun.wait, 20)
    threads.abandon()
    go_on.set()
    await asyncio.gather(first, second, return_exceptions=True)
    assert second.cancelled()
    threads.close()
    assert done == ["begun"]


def test_every_part_of_the_bot_goes_into_threads_this_one_way() -> None:
    others = re.compile(r"\b(?:to_thread|run_in_executor)\(")
    found = [file.name for file in BOT.rglob("*.py") if others.search(file.read_text("utf-8"))]
    assert found == ["threads.py"]


def test_every_pool_is_described() -> None:
    pools = {
        name
        for file in BOT.rglob("*.py")
        if file.name != "threads.py"
        for name in re.findall(r"\bThreadPool\(\s*\"([a-z-]+)\"", file.read_text("utf-8"))
    }
    described = (BOT / "threads.py").read_text("utf-8")
    assert pools
    assert all(f"`{name}`" in described for name in pools)
