import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tools.llm_server import Asked, LlmServer, Refusal, Said, pieces_of


def ask(server: LlmServer, *, path: str = "/chat/completions", **body: Any) -> httpx.Response:
    asked = {"model": "m", "messages": _user("Hello?"), **body}
    return httpx.post(server.url + path, json=asked, timeout=60)


def events(response: httpx.Response) -> list[Any]:
    lines = [line.removeprefix("data: ") for line in response.text.split("\n\n") if line]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


def test_a_text_is_given_whole() -> None:
    with LlmServer("Good day.") as server:
        answer = ask(server).json()
        assert answer["choices"][0]["message"] == {"role": "assistant", "content": "Good day."}
        assert server.asked[0].prompt == "Hello?"


def test_a_text_is_streamed_in_pieces_with_its_end_and_its_cost() -> None:
    with LlmServer(Said(pieces_of("Good day to you."), usage=(7, 5))) as server:
        streamed = events(ask(server, stream=True, stream_options={"include_usage": True}))
    *pieces, usage = streamed
    deltas = [piece["choices"][0]["delta"].get("content", "") for piece in pieces]
    assert len(deltas) > 3
    assert "".join(deltas) == "Good day to you."
    assert pieces[-1]["choices"][0]["finish_reason"] == "stop"
    assert usage["usage"] == {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}


def test_a_reply_may_depend_on_what_is_asked_whoever_else_asks_meanwhile() -> None:
    def answer(asked: Asked) -> Said:
        time.sleep(0.05)
        return Said([asked.prompt.upper()])

    with LlmServer("Never.", lifetime=20) as server, ThreadPoolExecutor(8) as threads:
        server.on_request = answer
        questions = [f"question {n}" for n in range(16)]
        answers = threads.map(lambda one: ask(server, messages=_user(one)).json(), questions)
        told = [answer["choices"][0]["message"]["content"] for answer in answers]
        assert told == [question.upper() for question in questions]
        server.on_request = lambda asked: None
        assert ask(server).json()["choices"][0]["message"]["content"] == "Never."


def _user(content: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": content}]


def test_replies_come_in_turn_and_the_last_again() -> None:
    with LlmServer("One.", Refusal(429, "slow down", {"Retry-After": "7"}), "Three.") as server:
        said = [ask(server) for _ in range(4)]
    assert [answer.status_code for answer in said] == [200, 429, 200, 200]
    assert said[1].headers["Retry-After"] == "7"
    assert said[1].json()["error"]["message"] == "slow down"
    assert said[3].json() == said[2].json() != said[0].json()


@pytest.mark.parametrize(
    ("wanted", "path", "status"),
    [
        ({"models": ("other",)}, "/chat/completions", 404),
        ({"key": "sesame"}, "/chat/completions", 401),
        ({"refused": ("messages",)}, "/chat/completions", 400),
        ({}, "/completions", 404),
    ],
)
def test_what_it_does_not_know_is_refused(wanted: dict[str, Any], path: str, status: int) -> None:
    with LlmServer("Yes.") as server:
        for name, value in wanted.items():
            setattr(server, name, value)
        assert ask(server, path=path).status_code == status


def test_who_hangs_up_on_an_endless_answer_is_noticed() -> None:
    with LlmServer(Said(["and "], then="repeat")) as server:
        with httpx.stream(
            "POST",
            server.url + "/chat/completions",
            json={"model": "m", "messages": [], "stream": True},
        ) as response:
            assert next(response.iter_bytes())
        server.wait_abandoned()


def test_a_broken_stream_has_no_end() -> None:
    with LlmServer(Said(["Half a"], then="break")) as server:
        assert "[DONE]" not in ask(server, stream=True).text


def test_it_ends_by_itself_and_so_does_what_hangs_in_it() -> None:
    with LlmServer(Said(["x"], then="hang"), lifetime=0.3) as server:
        with contextlib.suppress(httpx.NetworkError, httpx.RemoteProtocolError):  # it has ended
            ask(server, stream=True)
        with pytest.raises(httpx.NetworkError):
            ask(server)
