"""Who may see what: a receipt is opened in its own chat, and by people of the group it is of."""

import logging

from telegram import CallbackQuery, ChatMember
from telegram import Message as TelegramMessage
from telegram.error import TelegramError

from footnote.bot.answers.receipts import Receipt
from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.sending.delivery import Delivery

logger = logging.getLogger(__name__)

_MEMBERS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED)


class Access:
    """Looks at who has what role, which groups are admitted, and whose a receipt is."""

    def __init__(self, footnote: Footnote, delivery: Delivery) -> None:
        self._footnote = footnote
        self._delivery = delivery
        self._people = footnote.people
        self._run_in_db = footnote.state.run_in_db

    async def role(self, user: int) -> Role | None:
        return await self._run_in_db(self._people.role, user)

    async def may_add(self, incoming: IncomingMessage) -> bool:
        """Editors and owners may, by name."""
        role = await self.role(incoming.person) if incoming.is_named else None
        return role is not None and role >= Role.EDITOR

    async def may_send(self, incoming: IncomingMessage) -> bool:
        """Whether what they send here is taken for an article: in private, of who may add."""
        return not incoming.place.is_group and await self.may_add(incoming)

    async def may_ask(self, user: int, chat: int) -> bool:
        """In private whoever has been let in, in a group that has been let in everybody; whoever
        was dismissed, in neither."""
        if ChatThread(chat).is_group:
            shut_out = await self._run_in_db(self._people.is_shut_out, user)
            return not shut_out and await self._run_in_db(self._people.may_ask_in, chat)
        return await self._run_in_db(self._people.may_ask, user)

    async def receipt(self, query: CallbackQuery, receipt: str) -> Receipt | None:
        """The receipt behind a button, if this person may see it where the button was."""
        if query.message is None:
            return None
        return await self._receipt(receipt, ChatThread.of_press(query), query.from_user.id)

    async def linked(self, message: TelegramMessage, receipt: str) -> Receipt | None:
        """The receipt of a link that somebody followed into their private chat."""
        if message.from_user is None:
            return None
        return await self._receipt(receipt, ChatThread.of(message), message.from_user.id)

    async def _receipt(self, receipt: str, at: ChatThread, user: int) -> Receipt | None:
        found = await self._run_in_db(self._footnote.receipts.find, receipt)
        if found is None or not ChatThread.is_named_by(found.place):
            return None
        of, at = ChatThread.named(found.place), self._delivery.now(at)
        if of.chat == at.chat:
            return found if await self.may_ask(user, of.chat) else None
        return found if not at.is_group and await self._of_group(of, user) else None

    async def _of_group(self, place: ChatThread, user: int) -> bool:
        """Whether a receipt of this place is a group's, and who asks is let in or a member of it.

        Another person's private chat is nobody's but theirs.
        """
        if not place.is_group:
            return False
        if await self._run_in_db(self._people.may_ask, user):
            return True
        if await self._run_in_db(self._people.is_shut_out, user):
            return False
        if not await self._run_in_db(self._people.may_ask_in, place.chat):
            return False
        try:
            member = await self._delivery.bot.get_chat_member(place.chat, user)
        except TelegramError as error:
            logger.info("whether somebody is in a group could not be told: %s", error.message)
            return False
        return member.status in _MEMBERS and getattr(member, "is_member", True)
