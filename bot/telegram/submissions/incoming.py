"""Submissions from Telegram: links, files, pastes and forwards of people who may add."""

import time
from collections.abc import Awaitable, Callable, Sequence

from telegram import Message as TelegramMessage

from footnote.bot.composition import Footnote
from footnote.bot.people.limit import Limit
from footnote.bot.people.pending_replies import PendingReplies
from footnote.bot.submissions.comments import Comments
from footnote.bot.submissions.message_edits import GOES_ON_CHARACTERS
from footnote.bot.submissions.submission import Came
from footnote.bot.submissions.submissions import MAX_WAITING, Submissions, TooMany
from footnote.bot.submissions.upload import Provenance, Upload
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage, whole
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.submissions.followed_feeds import Follows
from footnote.bot.telegram.submissions.forwards import origin_of
from footnote.bot.telegram.submissions.jobs import Jobs
from footnote.bot.telegram.submissions.notes import Notes
from footnote.bot.telegram.submissions.offers import Offers
from footnote.bot.telegram.submissions.uploads_in_message import (
    came_of,
    file_of,
    is_long,
    links_alone,
    links_of,
    text_of,
    uploaded_by,
)

ShowCard = Callable[[IncomingMessage, str, int], Awaitable[None]]

_PART_SECONDS = 1.5
"""After a long part another may come, which a client sends within a second or so."""


