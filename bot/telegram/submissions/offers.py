"""What is shown before it counts, and the word of somebody who may give it."""

from functools import partial

from telegram import CallbackQuery

from footnote.bot.composition import Footnote
from footnote.bot.people.awaited import Awaited
from footnote.bot.people.people import Role
from footnote.bot.submissions.submission import Submission
from footnote.bot.submissions.submissions import Submissions
from footnote.bot.submissions.taking import is_title
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.place import Place
from footnote.bot.telegram.rendering.keyboards import Act, Press
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.said import Said
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
        self._aside = footnote.state.aside
        self._awaited = Awaited(footnote.state)
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
        submission = await self._aside(self._submissions.find, press.numbers[0])
        if submission is None or query.message is None or not _stands(submission, query):
            await self._delivery.acknowledge(query, texts.unknown_button)
        elif press.act is Act.TITLE:
            await self._ask_title(query, submission, texts)
        else:
            decided = await self._decide(press.act, submission.number)
            await self._delivery.acknowledge(query, None if decided else texts.decided)
            self._jobs.wake()

    async def take_title(self, said: Said) -> bool:
        """Whether this message is the title that its sender was asked for; in a group that is a
        reply to the question for it."""
        place = str(said.place)
        find = partial(self._awaited.find, cause=said.cause)
        number, _, asked = (await self._aside(find, place, said.person, "title") or "").partition(
            " "
        )
        if not number or not said.message.text:
            return False
        if said.place.is_group and str(said.replied) != asked:
            return False
        if not is_title(said.text):
            again = await self._say(said, said.texts.title_refused)
            await self._expect_title(place, said.person, int(number), again)
            return True
        entitled = await self._aside(self._submissions.entitle, int(number), one_line(said.text))
        await self._aside(self._awaited.brought, place, said.person, said.cause)
        if entitled:
            await self._delivery.signs.react(said.place, said.message.message_id, "👌")
        else:
            await self._say(said, said.texts.decided)
        self._jobs.wake()
        return True

    async def _expect_title(self, place: str, person: int, submission: int, asked: int) -> None:
        """`asked` is the message that asks for it."""
        about = f"{submission} {asked}"
        await self._aside(self._awaited.expect, place, person, "title", about)

    async def _ask_title(self, query: CallbackQuery, submission: Submission, texts: Texts) -> None:
        await self._delivery.acknowledge(query, texts.decided if submission.offer is None else None)
        if submission.offer is None or query.message is None:
            return
        place, asks = submission.place, Message().add(texts.title_how)
        [asked] = await self._delivery.send(
            Place.named(place), asks, reply_to=query.message.message_id
        )
        await self._expect_title(place, query.from_user.id, submission.number, asked)

    async def _decide(self, act: Act, number: int) -> bool:
        match act:
            case Act.ADD:
                return await self._aside(self._submissions.approve, number)
            case Act.CANCEL:
                return await self._jobs.cancel(number)
            case Act.AGAIN:
                return await self._aside(self._submissions.retry, number)
            case Act.OPEN_FEED:
                return await self._aside(self._submissions.become, number, "feed")
            case _:
                return await self._aside(self._submissions.become, number, "follow")

    async def _say(self, said: Said, text: str) -> int:
        [number] = await self._delivery.send(
            said.place,
            Message().add(text),
            reply_to=said.message.message_id,
            key=f"answer:{said.cause}",
        )
        return number


def _stands(submission: Submission, query: CallbackQuery) -> bool:
    """Whether the button is pressed where it belongs: its data may be forged."""
    assert query.message is not None
    return Place.named(submission.place).chat == query.message.chat.id
