"""Runs the bot: receives updates, stores, handles and answers them, until it is stopped."""

import asyncio
import contextlib
import logging
import os
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack
from functools import cache, partial
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from footnote.bot.articles.following import follow_feeds, follow_folder
from footnote.bot.composition import Footnote
from footnote.bot.database.errors import DATABASE_FAULTS
from footnote.bot.database.leading import while_leading
from footnote.bot.errors import BotStopped
from footnote.bot.settings import TOKEN, Process
from footnote.bot.telegram.introduction import introduce
from footnote.bot.telegram.receiving.attempts import UpdateHandler, rest
from footnote.bot.telegram.receiving.chat_queues import ChatQueues
from footnote.bot.telegram.receiving.connecting import PATIENCE, Patience, reached
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.receiving.polling import Polling, Take
from footnote.bot.telegram.receiving.update_origin import Json
from footnote.bot.telegram.receiving.webhook import Webhook, add_health, listening
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.pacing import TELEGRAMS, Pacing, RateLimits
from footnote.bot.watchdog import STUCK, beat, is_guarded
from footnote.bot.web.app import make_app
from footnote.bot.web.app_keys import Origin
from footnote.index.budget import most_overdue

logger = logging.getLogger(__name__)

UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
_CONNECTIONS = 128
_READ_SECONDS = 20.0  # an answer that comes late is better than one that is not known of
_SHOW_LIFE_SECONDS = 30
_BEAT_EVERY_SECONDS = 1.0
_MAX_OVERDUE_SECONDS = 30.0  # of the processor
_PRUNE_SECONDS = 3600
_ENDING_SECONDS = 6  # for what is under way; the process has ten to end

MakeHandlers = Callable[[Footnote, Delivery], UpdateHandler]


async def serve(
    footnote: Footnote,
    make_handlers: MakeHandlers,
    stop: asyncio.Event,
    *,
    limits: RateLimits = TELEGRAMS,
    patience: Patience = PATIENCE,
) -> None:
    """The whole bot, until `stop` is set; raises BotStopped where it ends by itself.

    Where Telegram can't be reached it waits, and says so.
    """
    root = footnote.settings.telegram_api_url.rstrip("/")
    try:
        await _serve(footnote, make_handlers, stop, root, limits, patience)
    except InvalidToken as error:
        raise BotStopped(
            f"{root} does not know this token: copy {TOKEN} again from @BotFather, and look at"
            " FOOTNOTE_TELEGRAM_API_URL if you have set it"
        ) from error
    except TelegramError as error:
        raise BotStopped(
            f"{root} did not let the bot begin ({error.message}): try again, or look at"
            " FOOTNOTE_TELEGRAM_API_URL"
        ) from error


async def _serve(
    footnote: Footnote,
    make_handlers: MakeHandlers,
    stop: asyncio.Event,
    root: str,
    limits: RateLimits,
    patience: Patience,
) -> None:
    settings, state = footnote.settings, footnote.state
    polling_request = HTTPXRequest(connection_pool_size=1, httpx_kwargs=_certificates())
    async with AsyncExitStack() as ending:
        bot = _bot(footnote, root, polling_request)
        await _until(stop, reached(bot.initialize, patience))
        if stop.is_set():
            return
        ending.push_async_callback(bot.shutdown)
        inbox = Inbox(state)
        delivery = Delivery(bot, state, incoming=inbox, pacing=Pacing(limits, sleep=rest))
        ending.push_async_callback(delivery.chat_actions.end)
        handlers = make_handlers(footnote, delivery)
        chat_queues = ChatQueues(inbox, state, handlers, delivery, log_texts=settings.log_questions)
        ending.push_async_callback(chat_queues.end, _ENDING_SECONDS)

        async def take(updates: list[Json]) -> None:
            chat_queues.add(await state.run_in_db(inbox.store, updates))

        async def health() -> Json:
            counts = await state.run_in_db(inbox.counts)
            return {"status": "ok", "waiting": counts.waiting, "set_aside": counts.dead_letters}

        await introduce(bot, footnote)
        for task in (
            _show_life(settings.home / "alive"),
            _beat(),
            _prune(footnote, inbox, delivery),
        ):
            await ending.enter_async_context(_running(task))
        if settings.process is not Process.REPLICA:
            for task in _indexing(footnote, handlers):
                await ending.enter_async_context(_running(task))
        if settings.process is Process.INDEXER:
            await stop.wait()
            return
        await chat_queues.begin()
        site = _site(footnote, bot)
        if site is not None and not settings.webhook_url:
            add_health(site, health)
            await ending.enter_async_context(listening(site, settings))
        intake = (
            Webhook(bot, settings, UPDATES, take, health, app=site, patience=patience)
            if settings.webhook_url
            else _polling(bot, polling_request, take, settings.home, patience)
        )
        await ending.enter_async_context(_running(chat_queues.look_again()))
        await _until(stop, intake.run())


