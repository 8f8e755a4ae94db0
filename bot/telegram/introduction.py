"""How the bot introduces itself: commands and descriptions to Telegram, a code to its owner."""

import hashlib
import json
import logging
import sys
from functools import partial

from sqlalchemy import select
from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from footnote.bot.composition import Footnote
from footnote.bot.database.tables import introduced
from footnote.bot.links import start_link
from footnote.bot.people.people import People, Role
from footnote.bot.state import State
from footnote.bot.telegram.commands import Menu, introduce_to, menu_of
from footnote.bot.telegram.people.menus import set_menu, telegram_code
from footnote.bot.telegram.texts import LANGUAGES
from footnote.index.database.upsert import put

logger = logging.getLogger(__name__)

_MENUS = {
    Menu.PRIVATE: BotCommandScopeAllPrivateChats(),
    Menu.GROUPS: BotCommandScopeAllGroupChats(),
}


async def introduce(bot: Bot, footnote: Footnote) -> None:
    """Register the commands and descriptions where they have changed since it was done last."""
    known = _known(footnote.people)
    digest = digest_of(footnote.people)
    if _introduced(footnote.state, bot.id) != digest:
        try:
            await _register(bot)
            with footnote.state.transaction() as connection:
                put(connection, introduced, {"bot": bot.id, "digest": digest})
        except TelegramError as error:
            logger.warning("the commands could not be registered: %s", error.message)
        for user, role in known:
            await introduce_to(bot, user, role)
    logger.info("listening as @%s; Ctrl-C stops it", bot.username)
    if code := footnote.people.owner_code():
        _tell_code(bot.username, code)


async def _register(bot: Bot) -> None:
    for menu, scope in _MENUS.items():
        await set_menu(bot, scope, partial(menu_of, menu, None))
    for language, texts in LANGUAGES.items():
        await bot.set_my_description(texts.description, telegram_code(language))
        await bot.set_my_short_description(texts.short_description, telegram_code(language))


def _introduced(state: State, bot: int) -> str | None:
    rows = state.rows(select(introduced.c.digest).where(introduced.c.bot == bot))
    return rows[0][0] if rows else None


def _known(people: People) -> list[tuple[int, Role]]:
    return sorted((p.id, p.role) for p in people.listed() if p.role >= Role.EDITOR)


def digest_of(people: People) -> str:
    """Of all that is registered, in an order that does not change."""
    told: list[object] = [
        [language, texts.description, texts.short_description]
        + [
            [command.to_dict() for command in menu_of(menu, role, texts)]
            for menu, role in (*((menu, None) for menu in _MENUS), (Menu.PRIVATE, Role.OWNER))
        ]
        for language, texts in LANGUAGES.items()
    ]
    return hashlib.sha256(json.dumps([told, _known(people)]).encode()).hexdigest()


def _tell_code(bot: str, code: str) -> None:
    """To the terminal only: whoever reads the log later shall not own the bot."""
    print(
        f"\nThis bot has no owner yet. To own it, open {start_link(bot, code)}\n"
        f"or write to @{bot}:  /start {code}\nThe code is good once, until the bot is stopped.\n",
        file=sys.stderr,
        flush=True,
    )
