"""What owners do: let people and groups in and out, and look at what was asked."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from telegram import (
    BotCommandScopeChat,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    User,
)
from telegram.error import TelegramError

from footnote.bot.answers.exporting import export
from footnote.bot.answers.receipts import Gap
from footnote.bot.answers.usage import Day
from footnote.bot.composition import Footnote
from footnote.bot.links import start_link
from footnote.bot.people.codes import INVITATION, INVITATION_DAYS, Invitation
from footnote.bot.people.people import Group, Person, Role
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.people.menus import delete_menu
from footnote.bot.telegram.people.telegram_names import TelegramNames
from footnote.bot.telegram.rendering.excerpts import beginning
from footnote.bot.telegram.rendering.keyboards import Action, Press
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.bot.threads import run_in_thread

logger = logging.getLogger(__name__)

_INTRODUCED = (Role.EDITOR, Role.OWNER)  # whose commands are others than everybody's
_MAX_GAPS = 20
_MAX_DAYS = 14
_MAX_GAP_CHARACTERS = 200
_MAX_NAME_CHARACTERS = 40
_MAX_LABEL_CHARACTERS = 24  # a phone cuts longer labels off; the list above has the whole name
_IN_A_ROW = 3
_COUNTS = ("questions", "tokens_in", "tokens_out", "kept", "dropped")
_MAX_LISTED = 40  # people or groups with a button each; Telegram takes a hundred
_MAX_INVITATIONS = _MAX_SHUT_OUT = 20
View = tuple[Message, InlineKeyboardMarkup | None]


class Owners:
    """For owners only: whoever passes a command on has seen to that, of presses it is seen here."""

    def __init__(self, footnote: Footnote, delivery: Delivery, access: Access) -> None:
        self._footnote = footnote
        self._people = footnote.people
        self._delivery = delivery
        self._access = access
        self._run_in_db = footnote.state.run_in_db
        self._names = TelegramNames(delivery.bot)

    async def press(self, query: CallbackQuery, press: Press) -> None:
        """A button under an invitation or a list; the message shows what has become of it."""
        texts = texts_for(query.from_user.language_code)
        is_owner = await self._access.role(query.from_user.id) is Role.OWNER
        if query.message is None or not is_owner or len(press.numbers) != 1:
            await self._delivery.acknowledge(query, texts.owners_only)
            return
        await self._delivery.acknowledge(query)
        [number] = press.numbers
        if press.action is Action.INVITE:
            view = await self._run_in_db(self._invitation, number, query.from_user.id, texts)
        elif press.action is Action.DISMISS:
            await self._shut_out(number, query.from_user.id)
            view = await self._who_may(query.from_user, texts)
        elif press.action is Action.LET_IN:
            await self._run_in_db(self._people.let_in_again, number)
            view = await self._who_may(query.from_user, texts)
        elif press.action is Action.REVOKE:
            await self._run_in_db(self._people.revoke, number)
            view = await self._who_may(query.from_user, texts)
        else:
            view = await self._run_in_db(self._without_group, number, texts)
        await self._delivery.edit(ChatThread.of_press(query), query.message.message_id, *view)

    async def invite(self, incoming: IncomingMessage) -> None:
        labels = {
            Role.READER: incoming.texts.invite_reader,
            Role.EDITOR: incoming.texts.invite_editor,
        }
        rows = [[_button(label, Action.INVITE, role) for role, label in labels.items()]]
        await self._say(incoming, Message().add(incoming.texts.invite), InlineKeyboardMarkup(rows))

    async def list_people(self, incoming: IncomingMessage) -> None:
        await self._say_who_may(incoming, incoming.text)

    async def _say_who_may(self, incoming: IncomingMessage, words: str = "") -> None:
        user = incoming.message.from_user
        assert user is not None
        await self._say(incoming, *await self._who_may(user, incoming.texts, words))

    async def _who_may(self, owner: User, texts: Texts, words: str = "") -> View:
        names = await self._names.of(await self._run_in_db(self._unnamed))
        names = {**names, owner.id: owner.full_name}
        return await self._run_in_db(self._people_view, owner, names, texts, words)

    def _unnamed(self) -> list[int]:
        """People in the list who are called by their number."""
        named = [(person.id, person.name) for person in self._people.listed()]
        named += self._people.shut_out()
        return [user for user, name in named if name == str(user)]

    async def dismiss(self, incoming: IncomingMessage) -> None:
        """/dismiss and the number of a person, who need not have a role where everybody may ask."""
        user = _user_of(incoming.text)
        if user is None or user == incoming.person:
            await self._say(incoming, Message().add(incoming.texts.dismiss_how))
            return
        await self._shut_out(user, incoming.person)
        await self._say_who_may(incoming)

    async def admit(self, incoming: IncomingMessage) -> None:
        """/admit and the number of a person, who was dismissed or has never been let in."""
        user = _user_of(incoming.text)
        if user is None:
            await self._say(incoming, Message().add(incoming.texts.dismiss_how))
            return
        await self._run_in_db(self._people.let_in_again, user)
        await self._say_who_may(incoming)

    async def _shut_out(self, user: int, owner: int) -> None:
        if user == owner:  # nobody shuts themselves out by a slip of the finger
            return
        before = await self._access.role(user)
        await self._run_in_db(self._people.dismiss, user)
        if before in _INTRODUCED and await self._access.role(user) not in _INTRODUCED:
            await self._take_menu(user)

    async def _take_menu(self, user: int) -> None:
        """Somebody is no owner or editor any more: their commands are everybody's again."""
        try:
            await delete_menu(self._delivery.bot, BotCommandScopeChat(user))
        except TelegramError as error:
            logger.info("the commands of %d could not be taken away: %s", user, error.message)

    async def list_groups(self, incoming: IncomingMessage) -> None:
        await self._say(
            incoming, *await self._run_in_db(self._groups_view, incoming.texts, incoming.text)
        )

    async def open(self, incoming: IncomingMessage) -> None:
        await self._run_in_db(self._people.set_open, True)
        await self._say(incoming, Message().add(incoming.texts.opened))

    async def close(self, incoming: IncomingMessage) -> None:
        await self._run_in_db(self._people.set_open, False)
        by_settings = self._people.open_by_settings
        told = incoming.texts.open_by_settings if by_settings else incoming.texts.closed
        await self._say(incoming, Message().add(told))

    async def gaps(self, incoming: IncomingMessage) -> None:
        gaps = await self._run_in_db(self._gaps_found)
        message = _gaps_message(gaps, incoming.texts)
        if not gaps and await self._run_in_db(next, self._footnote.receipts.asked(), None) is None:
            message = Message().add(incoming.texts.nothing_to_export)
        await self._say(incoming, message)

    async def export(self, incoming: IncomingMessage) -> None:
        footnote = self._footnote
        content, count = await run_in_thread(export, footnote.receipts, footnote.feedback)
        if not count:
            await self._say(incoming, Message().add(incoming.texts.nothing_to_export))
            return
        await self._delivery.send_document(
            incoming.place,
            content,
            "questions.jsonl",
            caption=Message().add(incoming.texts.export(count)),
            key=f"export:{incoming.cause}",
        )

    async def usage(self, incoming: IncomingMessage) -> None:
        days = await self._run_in_db(self._footnote.usage.days, _MAX_DAYS)
        await self._say(incoming, _usage_message(days, incoming.texts))

    # What is shown

    def _gaps_found(self) -> list[Gap]:
        """Those of which no more people say that what came near answers than that it does not."""
        tally = self._footnote.feedback.tally
        return self._footnote.receipts.gaps(
            _MAX_GAPS, did_answer=lambda receipt: tally(receipt).up > tally(receipt).down
        )

    def _invitation(self, role: int, owner: int, texts: Texts) -> View:
        if role not in (Role.READER, Role.EDITOR):
            return Message().add(texts.unknown_button), None
        code = self._people.invite(Role(role), by=owner)
        link = start_link(self._delivery.bot.username, INVITATION + code)
        told = texts.invitation(role=_role(Role(role), texts), days=INVITATION_DAYS, link=link)
        return Message().add(told), None

    def _without_group(self, chat: int, texts: Texts) -> View:
        self._people.dismiss_group(chat)
        return self._groups_view(texts)

    def _people_view(self, owner: User, names: Mapping[int, str], texts: Texts, words: str) -> View:
        """Everybody with a role, or those whose names have the words in them; `names` are those of
        people who are called by their number."""
        listed = [
            replace(person, name=_called(person.id, person.name, names))
            for person in self._people.listed()
        ]
        people = [person for person in listed if _has(person.name, words)]
        invitations = [] if words else self._people.invitations()[:_MAX_INVITATIONS]
        shut_out = [
            (user, called)
            for user, name in self._people.shut_out()
            if _has(called := _called(user, name, names), words)
        ]
        if not (people or invitations or shut_out):
            return Message().add(texts.nobody), None
        message = Message().add(f"{texts.people}: {texts.number(len(people))}", MessageEntity.BOLD)
        for person in people[:_MAX_LISTED]:
            message.add(f"\n• {_name(person.name)} · {_role(person.role, texts)}")
            message.add(f" · {texts.by_settings}" if person.by_settings else "")
        _add_rest(message, len(people) - _MAX_LISTED, "/people", texts)
        dismissible = [p for p in people[:_MAX_LISTED] if not p.by_settings and p.id != owner.id]
        rows = _dismissals(dismissible, texts)
        if invitations:
            message.add(f"\n\n{texts.invitations}:", MessageEntity.BOLD)
            owners = {person.id: person.name for person in listed}
            for number, invitation in enumerate(invitations, start=1):
                message.add(f"\n{number}. {_told(invitation, owners, texts)}")
            revoke = [
                _button(texts.revoke(name=f"{number}."), Action.REVOKE, invitation.number)
                for number, invitation in enumerate(invitations, start=1)
            ]
            rows += [revoke[i : i + _IN_A_ROW] for i in range(0, len(revoke), _IN_A_ROW)]
        if shut_out:
            message.add(f"\n\n{texts.shut_out}: {texts.number(len(shut_out))}", MessageEntity.BOLD)
            for user, name in shut_out[:_MAX_SHUT_OUT]:
                message.add(f"\n• {_name(name)}")
                rows.append([_button(texts.let_in(name=_short(name)), Action.LET_IN, user)])
        return message, InlineKeyboardMarkup(rows) if rows else None

    def _groups_view(self, texts: Texts, words: str = "") -> View:
        groups = [group for group in self._people.groups() if _has(group.title, words)]
        if not groups:
            return Message().add(texts.no_groups), None
        message = Message().add(f"{texts.groups}: {texts.number(len(groups))}", MessageEntity.BOLD)
        for group in groups[:_MAX_LISTED]:
            message.add(f"\n• {_name(group.title)}")
            message.add(f" · {texts.by_settings}" if group.by_settings else "")
        _add_rest(message, len(groups) - _MAX_LISTED, "/groups", texts)
        dismissible = [group for group in groups[:_MAX_LISTED] if not group.by_settings]
        rows = _dismissals(dismissible, texts)
        return message, InlineKeyboardMarkup(rows) if rows else None

    async def _say(
        self,
        incoming: IncomingMessage,
        message: Message,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        await self._delivery.send(incoming.place, message, keyboard, key=f"answer:{incoming.cause}")


def _gaps_message(gaps: list[Gap], texts: Texts) -> Message:
    """What was not sure, what nothing was found on, and what is in another language, apart."""
    if not gaps:
        return Message().add(texts.no_gaps)
    message = Message()
    for why in ("nearest", "nothing", "language"):
        of_kind = [gap for gap in gaps if gap.why == why]
        if of_kind:
            message.add("\n\n" if message.text else "")
            message.add(getattr(texts, f"gaps_{why}"), MessageEntity.BOLD)
        for gap in of_kind:
            message.add(f"\n• {beginning(gap.question, _MAX_GAP_CHARACTERS)}")
            message.add(f" ×{gap.times}" if gap.times > 1 else "")
            message.add(f" · {datetime.fromtimestamp(gap.at, UTC):%Y-%m-%d}")
            if gap.previous:
                message.add(f"\n  ← {beginning(gap.previous, _MAX_GAP_CHARACTERS)}")
    return message


def _usage_message(days: list[Day], texts: Texts) -> Message:
    if not days:
        return Message().add(texts.no_usage)
    message = Message().add(texts.usage, MessageEntity.BOLD)
    for day in days:
        counts = {name: getattr(day, name) for name in _COUNTS}
        message.add("\n• " + texts.usage_day(day=day.day, **counts))
    return message


def _has(name: str, words: str) -> bool:
    return words.casefold() in name.casefold()


def _add_rest(message: Message, count: int, command: str, texts: Texts) -> None:
    """How many are not shown, and the command that finds them by a part of the name."""
    if count > 0:
        message.add(f"\n{texts.more(count)} ({command} …)")


def _told(invitation: Invitation, names: Mapping[int, str], texts: Texts) -> str:
    """For what, of whom and until when it is."""
    day = f"{datetime.fromtimestamp(invitation.until, UTC):%Y-%m-%d}"
    by = [_name(names.get(invitation.by, str(invitation.by)))] if invitation.by else []
    return " · ".join([_role(Role(invitation.rank), texts), *by, texts.good_until(day=day)])


def _user_of(text: str) -> int | None:
    """The number of a person as Telegram has them, if it is one."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 15 else None


def _dismissals(of: list[Person] | list[Group], texts: Texts) -> list[list[InlineKeyboardButton]]:
    rows = []
    for known in of:
        name, action, number = (
            (known.name, Action.DISMISS, known.id)
            if isinstance(known, Person)
            else (known.title, Action.DISMISS_GROUP, known.chat)
        )
        rows.append([_button(texts.dismiss(name=_short(name)), action, number)])
    return rows


def _button(text: str, action: Action, number: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=Press(action, "", (number,)).data)


def _role(role: Role, texts: Texts) -> str:
    return {Role.OWNER: texts.owner, Role.EDITOR: texts.editor, Role.READER: texts.reader}[role]


def _called(user: int, name: str, names: Mapping[int, str]) -> str:
    return names.get(user, name) if name == str(user) else name


def _name(name: str) -> str:
    return beginning(name, _MAX_NAME_CHARACTERS)


def _short(name: str) -> str:
    return beginning(name, _MAX_LABEL_CHARACTERS)
