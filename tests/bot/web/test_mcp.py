"""Footnote as a tool of language models, spoken to by the protocol's own client over HTTP."""

import asyncio
import http.client
import json
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client

from footnote.bot.answers.respondent import Respondent
from footnote.bot.errors import DatabaseAway
from footnote.bot.people.people import Role
from footnote.bot.web.mcp import over_http
from footnote.index.results import Claim
from tests.bot.web.site import WebSite
from tests.ports import HOST

QUESTION = "Who built the lighthouse of Port Ellis?"
SENTENCE = "The lighthouse of Port Ellis was built by the brothers Hale."
Talk = Callable[[Client], Awaitable[None]]
ERAS = ["legacy", "auto"]
"""The handshake of the protocol's first years, and what came after it."""


@asynccontextmanager
async def connected(website: WebSite, secret: str, mode: str) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {secret}", "Host": website.origin.host}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
        transport = streamable_http_client(
            f"http://{HOST}:{website.port}{over_http.PATH}", http_client=http
        )
        async with Client(transport, mode=mode, read_timeout_seconds=30) as client:
            yield client


def talk(website: WebSite, talking: Talk, *, mode: str = "auto") -> None:
    """Have a reader's program talk with the server, from its first word to its last."""
    secret = website.footnote.tokens.new("a-model", Role.READER)

    async def run() -> None:
        async with connected(website, secret, mode) as client:
            await talking(client)

    asyncio.run(run())


def values(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content
    told: dict[str, Any] = result.structured_content
    return told


def test_the_server_says_which_version_of_the_program_it_is(website: WebSite) -> None:
    async def talking(client: Client) -> None:
        told = client.server_info
        assert (told.name, told.version) == ("footnote", version("footnote-answers"))

    talk(website, talking)


@pytest.mark.parametrize("mode", ERAS)
def test_an_answer_carries_citations_with_exact_offsets(website: WebSite, mode: str) -> None:
    async def talking(client: Client) -> None:
        names = [tool.name for tool in (await client.list_tools()).tools]
        assert names == ["ask", "check", "find_passages", "read_article"]
        result = await client.call_tool("ask", {"question": QUESTION})
        told = values(result)
        assert f"{SENTENCE} [1]" in result.content[0].text
        [citation] = told["result"]["claims"][0]["citations"]
        read = values(await client.call_tool("read_article", {"article": citation["article"]}))
        there = read["text"][citation["start"] : citation["end"]]
        assert there == citation["quotation"] == SENTENCE
        assert read["revision"] == citation["revision"]
        kept = website.footnote.receipts.find(told["receipt"])
        assert kept is not None
        assert kept.result.question == QUESTION

    talk(website, talking, mode=mode)


def test_a_text_is_checked_and_passages_are_found(website: WebSite) -> None:
    async def talking(client: Client) -> None:
        checked = values(await client.call_tool("check", {"text": "The tower was painted red."}))
        [sentence] = checked["result"]["sentences"]
        assert (sentence["verdict"], len(sentence["citations"])) == ("supported", 1)
        found = values(await client.call_tool("find_passages", {"query": "lighthouse lamp oil"}))
        citation = found["passages"][0]
        text = website.footnote.store.read(citation["article"]).text
        assert text[citation["start"] : citation["end"]] == citation["quotation"]
        nothing = await client.call_tool("find_passages", {"query": "xyzzy"})
        assert values(nothing) == {"passages": []}

    talk(website, talking)


def test_an_article_is_read_a_piece_at_a_time(website: WebSite) -> None:
    async def talking(client: Client) -> None:
        text, start = "", 0
        while True:
            piece = values(
                await client.call_tool(
                    "read_article", {"article": "lighthouse", "start": start, "characters": 50}
                )
            )
            text += piece["text"]
            if "next" not in piece:
                break
            start = piece["next"]
        assert text == website.footnote.store.read("lighthouse").text

    talk(website, talking)


def test_articles_are_resources(website: WebSite) -> None:
    folder = Path(website.footnote.store.place) / "old ones"
    folder.mkdir()
    (folder / "glass?.md").write_text("# Old glass\n\nGlass is made of sand.\n")
    website.footnote.library.sync()

    async def talking(client: Client) -> None:
        listed = (await client.list_resources()).resources
        assert len(listed) == 4
        for resource in listed:
            [contents] = (await client.read_resource(resource.uri)).contents
            assert contents.text == website.footnote.store.read(resource.name).text
        assert "footnote://article/old%20ones/glass%3F" in [resource.uri for resource in listed]
        templates = (await client.list_resource_templates()).resource_templates
        assert templates[0].uri_template == "footnote://article/{+article}"
        for uri in ("footnote://article/none", "footnote://article/../state", "file:///etc/passwd"):
            with pytest.raises(MCPError, match="no such article"):
                await client.read_resource(uri)
        with pytest.raises(MCPError, match="cursor"):
            await client.list_resources(cursor="x")

    talk(website, talking)


def test_what_a_model_gets_wrong_is_told_it_in_a_sentence(website: WebSite) -> None:
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("ask", {}, "question"),
        ("ask", {"question": 1}, "question"),
        ("ask", {"question": "x" * 5000}, "4096"),
        ("ask", {"question": "?", "since": "2016-13"}, "no days"),
        ("check", {"text": " … "}, "no claim"),
        ("read_article", {"article": "none"}, "no article"),
        ("read_article", {"article": "../state"}, "no"),
        ("read_article", {"article": "tea", "characters": 10**9}, "characters"),
    ]

    async def talking(client: Client) -> None:
        for name, arguments, told in wrong:
            result = await client.call_tool(name, arguments)
            assert result.is_error
            assert told in result.content[0].text
        with pytest.raises(MCPError, match="no tool"):
            await client.call_tool("delete_everything", {})

    talk(website, talking)


