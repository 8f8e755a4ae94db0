"""Questions and their answers: asked, followed up, edited, checked."""

import time
from collections.abc import Callable

from telegram import InlineKeyboardMarkup

from footnote.bot.answers.exchanges import Exchange
from footnote.bot.answers.receipts import Receipt
from footnote.bot.composition import Footnote
from footnote.bot.small_talk import Talk, question_of, talk_of
from footnote.bot.telegram.answers.language_hint import language_hint
from footnote.bot.telegram.answers.showing import Showing, SoFar, T, placeholder_key
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage, whole
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.receiving.attempts import making_room
from footnote.bot.telegram.rendering.keyboards import answer_buttons
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.rendering.mini_app_button import Pages
from footnote.bot.telegram.rendering.result_message import (
    checked_so_far,
    result_message,
    written_so_far,
)
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.transmission import Edited
from footnote.bot.telegram.submissions.uploads_in_message import asks, links_of
from footnote.bot.threads import ThreadPool, run_in_thread
from footnote.index.checking import OnSentence
from footnote.index.question import Question
from footnote.index.results import Abstention, Answer, AnyResult, Claim, Nearest, Reason

# An edit of what was never answered counts as a new message for so long: later it is most likely
# Telegram's own doing (a preview that came late), which bots are told of as an edit.
_NEW_FOR_SECONDS = 3600
# The parts of a long paste arrive within a second or so of each other, each but the last about as
# long as Telegram takes it; one word is enough for them.
_ONE_PASTE_SECONDS = 5
_PART_CHARACTERS = 3000
_GONE = "…"
_WAITING_AT_ONCE = 256
"""People who wait for the language model at a time; who comes after them waits for one of them."""
OnClaim = Callable[[Claim], object]


