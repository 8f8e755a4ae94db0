"""Who may see what: a receipt is opened in its own chat, and by people of the group it is of."""

import logging

from telegram import CallbackQuery, ChatMember
from telegram import Message as TelegramMessage
from telegram.error import TelegramError

from bot.composition import Footnote
from bot.people import Role
from bot.receipts import Receipt
from bot.telegram.place import Place

logger = logging.getLogger(__name__)

_MEMBERS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED)


class Access:
    """Looks at who has what role, which groups are admitted, and whose a receipt is."""

    def __init__(self, footnote: Footnote) -> None:
        self._footnote = footnote
        self._people = footnote.people
        self._aside = footnote.state.aside

    async def role(self, user: int) -> Role | None:
        return await self._aside(self._people.role, user)

    async def may_ask(self, user: int, chat: int) -> bool:
        """In private whoever has been let in, in a group that has been let in everybody."""
        if Place(chat).is_group:
            return await self._aside(self._people.may_ask_in, chat)
        return await self._aside(self._people.may_ask, user)

    async def receipt(self, query: CallbackQuery, receipt: str) -> Receipt | None:
        """The receipt behind a button, if this person may see it where the button was."""
        if query.message is None:
            return None
        chat, user = query.message.chat.id, query.from_user.id
        found = await self._aside(self._footnote.receipts.find, receipt)
        if found is None:
            return None
        place = Place.named(found.place)
        if place.chat == chat:
            return found if await self.may_ask(user, chat) else None
        return found if not Place(chat).is_group and await self._of_group(place, query) else None

    async def linked(self, message: TelegramMessage, receipt: str) -> Receipt | None:
        """The receipt of a link that somebody followed into their private chat."""
        found = await self._aside(self._footnote.receipts.find, receipt)
        if found is None or message.from_user is None:
            return None
        place = Place.named(found.place)
        if place.chat == message.chat.id:
            return found if await self.may_ask(message.from_user.id, place.chat) else None
        return found if await self._of_group(place, message) else None

    async def _of_group(self, place: Place, asks: CallbackQuery | TelegramMessage) -> bool:
        """Whether a receipt of this place is a group's, and who asks is let in or a member of it.

        Another person's private chat is nobody's but theirs.
        """
        user = asks.from_user
        if not place.is_group or user is None:
            return False
        if await self._aside(self._people.may_ask, user.id):
            return True
        if not await self._aside(self._people.may_ask_in, place.chat):
            return False
        try:
            member = await asks.get_bot().get_chat_member(place.chat, user.id)
        except TelegramError as error:
            logger.info("whether somebody is in a group could not be told: %s", error.message)
            return False
        return member.status in _MEMBERS and getattr(member, "is_member", True)
