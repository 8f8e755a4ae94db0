"""Showing what there is of a written answer or a check: a draft in private, edits in a group."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Generic, TypeVar

from telegram.error import TelegramError

from footnote.bot.errors import NotYet, TelegramUnreachable
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.pausing import passed_or_set
from footnote.bot.telegram.texts import Texts

T = TypeVar("T")
SoFar = Callable[[Sequence[T], Texts], Message]
"""Shows the claims, or the checked sentences, that there are by now."""

logger = logging.getLogger(__name__)

_EVERY_SECONDS, _EVERY_SECONDS_IN_A_GROUP = 1.1, 3.0
# An answer that is whole so soon is sent at once: a group takes twenty messages a minute.
_PATIENCE_SECONDS = 2.0


def placeholder_key(incoming: IncomingMessage) -> str:
    """The name of the message that is edited until it is the answer."""
    return f"written:{incoming.cause}"


class Showing(Generic[T]):
    """To the end of the block, what `take` got so far is shown, unless there is no room for it.

    Nothing of it is needed: the answer is stored and sent whatever becomes of this.
    """

    def __init__(
        self, delivery: Delivery, incoming: IncomingMessage, so_far: SoFar[T], *, wanted: bool
    ) -> None:
        self._delivery = delivery
        self._incoming_message = incoming
        self._so_far = so_far
        self._wanted = wanted
        self._parts: list[T] = []
        self._news, self._over = asyncio.Event(), asyncio.Event()
        self._placeholder: int | None = None

    @property
    def take(self) -> Callable[[T], object]:
        """For the thread that answers."""
        loop = asyncio.get_running_loop()
        return lambda part: loop.call_soon_threadsafe(self._add, part)

    async def __aenter__(self) -> "Showing[T]":
        self._task = asyncio.create_task(self._run()) if self._wanted else None
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """What is under way is waited for, so that the answer comes after it."""
        self._over.set()
        self._news.set()
        if self._task:
            await self._task

    def _add(self, part: T) -> None:
        self._parts.append(part)
        self._news.set()

    async def _run(self) -> None:
        in_group = self._incoming_message.place.is_group
        try:
            await self._news.wait()
            if in_group:
                await self._pause(_PATIENCE_SECONDS)
            while not self._over.is_set():
                self._news.clear()
                await (self._edit() if in_group else self._draft())
                await self._pause(_EVERY_SECONDS_IN_A_GROUP if in_group else _EVERY_SECONDS)
                await self._news.wait()
        except (NotYet, TelegramUnreachable, TelegramError) as error:
            logger.info("an answer could not be shown while it was written: %s", error)

    async def _draft(self) -> None:
        message = self._so_far(self._parts, self._incoming_message.texts)
        number = self._incoming_message.message.message_id
        await self._delivery.chat_actions.draft(
            self._incoming_message.place, message, number=number
        )

    async def _edit(self) -> None:
        place, message = (
            self._incoming_message.place,
            self._so_far(self._parts, self._incoming_message.texts),
        )
        part = next(message.parts())
        if self._placeholder is not None:
            await self._delivery.edit(place, self._placeholder, part, dispensable=True)
        elif self._delivery.has_room(place):
            [self._placeholder] = await self._delivery.send(
                place,
                part,
                reply_to=self._incoming_message.message.message_id,
                key=placeholder_key(self._incoming_message),
            )

    async def _pause(self, seconds: float) -> None:
        await passed_or_set(self._over, seconds)
