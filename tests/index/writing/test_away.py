"""A model that is away: the quoted answer comes within the limit, and nobody waits twice."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from footnote.index.errors import WriterAway
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.question import Question, Turn
from footnote.index.results import Answer, Nearest, Unwritten
from footnote.index.writing.breaker import Breaker
from footnote.index.writing.endpoint import Endpoint, _body, _lines
from footnote.index.writing.rewriting import Rewriter
from tests.index.writing.conftest import Asking
from tools.llm_server import LlmServer, Refusal, Said, pieces_of

RIGHT = "The river Nari flooded Sibi in July 2019. [1]"


def is_away(result: Answer | Nearest) -> bool:
    return isinstance(result, Answer) and (result.mode, result.unwritten) == (
        "quoted",
        Unwritten.AWAY,
    )


def is_written(result: Answer | Nearest) -> bool:
    return isinstance(result, Answer) and result.mode == "written"


@pytest.mark.parametrize(
    "reply",
    [
        Said([], before="hang"),
        Said([], before="comment"),
        Said(["The river Na"], then="hang"),
        Said(["So "], then="repeat", pause=0.05),
    ],
)
def test_silence_and_stalling_take_no_longer_than_the_limit(
    passage_index: PassageIndex, llm: LlmServer, reply: Said
) -> None:
    asking = Asking(passage_index, llm, first_seconds=0.3, seconds=0.6)
    asking.answerer.answer(Question("What did the flood do?"), may_write=lambda: False)  # warm
    llm.reply(reply)
    assert is_away(asking.ask())


def test_the_time_to_the_end_is_limited_too(passage_index: PassageIndex, llm: LlmServer) -> None:
    asking = Asking(passage_index, llm, first_seconds=5.0, seconds=5.0)
    llm.reply(Said([f"{RIGHT} And so it "], then="hang"))
    assert is_written(asking.ask())


def test_a_refused_connection_is_away_at_once(passage_index: PassageIndex, llm: LlmServer) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]  # which is kept from others, and listened on by nobody
        endpoint = Endpoint(f"http://127.0.0.1:{port}/v1", "tiny")
        with pytest.raises(WriterAway, match="cannot be reached"):
            list(endpoint.stream_chat([]))


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "does not accept the key"), (404, "has no model"), (429, "no more"), (503, "with 503")],
)
def test_a_refusal_is_told_in_plain_words_and_without_the_key(
    llm: LlmServer, status: int, told: str
) -> None:
    llm.reply(Refusal(status, "You sent sk-secret, look", {"Retry-After": "45"}))
    with pytest.raises(WriterAway, match=told) as caught:
        list(Endpoint(llm.url, "tiny", key="sk-secret").stream_chat([]))
    assert caught.value.pause == 45
    assert "sk-secret" not in str(caught.value)
    assert llm.asked[0].headers["authorization"] == "Bearer sk-secret"


def test_an_option_that_is_not_understood_is_left_out_from_then_on(llm: LlmServer) -> None:
    llm.refused = ("temperature", "stream_options")
    llm.reply("Good day.")
    endpoint = Endpoint(llm.url, "tiny")
    assert endpoint.complete("Hello?").text == "Good day."
    assert len(llm.asked) == 3
    assert endpoint.complete("Hello?").text == "Good day."
    assert len(llm.asked) == 4
    assert llm.asked[-1].body["max_tokens"] == 500


@pytest.mark.parametrize("garbage", ["no json", '{"error": {"message": "overloaded"}}', "[1]"])
def test_what_is_no_piece_of_an_answer_is_away(
    asking: Asking, llm: LlmServer, monkeypatch: pytest.MonkeyPatch, garbage: str
) -> None:
    monkeypatch.setattr(
        "tools.llm_server.server._event", lambda *_: f"data: {garbage}\n\n".encode()
    )
    llm.reply(RIGHT)
    assert is_away(asking.ask())


@pytest.mark.parametrize(
    "reply",
    [
        Said([f"{RIGHT} "], whole=True, then="drip"),
        Said([f"{RIGHT} "], whole=True, then="hang"),
        Said(["So "], then="drip"),
        Said([], before="drip"),
        Said([], before="comment"),
    ],
)
def test_what_comes_a_byte_at_a_time_is_cut_off_when_its_time_is_over(
    llm: LlmServer, reply: Said
) -> None:
    llm.reply(reply)
    endpoint = Endpoint(llm.url, "tiny", silence_seconds=9.0, max_seconds=1.0)
    with pytest.raises(WriterAway, match="took too long"):
        endpoint.complete("Hello?")
    if reply.then != "hang":  # who sends nothing does not notice
        llm.wait_abandoned()


def test_headers_without_end_are_cut_off_when_their_time_is_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        endpoint = Endpoint(
            f"http://127.0.0.1:{port}/v1", "tiny", silence_seconds=5.0, max_seconds=0.4
        )

        def drip() -> None:
            connection, _ = listening.accept()
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            with contextlib.suppress(OSError):
                while not cut_off.wait(0.02):
                    connection.sendall(b"a")
            connection.close()

        cut_off = threading.Event()
        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            with pytest.raises(WriterAway, match="took too long"):
                endpoint.complete("Hello?")
        finally:
            cut_off.set()
            dripping.join()


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("junk", ["a", "[1† ", "* ", "\n", "It is so. [1] ", "Nari "])
def test_what_is_huge_in_one_piece_is_read_as_far_as_an_answer_may_go(
    asking: Asking, llm: LlmServer, junk: str, whole: bool
) -> None:
    llm.reply(Said([f"{RIGHT} {junk * (300_000 // len(junk))}"], whole=whole))
    begun = time.process_time()
    answer = asking.ask()
    assert time.process_time() - begun < 3
    assert [claim.text for claim in answer.claims] == [RIGHT.removesuffix(" [1]")]


@pytest.mark.parametrize(
    "garbage", ["[" * 200_000, '{"a":' * 100_000, '{"choices": ' + "9" * 9_000]
)
def test_json_that_is_nested_or_long_beyond_reason_is_away(
    asking: Asking, llm: LlmServer, monkeypatch: pytest.MonkeyPatch, garbage: str
) -> None:
    monkeypatch.setattr(
        "tools.llm_server.server._event", lambda *_: f"data: {garbage}\n\n".encode()
    )
    llm.reply(RIGHT)
    assert is_away(asking.ask())


def test_a_line_that_comes_byte_by_byte_is_read_in_time_that_grows_with_it() -> None:
    class Bytewise(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            return (b"a" for _ in range(300_000))

    begun = time.process_time()
    assert len(list(_lines(httpx.Response(200, stream=Bytewise())))) == 1
    assert len(_body(httpx.Response(200, stream=Bytewise()))) == 300_000
    assert time.process_time() - begun < 3


def test_what_was_refused_has_cost_nothing(asking: Asking, llm: LlmServer) -> None:
    llm.reply(Refusal(503, "overloaded", {}))
    assert is_away(asking.ask())
    [spent] = asking.spent
    assert (spent.tokens_in, spent.tokens_out) == (0, 0)


def test_after_a_failure_nobody_waits_until_its_pause_is_over(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    now = [0.0]
    asking = Asking(passage_index, llm)
    asking.writer._breaker = Breaker(clock=lambda: now[0])
    llm.reply(Refusal(429, "slow down", {"Retry-After": "45"}), RIGHT)
    assert is_away(asking.ask())
    now[0] = 44
    assert is_away(asking.ask())
    assert len(llm.asked) == 1
    now[0] = 46
    assert is_written(asking.ask())
    assert is_written(asking.ask())


def test_pauses_grow_and_one_question_at_a_time_is_let_through() -> None:
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    for pause in (10, 20, 40, 80, 160, 300, 300):
        assert breaker.admits()
        breaker.failed()
        now[0] += pause - 1
        assert not breaker.admits()
        now[0] += 2
    assert breaker.admits()
    assert not breaker.admits()
    breaker.worked()
    assert breaker.admits()
    assert breaker.admits()


HISTORY = (Turn("user", "Which river flooded Sibi?"), Turn("assistant", "The river Nari did."))


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("When did the river Nari flood Sibi?", "When did the river Nari flood Sibi?"),
        ('<think>hm</think>"When did the river flood Sibi?"', "When did the river flood Sibi?"),
        ("", None),
        ("Quand la rivière a-t-elle inondé la ville de Sibi?", None),
        ("Когда река Нари затопила Сиби?", None),
        ("When did Napoleon conquer Moscow with elephants?", None),
        ("When?\nWhere?", None),
        ("When did the river Nari flood Sibi? " * 30, None),
    ],
)
def test_a_rewritten_question_is_used_if_it_is_sane(
    llm: LlmServer, said: str, whole: str | None
) -> None:
    llm.reply(said)
    asked = Question("When did it do that?", HISTORY)
    got = Rewriter(Endpoint(llm.url, "tiny")).whole(asked)
    assert got == (Question(whole) if whole else asked)


def test_a_first_question_is_not_rewritten_and_a_failure_leaves_it_as_it_is(llm: LlmServer) -> None:
    rewriter = Rewriter(Endpoint(llm.url, "tiny"), max_seconds=0.3)
    first = Question("Which river flooded Sibi?")
    assert rewriter.whole(first) is first
    assert llm.asked == []
    llm.reply(Said([], before="hang"))
    asked = Question("When did it do that?", HISTORY)
    assert rewriter.whole(asked) is asked


def test_what_was_said_before_is_told_to_the_model(asking: Asking, llm: LlmServer) -> None:
    llm.reply(Said(pieces_of(RIGHT)))
    question = Question("When did the river flood Sibi?", HISTORY)
    assert is_written(asking.ask(question))
    assert "Reader: Which river flooded Sibi?\nYou: The river Nari did." in llm.asked[0].prompt
