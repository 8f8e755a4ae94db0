from typing import Any

import pytest

from ..detection import found_in
from ..entities import utf16_slice


def found(text: Any) -> Any:
    return [(x.type, utf16_slice(text, x.offset, x.length)) for x in found_in(text)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start now", [("bot_command", "/start")]),
        ("/ask@my_bot why", [("bot_command", "/ask@my_bot")]),
        ("please /stop it", [("bot_command", "/stop")]),
        ("either/or and a/b", []),
        ("hi @ada_l!", [("mention", "@ada_l")]),
        ("a@b or @abc", []),
        ("#news and #1 and ##", [("hashtag", "#news")]),
        ("$USD", [("cashtag", "$USD")]),
        ("mail me@example.org.", [("email", "me@example.org")]),
        ("see https://example.org/a_(b)?x=1#y.", [("url", "https://example.org/a_(b)?x=1#y")]),
        ("(https://example.org/a)", [("url", "https://example.org/a")]),
        ("example.org, example.txt", [("url", "example.org")]),
        ("http://127.0.0.1:8000/x", [("url", "http://127.0.0.1:8000/x")]),
        ("version 1.2.3 e.g. this", []),
        ("😀 @ada_l", [("mention", "@ada_l")]),
    ],
)
def test_what_telegram_finds_in_a_text(text: str, entities: Any) -> None:
    assert found(text) == entities
