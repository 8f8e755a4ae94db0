"""A bot with somebody who may add articles, and a web site that it may fetch them from."""

import random
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from footnote.bot.articles.adding import Adder
from footnote.corpus.fetching import Fetcher
from footnote.corpus.readers import Reading
from footnote.corpus.readers.apart import ReadersApart
from tests.bot.telegram.running_bot import RunningBot
from tests.corpus.site import Site
from tools.telegram_server import Message, PrivateChat, TelegramServer

FERRY = "The ferry crosses the strait of Lorne twice a day, except in storms."
ASKED = "Does the ferry cross the strait of Lorne twice a day, except in storms?"
_WORDS = """harbour lantern granite orchard meadow copper timber shepherd winter kettle saddle
barley anchor chimney window thunder ribbon pepper carpet hammer mirror garden bottle silver
ladder engine feather island jacket kitchen letter market needle oyster parcel quarry rabbit
salmon tunnel valley wagon yellow bridge candle dragon forest glacier helmet"""


def story(number: int, *, sentences: int = 14) -> str:
    """Long enough to be an article, and like no other."""
    chance = random.Random(number)
    lines = [" ".join(chance.choices(_WORDS.split(), k=9)).capitalize() for _ in range(sentences)]
    return " ".join(f"{line}." for line in lines)


STORY = story(0)
"""126 words."""


class Desk(RunningBot):
    """`ada` is an editor, in her private chat."""

    def __init__(
        self,
        server: TelegramServer,
        folder: Path,
        readers: ReadersApart,
        site: Site | None = None,
        **settings: Any,
    ) -> None:
        editor = server.user("Ada", last_name="Byron")
        super().__init__(server, folder, **{"editors": frozenset({editor.id})} | settings)
        self.ada: PrivateChat = server.private_chat(editor)
        self.site = site
        self._readers = readers

    def names(self) -> list[str]:
        """The articles in the folder."""
        return sorted(file.stem for file in self.articles.glob("*.md"))

    def article(self, name: str) -> str:
        return (self.articles / f"{name}.md").read_text()

    def _compose(self) -> None:
        super()._compose()
        fetcher = self.site.fetcher() if self.site else Fetcher()
        vars(self.footnote)["adder"] = Adder(self.footnote.library, fetcher, self._readers)


class Held:
    """Whatever is brought to a desk is read once it is let go, and not before."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self._go, readers = Event(), desk.footnote.adder.readers
        read = readers.read

        def reading(data: bytes, **given: Any) -> Reading:
            assert self._go.wait(60)
            return read(data, **given)

        monkeypatch.setattr(readers, "read", reading)

    def let_go(self) -> None:
        self._go.set()


def page(text: str, *, title: str = "The ferry of Lorne", head: str = "") -> str:
    body = f"<article><h1>{title}</h1><p>{text}</p></article>"
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def told(message: Message, *parts: str) -> Message:
    """The bot's message once it says all of this."""
    return message.wait_until(lambda m: all(part in m.text for part in parts))


def answer_to(chat: PrivateChat, sent: Message, *parts: str) -> Message:
    """What the bot says in reply, once it says all of this."""
    return chat.wait_for_message(
        matching=lambda m: (
            m.reply_to is not None
            and m.reply_to.id == sent.id
            and all(part in m.text for part in parts)
        )
    )
