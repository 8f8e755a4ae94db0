"""How the bot introduces itself to Telegram: commands and descriptions."""

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.composition import Footnote
from bot.telegram import texts

logger = logging.getLogger(__name__)


async def introduce(bot: Bot, footnote: Footnote) -> None:
    """Register the commands and descriptions, and say in the log that the bot is there."""
    settings = footnote.settings
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
