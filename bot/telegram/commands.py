"""The commands: one table, which the menus, /help and dispatch read.

`CommandHandler` of python-telegram-bot is not used: what obeys a command has to see captions and
edits too, to leave forwarded commands to what takes texts, and to look first at what the person was
asked to send (`private.py`, `groups.py`).
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Flag, auto
from functools import partial

from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardButton
from telegram.error import TelegramError

from footnote.bot.people.people import Role
from footnote.bot.people.sessions import telegram_holder
from footnote.bot.telegram.features import Features
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.people.menus import set_menu
from footnote.bot.telegram.rendering.keyboards import rows
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.texts import Texts
from footnote.bot.texts.base import translatable
from footnote.bot.web.app_keys import Origin
from footnote.bot.web.sign_in import link_for

logger = logging.getLogger(__name__)

Handler = Callable[[Features, IncomingMessage], Awaitable[None]]


class Menu(Flag):
    """Where Telegram shows a command: in private to whoever may use it, in groups to everybody."""

    NONE = 0
    PRIVATE = auto()
    GROUPS = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """A name, and who does what about it.

    `menu` and `description` (at most 256 characters) are for Telegram's menus, `help` is a line of
    /help. `role` is what one has to be in private, where `private` is called; in groups everybody
    may use what has a `group`, and that looks at the role itself.
    """

    name: str
    description: str | None = None
    help: str | None = None
    role: Role = Role.READER
    menu: Menu = Menu.NONE
    private: Handler | None = None
    group: Handler | None = None
    refusal: str | None = None  # where it is not what everybody without the role is told

    def is_for(self, role: Role | None) -> bool:
        """Whether somebody of this role may use it, if they may ask."""
        return self.role is Role.READER or (role is not None and role >= self.role)


# What they do, where no feature does it by itself


async def _start(features: Features, incoming: IncomingMessage) -> None:
    role = await features.access.role(incoming.person)
    await features.say(incoming, introduction(features, role, incoming.texts))
    if role is not None:  # Telegram takes their commands once they have written
        await introduce_to(features.delivery.bot, incoming.person, role)


async def _help(features: Features, incoming: IncomingMessage) -> None:
    role = await features.access.role(incoming.person)
    await features.say(incoming, help_for(role, incoming.texts))


async def _ask(features: Features, incoming: IncomingMessage) -> None:
    if incoming.text:
        await features.asking.ask(incoming)
    else:
        await features.say(incoming, incoming.texts.ask_how)


async def _ask_in_group(features: Features, incoming: IncomingMessage) -> None:
    if await features.takes_title(incoming):
        return
    if incoming.text:
        await features.asking.ask(incoming)
    else:
        await features.asking.say(incoming, Message().add(incoming.texts.ask_how))


async def _start_afresh(features: Features, incoming: IncomingMessage) -> None:
    footnote = features.footnote
    await footnote.state.run_in_db(footnote.receipts.start_afresh, str(incoming.place))
    await features.say(incoming, incoming.texts.new)


async def _list_articles(features: Features, incoming: IncomingMessage) -> None:
    if not incoming.edited:
        await features.articles.command(incoming)


async def _open_pages(features: Features, incoming: IncomingMessage) -> None:
    """A button that opens the pages once, as this person; it ends up in no preview."""
    footnote, texts = features.footnote, incoming.texts
    url = footnote.settings.web_url
    if not url:
        await features.say(incoming, texts.no_pages)
        return
    holder = telegram_holder(incoming.person)
    link = await footnote.state.run_in_db(link_for, footnote.sessions, Origin(url), holder)
    button = InlineKeyboardButton(texts.open, url=link)
    await features.say(incoming, texts.pages_here, rows([button]))


async def _admit_group(features: Features, incoming: IncomingMessage) -> None:
    if await _is_of_an_owner_by_name(features, incoming):
        people, chat = features.footnote.people, incoming.message.chat
        await features.footnote.state.run_in_db(people.admit, chat.id, chat.title or "")
        await features.asking.say(incoming, Message().add(incoming.texts.group_hello))


async def _dismiss_group(features: Features, incoming: IncomingMessage) -> None:
    if await _is_of_an_owner_by_name(features, incoming):
        people, chat = features.footnote.people, incoming.message.chat
        await features.footnote.state.run_in_db(people.dismiss_group, chat.id, chat.title or "")
        await features.asking.say(incoming, Message().add(incoming.texts.group_dismissed))


async def _is_of_an_owner_by_name(features: Features, incoming: IncomingMessage) -> bool:
    """Whether to obey; who may not is told why, unless the bot is to be silent there."""
    people, chat, texts = features.footnote.people, incoming.message.chat, incoming.texts
    run_in_db = features.footnote.state.run_in_db
    if incoming.edited:
        return False
    if incoming.message.sender_chat == chat:
        await features.asking.say(incoming, Message().add(texts.by_name))
        return False
    if incoming.is_named and await features.access.role(incoming.person) is Role.OWNER:
        return True
    if incoming.called or await run_in_db(people.may_ask_in, chat.id):
        await features.asking.say(incoming, Message().add(texts.owners_only))
    return False


_BOTH = Menu.PRIVATE | Menu.GROUPS
_EDITORS, _OWNERS = Role.EDITOR, Role.OWNER
_TABLE = (
    Command("start", private=_start),
    Command(
        "ask", translatable("Ask a question"), menu=Menu.GROUPS, private=_ask, group=_ask_in_group
    ),
    Command(
        "new", translatable("Begin a new conversation"), translatable("/new starts afresh"),
        menu=Menu.PRIVATE, private=_start_afresh,
    ),
    Command(
        "check", translatable("See what supports a claim"),
        translatable("/check looks for what supports a claim"),
        menu=_BOTH,
        private=lambda features, incoming: features.asking.check(incoming),
        group=lambda features, incoming: features.asking.check(incoming),
    ),
    Command(
        "articles", translatable("List the articles"), translatable("/articles lists the articles"),
        menu=_BOTH, private=_list_articles, group=_list_articles,
    ),
    Command("help", translatable("What I can do"), menu=Menu.PRIVATE, private=_help),
    Command("web", private=_open_pages),
    Command("cancel", private=lambda features, incoming: features.replies.cancel(incoming)),
    Command(
        "add", translatable("Add an article"),
        translatable("/add takes links too, or the message that you reply to with it"),
        role=_EDITORS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.submissions.add(incoming),
        group=lambda features, incoming: features.submissions.add(incoming),
    ),
    Command(
        "undo", translatable("Take back the last change of the articles"),
        translatable("/undo takes back the last change of the articles"),
        role=_EDITORS, menu=Menu.PRIVATE, refusal=Texts.editors_only.english,
        private=lambda features, incoming: features.changing.undo(incoming),
    ),
    Command(
        "follow", translatable("Take what is new in a feed"),
        translatable("/follow takes what is new in a feed from now on, /unfollow ends that"),
        role=_EDITORS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.submissions.follow(incoming),
    ),
    Command(
        "unfollow", translatable("No longer follow a feed"),
        role=_EDITORS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.submissions.follows.unfollow(incoming),
    ),
    Command(
        "gaps", translatable("What I wasn't sure of, or found nothing on"),
        translatable("/gaps shows what I wasn't sure of, and what I found nothing on"),
        role=_OWNERS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.owners.gaps(incoming),
    ),
    Command(
        "export", translatable("Questions, answers and feedback as a file"),
        translatable("/export sends questions, answers and feedback as a file"),
        role=_OWNERS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.owners.export(incoming),
    ),
    Command(
        "invite", translatable("Let somebody in"),
        translatable("/invite lets somebody in, /people shows who is"),
        role=_OWNERS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.owners.invite(incoming),
    ),
    Command(
        "people", translatable("Who may ask"),
        role=_OWNERS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.owners.list_people(incoming),
    ),
    Command(
        "groups", translatable("Groups where I answer"),
        translatable("/groups shows where I answer; add me to a group to let it in"),
        role=_OWNERS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.owners.list_groups(incoming),
    ),
    Command(
        "open", translatable("Let everybody ask"),
        translatable("/open lets everybody ask, /close ends that"),
        role=_OWNERS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.owners.open(incoming),
    ),
    Command(
        "close", translatable("Let only invited people ask"),
        role=_OWNERS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.owners.close(incoming),
    ),
    Command(
        "usage", translatable("What the language model costs"),
        translatable("/usage shows what the language model costs"),
        role=_OWNERS, menu=Menu.PRIVATE,
        private=lambda features, incoming: features.owners.usage(incoming),
    ),
    Command(
        "admit", role=_OWNERS, refusal=Texts.only_in_groups.english, group=_admit_group,
        private=lambda features, incoming: features.owners.admit(incoming),
    ),
    Command(
        "dismiss", help=Texts.dismiss_how.english,
        role=_OWNERS, refusal=Texts.only_in_groups.english, group=_dismiss_group,
        private=lambda features, incoming: features.owners.dismiss(incoming),
    ),
)  # fmt: skip
COMMANDS = {command.name: command for command in _TABLE}
"""In the order in which they are shown."""


async def obey(features: Features, incoming: IncomingMessage, role: Role | None) -> None:
    """Do in private what a command asks for; one that is unknown, or another bot's, gets help."""
    command = None if incoming.for_other else COMMANDS.get(incoming.command or "")
    if command is None or command.private is None:
        told = f"{incoming.texts.unknown_command}\n\n{help_for(role, incoming.texts)}"
        await features.say(incoming, told)
    elif command.is_for(role):
        await command.private(features, incoming)
    else:
        usual = Texts.owners_only if command.role is Role.OWNER else Texts.only_editors
        await features.say(incoming, incoming.texts.translate(command.refusal or usual.english))


