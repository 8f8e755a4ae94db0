"""answerCallbackQuery, answerInlineQuery."""

import re

from . import formatting
from .methods import Call, imitates
from .presses import Answer, answerable, answerable_inline
from .refusals import Misuse, bad_request
from .validation import Json

LONGEST_ANSWER = 200  # characters
MAX_RESULTS = 50
LONGEST_OFFSET = 64  # bytes
LONGEST_RESULT_ID = 64  # bytes
SETTINGS = ("cache_time", "is_personal", "next_offset", "button")


@imitates("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    text, url = call.get("text", ""), call.get("url")
    pressed = answerable(call.state, call.get("callback_query_id"))
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    bot = re.escape(call.state.bot.username)
    if url and not re.match(rf"(https?://)?t\.me/{bot}\?start=[\w-]{{1,64}}$", url, re.ASCII):
        raise bad_request("URL_INVALID")
    pressed.answer = Answer(text, bool(call.get("show_alert")), url)
    pressed.message.chat.note(f"bot answers {pressed}: {text or url or '(nothing)'}")
    return True


@imitates("answerInlineQuery")
def answer_inline_query(call: Call) -> bool:
    results: list[Json] = call.get("results")
    for result in results:
        content = result.get("input_message_content", {})
        if "message_text" in content:
            given = (content.get(name) for name in ("message_text", "parse_mode", "entities"))
            text, parse_mode, entities = given
            source = formatting.parse(text, parse_mode or "", entities)
            formatting.message_text(source, call.state.users)
    asked = answerable_inline(call.state, call.get("inline_query_id"))
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    names = [result["id"] for result in results]
    if len(set(names)) < len(names):
        raise bad_request("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(name.encode()) <= LONGEST_RESULT_ID for name in names):
        raise Misuse("the id of a result has 1 to 64 bytes")
    if len(call.get("next_offset", "").encode()) > LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    asked.results = results
    asked.settings = {name: call.get(name) for name in SETTINGS if name in call.parameters}
    return True
