"""The event loop that people are served on."""

import asyncio
import sys
from contextlib import closing

import pytest

from footnote.bot.event_loop import new_event_loop


def test_it_is_uvloops() -> None:
    with closing(new_event_loop()) as loop:
        assert type(loop).__module__ == "uvloop"


def test_where_uvloop_cannot_be_had_it_is_pythons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)  # so that its import fails
    with closing(new_event_loop()) as loop:
        assert isinstance(loop, asyncio.BaseEventLoop)
        assert loop.run_until_complete(asyncio.sleep(0, "done")) == "done"
