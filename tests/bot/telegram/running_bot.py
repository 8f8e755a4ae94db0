"""The bot in a thread of the test's process."""

import asyncio
import shutil
from pathlib import Path
from threading import Thread
from typing import Any, Self

from footnote.bot.composition import Footnote, compose
from footnote.bot.database.tables import introduced
from footnote.bot.errors import BotStopped
from footnote.bot.event_loop import new_event_loop
from footnote.bot.settings import Process, Settings
from footnote.bot.telegram.handlers import Handlers
from footnote.bot.telegram.introduction import digest_of
from footnote.bot.telegram.receiving.connecting import Patience
from footnote.bot.telegram.sending.pacing import RateLimits
from footnote.bot.telegram.serving import MakeHandlers, serve
from footnote.index.database.upsert import put
from tests.bot.indexed import ARTICLES, put_index
from tests.fakes import WordsModel
from tools.telegram_server import PrivateChat, TelegramServer

PATIENT = RateLimits(chat_per_second=100, group_per_minute=1000, all_per_second=1000, late=0.3)
"""Of a Telegram that never minds, and carries nothing out late, so that tests need not wait."""


ALONE = Patience(longest_pause=0.2, conflict=0.2, probe=0)
"""Of a bot that need not find out whether it is the only one."""


class RunningBot:
    """A bot that polls the server until the end of the block; `stopped` is why it ended itself.

    Its commands are registered, which is a quarter of the work of a start; one that is `new`
    registers them itself.
    """

    def __init__(
        self,
        server: TelegramServer,
        folder: Path,
        *,
        make_handlers: MakeHandlers = Handlers,
        limits: RateLimits = PATIENT,
        patience: Patience = ALONE,
        new: bool = False,
        **settings: Any,
    ) -> None:
        self.server = server
        self._make_handlers = make_handlers
        self._limits = limits
        self._patience = patience
        self.articles = folder / "articles"
        self._registers = new or self.articles.exists()
        if not self.articles.exists():
            shutil.copytree(ARTICLES, self.articles)
            put_index(folder / "home")
        own: dict[str, Any] = {
            "articles": self.articles,
            "home": folder / "home",
            "open": True,
            "owners": frozenset(),
            "telegram_bot_token": server.token,
            "telegram_api_url": server.url,
            "embedding_model": "",
            "reranker": "none",  # which takes a quarter of a second of each answer
        }
        self.settings = Settings(_env_file=None, **(own | settings))
        self.stopped: list[BotStopped] = []

    def __enter__(self) -> Self:
        before = (self.server.requests or [None])[-1]
        self.start()
        self.server.wait_until_ready(after=before)
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self.wait_ended()
        self.footnote.close()

    def start(self) -> None:
        """As at the beginning of the block, without waiting until it asks for anything."""
        self._compose()
        self._thread = Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        """As at the end of the block."""
        self.__exit__()

    def run_to_its_end(self) -> str:
        """Run it where it can't begin; what it tells."""
        self._compose()
        self._run()
        self.footnote.close()
        [stopped] = self.stopped
        return str(stopped)

    def wait_ended(self) -> None:
        self._thread.join(60)
        assert not self._thread.is_alive()

    def chat(self, name: str = "Ada") -> PrivateChat:
        return self.server.private_chat(self.server.user(name))

    def _compose(self) -> None:
        self.footnote: Footnote = compose(self.settings, purpose="a test", model=WordsModel())
        if self.settings.process is not Process.REPLICA:
            self.footnote.library.sync()
        if not self._registers:
            self._take_for_registered()
        self._loop, self._stop = new_event_loop(), asyncio.Event()

    def _take_for_registered(self) -> None:
        bot, _, _ = self.server.token.partition(":")
        row = {"bot": int(bot), "digest": digest_of(self.footnote.people)}
        with self.footnote.state.transaction() as connection:
            put(connection, introduced, row)
        self._registers = True

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(
                serve(
                    self.footnote,
                    self._make_handlers,
                    self._stop,
                    limits=self._limits,
                    patience=self._patience,
                )
            )
        except BotStopped as stopped:
            self.stopped.append(stopped)
        finally:
            self._loop.close()
