"""Offers: doubtful submissions that are shown first, and that an editor accepts or rejects."""

from telegram import CallbackQuery

from footnote.bot.composition import Footnote
from footnote.bot.people.pending_replies import PendingReplies
from footnote.bot.people.people import Role
from footnote.bot.submissions.intake import is_title
from footnote.bot.submissions.submission import Submission
from footnote.bot.submissions.submissions import Submissions
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.rendering.keyboards import Action, Press
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.submissions.jobs import Jobs
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.corpus.normalise import one_line


class Offers:
    """Any editor may decide, where the offer stands."""

    def __init__(
        self,
        footnote: Footnote,
        delivery: Delivery,
        access: Access,
        submissions: Submissions,
        jobs: Jobs,
    ) -> None:
        self._run_in_db = footnote.state.run_in_db
        self._pending = PendingReplies(footnote.state)
        self._delivery = delivery
        self._access = access
        self._submissions = submissions
        self._jobs = jobs

    async def press(self, query: CallbackQuery, press: Press) -> None:
        texts = texts_for(query.from_user.language_code)
        role = await self._access.role(query.from_user.id)
        if role is None or role < Role.EDITOR:
            await self._delivery.acknowledge(query, texts.only_editors)
            return
        submission = await self._run_in_db(self._submissions.find, press.numbers[0])
        if submission is None or query.message is None or not _stands(submission, query):
            await self._delivery.acknowledge(query, texts.unknown_button)
        elif press.action is Action.TITLE:
            await self._ask_title(query, submission, texts)
        else:
            decided = await self._decide(press.action, submission.number)
            await self._delivery.acknowledge(query, None if decided else texts.decided)
            self._jobs.wake()

    async def take_title(self, incoming: IncomingMessage) -> bool:
        """Whether this message is the title that its sender was asked for; in a group that is a
        reply to the question for it."""
        place, person, cause = str(incoming.place), incoming.person, incoming.cause
        found = await self._run_in_db(self._pending.find, place, person, "title", cause=cause)
        number, _, asked = (found or "").partition(" ")
        if not number or not incoming.message.text:
            return False
        if incoming.place.is_group and str(incoming.replied) != asked:
            return False
        if not is_title(incoming.text):
            again = await self._say(incoming, incoming.texts.title_refused)
            await self._expect_title(place, incoming.person, int(number), again)
            return True
        entitled = await self._run_in_db(
            self._submissions.set_title, int(number), one_line(incoming.text)
        )
        await self._run_in_db(self._pending.upload, place, incoming.person, incoming.cause)
        if entitled:
            await self._delivery.chat_actions.react(
                incoming.place, incoming.message.message_id, "👌"
            )
        else:
            await self._say(incoming, incoming.texts.decided)
        self._jobs.wake()
        return True

    async def _expect_title(self, place: str, person: int, submission: int, asked: int) -> None:
        """`asked` is the message that asks for it."""
        about = f"{submission} {asked}"
        await self._run_in_db(self._pending.expect, place, person, "title", about)

    async def _ask_title(self, query: CallbackQuery, submission: Submission, texts: Texts) -> None:
        await self._delivery.acknowledge(query, texts.decided if submission.offer is None else None)
        if submission.offer is None or query.message is None:
            return
        place, asks = submission.place, Message().add(texts.title_how)
        [asked] = await self._delivery.send(
            ChatThread.named(place), asks, reply_to=query.message.message_id
        )
        await self._expect_title(place, query.from_user.id, submission.number, asked)

    async def _decide(self, action: Action, number: int) -> bool:
        match action:
            case Action.ADD:
                return await self._run_in_db(self._submissions.approve, number)
            case Action.CANCEL:
                return await self._jobs.cancel(number)
            case Action.AGAIN:
                return await self._run_in_db(self._submissions.retry, number)
            case Action.OPEN_FEED:
                return await self._run_in_db(self._submissions.become, number, "feed")
            case _:
                return await self._run_in_db(self._submissions.become, number, "follow")

    async def _say(self, incoming: IncomingMessage, text: str) -> int:
        [number] = await self._delivery.send(
            incoming.place,
            Message().add(text),
            reply_to=incoming.message.message_id,
            key=f"answer:{incoming.cause}",
        )
        return number


def _stands(submission: Submission, query: CallbackQuery) -> bool:
    """Whether the button is pressed where it belongs: its data may be forged."""
    assert query.message is not None
    return ChatThread.named(submission.place).chat == query.message.chat.id
