"""The test server: a Telegram Bot API on loopback, with people in it that a test controls."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from .chats import Chat, PrivateChat
from .clock import Clock, SystemClock
from .faults import Faults
from .flood import FloodMeter
from .groups import FIRST_SUPERGROUP, Group, Supergroup
from .people import Bot, User
from .presses import InlineQuery, ask_inline
from .profile import Profile
from .requests import POLLING, Request, listed
from .serving import Serving
from .state import State, Violation
from .updates import QueuedUpdate, UpdateQueue
from .validation import Json
from .waiting import PATIENCE, wait_for

TOKEN = "7000000001:test-token"
FIRST_USER = 5_000_000_000  # beyond 32 bits, as real numbers of users may be
FIRST_GROUP = -4_000_000


class ViolationsFound(AssertionError):
    """The bot made requests that it must not make."""


class TelegramServer:
    """Serves from a thread of its own between `start` and `stop`, or in a `with` block, at whose
    end it raises `ViolationsFound` if the bot misused the API.

    `lifetime`: seconds after which it ends by itself, so that a hanging test ends too.
    `callback_lifetime`: seconds in which a press can be answered. `webhook_pause`: seconds before
    an update that the webhook refused is sent again; it doubles from time to time.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        clock: Clock | None = None,
        lifetime: float = 600.0,
        callback_lifetime: float = 150.0,
        webhook_pause: float = 0.05,
        first_update_id: int = 100_000_001,
    ) -> None:
        self.token = token
        self.clock: Clock = clock or SystemClock()
        self.bot = Bot(int(token.partition(":")[0]))
        self.state = State(
            self.bot,
            self.clock,
            first_update_id=first_update_id,
            callback_lifetime=callback_lifetime,
        )
        self.faults = Faults()
        self.flood = FloodMeter(self.clock)
        self._lifetime = lifetime
        self._webhook_pause = webhook_pause
        self._serving: Serving | None = None

    # Where it is

    @property
    def url(self) -> str:
        if self._serving is None:
            raise RuntimeError("the server has not been started")
        return self._serving.address

    @property
    def base_url(self) -> str:
        """For python-telegram-bot's `base_url`, which the token follows."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    # Who is there

    def user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
    ) -> User:
        with self.state.changed:
            number = FIRST_USER + self.state.number()
            user = User(number, first_name, last_name, username, language_code)
            self.state.users[user.id] = user
        return user

    def private_chat(self, user: User) -> PrivateChat:
        """The chat with somebody who has started the bot."""
        with self.state.changed:
            known = self.state.chats.get(user.id)
            return known if isinstance(known, PrivateChat) else PrivateChat(self.state, user)

    def group(self, title: str, *members: User) -> Group:
        with self.state.changed:
            return Group(self.state, FIRST_GROUP - self.state.number(), title, *members)

    def supergroup(
        self, title: str, *members: User, username: str | None = None, forum: bool = False
    ) -> Supergroup:
        with self.state.changed:
            number = FIRST_SUPERGROUP - self.state.number()
            chat = Supergroup(self.state, number, title, *members, username=username)
            chat.forum = forum
        return chat

    def inline_query(
        self, user: User, query: str, *, offset: str = "", chat_type: str = "sender"
    ) -> InlineQuery:
        """Somebody types @bot and a query, somewhere."""
        return ask_inline(self.state, user, query, offset, chat_type)

    def inject(self, kind: str, payload: Json, *, queue: int = 0) -> QueuedUpdate | None:
        """Any other update, held to the table. None if the bot did not ask for this kind."""
        return self.state.tell(kind, payload, queue=queue)

    # What the bot gets

    @property
    def updates(self) -> UpdateQueue:
        """Every update in `history`, and what became of it."""
        return self.state.updates

    @property
    def pending(self) -> list[QueuedUpdate]:
        """What the bot has not confirmed yet."""
        with self.state.changed:
            return self.state.updates.pending(self.clock.now())

    @contextmanager
    def held_updates(self) -> Iterator[None]:
        """Nothing is handed out meanwhile, so that the bot gets all of it in one answer."""
        self.state.updates.held = True
        try:
            yield
        finally:
            self.state.updates.held = False
            self.state.on_update()

    # What the bot did

    @property
    def requests(self) -> list[Request]:
        """Every request in order, those for updates too."""
        return self.state.requests

    def calls(self, *methods: str, chat: Chat | None = None) -> list[Request]:
        """The requests of some methods, or of all but getUpdates, in a chat or all."""
        return [
            request
            for request in list(self.state.requests)
            if (request.method in methods if methods else request.method not in POLLING)
            and (chat is None or request.chat_id == chat.id)
        ]

    def wait_for_call(
        self,
        *methods: str,
        chat: Chat | None = None,
        after: Request | None = None,
        timeout: float = PATIENCE,
    ) -> Request:
        """The first such request after another. It may be under way still."""

        def look() -> Request | None:
            number = after.number if after else 0
            found = self.calls(*methods, chat=chat)
            return next((request for request in found if request.number > number), None)

        return wait_for(self.state, look, f"a call of {methods or 'anything'}", timeout=timeout)

    def wait_until_ready(self, *, after: Request | None = None, timeout: float = PATIENCE) -> None:
        """Waits until the bot asks for updates or has a webhook; `after` a restart, until it asks
        again."""

        def look() -> bool | None:
            number = after.number if after else 0
            if self.state.webhook.url:
                return True
            return any(request.number > number for request in self.calls("getUpdates")) or None

        wait_for(self.state, look, "the bot to ask for updates", timeout=timeout)

    @property
    def profile(self) -> Profile:
        """Commands, descriptions and the like that the bot has set."""
        return self.state.profile

    @property
    def violations(self) -> list[Violation]:
        return self.state.violations

    def take_violations(self) -> list[Violation]:
        """The violations so far, for a test that wanted them; they fail nothing any more."""
        with self.state.changed:
            taken, self.state.violations = self.state.violations, []
        return taken

    def check(self) -> None:
        """Raises `ViolationsFound` with every violation."""
        if found := self.state.violations:
            lines = "\n".join(f"- {violation}" for violation in found)
            requests = listed(self.state.requests)
            raise ViolationsFound(f"the bot must not do this:\n{lines}\n\nRequests:\n{requests}")

    # Starting and ending

    def start(self) -> "TelegramServer":
        self._serving = Serving(
            self.state,
            self.token,
            faults=self.faults,
            flood=self.flood,
            lifetime=self._lifetime,
            webhook_pause=self._webhook_pause,
        )
        self._serving.start()
        return self

    def stop(self) -> None:
        """Ends it; what waits for it fails. Harmless if it has ended already."""
        if self._serving:
            self._serving.stop()

    def __enter__(self) -> "TelegramServer":
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        if error is None:
            self.check()
        elif self.state.violations:  # they may well be the reason, but must not hide the error
            error.add_note("\n".join(["Violations:", *map(str, self.state.violations)]))
