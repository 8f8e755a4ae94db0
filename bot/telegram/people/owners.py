"""What owners do: let people and groups in and out, and look at what was asked."""

import asyncio
from datetime import UTC, datetime

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.answers.exporting import export
from bot.answers.receipts import Gap
from bot.answers.usage import Day
from bot.composition import Footnote
from bot.people.codes import INVITATION_DAYS
from bot.people.people import Group, Person, Role
from bot.telegram.people.access import Access
from bot.telegram.people.introduction import forget
from bot.telegram.place import Place
from bot.telegram.rendering.excerpts import beginning
from bot.telegram.rendering.keyboards import Act, Press
from bot.telegram.rendering.links import start_link
from bot.telegram.rendering.message import Message
from bot.telegram.said import Said
from bot.telegram.sending.delivery import Delivery
from bot.telegram.texts import Texts, texts_for

_INTRODUCED = (Role.EDITOR, Role.OWNER)  # whose commands are others than everybody's
_MOST_GAPS = 20
_MOST_DAYS = 14
_MOST_GAP_CHARACTERS = 200
_MOST_NAME_CHARACTERS = 40
_COUNTS = ("questions", "tokens_in", "tokens_out", "kept", "dropped")
_MOST_LISTED = 40  # people or groups with a button each; Telegram takes a hundred
View = tuple[Message, InlineKeyboardMarkup | None]
INVITATION = "i_"
"""What the payload of an invitation's link begins with; the code follows."""


