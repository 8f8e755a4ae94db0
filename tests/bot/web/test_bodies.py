"""Bodies that are too large, or never end."""

import socket

import pytest

from footnote.bot.composition import Footnote
from footnote.bot.web import bodies
from footnote.bot.web.bodies import MAX_BYTES
from footnote.bot.web.connections import IDLE_SECONDS
from tests.bot.web.site import Browser, WebSite, served
from tests.ports import HOST


def test_a_body_that_is_too_large_is_refused_before_it_is_read(browser: Browser) -> None:
    refused = browser.post("/language", content=b"x" * (MAX_BYTES + 1))
    assert refused.status_code == 413


def test_a_body_has_to_say_how_long_it_is(browser: Browser) -> None:
    assert browser.post("/language", content=iter([b"token=x"])).status_code == 411


def test_a_body_that_does_not_come_to_its_end_is_given_up(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_PATIENCE_SECONDS", 0.2)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    head = (
        f"POST /language HTTP/1.1\r\nHost: {browser.site.origin.host}\r\nCookie: {cookies}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntoken="
    )
    with socket.create_connection((HOST, browser.site.port), timeout=60) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 408")


def test_a_connection_without_a_whole_request_is_closed(footnote: Footnote) -> None:
    with (
        served(footnote, idle_seconds=0.3) as website,
        socket.create_connection((HOST, website.port), timeout=IDLE_SECONDS / 2) as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert connection.recv(100) == b""


def test_a_line_of_a_megabyte_in_the_head_is_refused(website: WebSite) -> None:
    with socket.create_connection((HOST, website.port), timeout=60) as connection:
        connection.sendall(b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n")
        assert b" 400 " in connection.recv(100)
