from typing import Any

import pytest

from .. import PrivateChat, TelegramServer
from .conftest import Api


@pytest.fixture
def refused(api: Api, chat: PrivateChat) -> Any:
    def call(*buttons: Any, **markup: Any) -> Any:
        rows = {"inline_keyboard": [[{"text": "b", **button} for button in buttons]]}
        given = {"chat_id": chat.id, "text": "x", "reply_markup": markup or rows}
        return api.refusal("sendMessage", **given).removeprefix("400 Bad Request: ")

    return call


def test_callback_data_has_at_most_64_bytes(api: Api, chat: PrivateChat, refused: Any) -> None:
    markup = {"inline_keyboard": [[{"text": "b", "callback_data": "é" * 32}]]}
    assert api.result("sendMessage", chat_id=chat.id, text="x", reply_markup=markup)
    assert refused({"callback_data": "é" * 32 + "x"}) == "BUTTON_DATA_INVALID"


def test_a_button_must_do_something(refused: Any) -> None:
    assert refused({}) == (
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    )
    assert refused({"callback_data": ""}).endswith("unallowed in the inline keyboard")
    assert refused({"text": "", "callback_data": "x"}) == (
        "inline keyboard button text must be non-empty"
    )


def test_a_button_that_does_two_things_is_a_violation(server: TelegramServer, refused: Any) -> None:
    refused({"callback_data": "x", "url": "https://a.org"})
    refused({"callback_data": "x", "style": "purple"})
    assert [violation.text for violation in server.take_violations()] == [
        "a button does exactly one thing, not url and callback_data",
        "a button has no style 'purple'",
    ]


@pytest.mark.parametrize(
    ("url", "reason"),
    [("http://localhost/x", "Wrong HTTP URL"), ("karting://login", "Unsupported URL protocol")],
)
def test_a_url_needs_a_host_with_a_dot(refused: Any, url: str, reason: str) -> None:
    assert refused({"url": url}) == f"inline keyboard button URL '{url}' is invalid: {reason}"


def test_a_url_is_kept_with_its_fragment(api: Api, chat: PrivateChat) -> None:
    url = "https://a.org/b#:~:text=so%20it%20is"
    markup = {"inline_keyboard": [[{"text": "b", "url": url}]]}
    api.result("sendMessage", chat_id=chat.id, text="x", reply_markup=markup)
    assert chat.bot_messages()[0].button("b").url == url


def test_other_buttons_have_their_rules(refused: Any) -> None:
    assert refused({"copy_text": {"text": "x" * 257}}) == "BUTTON_COPY_TEXT_INVALID"
    assert refused({"pay": True}) == "BUTTON_TYPE_INVALID"
    assert refused({"web_app": {"url": "http://a.org"}}) == (
        "inline keyboard button Web App URL 'http://a.org' is invalid: Only HTTPS links are allowed"
    )


def test_there_are_at_most_100_buttons(refused: Any) -> None:
    row = [{"text": "b", "callback_data": "x"}] * 8
    assert refused(inline_keyboard=[row] * 13) == "reply markup is too long"


def test_a_keyboard_of_more_than_10_kilobytes_is_too_long(refused: Any) -> None:
    row = [{"text": "b" * 100, "callback_data": "x" * 64}] * 8
    assert refused(inline_keyboard=[row] * 8) == "reply markup is too long"


def test_more_than_8_buttons_in_a_row_are_a_violation(server: TelegramServer, refused: Any) -> None:
    refused(*[{"callback_data": "x"}] * 9)
    assert server.take_violations()[0].text == "a row has at most 8 buttons"


def test_other_markup_stands_under_no_message(api: Api, chat: PrivateChat) -> None:
    markup = {"force_reply": True, "input_field_placeholder": "A link, please"}
    sent = api.result("sendMessage", chat_id=chat.id, text="x", reply_markup=markup)
    assert "reply_markup" not in sent
    assert chat.bot_messages()[0].reply_keyboard == markup