class SubmissionHandler:
    """Stores what is sent as submissions; status messages report on them later."""

    def __init__(
        self, footnote: Footnote, delivery: Delivery, access: Access, show_card: ShowCard
    ) -> None:
        """`show_card` is called with the message that brings another text of an article, with that
        article, and with the number of the message that asked for it."""
        self._show_card = show_card
        self._run_in_db = footnote.state.run_in_db
        self._delivery = delivery
        self._access = access
        self._submissions = Submissions(footnote.state)
        self._pending = PendingReplies(footnote.state)
        self._edits = self._submissions.edits
        self._comments = Comments(footnote.state)
        self._exchanges = footnote.exchanges
        self._notes = Notes(footnote.state, self._comments, self._edits)
        self._jobs = Jobs(footnote, delivery, self._submissions)
        self._told = Limit(0)
        self.offers = Offers(footnote, delivery, access, self._submissions, self._jobs)
        self.follows = Follows(footnote, delivery, access)

    async def work(self) -> None:
        """Run the jobs of submissions, until it is cancelled."""
        await self._jobs.run()

    async def replace_with(self, person: int, place: ChatThread, article: str, asks: int) -> None:
        """The next file, link or text that this person sends at this place, within ten minutes,
        replaces the article with this id. The message `asks` has asked for it in words; it turns
        into the article's card then."""
        subject = f"{asks} {article}"
        await self._run_in_db(self._pending.expect, str(place), person, "replacement", subject)

    async def takes(self, incoming: IncomingMessage) -> bool:
        """In private: whether a message that is no command brings something, or says something of
        what was brought, and is dealt with."""
        if not await self._access.may_add(incoming):
            return await self._declines(incoming)
        if incoming.edited:
            reworded = await self._run_in_db(
                self._edits.reword, came_of(incoming), incoming.wording
            )
            self._jobs.wake()
            return reworded
        if await self.offers.take_title(incoming):
            return True
        return await self._takes(incoming, origin_of(incoming.message, self._delivery.bot.bot))

    async def add(self, incoming: IncomingMessage) -> None:
        """/add, whoever says so."""
        if incoming.edited:
            return
        if await self._access.may_add(incoming):
            await self._add(incoming)
        else:
            texts = incoming.texts
            await self._say(incoming, texts.only_editors if incoming.is_named else texts.by_name)

    async def follow(self, incoming: IncomingMessage) -> None:
        """/follow, of an editor."""
        if links := links_of(incoming.message):
            upload = [Upload("follow", link) for link in links]
            await self._submit(incoming, incoming.message, upload, alone=True)
        else:
            await self.follows.listed(incoming)

    async def _takes(self, incoming: IncomingMessage, origin: Provenance | None) -> bool:
        message = incoming.message
        if file := file_of(message, origin):
            return await self._submit(incoming, message, [file])
        if links := links_alone(message, whole(message.text or "")):
            return await self._submit(incoming, message, [Upload("link", link) for link in links])
        text = text_of(message, origin) if message.text or origin else None
        if text is None:
            return origin is not None and await self._is_of_album(message)
        if (
            origin
            or await self._replaced(incoming) is not None
            or await self._goes_on(incoming, text)
            or is_long(text.text)
        ):
            return await self._submit(incoming, message, [text], alone=True)
        return await self._is_remark(incoming)

    async def _add(self, incoming: IncomingMessage) -> None:
        """/add with links or a text, under a file, or in reply to a message."""
        answered = incoming.message.reply_to_message
        if file := file_of(incoming.message, None, incoming.text):
            await self._submit(incoming, incoming.message, [file])
        elif incoming.text and (is_long(incoming.text) or not links_of(incoming.message)):
            given = Upload("text", parts=((incoming.message.message_id, incoming.text),))
            await self._submit(incoming, incoming.message, [given], alone=True)
        elif links := links_of(incoming.message):
            await self._submit(incoming, incoming.message, [Upload("link", link) for link in links])
        elif (
            answered is not None
            and incoming.replied is not None
            and (upload := uploaded_by(answered, self._delivery.bot.bot))
        ):
            alone = upload[0].kind == "text"
            await self._submit(incoming, answered, upload, alone=alone)
        else:
            await self._say(incoming, incoming.texts.add_how)

    async def _submit(
        self,
        incoming: IncomingMessage,
        message: TelegramMessage,
        upload: Sequence[Upload],
        *,
        alone: bool = False,
    ) -> bool:
        """Take it, as the parts of one message; the sender sees that it is taken."""
        replaced = await self._replaced(incoming)
        asks, replaces = replaced or (0, None)
        came = came_of(incoming, message)
        try:
            for number, one in enumerate(upload):
                one = await self._noted(incoming, came, one)
                await self._run_in_db(self._take, came, one, number, alone, replaces)
        except TooMany:
            await self._tell_too_many(incoming)
        else:
            await self._jobs.reacting.begin(str(incoming.place), message.message_id, "👀")
        if replaces is not None:
            await self._run_in_db(
                self._pending.upload, str(incoming.place), incoming.person, incoming.cause
            )
            await self._show_card(incoming, replaces, asks)
        self._jobs.wake()
        return True

    async def _noted(self, incoming: IncomingMessage, came: Came, upload: Upload) -> Upload:
        """With what its sender said of it just before, where it is passed on. That was taken for a
        question if it came alone; what was answered to it is taken away."""
        comment = await self._run_in_db(self._comments.on, came) if upload.origin else None
        if comment is None:
            return upload
        exchange = await self._run_in_db(self._exchanges.find, incoming.place.chat, comment.message)
        for answer in exchange.answers if exchange else ():
            await self._delivery.delete(incoming.place, answer)
        return upload.noting(comment.text)

    async def _replaced(self, incoming: IncomingMessage) -> tuple[int, str] | None:
        """The message that asked this person for another text, and the article that it is for."""
        place, person, cause = str(incoming.place), incoming.person, incoming.cause
        found = await self._run_in_db(self._pending.find, place, person, "replacement", cause=cause)
        asks, _, article = (found or "").partition(" ")
        return (int(asks), article) if article else None

    def _take(
        self, came: Came, upload: Upload, number: int, alone: bool, replaces: str | None
    ) -> None:
        due = 0.0
        if upload.kind == "text" and len(upload.text) >= GOES_ON_CHARACTERS:
            due = time.time() + _PART_SECONDS
        if upload.kind == "text" and self._edits.join(came, upload, due=due):
            return
        self._submissions.submit(
            came.numbered(number), upload, due=due, alone=alone, replaces=replaces
        )

    async def _goes_on(self, incoming: IncomingMessage, text: Upload) -> bool:
        """Whether this is a further part of a text that came just before."""
        return await self._run_in_db(self._edits.goes_on, came_of(incoming), text)

    async def _is_remark(self, incoming: IncomingMessage) -> bool:
        """Whether it is said of something that its sender passes on."""
        is_one = await self._notes.take(incoming)
        if is_one:
            self._jobs.wake()
        return is_one

    async def _is_of_album(self, message: TelegramMessage) -> bool:
        """Whether it is one of the pictures of an album whose caption was taken."""
        album = message.media_group_id
        return album is not None and await self._run_in_db(
            self._submissions.reports.has_album, album
        )

    async def _declines(self, incoming: IncomingMessage) -> bool:
        """Who may not add is told so, once for an album."""
        message = incoming.message
        if incoming.edited or message.forward_origin is not None:
            return False
        links = links_alone(message, whole(message.text or ""))
        if not links and (message.document is None or message.animation is not None):
            return False
        if not message.media_group_id or self._told.tells(
            incoming.person, incoming.cause, incoming.at
        ):
            await self._say(incoming, incoming.texts.only_editors)
        return True

    async def _tell_too_many(self, incoming: IncomingMessage) -> None:
        if self._told.tells(incoming.person, incoming.cause, incoming.at):
            await self._say(incoming, incoming.texts.too_many_brought(count=MAX_WAITING))

    async def _say(self, incoming: IncomingMessage, text: str) -> None:
        await self._delivery.send(
            incoming.place,
            Message().add(text),
            reply_to=incoming.message.message_id,
            key=f"answer:{incoming.cause}",
        )
