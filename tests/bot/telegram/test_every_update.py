"""Whatever Telegram may send is handled or ignored on purpose; nothing raises."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from typing import Any

import pytest
from telegram import Update

from footnote.bot.composition import Footnote
from footnote.bot.errors import TelegramUnreachable
from footnote.bot.telegram.handlers import Handlers
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.texts import texts_for
from tests.bot.telegram.least import least, value
from tests.bot.telegram.running_bot import RunningBot
from tools.telegram_server import TelegramServer
from tools.telegram_server.table import load

TABLE = load()
FIELDS = [
    name for name in TABLE.types["Message"].fields if name not in ("message_id", "date", "chat")
]
# With these a chat has another number from now on, which the test's own chats have not.
MOVES = ("migrate_to_chat_id", "migrate_from_chat_id")


class Direct:
    """The handlers of a running bot, called without the inbox, which would try again and log."""

    def __init__(self, server: TelegramServer, bot: RunningBot, handlers: Handlers) -> None:
        self.server = server
        self._bot = bot
        self._handlers = handlers

    def handle(self, **content: Any) -> None:
        async def act() -> None:
            update = Update.de_json({"update_id": 1, **content}, self._handlers._delivery.bot)
            with suppress(TelegramUnreachable):  # the least chat is one that is not there
                await self._handlers.handle(update)
                await self._handlers.apologise(update)

        self.run(act())

    def apologise(self, **content: Any) -> None:
        update = Update.de_json({"update_id": 1, **content}, self._handlers._delivery.bot)
        self.run(self._handlers.apologise(update))

    def run(self, act: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(act, self._bot._loop).result(60)


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Direct]:
    made: list[Handlers] = []

    def make(footnote: Footnote, delivery: Delivery) -> Handlers:
        made.append(Handlers(footnote, delivery))
        return made[0]

    with (
        TelegramServer() as server,
        RunningBot(server, tmp_path_factory.mktemp("bot"), make_handlers=make) as bot,
    ):
        yield Direct(server, bot, made[0])


def person(direct: Direct) -> dict[str, Any]:
    """The chat and the sender of a message, both new, so that nobody waits for their turn."""
    user = direct.server.user("Ada")
    chat = direct.server.private_chat(user)
    return {"chat": chat.to_api(), "from": user.to_api()}


@pytest.mark.parametrize("kind", TABLE.update_kinds)
def test_every_kind_of_update(direct: Direct, kind: str) -> None:
    [expected] = TABLE.types["Update"].fields[kind].types
    direct.handle(**{kind: least(TABLE, expected.name)})
    if expected.name == "Message":
        direct.handle(**{kind: least(TABLE, "Message", **person(direct), text="Hello")})


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in MOVES])
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_a_message_with_anything_in_it(direct: Direct, kind: str, field: str) -> None:
    content = {field: value(TABLE, TABLE.types["Message"].fields[field].types[0])}
    group = direct.server.supergroup("Desk", direct.server.user("Bob"))
    for at in (person(direct), person(direct) | {"chat": group.to_api()}):
        direct.handle(**{kind: least(TABLE, "Message", **(at | content))})


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/ask", [("bot_command", 0, 4)]),
        ("/ask who?", [("bot_command", 0, 400)]),
        ("/ask who?", [("bot_command", -1, 4)]),
        ("/", [("bot_command", 0, 1)]),
        ("/@", [("bot_command", 0, 2)]),
        ("/start p_", [("bot_command", 0, 6)]),
        ("/start " + "A" * 4000, [("bot_command", 0, 6)]),
        ("🐝@telegram_server_bot", [("mention", 1, 20)]),
        ("\ud83d", []),
        ("\ud83d /ask \udc1d", [("bot_command", 2, 4)]),
        ("/check \ud83d who said so?", [("bot_command", 0, 6)]),
        ("\0", []),
        ("\u202e/help", [("nonsense", 0, 1)]),
    ],
)
def test_texts_that_nobody_should_write(
    direct: Direct, text: str, entities: list[tuple[str, int, int]]
) -> None:
    marked = [{"type": kind, "offset": at, "length": length} for kind, at, length in entities]
    said = least(TABLE, "Message", **person(direct), text=text, entities=marked)
    direct.handle(message=said)


@pytest.mark.parametrize("data", ["\0", "\ud83d", "p:" + "\ud83d" * 12 + ":1", "x" * 64, None])
@pytest.mark.parametrize("where", ["message", "inline_message_id", "nowhere"])
def test_presses_that_nobody_should_make(direct: Direct, data: str | None, where: str) -> None:
    of = person(direct)
    content: dict[str, Any] = {"data": data} if data is not None else {"game_short_name": "game"}
    if where == "message":
        content["message"] = least(TABLE, "InaccessibleMessage", chat=of["chat"])
    elif where == "inline_message_id":
        content["inline_message_id"] = "AAA"
    press = {"id": "1", "from": of["from"], "chat_instance": "1"}
    direct.handle(callback_query=press | content)


def test_an_apology_is_made_once_in_the_persons_language_and_tells_nothing_of_the_error(
    direct: Direct,
) -> None:
    user = direct.server.user("Karl", language_code="de")
    chat = direct.server.private_chat(user)
    message = least(TABLE, "Message", chat=chat.to_api(), text="Wer?", **{"from": user.to_api()})
    for _ in range(2):
        direct.apologise(message=message)
    assert [said.text for said in chat.bot_messages()] == [texts_for("de").failed]
