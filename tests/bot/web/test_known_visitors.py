"""Sessions that are known: without the database while nothing changes, and never after it has."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from footnote.bot.composition import Footnote
from footnote.bot.people.people import People, Role
from footnote.bot.people.sessions import Sessions, telegram_holder
from footnote.bot.state import State
from footnote.bot.web.known_visitors import KnownVisitors
from footnote.bot.web.visitor import Visitor

ADA = 7001


@pytest.fixture
def session(footnote: Footnote) -> str:
    footnote.people.redeem(footnote.people.invite(Role.READER), ADA, "Ada")
    return footnote.sessions.begin(telegram_holder(ADA))


@pytest.fixture
def asked(footnote: Footnote, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the database was asked by way of its thread."""
    calls: list[object] = []
    run = footnote.state.run_in_db

    async def noted(action: Callable[..., object], *values: object) -> object:
        calls.append(action)
        return await run(action, *values)

    monkeypatch.setattr(footnote.state, "run_in_db", noted)
    return calls


def found(known: KnownVisitors, session: str) -> Visitor | None:
    return asyncio.run(known.find(session))


def test_the_database_is_asked_once_while_nothing_is_written(
    footnote: Footnote, session: str, asked: list[object]
) -> None:
    known = KnownVisitors(footnote)
    first, second = found(known, session), found(known, session)
    assert first is not None
    assert first == second
    assert len(asked) == 1


def test_whoever_is_dismissed_is_out_with_the_next_request(
    footnote: Footnote, session: str
) -> None:
    known = KnownVisitors(footnote)
    assert found(known, session)
    footnote.people.dismiss(ADA)
    assert found(known, session) is None


def test_whoever_is_dismissed_by_another_process_is_out_with_the_next_request(
    footnote: Footnote, session: str
) -> None:
    known = KnownVisitors(footnote)
    assert found(known, session)
    with closing(State.of(footnote.settings)) as other:  # a connection of its own
        People(other, footnote.settings).dismiss(ADA)
    assert found(known, session) is None


def test_another_role_is_there_with_the_next_request(footnote: Footnote, session: str) -> None:
    known = KnownVisitors(footnote)
    before = found(known, session)
    footnote.people.redeem(footnote.people.invite(Role.EDITOR), ADA, "Ada")
    after = found(known, session)
    assert before
    assert after
    assert (before.role, after.role) == (Role.READER, Role.EDITOR)


def test_a_session_that_is_left_is_no_longer_known(footnote: Footnote, session: str) -> None:
    known = KnownVisitors(footnote)
    assert found(known, session)
    Sessions(footnote.state).end(session)
    assert found(known, session) is None


def test_a_session_is_over_at_its_time_though_nothing_was_written(
    footnote: Footnote, session: str
) -> None:
    known = KnownVisitors(footnote)
    assert found(known, session)
    until = footnote.sessions.until(session)
    footnote.sessions._now = lambda: until - 1
    assert found(known, session)
    footnote.sessions._now = lambda: until
    assert found(known, session) is None


def test_while_another_thread_writes_the_database_itself_is_asked(
    footnote: Footnote, session: str
) -> None:
    known = KnownVisitors(footnote)
    assert found(known, session)
    begun, end = threading.Event(), threading.Event()

    def write() -> None:
        with footnote.state.transaction():
            begun.set()
            end.wait(60)

    writing = threading.Thread(target=write)
    writing.start()
    begun.wait(60)
    assert footnote.state.stamp() is None
    end.set()
    writing.join()
    assert footnote.state.stamp() is not None


def test_what_changed_while_the_database_was_asked_is_not_taken_for_the_newest(
    footnote: Footnote, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = KnownVisitors(footnote)
    look = known._look

    def changed_meanwhile(of: str) -> tuple[Visitor, float] | None:
        seen = look(of)
        footnote.people.dismiss(ADA)
        return seen

    with monkeypatch.context() as patch:
        patch.setattr(known, "_look", changed_meanwhile)
        assert found(known, session)
    assert found(known, session) is None
