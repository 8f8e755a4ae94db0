"""Queries that a person is waiting on: presses of buttons, and inline queries."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .people import User
from .refusals import bad_request
from .validation import Json
from .waiting import PATIENCE, wait_for

if TYPE_CHECKING:
    from .messages import Message
    from .state import State

# How long an inline query can be answered, in seconds (the timeout of its update).
INLINE_QUERY_LIFETIME = 30.0
LONGEST_INLINE_QUERY = 256


@dataclass(frozen=True)
class Answer:
    """What answerCallbackQuery said; without text it only stops the spinner."""

    text: str = ""
    show_alert: bool = False
    url: str | None = None


@dataclass(eq=False)
class Press:
    """A button that was pressed. `answer` is None as long as the spinner turns."""

    id: str
    user: User
    message: "Message"
    data: str
    time: float
    last_id: int  # the newest message in the chat at that time
    answer: Answer | None = None

    def wait_answered(self, *, timeout: float = PATIENCE) -> Answer:
        def look() -> Answer | None:
            return self.answer

        return self.message.chat.wait(look, f"an answer to {self}", timeout=timeout)

    def __str__(self) -> str:
        return f"the press of {self.data!r} on {self.message}"


@dataclass(eq=False)
class InlineQuery:
    """`results` is None until the bot has answered."""

    state: "State"
    id: str
    user: User
    query: str
    time: float
    results: list[Json] | None = None
    settings: Json | None = None  # cache_time, is_personal, next_offset, button

    def wait_answered(self, *, timeout: float = PATIENCE) -> list[Json]:
        def look() -> list[Json] | None:
            return self.results

        return wait_for(self.state, look, f"results for {self.query!r}", timeout=timeout)


def press(message: "Message", data: str, user: User, *, inaccessible: bool) -> Press:
    """Makes the callback query and tells the bot. The state's lock is held by the caller."""
    chat, state = message.chat, message.chat.state
    number, now = state.number(), state.clock.now()
    pressed = Press(f"press-{number}", user, message, data, now, chat.last_id)
    state.presses[pressed.id] = pressed
    shown = message.to_api()
    if inaccessible or message.deleted:
        shown = {"chat": chat.to_api(), "message_id": message.id, "date": 0}
    query = {
        "id": pressed.id,
        "from": user.to_api(),
        "message": shown,
        "chat_instance": f"instance-{chat.id}",
        "data": data,
    }
    chat.note(f"{user} presses {data!r} on {message}")
    state.tell("callback_query", query, queue=user.id)
    return pressed


def ask_inline(state: "State", user: User, query: str, offset: str, chat_type: str) -> InlineQuery:
    """Makes the inline query and tells the bot."""
    if len(query) > LONGEST_INLINE_QUERY:
        raise ValueError(f"an inline query has at most {LONGEST_INLINE_QUERY} characters")
    if not state.bot.supports_inline_queries:
        raise ValueError("the bot gets no inline queries: supports_inline_queries is False")
    with state.changed:
        asked = InlineQuery(state, f"inline-{state.number()}", user, query, state.clock.now())
        state.inline_queries[asked.id] = asked
        body = {"from": user.to_api(), "query": query, "offset": offset, "chat_type": chat_type}
        state.tell("inline_query", {"id": asked.id, **body}, queue=user.id)
    return asked


def answerable(state: "State", query_id: str) -> Press:
    """The press that a request answers, which works once and not for long."""
    pressed = state.presses.get(query_id)
    now = state.clock.now()
    if pressed is None or pressed.answer or now > pressed.time + state.callback_lifetime:
        raise too_old()
    return pressed


def answerable_inline(state: "State", query_id: str) -> InlineQuery:
    asked = state.inline_queries.get(query_id)
    now = state.clock.now()
    if asked is None or asked.results is not None or now > asked.time + INLINE_QUERY_LIFETIME:
        raise too_old()
    return asked


def too_old() -> Exception:
    return bad_request("Query is too old and response timeout expired or query ID is invalid")
