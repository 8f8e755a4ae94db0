"""Where editors change articles: who may, and carrying a change out to the point of answering."""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from telegram import CallbackQuery

from footnote.bot.articles.undo import NothingToUndo
from footnote.bot.composition import Footnote
from footnote.bot.errors import BotError
from footnote.bot.people.people import Role
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.display import Display
from footnote.bot.telegram.texts import texts_for
from footnote.bot.threads import run_in_thread
from footnote.corpus.errors import ArticleNotFound, CorpusError
from footnote.index.errors import IndexFault

logger = logging.getLogger(__name__)

_LEVEL_SECONDS = 20.0  # a rebuild takes longer, but the folder is right already
T = TypeVar("T")


class NotSaved(Exception):
    """A change could not be carried out; the reason is in the log."""


class EditorActions:
    def __init__(
        self, footnote: Footnote, delivery: Delivery, access: Access, display: Display
    ) -> None:
        self._library = footnote.library
        self._delivery = delivery
        self._access = access
        self._display = display

    async def may_change(self, user: int) -> bool:
        role = await self._access.role(user)
        return role is not None and role >= Role.EDITOR

    async def admits(self, query: CallbackQuery, *, change: bool = True) -> bool:
        """Whether a press may do what it stands for: in private, and if that is a `change`, by
        those who may. The press is acknowledged, with a word why where it may not."""
        texts, refused = texts_for(query.from_user.language_code), None
        if change and not await self.may_change(query.from_user.id):
            refused = texts.editors_only
        elif ChatThread.of_press(query).is_group:
            refused = texts.unknown_button
        await self._delivery.acknowledge(query, refused)
        return refused is None

    async def carry_out(self, change: Callable[..., T], *values: object) -> T:
        """What the change returns, once questions are answered from the new state.

        Raises ArticleNotFound, NothingToUndo and NotSaved.
        """
        try:
            done = await self._display.run(change, *values)
        except (ArticleNotFound, NothingToUndo):
            raise
        except (CorpusError, BotError, OSError) as error:
            logger.warning("a change could not be carried out", exc_info=True)
            raise NotSaved from error
        await self.sync()
        return done

    async def sync(self) -> None:
        """Sync the index with the folder, unless that takes too long: it follows then."""
        syncing = asyncio.ensure_future(run_in_thread(self._sync))
        await asyncio.wait([syncing], timeout=_LEVEL_SECONDS)

    def _sync(self) -> None:
        try:
            self._library.sync()
        except (CorpusError, IndexFault) as error:
            logger.warning("the index is not up to date with the folder: %s", error)
        except Exception:  # the last handler of this thread; the folder is right all the same
            logger.exception("the index could not be brought up to date with the folder")
