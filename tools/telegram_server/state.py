"""Everything that the server knows, behind one lock: people, chats, files, updates, requests."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import table
from .clock import Clock
from .files import FileStore
from .people import Bot, User
from .profile import Profile
from .refusals import bad_request, forbidden
from .requests import Request
from .updates import QueuedUpdate, UpdateQueue
from .validation import Json
from .webhook import WebhookSettings

if TYPE_CHECKING:
    from .chats import Chat
    from .presses import InlineQuery, Press


@dataclass(frozen=True)
class Violation:
    """A request that the bot must not make. The test that makes it fails."""

    request: int
    method: str
    text: str

    def __str__(self) -> str:
        return f"request {self.request}, {self.method}: {self.text}"


class State:
    """Tests read and change it from their thread and the server from its own, so both hold
    `changed`, which is notified after every change."""

    def __init__(
        self, bot: Bot, clock: Clock, *, first_update_id: int, callback_lifetime: float
    ) -> None:
        self.table = table.load()
        self.bot = bot
        self.clock = clock
        self.callback_lifetime = callback_lifetime  # seconds until a press cannot be answered
        self.changed = threading.Condition()
        self.users: dict[int, User | Bot] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.profile = Profile()
        self.updates = UpdateQueue(self.table, first_id=first_update_id)
        self.webhook = WebhookSettings()
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.requests: list[Request] = []
        self.violations: list[Violation] = []
        self.logged_out = False
        self.ended: str | None = None  # why the server answers no more
        self.on_update: Callable[[], None] = lambda: None  # wakes those that wait for updates
        self._numbers = 0
        self._messages = 0

    @property
    def date(self) -> int:
        return int(self.clock.now())

    def number(self) -> int:
        """A number not given to anybody yet, for users, chats and queries."""
        self._numbers += 1
        return self._numbers

    def message_number(self, chat: "Chat") -> int:
        """The number of the next message there: supergroups count their own, all private chats and
        groups of a bot are counted together."""
        if chat.type == "supergroup":
            return chat.last_id + 1
        self._messages += 1
        return self._messages

    def tell(self, kind: str, payload: Json, *, queue: int) -> QueuedUpdate | None:
        """Makes an update for the bot; None if the bot did not ask for its kind.

        `queue`: the chat or user whose updates of this kind a webhook gets one after the other.
        """
        with self.changed:
            update = self.updates.add(kind, payload, queue, self.clock.now())
            self.changed.notify_all()
        self.on_update()
        return update

    def chat_at(self, chat_id: int | str, *, to_write: bool = True) -> "Chat":
        """The chat that a request names, or the refusal to say why there is none
        (Client::check_chat, check_chat_access)."""
        if chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self.find(chat_id)
        if chat is None and chat_id in self.users:
            raise forbidden("bot can't initiate conversation with a user")
        if chat is None:
            raise bad_request("chat not found")
        if refusal := chat.unreachable(to_write=to_write):
            raise refusal
        return chat

    def find(self, chat_id: int | str) -> "Chat | None":
        """The chat with this number or @username, whatever the bot may do there."""
        if isinstance(chat_id, int):
            return self.chats.get(chat_id)
        username = chat_id.removeprefix("@").lower()
        named = (chat for chat in self.chats.values() if chat.username)
        return next((c for c in named if (c.username or "").lower() == username), None)

    def record(self, request: Request, *problems: str) -> None:
        request.problems += problems
        found = (Violation(request.number, request.method, text) for text in problems)
        self.violations.extend(found)
