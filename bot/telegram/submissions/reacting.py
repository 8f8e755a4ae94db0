"""Reactions on the messages of submissions, with retries of those that failed."""

import asyncio
import logging
import time
from weakref import WeakValueDictionary

from footnote.bot.state import State
from footnote.bot.submissions.reactions import Reaction, Reactions
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.sending.chat_actions import ChatActions
from footnote.bot.telegram.sending.pausing import passed_or_set

logger = logging.getLogger(__name__)

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 2.0, 60.0
_LOOK_EVERY_SECONDS = 60.0  # at what could not be shown by another process


class Reacting:
    def __init__(self, state: State, chat_actions: ChatActions) -> None:
        self._run_in_db = state.run_in_db
        self._reactions = Reactions(state)
        self._chat_actions = chat_actions
        self._failed = asyncio.Event()
        self._turns: WeakValueDictionary[tuple[str, int], asyncio.Lock] = WeakValueDictionary()

    async def begin(self, place: str, message: int, emoji: str) -> None:
        """Show that something is begun; nothing where more than that was shown before."""
        await self._run_in_db(self._reactions.begin, place, message, emoji, time.time())
        await self._show(place, message)

    async def put(self, place: str, messages: set[int], emoji: str | None) -> None:
        """Show this reaction on messages, in place of any other, or none."""
        await self._run_in_db(self._reactions.put, place, messages, emoji, time.time())
        for message in messages:
            await self._show(place, message)

    async def prune(self, before: float) -> None:
        await self._run_in_db(self._reactions.prune, before)

    async def run(self) -> None:
        """Until it is cancelled: show what could not be shown, after pauses that grow."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            self._failed.clear()
            missing: list[Reaction] = []
            try:
                missing = await self._run_in_db(self._reactions.missing)
                failed = [r for r in missing if not await self._show(r.place, r.message)]
            except Exception:  # the last handler of this task, which must not end
                logger.exception("reactions could not be shown")
                failed = missing
            if failed or self._failed.is_set():
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            else:
                pause = _FIRST_PAUSE_SECONDS
                await passed_or_set(self._failed, _LOOK_EVERY_SECONDS)

    async def _show(self, place: str, message: int) -> bool:
        """Whether what is to be shown there is, or never can be. One at a time for a message, for
        two requests might arrive in the other order."""
        async with self._turns.setdefault((place, message), asyncio.Lock()):
            reaction = await self._run_in_db(self._reactions.of, place, message)
            if reaction is None:
                return True
            done = await self._chat_actions.react(ChatThread.named(place), message, reaction.emoji)
            if done:
                await self._run_in_db(self._reactions.shown, reaction)
            else:
                self._failed.set()
            return done