class Owners:
    """For owners only: whoever passes a command on has seen to that, of presses it is seen here."""

    def __init__(self, footnote: Footnote, delivery: Delivery, access: Access) -> None:
        self._footnote = footnote
        self._people = footnote.people
        self._delivery = delivery
        self._access = access
        self._aside = footnote.state.aside

    async def command(self, said: Said) -> bool:
        """Obey a command of owners; whether it is one."""
        act = {
            "invite": self._invite,
            "people": self._list_people,
            "groups": self._list_groups,
            "open": self._open,
            "close": self._close,
            "gaps": self._gaps,
            "export": self._export,
            "usage": self._usage,
        }.get(said.command or "")
        if act is None:
            return False
        await act(said)
        return True

    async def press(self, query: CallbackQuery, press: Press) -> None:
        """A button under an invitation or a list; the message shows what has become of it."""
        texts = texts_for(query.from_user.language_code)
        is_owner = await self._access.role(query.from_user.id) is Role.OWNER
        if query.message is None or not is_owner or len(press.numbers) != 1:
            await self._delivery.acknowledge(query, texts.owners_only)
            return
        await self._delivery.acknowledge(query)
        [number] = press.numbers
        if press.act is Act.INVITE:
            view = await self._aside(self._invitation, number, self._delivery.bot.username, texts)
        elif press.act is Act.DISMISS:
            before = await self._access.role(number)
            view = await self._aside(self._without, number, query.from_user.id, texts)
            if before in _INTRODUCED and await self._access.role(number) not in _INTRODUCED:
                await forget(self._delivery.bot, number)
        else:
            view = await self._aside(self._without_group, number, texts)
        await self._delivery.edit(Place.of_press(query), query.message.message_id, *view)

    async def _invite(self, said: Said) -> None:
        labels = {
            Role.READER: said.texts.invite_reader,
            Role.EDITOR: said.texts.invite_editor,
        }
        rows = [[_button(label, Act.INVITE, role) for role, label in labels.items()]]
        await self._say(said, Message().add(said.texts.invite), InlineKeyboardMarkup(rows))

    async def _list_people(self, said: Said) -> None:
        user = said.message.from_user
        assert user is not None
        view = await self._aside(self._people_view, user.id, said.texts, said.text)
        await self._say(said, *view)

    async def _list_groups(self, said: Said) -> None:
        await self._say(said, *await self._aside(self._groups_view, said.texts, said.text))

    async def _open(self, said: Said) -> None:
        await self._aside(self._people.set_open, True)
        await self._say(said, Message().add(said.texts.opened))

    async def _close(self, said: Said) -> None:
        await self._aside(self._people.set_open, False)
        by_settings = self._people.open_by_settings
        told = said.texts.open_by_settings if by_settings else said.texts.closed
        await self._say(said, Message().add(told))

    async def _gaps(self, said: Said) -> None:
        gaps = await self._aside(self._gaps_found)
        message = _gaps_message(gaps, said.texts)
        if not gaps and await self._aside(next, self._footnote.receipts.asked(), None) is None:
            message = Message().add(said.texts.nothing_to_export)
        await self._say(said, message)

    async def _export(self, said: Said) -> None:
        footnote = self._footnote
        content, count = await asyncio.to_thread(export, footnote.receipts, footnote.feedback)
        if not count:
            await self._say(said, Message().add(said.texts.nothing_to_export))
            return
        await self._delivery.send_document(
            said.place,
            content,
            "questions.jsonl",
            caption=Message().add(said.texts.export.format(count=f"{count:,}")),
            key=f"export:{said.cause}",
        )

    async def _usage(self, said: Said) -> None:
        days = await self._aside(self._footnote.usage.days, _MOST_DAYS)
        await self._say(said, _usage_message(days, said.texts))

    # What is shown

    def _gaps_found(self) -> list[Gap]:
        """Those of which no more people say that what came near answers than that it does not."""
        tally = self._footnote.feedback.tally
        return self._footnote.receipts.gaps(
            _MOST_GAPS, did_answer=lambda receipt: tally(receipt).up > tally(receipt).down
        )

    def _invitation(self, role: int, bot: str, texts: Texts) -> View:
        if role not in (Role.READER, Role.EDITOR):
            return Message().add(texts.unknown_button), None
        link = start_link(bot, INVITATION + self._people.invite(Role(role)))
        told = texts.invitation.format(
            role=_role(Role(role), texts), days=INVITATION_DAYS, link=link
        )
        return Message().add(told), None

    def _without(self, user: int, owner: int, texts: Texts) -> View:
        if user != owner:  # nobody shuts themselves out by a slip of the finger
            self._people.dismiss(user)
        return self._people_view(owner, texts)

    def _without_group(self, chat: int, texts: Texts) -> View:
        self._people.dismiss_group(chat)
        return self._groups_view(texts)

    def _people_view(self, owner: int, texts: Texts, words: str = "") -> View:
        """Everybody with a role, or those whose names have the words in them."""
        people = [person for person in self._people.listed() if _has(person.name, words)]
        if not people:
            return Message().add(texts.nobody), None
        message = Message().add(f"{texts.people}: {len(people):,}", MessageEntity.BOLD)
        for person in people[:_MOST_LISTED]:
            message.add(f"\n• {_name(person.name)} · {_role(person.role, texts)}")
            message.add(f" · {texts.by_settings}" if person.by_settings else "")
        _add_rest(message, len(people) - _MOST_LISTED, "/people", texts)
        listed = people[:_MOST_LISTED]
        dismissible = [p for p in listed if not p.by_settings and p.id != owner]
        return message, _dismissals(dismissible, texts)

    def _groups_view(self, texts: Texts, words: str = "") -> View:
        groups = [group for group in self._people.groups() if _has(group.title, words)]
        if not groups:
            return Message().add(texts.no_groups), None
        message = Message().add(f"{texts.groups}: {len(groups):,}", MessageEntity.BOLD)
        for group in groups[:_MOST_LISTED]:
            message.add(f"\n• {_name(group.title)}")
            message.add(f" · {texts.by_settings}" if group.by_settings else "")
        _add_rest(message, len(groups) - _MOST_LISTED, "/groups", texts)
        dismissible = [group for group in groups[:_MOST_LISTED] if not group.by_settings]
        return message, _dismissals(dismissible, texts)

    async def _say(
        self, said: Said, message: Message, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        await self._delivery.send(said.place, message, keyboard, key=f"answer:{said.cause}")


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
            message.add(f"\n• {beginning(gap.question, _MOST_GAP_CHARACTERS)}")
            message.add(f" ×{gap.times}" if gap.times > 1 else "")
            message.add(f" · {datetime.fromtimestamp(gap.at, UTC):%Y-%m-%d}")
            if gap.previous:
                message.add(f"\n  ← {beginning(gap.previous, _MOST_GAP_CHARACTERS)}")
    return message


def _usage_message(days: list[Day], texts: Texts) -> Message:
    if not days:
        return Message().add(texts.no_usage)
    message = Message().add(texts.usage, MessageEntity.BOLD)
    for day in days:
        counts = {name: f"{getattr(day, name):,}" for name in _COUNTS}
        message.add("\n• " + texts.usage_day.format(day=day.day, **counts))
    return message


def _has(name: str, words: str) -> bool:
    return words.casefold() in name.casefold()


def _add_rest(message: Message, count: int, command: str, texts: Texts) -> None:
    """How many are not shown, and the command that finds them by a part of the name."""
    if count > 0:
        message.add(f"\n{texts.more.format(count=f'{count:,}')} ({command} …)")


def _dismissals(of: list[Person] | list[Group], texts: Texts) -> InlineKeyboardMarkup | None:
    rows = []
    for known in of:
        name, act, number = (
            (known.name, Act.DISMISS, known.id)
            if isinstance(known, Person)
            else (known.title, Act.DISMISS_GROUP, known.chat)
        )
        rows.append([_button(texts.dismiss.format(name=_name(name)), act, number)])
    return InlineKeyboardMarkup(rows) if rows else None


def _button(text: str, act: Act, number: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=Press(act, "", (number,)).data)


def _role(role: Role, texts: Texts) -> str:
    return {Role.OWNER: texts.owner, Role.EDITOR: texts.editor, Role.READER: texts.reader}[role]


def _name(name: str) -> str:
    return beginning(name, _MOST_NAME_CHARACTERS)
