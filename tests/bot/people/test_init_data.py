"""Who has opened a Mini App is told by Telegram's signature, and by nothing else."""

import hashlib
import hmac
import json
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.bot.people.init_data import MAX_AGE_SECONDS, AppUser, app_user

BOT_TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
NOW = 1_790_000_000.0
ADA = {"id": 7001, "first_name": "Ada", "last_name": "Lovelace", "language_code": "de"}


def signed(token: str = BOT_TOKEN, **fields: object) -> str:
    """As Telegram signs it; `user` is given as a value."""
    known = {"auth_date": int(NOW), "query_id": "AAH", "user": ADA, "signature": "x-y"} | fields
    text = {
        name: json.dumps(value) if isinstance(value, dict) else str(value)
        for name, value in known.items()
    }
    lines = "\n".join(f"{name}={text[name]}" for name in sorted(text))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    text["hash"] = hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()
    return urlencode(text)


def user_of(init_data: str, *, after: float = 0.0) -> AppUser | None:
    return app_user(init_data, BOT_TOKEN, now=lambda: NOW + after)


def test_what_telegram_signed_for_this_bot_tells_who_it_is() -> None:
    assert user_of(signed(start_param="r_x_1")) == AppUser(7001, "Ada Lovelace", "de", "r_x_1")


def test_what_was_signed_for_another_bot_tells_nothing() -> None:
    assert user_of(signed("110201543:AAHothers")) is None


@pytest.mark.parametrize(
    ("name", "value"), [("user", '{"id": 1}'), ("auth_date", str(NOW + 5)), ("start_param", "x")]
)
def test_what_was_changed_tells_nothing(name: str, value: str) -> None:
    assert user_of(urlencode(dict(parse_qsl(signed())) | {name: value})) is None


def test_it_is_good_for_an_hour() -> None:
    assert user_of(signed(), after=MAX_AGE_SECONDS - 1)
    assert user_of(signed(), after=MAX_AGE_SECONDS + 1) is None
    assert user_of(signed(), after=-3600) is None
    assert user_of(signed(auth_date="nan")) is None


def test_a_field_that_comes_twice_tells_nothing() -> None:
    assert user_of(signed() + "&auth_date=1") is None
    assert user_of("hash=x&" + signed()) is None


@pytest.mark.parametrize(
    "user", ["", "[]", "{}", "null", '{"id": "x"}', '{"id": -5}', '{"id": 0}', "no JSON"]
)
def test_who_has_no_number_is_nobody(user: str) -> None:
    assert user_of(signed(user=user)) is None


def test_what_is_longer_than_telegrams_is_not_looked_at() -> None:
    assert user_of(signed(start_param="x" * 9000)) is None


@given(st.text(max_size=300))
def test_any_other_text_tells_nothing(text: str) -> None:
    assert user_of(text) is None
