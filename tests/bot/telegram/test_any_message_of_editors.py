"""Whatever an editor may send is taken or ignored on purpose; nothing raises."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from telegram import Update

from footnote.bot.composition import Footnote
from footnote.bot.errors import TelegramUnreachable
from footnote.bot.telegram.handlers import Handlers
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.corpus.readers.apart import ReadersApart
from tests.bot.telegram.desk import Desk
from tests.bot.telegram.least import least, value
from tests.bot.telegram.test_every_update import FIELDS, MOVES, TABLE
from tools.telegram_server import TelegramServer, origins

pytestmark = pytest.mark.slow

TEXTS = ("x", "https://e.org", "\0", "\ud83d" * 600, "/add", "/follow \ud83d", "/unfollow \0")


def test_any_message_forward_edit_or_reply(
    server: TelegramServer, tmp_path: Path, readers: ReadersApart
) -> None:
    made: list[Handlers] = []

    def make(footnote: Footnote, delivery: Delivery) -> Handlers:
        made.append(Handlers(footnote, delivery))
        return made[0]

    with Desk(server, tmp_path, readers, make_handlers=make) as desk:
        sender = {"chat": desk.ada.to_api(), "from": desk.ada.user.to_api()}
        contents = [
            {name: value(TABLE, TABLE.types["Message"].fields[name].types[0])}
            for name in FIELDS
            if name not in MOVES
        ]
        commands = [{"type": "bot_command", "offset": 0, "length": 4}]
        links = [
            {"type": "url", "offset": 0, "length": 99},
            {"type": "url", "offset": 5, "length": 1},
        ]
        contents += [{"text": text} for text in TEXTS]
        contents += [{"text": text, "entities": links} for text in TEXTS]
        contents += [{"text": text, "entities": commands} for text in TEXTS]
        telling = [c for c in contents if c.keys() & {"text", "caption", "document", "photo"}]
        passed_on = [
            content | {"forward_origin": origins.from_hidden_user("x")} for content in telling
        ]
        replies = [
            {"text": "/add", "entities": commands}
            | {"reply_to_message": least(TABLE, "Message", **(sender | content))}
            for content in telling
        ]

        async def handle(kind: str, number: int, content: dict[str, object]) -> None:
            message = least(TABLE, "Message", **(sender | {"message_id": number} | content))
            update = Update.de_json({"update_id": number, kind: message}, made[0]._delivery.bot)
            with suppress(TelegramUnreachable):
                await made[0].handle(update)

        async def handle_all() -> None:
            for number, content in enumerate([*contents, *passed_on, *replies]):
                await handle("message", number + 1000, content)
                if number < len(contents):
                    await handle("edited_message", number + 1000, content)

        asyncio.run_coroutine_threadsafe(handle_all(), desk._loop).result(90)
