"""Reply markup, held to what Telegram allows (TDLib's ReplyMarkup.cpp and the server's codes)."""

import json
from collections.abc import Callable

from . import links
from .chats import Chat
from .refusals import Misuse, bad_request, not_imitated
from .validation import Json

LONGEST_DATA = 64  # bytes of callback_data
LONGEST_COPY = 256  # characters of copy_text
MAX_BUTTONS = 100  # not documented; measured by many
LARGEST_MARKUP = 10_240  # bytes as JSON; not documented, github.com/tginfo/Telegram-Limits #187
WIDEST_ROW = 8  # not documented; what happens beyond it depends on the client
LONGEST_PLACEHOLDER = 64
STYLES = frozenset({"danger", "success", "primary"})

# What a button does; the first of these that it has counts (Client::get_inline_keyboard_button).
KINDS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


def checked(markup: Json | None, chat: Chat) -> Json | None:
    """The markup with its links as Telegram writes them; None if there is none."""
    if not markup:
        return None
    placeholder = markup.get("input_field_placeholder", "-")
    if not 1 <= len(placeholder) <= LONGEST_PLACEHOLDER:
        raise Misuse("input_field_placeholder has 1 to 64 characters")
    if "inline_keyboard" not in markup:
        return markup
    rows = [[_button(button, chat) for button in row] for row in markup["inline_keyboard"]]
    rows = [row for row in rows if row]
    size = len(json.dumps(markup, ensure_ascii=False, separators=(",", ":")).encode())
    if sum(map(len, rows)) > MAX_BUTTONS or size > LARGEST_MARKUP:
        raise bad_request("Reply markup is too long")
    if any(len(row) > WIDEST_ROW for row in rows):
        raise Misuse(f"a row has at most {WIDEST_ROW} buttons")
    return {"inline_keyboard": rows} if rows else None


def _button(button: Json, chat: Chat) -> Json:
    if not button["text"]:
        raise bad_request("Inline keyboard button text must be non-empty")
    if button.get("style", "danger") not in STYLES:
        raise Misuse(f"a button has no style {button['style']!r}")
    kinds = [kind for kind in KINDS if button.get(kind) not in (None, "")]
    if not kinds:
        raise bad_request(
            "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(kinds) > 1:
        raise Misuse(f"a button does exactly one thing, not {' and '.join(kinds)}")
    check = CHECKS.get(kinds[0])
    return {**button, **check(button, chat)} if check else button


def _url(button: Json, chat: Chat) -> Json:
    try:
        return {"url": links.checked(button["url"])}
    except links.WrongLink as wrong:
        shown = f"Inline keyboard button URL '{button['url']}' is invalid"
        raise bad_request(f"{shown}: {wrong}") from None


def _callback_data(button: Json, chat: Chat) -> Json:
    if len(button["callback_data"].encode()) > LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return {}


def _copy_text(button: Json, chat: Chat) -> Json:
    if not 1 <= len(button["copy_text"]["text"]) <= LONGEST_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {}


def _web_app(button: Json, chat: Chat) -> Json:
    url = button["web_app"]["url"]
    if not url.lower().startswith("https://"):
        shown = f"Inline keyboard button Web App URL '{url}' is invalid"
        raise bad_request(f"{shown}: Only HTTPS links are allowed")
    if chat.type != "private":
        raise bad_request("BUTTON_TYPE_INVALID")
    return {}


def _needs_its_own_message(button: Json, chat: Chat) -> Json:
    """A button to pay or to play belongs to an invoice or a game."""
    raise bad_request("BUTTON_TYPE_INVALID")


def _login(button: Json, chat: Chat) -> Json:
    raise not_imitated("login_url")


CHECKS: dict[str, Callable[[Json, Chat], Json]] = {
    "url": _url,
    "callback_data": _callback_data,
    "copy_text": _copy_text,
    "web_app": _web_app,
    "pay": _needs_its_own_message,
    "callback_game": _needs_its_own_message,
    "login_url": _login,
}
