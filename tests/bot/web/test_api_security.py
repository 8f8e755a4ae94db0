"""Programs that are not let in, or send what they should not."""

import json
import socket
from collections.abc import Iterator

import httpx
import pytest

from footnote.bot.people.people import Role
from footnote.bot.web import bodies
from tests.bot.web.site import WebSite
from tests.bot.web.test_authentication import PRIVATE
from tests.ports import HOST

PATHS = [
    ("POST", "/api/ask"),
    ("POST", "/api/check"),
    ("GET", "/api/articles"),
    ("GET", "/api/articles/tea"),
    ("DELETE", "/api/articles/tea"),
    ("GET", "/api/receipts/AAAAAAAAAAAA"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/nothing"),
]
DEEP = "[" * 100_000
HOSTILE = [
    ("no JSON", b"{", 400),
    ("nothing", b"", 400),
    ("not UTF-8", b'{"question": "\xff"}', 400),
    ("half a character", b'{"question": "\\ud800"}', 400),
    ("nested deep", b'{"question": ' + DEEP.encode(), 400),
    ("nested deep and closed", b'{"history": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", 400),
    ("a huge number", b'{"question": ' + b"9" * 100_000 + b"}", 400),
    ("no number", b'{"question": NaN}', 422),
    ("a list", b"[]", 422),
    ("null", b"null", 422),
    ("a number for a text", b'{"question": 1}', 422),
    ("a text for a list", b'{"question": "?", "history": "x"}', 422),
    ("a role that is none", b'{"question": "?", "history": [{"role": "x", "text": ""}]}', 422),
    ("a name that is none", b'{"question": "?", "x": 1}', 422),
    ("a long name", b'{"question": "?", "' + b"x" * 100_000 + b'": 1}', 422),
    ("a long question", json.dumps({"question": "x" * 5000}).encode(), 422),
]


@pytest.fixture
def program(website: WebSite) -> Iterator[httpx.Client]:
    with website.program(Role.EDITOR) as program:
        yield program


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_without_a_token_there_is_nothing_but_a_sentence(
    website: WebSite, method: str, path: str
) -> None:
    with website.program() as program:
        secret = program.headers.pop("Authorization")
        tried = [program.request(method, path)]
        tried.append(program.request(method, f"{path}?token={secret.removeprefix('Bearer ')}"))
        tried.append(program.request(method, path, headers={"Authorization": "Bearer fn_x"}))
    for refused in tried:
        assert (refused.status_code, refused.json()) == (401, {"error": PRIVATE})
        assert refused.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_lets_nobody_in(website: WebSite, program: httpx.Client) -> None:
    assert program.get("/api/articles").status_code == 200
    website.footnote.tokens.revoke("a-program")
    assert program.get("/api/articles").status_code == 401
    assert program.post("/api/ask", json={"question": "?"}).status_code == 401


@pytest.mark.parametrize(("body", "status"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_hostile_json_gets_a_sentence(program: httpx.Client, body: bytes, status: int) -> None:
    refused = program.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert refused.status_code == status, refused.text
    assert set(refused.json()) == {"error"}
    assert len(refused.text) < 1000
    assert "Traceback" not in refused.text


@pytest.mark.parametrize("query", ["limit=x", "limit=0", "limit=" + "9" * 5000, "x=1", "since=x"])
def test_a_wrong_query_gets_a_sentence(program: httpx.Client, query: str) -> None:
    refused = program.get(f"/api/articles?{query}")
    assert (refused.status_code, set(refused.json())) == (422, {"error"})


def test_another_type_a_large_body_and_one_without_length_are_refused(
    program: httpx.Client,
) -> None:
    as_text = {"Content-Type": "text/plain"}
    assert program.post("/api/ask", content=b"{}", headers=as_text).status_code == 415
    for path in ("/api/ask", "/api/articles"):
        large = program.post(path, json={"text": "x" * (bodies.MAX_BYTES + 1)})
        assert (large.status_code, set(large.json())) == (413, {"error"})
    assert program.post("/api/ask", content=iter([b"{}"])).status_code == 411


def test_a_file_is_no_larger_than_the_settings_allow(
    website: WebSite, program: httpx.Client
) -> None:
    size = website.footnote.settings.max_megabytes * 1024**2 + bodies.MAX_BYTES + 1
    head = (
        f"POST /api/articles HTTP/1.1\r\nHost: {website.origin.host}\r\n"
        f"Authorization: {program.headers['Authorization']}\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Length: {size}\r\n\r\n"
    )
    with socket.create_connection((HOST, website.port), timeout=60) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_never_ends_is_given_up(
    website: WebSite, program: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_PATIENCE_SECONDS", 0.2)
    head = (
        f"POST /api/ask HTTP/1.1\r\nHost: {website.origin.host}\r\n"
        f"Authorization: {program.headers['Authorization']}\r\n"
        'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"'
    )
    with socket.create_connection((HOST, website.port), timeout=60) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 408")


def test_what_cannot_be_done_with_an_address_says_what_can(program: httpx.Client) -> None:
    refused = program.get("/api/ask")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST")
    assert set(refused.json()) == {"error"}


def test_a_fault_of_ours_is_told_without_a_word_of_it(
    website: WebSite, program: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(type(website.footnote.respondent), "answer", broken)
    refused = program.post("/api/ask", json={"question": "?"})
    assert (refused.status_code, "secret" in refused.text) == (500, False)
    streamed = program.post(
        "/api/ask", json={"question": "?"}, headers={"Accept": "text/event-stream"}
    )
    assert (streamed.status_code, "secret" in streamed.text) == (500, False)
