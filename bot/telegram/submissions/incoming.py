"""Articles that come in by Telegram: links, files, pastes and forwards of those who may add."""

import time
from collections.abc import Sequence
from functools import partial

from telegram import Message as TelegramMessage

from footnote.bot.composition import Footnote
from footnote.bot.people.awaited import Awaited
from footnote.bot.people.limit import Limit
from footnote.bot.people.people import Role
from footnote.bot.submissions.brought import Brought, Origin
from footnote.bot.submissions.comments import Comments
from footnote.bot.submissions.submission import Came
from footnote.bot.submissions.submissions import MOST_WAITING, Submissions, TooMany
from footnote.bot.submissions.wordings import GOES_ON_CHARACTERS
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.place import Place
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.said import Said, whole
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.submissions.brings import (
    brought_by,
    came_of,
    file_of,
    is_long,
    links_alone,
    links_of,
    text_of,
)
from footnote.bot.telegram.submissions.follows import Follows
from footnote.bot.telegram.submissions.forwards import origin_of
from footnote.bot.telegram.submissions.jobs import Jobs
from footnote.bot.telegram.submissions.offers import Offers
from footnote.bot.telegram.submissions.remarks import Remarks

COMMANDS = ("add", "follow", "unfollow")
_PART_SECONDS = 1.5
"""After a long part another may come, which a client sends within a second or so."""