class Asking:
    """The answer to a question is stored first, by the name of what asked; then it is sent.

    Whatever is handled again finds what was stored, and the delivery finds what was sent.
    """

    def __init__(self, footnote: Footnote, delivery: Delivery, access: Access) -> None:
        self._footnote = footnote
        self._access = access
        self._delivery = delivery
        self._run_in_db = footnote.state.run_in_db
        self._latest: dict[ChatThread, tuple[str, float, bool]] = {}
        # Started when they are needed; waiting for an endpoint takes next to nothing of them.
        self._waiting = ThreadPool("writing", _WAITING_AT_ONCE)

    async def ask(self, incoming: IncomingMessage) -> None:
        """Answer a question, or what is none with a kind word; an edited one in its old place."""
        before = await self._before(incoming)
        if incoming.edited and not self._asks_anew(incoming, before):
            return
        talk = talk_of(incoming.text)
        if not incoming.edited and self._goes_on(incoming) and talk is Talk.WALL:
            return
        if talk:
            await self._answer(incoming, before, Message().add(await self._said(talk, incoming)))
        elif not await self._is_too_much(incoming, before):
            asked = incoming.saying(question_of(incoming.text))
            receipt = await self._receipt(asked, before, self._ask, written_so_far)
            await self._show(incoming, before, receipt)

    async def check(self, incoming: IncomingMessage) -> None:
        """Show what supports each sentence of a claim: of the text, or of what it replies to."""
        before = await self._before(incoming)
        if incoming.edited and not self._asks_anew(incoming, before):
            return
        claim = incoming.text or await self._run_in_db(self._replied_text, incoming)
        if not claim.strip():
            await self._answer(incoming, before, Message().add(incoming.texts.check_how))
        elif not any(map(str.isalnum, claim)):
            await self._answer(incoming, before, Message().add(incoming.texts.check_nothing))
        elif not await self._is_too_much(incoming, before):
            checked = incoming.saying(claim)
            receipt = await self._receipt(checked, before, self._check, checked_so_far)
            await self._show(incoming, before, receipt)

    async def goes_on_from(self, incoming: IncomingMessage) -> Receipt | None:
        """The result that a message in a private chat replies to, or else the last one there."""
        receipts, exchanges = self._footnote.receipts, self._footnote.exchanges
        if incoming.replied is not None:
            chat = incoming.place.chat
            of = await self._run_in_db(exchanges.receipt_of, chat, incoming.replied)
            return await self._run_in_db(receipts.find, of) if of else None
        return await self._run_in_db(receipts.shown_last, str(incoming.place))

    async def say(self, incoming: IncomingMessage, message: Message) -> None:
        """Say something that is no answer; an edited message gets it in place of what it got."""
        await self._answer(incoming, await self._before(incoming), message)

    async def _said(self, talk: Talk, incoming: IncomingMessage) -> str:
        """In answer to small talk."""
        if talk is Talk.ABOUT_BOT:
            adds = await self._access.may_send(incoming)
            return incoming.texts.introduction(writes=self._footnote.writes, adds=adds)
        told: str = getattr(incoming.texts, talk.value)
        return told

    # What is answered

    async def _answered(
        self,
        action: Callable[[IncomingMessage, str | None, Callable[[T], object]], AnyResult],
        incoming: IncomingMessage,
        parent: str | None,
        take: Callable[[T], object],
    ) -> AnyResult:
        """What waits for a language model has threads of its own, and holds nobody up."""
        if not self._waits(action):
            return await run_in_thread(action, incoming, parent, take)
        async with making_room():
            return await self._waiting.run(action, incoming, parent, take)

    def _waits(self, action: object) -> bool:
        return action == self._ask and self._footnote.writes

    def _ask(self, incoming: IncomingMessage, parent: str | None, on_claim: OnClaim) -> AnyResult:
        receipts = self._footnote.receipts
        question = Question(incoming.text, tuple(receipts.history(parent)), receipts.cited(parent))
        person = f"telegram:{incoming.person}"
        return self._footnote.respondent.answer(question, person=person, on_claim=on_claim)

    def _check(
        self, incoming: IncomingMessage, parent: str | None, on_sentence: OnSentence
    ) -> AnyResult:
        return self._footnote.checker.check(incoming.text, on_sentence)

    async def _receipt(
        self,
        incoming: IncomingMessage,
        before: Exchange | None,
        action: Callable[[IncomingMessage, str | None, Callable[[T], object]], AnyResult],
        so_far: SoFar[T],
    ) -> Receipt:
        receipts = self._footnote.receipts
        if found := await self._run_in_db(receipts.of_cause, incoming.cause):
            return found
        replaces = before.receipt if before else None
        parent = await self._run_in_db(self._parent, incoming, replaces)
        async with (
            self._delivery.chat_actions.typing(incoming.place),
            Showing(self._delivery, incoming, so_far, wanted=before is None) as showing,
        ):
            result = await self._answered(action, incoming, parent, showing.take)

        return await self._run_in_db(
            receipts.keep,
            result,
            str(incoming.place),
            cause=incoming.cause,
            parent=parent,
            replaces=replaces,
        )

    def _parent(self, incoming: IncomingMessage, replaces: str | None) -> str | None:
        """The receipt that a question follows up.

        An edited one follows up what it did; a reply what it replies to; and otherwise, where one
        person talks to the bot alone, a question follows the one before it.
        """
        receipts = self._footnote.receipts
        if replaces and (edited := receipts.find(replaces)):
            return edited.parent
        chat = incoming.place.chat
        if incoming.replied and (of := self._footnote.exchanges.receipt_of(chat, incoming.replied)):
            return of
        latest = None if incoming.place.is_group else receipts.latest(str(incoming.place))
        return latest.id if latest else None

    def _replied_text(self, incoming: IncomingMessage) -> str:
        """What is checked by a reply: the part that was quoted, an answer's claims, or the text."""
        message, answered = incoming.message, incoming.message.reply_to_message
        if message.quote:
            return whole(message.quote.text)
        if answered is None or incoming.replied is None:
            return ""
        of = self._footnote.exchanges.receipt_of(incoming.place.chat, incoming.replied)
        receipt = self._footnote.receipts.find(of) if of else None
        own = answered.from_user is not None and answered.from_user.is_bot
        if own and receipt and isinstance(receipt.result, Answer | Nearest):
            return "\n".join(claim.text for claim in receipt.result.claims)
        return whole(answered.text or answered.caption or "")

    # How it is said

    async def _show(
        self, incoming: IncomingMessage, before: Exchange | None, receipt: Receipt
    ) -> None:
        message = result_message(receipt, incoming.texts, bot=self._delivery.bot.username)
        hints = [
            await run_in_thread(language_hint, self._footnote, receipt.result, incoming.texts),
            await self._how_to_add(incoming, receipt.result),
        ]
        for hint in filter(None, hints):
            message.add(f"\n\n{hint}")
        tally = await self._run_in_db(self._footnote.feedback.tally, receipt.id)
        pages = Pages.at(self._footnote.settings.web_url, self._delivery.bot.username)
        keyboard = answer_buttons(receipt, incoming.texts, tally, pages)
        await self._answer(incoming, before, message, keyboard, receipt.id)

    async def _how_to_add(self, incoming: IncomingMessage, result: AnyResult) -> str | None:
        """What somebody who may add articles is told where there are none, and where a link may
        have been sent to be added: with words that ask nothing, and are not answered for sure."""
        texts, told = incoming.texts, None
        if isinstance(result, Abstention) and result.reason is Reason.NO_ARTICLES:
            told = texts.add_how
        elif (
            isinstance(result, Abstention | Nearest)
            and not asks(incoming.text)
            and links_of(incoming.message)
        ):
            told = texts.link_how
        return told if told and await self._access.may_send(incoming) else None

    async def _answer(
        self,
        incoming: IncomingMessage,
        before: Exchange | None,
        message: Message,
        keyboard: InlineKeyboardMarkup | None = None,
        receipt: str | None = None,
    ) -> None:
        """Send it as a reply; or, for an edited message, put it in place of the old answer."""
        place, number = incoming.place, incoming.message.message_id
        before = before or await self._begun(incoming, message)
        if before and before.answers:
            answers = await self._replace(incoming, before, message, keyboard)
        else:
            answers = await self._delivery.send(
                place, message, keyboard, reply_to=number, key=f"answer:{incoming.cause}"
            )
        exchange = Exchange(incoming.wording, receipt, answers)
        await self._run_in_db(self._footnote.exchanges.keep, place.chat, number, exchange)

    async def _begun(self, incoming: IncomingMessage, message: Message) -> Exchange | None:
        """With the message in which the answer was shown while it was written, if it was."""
        key = placeholder_key(incoming)
        if not incoming.place.is_group or not await self._delivery.was_begun(key):
            return None
        first, to = next(message.parts()), incoming.message.message_id
        numbers = await self._delivery.send(incoming.place, first, reply_to=to, key=key)
        return Exchange(incoming.wording, None, numbers)

    async def _replace(
        self,
        incoming: IncomingMessage,
        before: Exchange,
        message: Message,
        keyboard: InlineKeyboardMarkup | None,
    ) -> list[int]:
        """Part for part; what is too many of the old ones goes, what is missing is sent."""
        parts = list(message.parts())
        numbers = []
        for at, part in enumerate(parts):
            under = keyboard if part is parts[-1] else None
            number = before.answers[at] if at < len(before.answers) else None
            if number is None or (
                await self._delivery.edit(incoming.place, number, part, under) is Edited.GONE
            ):
                [number] = await self._delivery.send(
                    incoming.place,
                    part,
                    under,
                    reply_to=incoming.message.message_id,
                    key=f"answer:{incoming.cause}:{at}",
                )
            numbers.append(number)
        for number in before.answers[len(parts) :]:
            if not await self._delivery.delete(incoming.place, number):
                await self._delivery.edit(incoming.place, number, Message().add(_GONE))
        return numbers

    # What is left alone

    async def _before(self, incoming: IncomingMessage) -> Exchange | None:
        """The exchange that an edited message began."""
        if not incoming.edited:
            return None
        return await self._run_in_db(
            self._footnote.exchanges.find, incoming.place.chat, incoming.message.message_id
        )

    def _asks_anew(self, incoming: IncomingMessage, before: Exchange | None) -> bool:
        if before is None:
            return incoming.message.date.timestamp() > time.time() - _NEW_FOR_SECONDS
        return before.text != incoming.wording

    def _goes_on(self, incoming: IncomingMessage) -> bool:
        """Whether this may be a further part of what the message just before it began."""
        cause, at, is_part = self._latest.get(incoming.place, (incoming.cause, incoming.at, False))
        self._latest[incoming.place] = (
            incoming.cause,
            incoming.at,
            len(incoming.text) >= _PART_CHARACTERS,
        )
        return is_part and cause != incoming.cause and incoming.at - at < _ONE_PASTE_SECONDS

    async def _is_too_much(self, incoming: IncomingMessage, before: Exchange | None) -> bool:
        """Whether this person has asked too much of late; once a minute they are told."""
        limit = self._footnote.limit
        seconds = limit.wait(incoming.person, incoming.cause, incoming.at)
        if seconds and limit.tells(incoming.person, incoming.cause, incoming.at):
            told = Message().add(incoming.texts.too_many(seconds=seconds))
            if before and before.answers:  # what an edited question got before stays
                await self._delivery.send(
                    incoming.place,
                    told,
                    reply_to=incoming.message.message_id,
                    key=f"limit:{incoming.cause}",
                )
            else:
                await self._answer(incoming, before, told)
        return seconds > 0
