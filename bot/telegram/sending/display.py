"""Showing a view by editing the message whose button was pressed."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from telegram import CallbackQuery, InlineKeyboardMarkup

from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.transmission import Edited
from footnote.bot.threads import ThreadPool

_THREADS = 2
P = ParamSpec("P")
T = TypeVar("T")
View = tuple[Message, InlineKeyboardMarkup | None]


class Display:
    """Makes views in threads of its own, so that no press waits behind slow answers."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._threads = ThreadPool("display", _THREADS)

    async def show(self, query: CallbackQuery, view: View) -> None:
        """In the message that was pressed; in a new one where that is gone."""
        assert query.message is not None
        place = ChatThread.of_press(query)
        if await self._delivery.edit(place, query.message.message_id, *view) is Edited.GONE:
            await self._delivery.send(place, *view, key=f"shown:{query.id}")

    async def add_file(
        self, query: CallbackQuery, content: bytes, name: str, caption: Message
    ) -> None:
        """Send what the message that was pressed does not hold, in reply to it."""
        assert query.message is not None
        await self._delivery.send_document(
            ChatThread.of_press(query),
            content,
            name,
            caption=caption,
            reply_to=query.message.message_id,
            key=f"whole:{query.id}",
        )

    async def run(self, action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._threads.run(action, *args, **kwargs)