class Incoming:
    """Takes what is brought; what becomes of it is told by and by, beside the questions."""

    def __init__(self, footnote: Footnote, delivery: Delivery, access: Access) -> None:
        self._aside = footnote.state.aside
        self._delivery = delivery
        self._access = access
        self._submissions = Submissions(footnote.state)
        self._awaited = Awaited(footnote.state)
        self._wordings = self._submissions.wordings
        self._comments = Comments(footnote.state)
        self._exchanges = footnote.exchanges
        self._remarks = Remarks(footnote.state, self._comments, self._wordings)
        self._jobs = Jobs(footnote, delivery, self._submissions)
        self._told = Limit(0)
        self.offers = Offers(footnote, delivery, access, self._submissions, self._jobs)
        self.follows = Follows(footnote, delivery, access)

    async def work(self) -> None:
        """Carry out what was taken, until it is cancelled."""
        await self._jobs.run()

    async def replace_with(self, person: int, place: Place, article: str) -> None:
        """The next file, link or text that this person sends at this place, within ten minutes,
        replaces the article with this id. The caller has asked for it in words."""
        await self._aside(self._awaited.expect, str(place), person, "replacement", article)

    async def may_add(self, said: Said) -> bool:
        """Editors and owners may, by name."""
        role = await self._access.role(said.person) if said.is_named else None
        return role is not None and role >= Role.EDITOR

    async def takes(self, said: Said) -> bool:
        """In private: whether a message that is no command brings something, or says something of
        what was brought, and is dealt with."""
        if not await self.may_add(said):
            return await self._declines(said)
        if said.edited:
            reworded = await self._aside(self._wordings.reword, came_of(said), said.wording)
            self._jobs.wake()
            return reworded
        if await self.offers.take_title(said):
            return True
        return await self._takes(said, origin_of(said.message, self._delivery.bot.bot))

    async def command(self, said: Said) -> None:
        """/add, /follow and /unfollow, whoever says so."""
        if said.edited:
            return
        if not await self.may_add(said):
            texts = said.texts
            await self._say(said, texts.only_editors if said.is_named else texts.by_name)
        elif said.command == "add":
            await self._add(said)
        elif said.command == "unfollow":
            await self.follows.unfollow(said, said.text)
        elif links := links_of(said.message):
            brought = [Brought("follow", link) for link in links]
            await self._submit(said, said.message, brought, alone=True)
        else:
            await self.follows.listed(said)

    async def _takes(self, said: Said, origin: Origin | None) -> bool:
        message = said.message
        if file := file_of(message, origin):
            return await self._submit(said, message, [file])
        if links := links_alone(message, whole(message.text or "")):
            return await self._submit(said, message, [Brought("link", link) for link in links])
        text = text_of(message, origin) if message.text or origin else None
        if text is None:
            return origin is not None and await self._is_of_album(message)
        if (
            origin
            or await self._replaced(said) is not None
            or await self._goes_on(said, text)
            or is_long(text.text)
        ):
            return await self._submit(said, message, [text], alone=True)
        return await self._is_remark(said)

    async def _add(self, said: Said) -> None:
        """/add with links or a text, under a file, or in reply to a message."""
        answered = said.message.reply_to_message
        if file := file_of(said.message, None, said.text):
            await self._submit(said, said.message, [file])
        elif said.text and (is_long(said.text) or not links_of(said.message)):
            given = Brought("text", parts=((said.message.message_id, said.text),))
            await self._submit(said, said.message, [given], alone=True)
        elif links := links_of(said.message):
            await self._submit(said, said.message, [Brought("link", link) for link in links])
        elif (
            answered is not None
            and said.replied is not None
            and (brought := brought_by(answered, self._delivery.bot.bot))
        ):
            alone = brought[0].kind == "text"
            await self._submit(said, answered, brought, alone=alone)
        else:
            await self._say(said, said.texts.add_how)

    async def _submit(
        self,
        said: Said,
        message: TelegramMessage,
        brought: Sequence[Brought],
        *,
        alone: bool = False,
    ) -> bool:
        """Take it, as the parts of one message; the sender sees that it is taken."""
        replaces = await self._replaced(said)
        came = came_of(said, message)
        try:
            for number, one in enumerate(brought):
                one = await self._noted(said, came, one)
                await self._aside(self._take, came, one, number, alone, replaces)
        except TooMany:
            await self._tell_too_many(said)
        else:
            await self._jobs.reacting.begin(str(said.place), message.message_id, "👀")
        if replaces is not None:
            await self._aside(self._awaited.brought, str(said.place), said.person, said.cause)
        self._jobs.wake()
        return True

    async def _noted(self, said: Said, came: Came, brought: Brought) -> Brought:
        """With what its sender said of it just before, where it is passed on. That was taken for a
        question if it came alone; what was answered to it is taken away."""
        comment = await self._aside(self._comments.on, came) if brought.origin else None
        if comment is None:
            return brought
        exchange = await self._aside(self._exchanges.find, said.place.chat, comment.message)
        for answer in exchange.answers if exchange else ():
            await self._delivery.delete(said.place, answer)
        return brought.noting(comment.text)

    async def _replaced(self, said: Said) -> str | None:
        """The article in whose place this person was asked to send something."""
        find = partial(self._awaited.find, cause=said.cause)
        return await self._aside(find, str(said.place), said.person, "replacement")

    def _take(
        self, came: Came, brought: Brought, number: int, alone: bool, replaces: str | None
    ) -> None:
        due = 0.0
        if brought.kind == "text" and len(brought.text) >= GOES_ON_CHARACTERS:
            due = time.time() + _PART_SECONDS
        if brought.kind == "text" and self._wordings.join(came, brought, due=due):
            return
        self._submissions.submit(
            came.numbered(number), brought, due=due, alone=alone, replaces=replaces
        )

    async def _goes_on(self, said: Said, text: Brought) -> bool:
        """Whether this is a further part of a text that came just before."""
        return await self._aside(self._wordings.goes_on, came_of(said), text)

    async def _is_remark(self, said: Said) -> bool:
        """Whether it is said of something that its sender passes on."""
        is_one = await self._remarks.take(said)
        if is_one:
            self._jobs.wake()
        return is_one

    async def _is_of_album(self, message: TelegramMessage) -> bool:
        """Whether it is one of the pictures of an album whose caption was taken."""
        album = message.media_group_id
        return album is not None and await self._aside(self._submissions.reports.has_album, album)

    async def _declines(self, said: Said) -> bool:
        """Who may not add is told so, once for an album."""
        message = said.message
        if said.edited or message.forward_origin is not None:
            return False
        links = links_alone(message, whole(message.text or ""))
        if not links and (message.document is None or message.animation is not None):
            return False
        if not message.media_group_id or self._told.tells(said.person, said.cause, said.at):
            await self._say(said, said.texts.only_editors)
        return True

    async def _tell_too_many(self, said: Said) -> None:
        if self._told.tells(said.person, said.cause, said.at):
            await self._say(said, said.texts.too_many_brought.format(count=MOST_WAITING))

    async def _say(self, said: Said, text: str) -> None:
        await self._delivery.send(
            said.place,
            Message().add(text),
            reply_to=said.message.message_id,
            key=f"answer:{said.cause}",
        )
