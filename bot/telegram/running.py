"""Running the bot: from its token until it is stopped, every end in a plain sentence."""

import asyncio
import logging
from pathlib import Path
from typing import Any

from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes
from watchfiles import awatch

from bot.composition import Footnote
from bot.errors import BotStopped
from bot.telegram import texts
from bot.telegram.handlers import Handlers
from corpus.errors import CorpusError
from index.errors import IndexFault

logger = logging.getLogger(__name__)

_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY]
_AT_ONCE = 64
_BEAT_SECONDS = 30
App = Application[Any, Any, Any, Any, Any, Any]


def run_bot(footnote: Footnote) -> None:
    """Poll Telegram and answer until SIGINT or SIGTERM; returns then.

    Raises BotStopped where the token is refused, Telegram can't be reached at the start, or
    another program polls with the same token.
    """
    stopped: list[BotStopped] = []
    tasks: list[asyncio.Task[None]] = []

    async def started(application: App) -> None:
        await _introduce(application, footnote)
        # Not a task of the application's: it would wait for this one's end before it stops.
        tasks.append(asyncio.create_task(_follow_folder(footnote)))
        tasks.append(asyncio.create_task(_show_life(footnote.settings.home / "alive")))

    async def stopping(application: App) -> None:
        for task in tasks:
            task.cancel()

    async def conflict(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        if isinstance(context.error, Conflict) and not stopped:
            stopped.append(
                BotStopped(
                    "another program is asking Telegram for this bot's messages: stop that one,"
                    " or get a token of its own for this one from @BotFather"
                )
            )
            context.application.stop_running()

    settings = footnote.settings
    assert settings.telegram_bot_token is not None
    root = settings.telegram_api_url.rstrip("/")
    application = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .concurrent_updates(_AT_ONCE)
        .post_init(started)
        .post_stop(stopping)
        .build()
    )
    # The first question should not wait for the weights to be read.
    footnote.passage_index.model.embed_query("ready")
    Handlers(footnote).register(application)
    application.add_error_handler(conflict)
    try:
        application.run_polling(allowed_updates=_UPDATES)
    except InvalidToken:
        raise BotStopped(
            "Telegram does not know this token: copy TELEGRAM_BOT_TOKEN again from @BotFather"
        ) from None
    except NetworkError as error:
        raise BotStopped(
            f"{root} can't be reached ({error.message}): look at the network, or at"
            " FOOTNOTE_TELEGRAM_API_URL"
        ) from error
    if stopped:
        raise stopped[0]


async def _introduce(application: App, footnote: Footnote) -> None:
    """Register the commands and descriptions, and say in the log that the bot is there."""
    bot, settings = application.bot, footnote.settings
    try:
        await bot.set_my_commands([BotCommand(*command) for command in texts.COMMANDS.items()])
        await bot.set_my_description(texts.DESCRIPTION)
        await bot.set_my_short_description(texts.SHORT_DESCRIPTION)
    except TelegramError as error:
        logger.warning("the commands could not be registered: %s", error.message)
    logger.info("listening as @%s; Ctrl-C stops it", bot.username)
    if not (settings.open or settings.owners):
        logger.warning(
            "nobody may ask yet: set FOOTNOTE_OWNERS to Telegram user ids (write to the bot, and it"
            " tells you yours), or FOOTNOTE_OPEN=true to let everybody in"
        )


async def _show_life(file: Path) -> None:
    """Renew a file for as long as this loop goes round; a container's health check looks at it."""
    while True:
        try:
            file.touch()
        except OSError as error:
            logger.warning("%s could not be renewed: %s", file, error.strerror)
        await asyncio.sleep(_BEAT_SECONDS)


async def _follow_folder(footnote: Footnote) -> None:
    """Bring the index level whenever something changes in the folder of articles."""
    async for _ in awatch(footnote.settings.articles):
        try:
            report = await asyncio.to_thread(footnote.library.level)
        except (CorpusError, IndexFault):
            logger.exception("the index could not be made level with the folder")
            continue
        if not report.did_nothing:
            logger.info(
                "articles: %d added, %d changed, %d removed",
                len(report.added),
                len(report.changed),
                len(report.removed),
            )
        for fault in report.faults:
            logger.warning("left out until it is mended: %s", fault)
