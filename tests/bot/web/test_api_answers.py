"""What programs ask and check, whole and as events, and the receipts of it."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.index.result_json import to_json
from tests.bot.web.site import WebSite

QUESTION = "Who built the lighthouse of Port Ellis?"


@pytest.fixture
def program(website: WebSite) -> Iterator[httpx.Client]:
    with website.program() as program:
        yield program


def events_of(response: httpx.Response) -> list[tuple[str, Any]]:
    assert response.headers["Content-Type"].startswith("text/event-stream")
    found = []
    for block in response.text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def ask(program: httpx.Client, question: str = QUESTION, **more: Any) -> dict[str, Any]:
    replied = program.post("/api/ask", json={"question": question, **more})
    assert replied.status_code == 200, replied.text
    told: dict[str, Any] = replied.json()
    return told


def test_the_result_is_that_of_the_terminal_and_its_quotations_are_exact(
    program: httpx.Client, footnote: Footnote
) -> None:
    told = ask(program)
    found = footnote.receipts.find(told["receipt"])
    assert found is not None
    assert told["result"] == to_json(found.result)
    claims = told["result"]["claims"]
    assert claims
    for claim in claims:
        for citation in claim["citations"]:
            article = program.get(f"/api/articles/{citation['article']}").json()
            quoted = article["text"][citation["start"] : citation["end"]]
            assert (quoted, article["revision"]) == (citation["quotation"], citation["revision"])


def test_what_nothing_is_found_on_cites_nothing(program: httpx.Client) -> None:
    result = ask(program, "xyzzy plugh")["result"]
    assert result["kind"] == "abstention"
    assert "claims" not in result


def test_an_answer_comes_as_events_too(program: httpx.Client) -> None:
    replied = program.post(
        "/api/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"}
    )
    name, told = events_of(replied)[-1]
    assert name == "result"
    assert told["result"] == ask(program)["result"]


def test_a_check_comes_whole_and_sentence_by_sentence(program: httpx.Client) -> None:
    body = {"text": "Tea is made from leaves. Moons are made of cheese."}
    whole = program.post("/api/check", json=body).json()["result"]
    streamed = events_of(
        program.post("/api/check", json=body, headers={"Accept": "text/event-stream"})
    )
    assert [name for name, _ in streamed] == ["sentence", "sentence", "result"]
    assert [told for name, told in streamed if name == "sentence"] == whole["sentences"]
    assert streamed[-1][1]["result"] == whole


def test_a_text_without_a_word_is_no_claim(program: httpx.Client) -> None:
    assert program.post("/api/check", json={"text": " … "}).status_code == 422


def test_a_receipt_is_read_again_and_followed_up(program: httpx.Client) -> None:
    first = ask(program)
    again = program.get(f"/api/receipts/{first['receipt']}").json()
    assert again == {"receipt": first["receipt"], "follows": None, "result": first["result"]}
    next_one = ask(program, "And who drinks it?", follows=first["receipt"])
    assert program.get(f"/api/receipts/{next_one['receipt']}").json()["follows"] == first["receipt"]


def test_a_receipt_of_somebody_else_is_not_there(website: WebSite, program: httpx.Client) -> None:
    receipt = ask(program)["receipt"]
    with website.program(Role.EDITOR, "another") as other:
        assert other.get(f"/api/receipts/{receipt}").status_code == 404
        assert other.post("/api/ask", json={"question": "?", "follows": receipt}).status_code == 404
        rated = other.post(f"/api/receipts/{receipt}/feedback", json={"rating": "up"})
        assert rated.status_code == 404


def test_a_rating_counts_once_and_can_be_changed(program: httpx.Client) -> None:
    path = f"/api/receipts/{ask(program)['receipt']}/feedback"

    def rate(**body: Any) -> dict[str, int]:
        told: dict[str, int] = program.post(path, json=body).json()
        return told

    assert rate(rating="up") == rate(rating="up") == {"up": 1, "down": 0, "wrong_passages": 0}
    assert rate(rating="down", wrong_passage=True) == {"up": 0, "down": 1, "wrong_passages": 1}
    assert rate(rating="none") == {"up": 0, "down": 0, "wrong_passages": 0}


def test_history_and_days_are_taken_into_account(program: httpx.Client) -> None:
    history = [{"role": "user", "text": QUESTION}, {"role": "assistant", "text": "In hills."}]
    assert ask(program, "And when was it first drunk?", history=history)["result"]
    assert ask(program, since="1950", until="1950-12")["result"]["kind"] == "abstention"
    for wrong in ({"since": "2016-13"}, {"since": "2017", "until": "2016"}):
        assert program.post("/api/ask", json={"question": "?", **wrong}).status_code == 422
    both = {"question": "?", "history": history, "follows": "x"}
    assert program.post("/api/ask", json=both).status_code == 422


def test_more_questions_than_a_person_may_ask_are_told_when_to_try_again(
    website: WebSite, program: httpx.Client
) -> None:
    website.footnote.limit._most = 2
    for _ in range(2):
        ask(program)
    refused = program.post("/api/ask", json={"question": QUESTION})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "wait" in refused.json()["error"]
    with website.program(name="another") as other:
        ask(other)