def introduction(features: Features, role: Role | None, texts: Texts) -> str:
    """What the bot is, in answer to /start, and how somebody of this role adds articles."""
    adds = role is not None and role >= Role.EDITOR
    return texts.introduction(writes=features.footnote.writes, adds=adds)


def help_for(role: Role | None, texts: Texts) -> str:
    """Everybody's, and what else the role lets them do."""
    told = [texts.help, _help_lines(Role.READER, texts), texts.help_kept]
    if role is not None and role >= Role.EDITOR:
        told.append(f"{texts.help_editor}\n{_help_lines(Role.EDITOR, texts)}")
    if role is Role.OWNER:
        told.append(f"{texts.help_owner}\n{_help_lines(Role.OWNER, texts)}")
    return "\n\n".join(told)


def menu_of(menu: Menu, role: Role | None, texts: Texts) -> list[BotCommand]:
    """What stands in a menu for somebody of this role: everybody's commands first."""
    shown = [c for c in _TABLE if menu in c.menu and c.is_for(role)]
    return [
        BotCommand(command.name, texts.translate(command.description))
        for command in sorted(shown, key=lambda command: command.role)
        if command.description is not None
    ]


async def introduce_to(bot: Bot, user: int, role: Role) -> None:
    """Show an editor or an owner their commands too, if they have written to the bot before."""
    if role < Role.EDITOR:
        return
    try:
        await set_menu(bot, BotCommandScopeChat(user), partial(menu_of, Menu.PRIVATE, role))
    except TelegramError as error:
        logger.info("the commands of %d could not be registered: %s", user, error.message)


def _help_lines(role: Role, texts: Texts) -> str:
    lines = (texts.translate(c.help) for c in _TABLE if c.role is role and c.help is not None)
    return "\n".join(lines)
