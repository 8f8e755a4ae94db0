"""Footnote as a model, as chat front ends ask one: by raw requests, and with OpenAI's client."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from footnote.bot.web.plain_text import text_of, without_marks
from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.index.question import Question
from footnote.index.results import Answer, Citation, Claim, Result
from footnote.index.writing.spent import Spent
from tests.bot.web.site import WebSite
from tests.ports import HOST

QUESTION = "Who built the lighthouse of Port Ellis?"
SENTENCE = "The lighthouse of Port Ellis was built by the brothers Hale."


@pytest.fixture
def program(website: WebSite) -> Iterator[httpx.Client]:
    with website.program() as program:
        yield program


def chat(program: httpx.Client, *texts: str, **more: Any) -> httpx.Response:
    """Messages of the user and the assistant in turn; the last is the question."""
    roles = ("user", "assistant")
    messages = [{"role": roles[place % 2], "content": text} for place, text in enumerate(texts)]
    return program.post(
        "/v1/chat/completions", json={"model": "footnote", "messages": messages, **more}
    )


def chunks_of(response: httpx.Response) -> list[dict[str, Any]]:
    assert response.headers["Content-Type"].startswith("text/event-stream")
    lines = response.text.strip().split("\n\n")
    assert lines[-1] == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]


def test_an_answer_has_numbers_in_the_text_and_exact_citations_beside_it(
    program: httpx.Client,
) -> None:
    told = chat(program, QUESTION).json()
    assert (told["object"], told["model"]) == ("chat.completion", "footnote")
    [choice] = told["choices"]
    message = choice["message"]
    assert choice["finish_reason"] == "stop"
    assert f"{SENTENCE} [1]" in message["content"]
    first = message["citations"][0]
    text = program.get(f"/api/articles/{first['article']}").json()["text"]
    assert text[first["start"] : first["end"]] == first["quotation"] == SENTENCE
    assert program.get(f"/api/receipts/{message['receipt']}").status_code == 200


def test_the_chunks_are_the_same_text_and_the_last_has_the_citations(
    program: httpx.Client,
) -> None:
    whole = chat(program, QUESTION).json()["choices"][0]["message"]
    chunks = chunks_of(chat(program, QUESTION, stream=True))
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert "".join(delta.get("content", "") for delta in deltas) == whole["content"]
    assert deltas[-1]["citations"] == whole["citations"]
    assert [chunk["choices"][0]["finish_reason"] for chunk in chunks][-1] == "stop"
    assert len({chunk["id"] for chunk in chunks}) == 1


def test_written_sentences_come_as_they_are_checked(
    website: WebSite, program: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    respondent = website.footnote.respondent
    found = respondent.answer(Question(QUESTION), person="x")
    claims = found.claims

    def answer(self: object, question: Question, *, person: str, on_claim: Any, **_: Any) -> Result:
        for claim in claims:
            on_claim(claim)
        return Answer(question.text, "written", 0.9, claims)

    monkeypatch.setattr(type(respondent), "answer", answer)
    whole = chat(program, QUESTION).json()["choices"][0]["message"]["content"]
    chunks = chunks_of(chat(program, QUESTION, stream=True))
    contents = [chunk["choices"][0]["delta"].get("content", "") for chunk in chunks]
    assert contents[1].startswith(claims[0].text)
    assert "".join(contents) == whole


def written_for(
    website: WebSite, monkeypatch: pytest.MonkeyPatch, *, tokens_in: int, tokens_out: int
) -> None:
    """Have an answer be one of a language model that counted so many tokens."""
    respondent = website.footnote.respondent
    found = respondent.answer(Question(QUESTION), person="x")

    def answer(self: object, question: Question, *, on_spent: Any, **_: Any) -> Result:
        on_spent(Spent(tokens_in, tokens_out, 1, 0))
        return Answer(question.text, "written", 0.9, found.claims)

    monkeypatch.setattr(type(respondent), "answer", answer)


def test_the_tokens_of_the_language_model_come_in_a_last_chunk_where_they_are_asked_for(
    website: WebSite, program: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_for(website, monkeypatch, tokens_in=70, tokens_out=5)
    counted = {"prompt_tokens": 70, "completion_tokens": 5, "total_tokens": 75}
    asked = chat(program, QUESTION, stream=True, stream_options={"include_usage": True})
    *chunks, last = chunks_of(asked)
    assert (last["choices"], last["usage"]) == ([], counted)
    assert last["id"] == chunks[0]["id"]
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"
    assert all(chunk["usage"] is None for chunk in chunks)
    assert chat(program, QUESTION).json()["usage"] == counted


@pytest.mark.parametrize("options", [None, {}, {"include_usage": False}, {"include_usage": None}])
def test_the_tokens_come_in_no_chunk_where_they_are_not_asked_for(
    program: httpx.Client, options: dict[str, object] | None
) -> None:
    chunks = chunks_of(chat(program, QUESTION, stream=True, stream_options=options))
    assert all(chunk["choices"] and "usage" not in chunk for chunk in chunks)


def test_where_no_language_model_wrote_no_tokens_are_counted(program: httpx.Client) -> None:
    none = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    assert chat(program, QUESTION).json()["usage"] == none
    asked = chat(program, QUESTION, stream=True, stream_options={"include_usage": True})
    assert chunks_of(asked)[-1]["usage"] == none


def test_nothing_found_is_said_and_nothing_cited(program: httpx.Client) -> None:
    message = chat(program, "xyzzy plugh").json()["choices"][0]["message"]
    assert message["content"] == "I found nothing on this in the articles."
    assert (message["citations"], message["kind"]) == ([], "abstention")


def test_the_messages_before_are_the_conversation(
    website: WebSite, program: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Question] = []
    answer = website.footnote.respondent.answer

    def remember(self: object, question: Question, **parts: Any) -> Result:
        asked.append(question)
        return answer(question, **parts)

    monkeypatch.setattr(type(website.footnote.respondent), "answer", remember)
    first = chat(program, QUESTION).json()["choices"][0]["message"]["content"]
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
        {"role": "assistant", "content": first},
        {"role": "user", "content": "And what colour was it?"},
    ]
    body = {"model": "footnote", "messages": messages, "temperature": 0.3, "tools": []}
    assert program.post("/v1/chat/completions", json=body).status_code == 200
    turns = [(turn.role, turn.text) for turn in asked[-1].history]
    assert turns[0] == ("user", QUESTION)
    assert turns[1][1].startswith(SENTENCE)
    assert "[1]" not in turns[1][1]
    assert "Sources" not in turns[1][1]
    assert len(turns) == 2


def test_what_is_no_question_is_refused_as_front_ends_expect_it(program: httpx.Client) -> None:
    def refused(status: int, **body: Any) -> None:
        told = program.post("/v1/chat/completions", json={"model": "footnote"} | body)
        assert told.status_code == status, told.text
        assert set(told.json()["error"]) == {"message", "type", "param", "code"}

    question = {"role": "user", "content": "?"}
    refused(422, messages=[])
    refused(422, messages=[{"role": "x", "content": "?"}])
    refused(422, messages=[question], n=2)
    refused(404, messages=[question], model="gpt-4")
    refused(400, messages=[{"role": "assistant", "content": "?"}])
    refused(400, messages=[{"role": "user", "content": "x" * 5000}])
    picture = {"type": "image_url", "image_url": {"url": "data:"}}
    refused(400, messages=[{"role": "user", "content": [picture]}])


def test_a_front_end_without_a_token_is_told_so_in_its_form(website: WebSite) -> None:
    with website.program() as program:
        del program.headers["Authorization"]
        refused = program.get("/v1/models")
    assert refused.status_code == 401
    assert refused.json()["error"]["message"]


def test_the_client_of_openai_lists_the_model_asks_and_streams(
    website: WebSite, program: httpx.Client
) -> None:
    import openai  # a quarter of a second for every process that collects this file

    secret = program.headers["Authorization"].removeprefix("Bearer ")
    address = f"http://{HOST}:{website.port}/v1"
    with openai.OpenAI(api_key=secret, base_url=address, max_retries=0) as client:
        assert [model.id for model in client.models.list()] == ["footnote"]
        asked: Any = {"model": "footnote", "messages": [{"role": "user", "content": QUESTION}]}
        message: Any = client.chat.completions.create(**asked).choices[0].message
        assert message.citations[0]["quotation"] == SENTENCE
        chunks = list(client.chat.completions.create(**asked, stream=True))
        texts = [chunk.choices[0].delta.content or "" for chunk in chunks]
        assert "".join(texts) == message.content
        assert chunks[-1].choices[0].delta.citations == message.citations
        counted: Any = {"stream": True, "stream_options": {"include_usage": True}}
        *_, last = client.chat.completions.create(**asked, **counted)
        assert (last.choices, last.usage.total_tokens) == ([], 0)
        with pytest.raises(openai.NotFoundError, match="There is one model here"):
            client.chat.completions.create(**{**asked, "model": "other"})
    with (
        openai.OpenAI(api_key="fn_x", base_url=address, max_retries=0) as stranger,
        pytest.raises(openai.AuthenticationError),
    ):
        stranger.models.list()


def test_what_stands_further_up_is_said_to_and_what_it_leans_on_stands_before_it() -> None:
    text = "It rained. Then it snowed. The sun came."
    article, whole = Article(id="a", title="Weather", text=text), Span(0, len(text))
    snow = Citation.of(2, article, Span(11, 26), whole, before=Span(0, 10))
    claims = [
        Claim("The sun came.", [Citation.of(1, article, Span(27, 40), whole)]),
        Claim("Then it snowed.", [snow], further_up=True),
        Claim("It rained.", [Citation.of(3, article, Span(0, 10), whole)], further_up=True),
    ]
    last = claims.pop()
    assert text_of(Answer("What came?", "quoted", 0.9, claims)) == (
        "The sun came. [1]\n"
        "Further up in the same article: … It rained.\nThen it snowed. [2]\n\n"
        "Sources:\n[1] Weather\n[2] Weather"
    )
    assert text_of(Answer("What came?", "quoted", 0.9, [claims[0], last])).startswith(
        "The sun came. [1]\nFurther up in the same article: It rained. [3]\n\n"
    )


def test_marks_and_sources_are_no_part_of_what_was_said() -> None:
    text = "One [1] [2].\nTwo [13]\n\nSources:\n[1] A · B\n[2] C"
    assert without_marks(text) == "One.\nTwo"
