"""How the bot introduces itself: commands and descriptions to Telegram, a code to its owner."""

import hashlib
import json
import logging
import sys
from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from footnote.bot.composition import Footnote
from footnote.bot.links import start_link
from footnote.bot.people.people import Role
from footnote.bot.state import State
from footnote.bot.telegram.texts import LANGUAGES, Texts

logger = logging.getLogger(__name__)

PRIVATE_COMMANDS = ("new", "check", "articles", "help")
GROUP_COMMANDS = ("ask", "check", "articles")
EDITORS_COMMANDS = ("add", "undo", "follow", "unfollow")
OWNERS_COMMANDS = ("gaps", "export", "invite", "people", "groups", "open", "close", "usage")
_SCOPES = {
    PRIVATE_COMMANDS: BotCommandScopeAllPrivateChats(),
    GROUP_COMMANDS: BotCommandScopeAllGroupChats(),
}
_STEPS = (
    """
CREATE TABLE introduced (
    bot INTEGER PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT;
""",
)


async def introduce(bot: Bot, footnote: Footnote) -> None:
    """Register the commands and descriptions where they have changed since it was done last."""
    known = [(p.id, p.role) for p in footnote.people.listed() if p.role >= Role.EDITOR]
    digest = _digest(known)
    if _introduced(footnote.state, bot.id) != digest:
        try:
            await _register(bot)
            with footnote.state.transaction() as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO introduced VALUES (?, ?)", (bot.id, digest)
                )
        except TelegramError as error:
            logger.warning("the commands could not be registered: %s", error.message)
        for user, role in known:
            await introduce_to(bot, user, role)
    logger.info("listening as @%s; Ctrl-C stops it", bot.username)
    if code := footnote.people.owner_code():
        _tell_code(bot.username, code)


async def introduce_to(bot: Bot, user: int, role: Role) -> None:
    """Show an editor or an owner their commands too, if they have written to the bot before."""
    if role < Role.EDITOR:
        return
    of_owners = OWNERS_COMMANDS if role is Role.OWNER else ()
    names = (*PRIVATE_COMMANDS, *EDITORS_COMMANDS, *of_owners)
    try:
        for language, texts in LANGUAGES.items():
            commands = _commands(names, texts)
            await bot.set_my_commands(commands, BotCommandScopeChat(user), _code(language))
    except TelegramError as error:
        logger.info("the commands of %d could not be registered: %s", user, error.message)


async def forget(bot: Bot, user: int) -> None:
    """Somebody is no owner or editor any more: their commands are everybody's again."""
    try:
        for language in LANGUAGES:
            await bot.delete_my_commands(BotCommandScopeChat(user), _code(language))
    except TelegramError as error:
        logger.info("the commands of %d could not be taken away: %s", user, error.message)


async def _register(bot: Bot) -> None:
    for language, texts in LANGUAGES.items():
        for names, scope in _SCOPES.items():
            await bot.set_my_commands(_commands(names, texts), scope, _code(language))
        await bot.set_my_description(texts.description, _code(language))
        await bot.set_my_short_description(texts.short_description, _code(language))


def _commands(names: Sequence[str], texts: Texts) -> list[BotCommand]:
    return [BotCommand(name, getattr(texts, f"command_{name}")) for name in names]


def _code(language: str) -> str | None:
    """English is for everybody whose language has no texts of its own."""
    return None if language == "en" else language


def _introduced(state: State, bot: int) -> str | None:
    state.migrate("introduction", _STEPS)
    rows = state.rows("SELECT digest FROM introduced WHERE bot = ?", bot)
    return rows[0][0] if rows else None


def _digest(known: Sequence[tuple[int, Role]]) -> str:
    """Of all that is registered, in an order that does not change."""
    told: list[object] = [
        [language, names, texts.description, texts.short_description]
        + [getattr(texts, f"command_{name}") for name in names]
        for language, texts in LANGUAGES.items()
        for names in (*_SCOPES, EDITORS_COMMANDS, OWNERS_COMMANDS)
    ]
    return hashlib.sha256(json.dumps([told, sorted(known)]).encode()).hexdigest()


def _tell_code(bot: str, code: str) -> None:
    """To the terminal only: whoever reads the log later shall not own the bot."""
    print(
        f"\nThis bot has no owner yet. To own it, open {start_link(bot, code)}\n"
        f"or write to @{bot}:  /start {code}\nThe code is good once, until the bot is stopped.\n",
        file=sys.stderr,
        flush=True,
    )
