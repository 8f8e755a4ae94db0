from typing import Any

import pytest

from .. import InlineQuery, ManualClock, Press, PrivateChat, TelegramServer, User
from .conftest import Api

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
def press(api: Api, chat: PrivateChat) -> Any:
    markup = {"inline_keyboard": [[{"text": "[1]", "callback_data": "p:1"}]]}
    api.result("sendMessage", chat_id=chat.id, text="x", reply_markup=markup)
    return chat.bot_messages()[0].press("[1]")


def test_a_press_reaches_the_bot_with_its_message(api: Api, ada: User, press: Press) -> None:
    query = api.result("getUpdates")[0]["callback_query"]
    assert query["data"] == "p:1"
    assert query["from"] == ada.to_api()
    assert query["message"]["text"] == "x"


def test_a_press_is_answered_once(api: Api, press: Press) -> None:
    answer = {"callback_query_id": press.id, "text": "Found", "show_alert": True}
    assert api.result("answerCallbackQuery", **answer)
    assert (press.wait_answered().text, press.wait_answered().show_alert) == ("Found", True)
    assert api.refusal("answerCallbackQuery", callback_query_id=press.id) == TOO_OLD
    assert api.refusal("answerCallbackQuery", callback_query_id="other") == TOO_OLD


def test_a_press_cannot_be_answered_for_ever(api: Api, press: Press, clock: ManualClock) -> None:
    clock.advance(151)
    assert api.refusal("answerCallbackQuery", callback_query_id=press.id) == TOO_OLD


def test_an_answer_has_at_most_200_characters(api: Api, press: Press) -> None:
    answer = {"callback_query_id": press.id, "text": "x" * 201}
    assert api.refusal("answerCallbackQuery", **answer) == "400 Bad Request: MESSAGE_TOO_LONG"
    assert press.answer is None


def test_an_answer_may_lead_to_the_bot_only(api: Api, server: TelegramServer, press: Press) -> None:
    answer = {"callback_query_id": press.id, "url": "https://a.org"}
    assert api.refusal("answerCallbackQuery", **answer) == "400 Bad Request: URL_INVALID"
    answer["url"] = f"https://t.me/{server.bot.username}?start=p_1"
    assert api.result("answerCallbackQuery", **answer)


def test_a_press_on_an_old_message_tells_only_where_it_is(
    api: Api, chat: PrivateChat, press: Press
) -> None:
    chat.bot_messages()[0].press_data("forged", inaccessible=True)
    query = api.result("getUpdates")[1]["callback_query"]
    assert query["data"] == "forged"
    assert query["message"] == {"chat": chat.to_api(), "message_id": 1, "date": 0}


def test_a_button_that_is_not_there_cannot_be_pressed(chat: PrivateChat, press: Press) -> None:
    with pytest.raises(AssertionError, match=r"no button '\[2\]' under message 1, only"):
        chat.bot_messages()[0].press("[2]")


def article(number: Any, **content: Any) -> Any:
    text = {"message_text": "x", **content}
    return {
        "type": "article",
        "id": str(number),
        "title": "t",
        "input_message_content": text,
    }


@pytest.fixture
def query(server: TelegramServer, ada: User) -> Any:
    server.bot.supports_inline_queries = True
    return server.inline_query(ada, "why")


def test_an_inline_query_is_answered_once(api: Api, query: InlineQuery) -> None:
    assert api.result("getUpdates")[0]["inline_query"]["query"] == "why"
    answer = {"inline_query_id": query.id, "results": [article(1)], "cache_time": 0}
    assert api.result("answerInlineQuery", **answer)
    assert query.wait_answered()[0]["title"] == "t"
    assert query.settings == {"cache_time": 0}
    assert api.refusal("answerInlineQuery", **answer) == TOO_OLD


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ({"results": [article(n) for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(1), article(1)]}, "RESULT_ID_DUPLICATE"),
        ({"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        (
            {"results": [article(1, message_text="<x>", parse_mode="HTML")]},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
    ],
)
def test_results_have_limits(api: Api, query: InlineQuery, answer: Any, text: str) -> None:
    refusal = api.refusal("answerInlineQuery", inline_query_id=query.id, **answer)
    assert refusal == f"400 Bad Request: {text}"


def test_a_bot_without_inline_mode_gets_no_inline_queries(
    server: TelegramServer, ada: User
) -> None:
    with pytest.raises(ValueError, match="supports_inline_queries"):
        server.inline_query(ada, "why")
