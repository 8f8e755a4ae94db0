"""Running the bot: from its token until it is stopped, every end in a plain sentence."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot
from telegram.request import HTTPXRequest

from bot.composition import Footnote
from bot.errors import BotStopped
from bot.following import follow_folder
from bot.settings import TOKEN
from bot.telegram import texts
from bot.telegram.handlers import Handlers

logger = logging.getLogger(__name__)

UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY]
_AT_ONCE = 64
_BEAT_SECONDS = 30
App = Application[Any, Any, Any, Any, Any, Any]


def run_bot(footnote: Footnote) -> None:
    """Poll Telegram and answer until SIGINT or SIGTERM; returns then.

    Raises BotStopped where the token is refused, Telegram can't be reached at the start, or
    another program polls with the same token.
    """
    stopped: list[BotStopped] = []
    root = _root(footnote)
    # What cannot be used should be told now, not to the first who asks; nor should the first
    # question wait for the weights to be read.
    _ = footnote.receipts
    footnote.passage_index.model.embed_query("ready")
    application = bot_application(footnote, stopped.append)
    try:
        application.run_polling(allowed_updates=UPDATES)
    except InvalidToken:
        raise _refused(root) from None
    except NetworkError as error:
        raise BotStopped(
            f"{root} can't be reached ({error.message}): look at the network, or at"
            " FOOTNOTE_TELEGRAM_API_URL"
        ) from error
    except TelegramError as error:
        raise BotStopped(
            f"{root} did not let the bot begin ({error.message}): try again, or look at"
            " FOOTNOTE_TELEGRAM_API_URL"
        ) from error
    if stopped:
        raise stopped[0]


def bot_application(footnote: Footnote, stop: Callable[[BotStopped], None]) -> App:
    """The bot, put together and not yet running; `stop` is told why it ends by itself, if so."""
    tasks: list[asyncio.Task[None]] = []

    async def begun(application: App) -> None:
        await _introduce(application, footnote)
        # Not tasks of the application's: it would wait for their end before it stops.
        tasks.append(asyncio.create_task(follow_folder(footnote)))
        tasks.append(asyncio.create_task(_show_life(footnote.settings.home / "alive")))

    async def ended(application: App) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def polling_failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        if isinstance(context.error, Conflict):
            stop(
                BotStopped(
                    "another program is asking Telegram for this bot's messages: stop that one,"
                    " or get a token of its own for this one from @BotFather"
                )
            )
            context.application.stop_running()
        elif update is None:
            logger.warning("asking Telegram for messages failed, trying again: %s", context.error)

    def refused() -> None:
        stop(_refused(_root(footnote)))
        application.stop_running()

    application = (
        ApplicationBuilder()
        .bot(_Bot(footnote, refused))
        .concurrent_updates(_AT_ONCE)
        .post_init(begun)
        .post_shutdown(ended)
        .build()
    )
    Handlers(footnote).register(application)
    application.add_error_handler(polling_failed)
    return application


class _Bot(ExtBot[None]):
    """Tells when the token is refused while polling: the library would stop asking in silence."""

    def __init__(self, footnote: Footnote, refused: Callable[[], None]) -> None:
        token, root = footnote.settings.telegram_bot_token, _root(footnote)
        assert token is not None
        super().__init__(
            token.get_secret_value(),
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=HTTPXRequest(connection_pool_size=4 * _AT_ONCE),
            get_updates_request=HTTPXRequest(connection_pool_size=1),
        )
        self._refused = refused

    async def get_updates(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        try:
            return await super().get_updates(*args, **options)
        except InvalidToken:
            self._refused()
            raise


async def _show_life(file: Path) -> None:
    """Renew a file for as long as this loop goes round; a container's health check looks at it."""
    while True:
        try:
            file.touch()
        except OSError as error:
            logger.warning("%s could not be renewed: %s", file, error.strerror)
        await asyncio.sleep(_BEAT_SECONDS)


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


def _root(footnote: Footnote) -> str:
    return footnote.settings.telegram_api_url.rstrip("/")


def _refused(root: str) -> BotStopped:
    return BotStopped(
        f"{root} does not know this token: copy {TOKEN} again from @BotFather, and look at"
        " FOOTNOTE_TELEGRAM_API_URL if you have set it"
    )
