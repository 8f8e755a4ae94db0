"""Handlers that say again what they are told, for tests of what carries messages to and fro."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from footnote.bot.composition import Footnote
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery

Act = Callable[[Update], Awaitable[None]]
SORRY = "Sorry."


class Parrot:
    """Does for a text what a test told it to, before it says it again; `seen` are all updates."""

    def __init__(self, **acts: Act) -> None:
        self._acts = acts
        self.seen: list[Update] = []

    def __call__(self, footnote: Footnote, delivery: Delivery) -> "Parrot":
        self.delivery = delivery
        return self

    async def handle(self, update: Update) -> None:
        self.seen.append(update)
        if update.callback_query:
            await self.delivery.acknowledge(update.callback_query, "pressed")
        elif update.message and update.message.text:
            text = update.message.text
            if act := self._acts.get(text):
                await act(update)
            await self.say(update, f"“{text}”")

    async def apologise(self, update: Update) -> None:
        await self.say(update, SORRY)

    async def work(self) -> None:
        """Nothing goes on beside."""

    async def say(self, update: Update, text: str) -> list[int]:
        message = update.message
        assert message is not None
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("[1]", callback_data="p:1")]])
        return await self.delivery.send(
            ChatThread.of(message), Message().add(text), keyboard, reply_to=message.message_id
        )


class Failing:
    """Fails so many times, then lets it pass."""

    def __init__(self, times: int, error: Exception) -> None:
        self.left = times
        self._error = error

    async def __call__(self, update: Update) -> None:
        if self.left:
            self.left -= 1
            raise self._error


class Slow:
    """Waits until it is let go, from another thread."""

    def __init__(self) -> None:
        self._begun, self._go = threading.Event(), asyncio.Event()

    async def __call__(self, update: Update) -> None:
        self._loop = asyncio.get_running_loop()
        self._begun.set()
        await self._go.wait()

    def go(self) -> None:
        """Once it has begun."""
        assert self._begun.wait(60)
        self._loop.call_soon_threadsafe(self._go.set)