def _indexing(footnote: Footnote, handlers: UpdateHandler) -> list[Coroutine[Any, Any, None]]:
    """What makes articles of what was brought, and an index of the articles."""
    database = footnote.state.database
    feeds = partial(follow_feeds, footnote.feeds, footnote.adder)
    return [
        while_leading(database, "submissions", handlers.work),
        while_leading(database, "feeds", feeds),
        follow_folder(footnote.library, footnote.settings),
    ]


def _site(footnote: Footnote, bot: Bot) -> web.Application | None:
    """The web pages, if the settings give the address at which people reach them."""
    url = footnote.settings.web_url
    return make_app(footnote, Origin(url, bot=bot.username)) if url else None


@cache
def _certificates() -> dict[str, ssl.SSLContext]:
    """Those that httpx trusts, read once for both connections: it takes 0.06 s each time."""
    return {"verify": httpx.create_ssl_context()}


def _bot(footnote: Footnote, root: str, polling_request: HTTPXRequest) -> Bot:
    token = footnote.settings.telegram_bot_token
    assert token is not None
    return Bot(
        token.get_secret_value(),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=_CONNECTIONS,
            read_timeout=_READ_SECONDS,
            httpx_kwargs=_certificates(),
        ),
        get_updates_request=polling_request,
    )


def _polling(
    bot: Bot, request: HTTPXRequest, take: Take, home: Path, patience: Patience
) -> Polling:
    """Polling that records its last request in a file, for the next start to read."""
    file = home / f"asked.{bot.id}"
    try:
        asked = file.stat().st_mtime
    except OSError:
        asked = None

    def note() -> None:
        with contextlib.suppress(OSError):
            file.touch(mode=0o600)

    return Polling(bot, request, UPDATES, take, patience=patience, asked=asked, on_asked=note)


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Work until it ends by itself, which raises why, or `stop` is set."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            await working
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


@contextlib.asynccontextmanager
async def _running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _show_life(file: Path) -> None:
    """Touch a file while the event loop runs; a container's health check looks at its age."""
    while True:
        try:
            file.touch(mode=0o600)
        except OSError as error:
            logger.warning("%s could not be renewed: %s", file, error.strerror)
        await asyncio.sleep(_SHOW_LIFE_SECONDS)


async def _beat() -> None:
    """Tell the guard that this loop goes round, and end the process where a thread goes on and on
    with an answer that was to be set aside long ago: nothing else could end the thread."""
    while True:
        beat()
        if most_overdue() > _MAX_OVERDUE_SECONDS and is_guarded():
            logger.critical("an answer does not come to an end: this process does, and begins anew")
            logging.shutdown()
            os._exit(STUCK)
        await asyncio.sleep(_BEAT_EVERY_SECONDS)


async def _prune(footnote: Footnote, inbox: Inbox, delivery: Delivery) -> None:
    """Delete expired rows now and then."""
    while True:
        try:
            await footnote.state.run_in_db(inbox.prune)
            await delivery.prune()
            await footnote.state.run_in_db(footnote.state.tidy)
        except DATABASE_FAULTS:
            logger.exception("the state could not be pruned")
        await asyncio.sleep(_PRUNE_SECONDS)