def test_a_model_is_held_to_the_limit_of_a_minute(website: WebSite) -> None:
    website.footnote.limit._most = 1

    async def talking(client: Client) -> None:
        values(await client.call_tool("ask", {"question": QUESTION}))
        refused = await client.call_tool("ask", {"question": QUESTION})
        assert refused.is_error
        assert "wait" in refused.content[0].text

    talk(website, talking)


@pytest.mark.parametrize("mode", ERAS)
def test_sentences_are_told_while_an_answer_is_written(
    website: WebSite, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    respondent = website.footnote.respondent
    answer = respondent.answer

    def written(self: object, question: Any, *, person: str, on_claim: Any, **_: Any) -> Any:
        result = answer(question, person=person)
        for claim in result.claims:
            on_claim(claim)
        return result

    monkeypatch.setattr(type(respondent), "answer", written)
    told: list[str | None] = []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        told.append(message)

    async def talking(client: Client) -> None:
        result = await client.call_tool("ask", {"question": QUESTION}, progress_callback=note)
        assert len(told) == len(values(result)["result"]["claims"])
        assert told[0] == f"{SENTENCE} [1]"

    talk(website, talking, mode=mode)


def test_a_fault_of_ours_is_told_without_a_word_of_it(
    website: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Claim:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(type(website.footnote.respondent), "answer", broken)

    async def talking(client: Client) -> None:
        failed = await client.call_tool("ask", {"question": QUESTION})
        assert failed.is_error
        assert "secret" not in failed.content[0].text

    talk(website, talking)


def test_while_the_database_is_away_a_model_is_asked_to_try_again(
    website: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> Claim:
        raise DatabaseAway("PostgreSQL at db.example.org gives no answer")

    monkeypatch.setattr(type(website.footnote.respondent), "answer", away)

    async def talking(client: Client) -> None:
        failed = await client.call_tool("ask", {"question": QUESTION})
        assert failed.is_error
        told = "The articles cannot be searched just now. Try again in a minute."
        assert failed.content[0].text == told

    talk(website, talking)


INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "x", "version": "1"},
    },
}
ACCEPTS = {"Accept": "application/json, text/event-stream"}


def test_without_a_good_token_nobody_gets_to_it(website: WebSite) -> None:
    with website.program() as program:
        assert program.post("/mcp", json=INITIALIZE, headers=ACCEPTS).status_code == 200
        secret = program.headers["Authorization"].removeprefix("Bearer ")
        website.footnote.tokens.revoke("a-program")
        assert program.post("/mcp", json=INITIALIZE, headers=ACCEPTS).status_code == 401
        del program.headers["Authorization"]
        for path in ("/mcp", f"/mcp?token={secret}"):
            refused = program.post(path, json=INITIALIZE, headers=ACCEPTS)
            assert (refused.status_code, set(refused.json())) == (401, {"error"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"jsonrpc": "2.0"}',
        b"[" * 100_000,
        b'{"jsonrpc": "2.0", "id": ' + b"9" * 100_000 + b', "method": "ping"}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": 1}}',
    ],
    ids=["nothing", "half", "a list", "null", "no method", "deep", "a huge id", "a wrong type"],
)
def test_hostile_messages_get_no_traceback(website: WebSite, body: bytes) -> None:
    with website.program() as program:
        headers = {**ACCEPTS, "Content-Type": "application/json"}
        refused = program.post("/mcp", content=body, headers=headers)
        assert refused.status_code < 500
        assert "Traceback" not in refused.text
        assert len(refused.text) < 2000
        again: httpx.Response = program.post("/mcp", json=INITIALIZE, headers=ACCEPTS)
        assert again.status_code == 200


def test_a_large_message_is_refused_and_only_posts_are_taken(website: WebSite) -> None:
    with website.program() as program:
        assert program.post("/mcp", json={"x": "y" * 300_000}, headers=ACCEPTS).status_code == 413
        for method in ("GET", "DELETE"):
            assert program.request(method, "/mcp").status_code == 405


def test_who_goes_away_before_the_answer_leaves_no_error_in_the_log(
    website: WebSite, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer, end = Respondent.answer, over_http._Exchange.end
    asked_for, gone, served = threading.Event(), threading.Event(), threading.Event()

    def late(self: Respondent, question, *, person, on_claim=lambda claim: None, **_):
        asked_for.set()
        assert gone.wait(60)
        return answer(self, question, person=person)

    async def noticed(self):
        try:
            return await end(self)
        finally:
            served.set()

    monkeypatch.setattr(Respondent, "answer", late)
    monkeypatch.setattr(over_http._Exchange, "end", noticed)
    call = {"name": "ask", "arguments": {"question": QUESTION}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    headers = {
        "Authorization": f"Bearer {website.footnote.tokens.new('a-model', Role.READER)}",
        "Accept": "application/json, text/event-stream",
        "Content-Type": "application/json",
        "MCP-Protocol-Version": "2025-06-18",
    }
    connection = http.client.HTTPConnection(HOST, website.port, timeout=60)
    connection.request("POST", over_http.PATH, json.dumps(body), headers)
    assert asked_for.wait(60)
    connection.close()
    website.browser(None).get("/")  # is answered after the other has gone
    gone.set()
    assert served.wait(60)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
