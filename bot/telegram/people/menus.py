"""The menus of commands that Telegram shows, in each language that the bot speaks."""

from collections.abc import Callable

from telegram import Bot, BotCommand, BotCommandScope

from footnote.bot.telegram.texts import LANGUAGES, Texts

MenuOf = Callable[[Texts], list[BotCommand]]


async def set_menu(bot: Bot, scope: BotCommandScope, menu_of: MenuOf) -> None:
    for language, texts in LANGUAGES.items():
        await bot.set_my_commands(menu_of(texts), scope, telegram_code(language))


async def delete_menu(bot: Bot, scope: BotCommandScope) -> None:
    """Have the menu of everybody shown there again."""
    for language in LANGUAGES:
        await bot.delete_my_commands(scope, telegram_code(language))


def telegram_code(language: str) -> str | None:
    """English is for everybody whose language has no texts of its own."""
    return None if language == "en" else language
