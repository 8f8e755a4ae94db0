"""Answers as events: while nothing is told, where something goes wrong, when nobody listens."""

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from footnote.bot.web.api import events
from footnote.bot.web.questions import Questions
from footnote.index.errors import IndexUnreadable
from footnote.index.question import Question
from footnote.index.results import Answer, Claim, Result
from tests.bot.web.site import WebSite
from tests.ports import HOST

QUESTION = "Who built the lighthouse of Port Ellis?"
AS_EVENTS = {"Accept": "text/event-stream"}
Written = Callable[[Callable[[Claim], object], Answer], None]
WAYS: list[tuple[str, dict[str, Any]]] = [
    ("/api/ask", {"question": QUESTION}),
    (
        "/v1/chat/completions",
        {"model": "footnote", "stream": True, "messages": [{"role": "user", "content": QUESTION}]},
    ),
]


@pytest.fixture
def program(website: WebSite) -> Iterator[httpx.Client]:
    with website.program() as program:
        yield program


@pytest.fixture
def written(website: WebSite, monkeypatch: pytest.MonkeyPatch) -> Callable[[Written], None]:
    """Has an answer be written by a function, which tells claims of the real one."""
    respondent = website.footnote.respondent
    real = respondent.answer(Question(QUESTION), person="x")
    assert isinstance(real, Answer)

    def by(write: Written) -> None:
        def answer(
            self: object, question: Question, *, person: str, on_claim: Any, **_: Any
        ) -> Result:
            write(on_claim, real)
            return real

        monkeypatch.setattr(type(respondent), "answer", answer)

    return by


@pytest.mark.parametrize(("path", "body"), WAYS)
def test_a_sign_of_life_is_sent_while_nothing_is_told(
    program: httpx.Client,
    written: Callable[[Written], None],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    body: dict[str, Any],
) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.05)
    seen = threading.Event()

    def write(on_claim: Callable[[Claim], object], real: Answer) -> None:
        assert seen.wait(60)

    written(write)
    with program.stream("POST", path, json=body, headers=AS_EVENTS) as replied:
        lines = replied.iter_lines()
        assert next(lines) == ":"
        seen.set()
        assert any(line.startswith("data: ") for line in lines)


@pytest.mark.parametrize(("path", "body"), WAYS)
def test_what_goes_wrong_within_an_answer_is_told_as_its_last_event(
    program: httpx.Client,
    written: Callable[[Written], None],
    path: str,
    body: dict[str, Any],
) -> None:
    def write(on_claim: Callable[[Claim], object], real: Answer) -> None:
        on_claim(real.claims[0])
        raise RuntimeError("a secret of ours")

    written(write)
    replied = program.post(path, json=body, headers=AS_EVENTS)
    assert replied.status_code == 200
    last = json.loads(replied.text.strip().rpartition("data: ")[2])
    told = last["error"] if path == "/api/ask" else last["error"]["message"]
    assert "noted" in told
    assert "secret" not in replied.text


@pytest.mark.parametrize(("path", "body"), WAYS)
def test_what_goes_wrong_before_an_answer_has_its_status(
    program: httpx.Client,
    written: Callable[[Written], None],
    path: str,
    body: dict[str, Any],
) -> None:
    def write(on_claim: Callable[[Claim], object], real: Answer) -> None:
        raise IndexUnreadable("a path of ours")

    written(write)
    refused = program.post(path, json=body, headers=AS_EVENTS)
    assert (refused.status_code, "path of ours" in refused.text) == (503, False)


def test_whoever_goes_away_stops_what_is_being_written(
    program: httpx.Client, written: Callable[[Written], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.05)
    stopped = threading.Event()

    def write(on_claim: Callable[[Claim], object], real: Answer) -> None:
        try:
            for _ in range(2000):
                on_claim(real.claims[0])
                threading.Event().wait(0.01)
        except BaseException:
            stopped.set()
            raise

    written(write)
    path, body = WAYS[0]
    with program.stream("POST", path, json=body, headers=AS_EVENTS) as replied:
        told = (line for line in replied.iter_lines() if line not in ("", ":"))
        assert next(told) == "event: claim"
    assert stopped.wait(60)
    assert program.get("/api/articles").status_code == 200


@pytest.mark.parametrize(("path", "body"), WAYS)
def test_whoever_goes_away_before_the_first_sentence_finds_nothing_kept(
    program: httpx.Client,
    website: WebSite,
    written: Callable[[Written], None],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    body: dict[str, Any],
) -> None:
    asked_for, gone, ended = threading.Event(), threading.Event(), threading.Event()
    events_of = Questions.events

    def write(on_claim: Callable[[Claim], object], real: Answer) -> None:
        asked_for.set()
        assert gone.wait(60)

    async def ending(self: Questions, act: Any) -> Any:
        try:
            async for one in events_of(self, act):
                yield one
        finally:
            ended.set()

    written(write)
    monkeypatch.setattr(Questions, "events", ending)
    connection = http.client.HTTPConnection(HOST, website.port, timeout=60)
    headers = httpx.Headers(program.headers)
    headers.update({**AS_EVENTS, "Content-Type": "application/json"})
    connection.request("POST", path, json.dumps(body), dict(headers))
    assert asked_for.wait(60)
    connection.close()
    assert program.get("/api/articles").status_code == 200  # is asked for after that one has gone
    gone.set()
    assert ended.wait(60)
    assert website.footnote.receipts.count() == 0


@pytest.mark.parametrize(("path", "body"), WAYS)
def test_an_answer_that_was_told_to_its_end_is_kept(
    program: httpx.Client, website: WebSite, path: str, body: dict[str, Any]
) -> None:
    assert program.post(path, json=body, headers=AS_EVENTS).status_code == 200
    assert website.footnote.receipts.count() == 1


@pytest.mark.parametrize(("path", "body"), WAYS)
def test_a_token_that_is_revoked_while_an_answer_comes_brings_no_more_of_it(
    program: httpx.Client,
    website: WebSite,
    written: Callable[[Written], None],
    path: str,
    body: dict[str, Any],
) -> None:
    revoked = threading.Event()

    def write(on_claim: Callable[[Claim], object], answer: Answer) -> None:
        on_claim(answer.claims[0])
        assert revoked.wait(60)
        on_claim(answer.claims[0])

    written(write)
    with program.stream("POST", path, json=body, headers=AS_EVENTS) as response:
        lines = response.iter_lines()
        assert next(lines)
        website.footnote.tokens.revoke("a-program")
        revoked.set()
        told = list(lines)
    assert "This is private." in told[-2]
    assert "[DONE]" not in told[-2]
    assert sum("brothers Hale" in line for line in told) <= 1


@pytest.mark.parametrize(("path", "body"), WAYS)
def test_a_token_that_is_revoked_between_signs_of_life_ends_the_answer(
    program: httpx.Client,
    website: WebSite,
    written: Callable[[Written], None],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    body: dict[str, Any],
) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.05)
    done = threading.Event()

    def write(on_claim: Callable[[Claim], object], answer: Answer) -> None:
        done.wait(60)

    written(write)
    try:
        with program.stream("POST", path, json=body, headers=AS_EVENTS) as response:
            lines = response.iter_lines()
            assert next(lines) == ":"
            website.footnote.tokens.revoke("a-program")
            told = [line for line in lines if line not in ("", ":")]
    finally:
        done.set()
    assert "This is private." in told[-1]
