"""👍 and 👎 under an answer, and "wrong passage" after a 👎."""

from telegram import CallbackQuery

from footnote.bot.answers.feedback import Rating
from footnote.bot.answers.receipts import Receipt
from footnote.bot.composition import Footnote
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.rendering.keyboards import Action, Press, answer_buttons
from footnote.bot.telegram.rendering.mini_app_button import Pages
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.index.results import Answer, Nearest


class Ratings:
    """Each press is counted once by its number, however often it is handled."""

    def __init__(self, footnote: Footnote, delivery: Delivery, access: Access) -> None:
        self._footnote = footnote
        self._delivery = delivery
        self._access = access

    async def press(self, query: CallbackQuery, press: Press) -> None:
        texts = texts_for(query.from_user.language_code)
        receipt = await self._access.receipt(query, press.receipt)
        if (
            receipt is None
            or query.message is None
            or not isinstance(receipt.result, Answer | Nearest)
        ):
            await self._delivery.acknowledge(query, texts.unknown_button)
            return
        told = await self._footnote.state.run_in_db(
            self._count, query, press.action, receipt, texts
        )
        await self._delivery.acknowledge(query, told)
        tally = await self._footnote.state.run_in_db(self._footnote.feedback.tally, receipt.id)
        place = ChatThread.of_press(query)
        pages = Pages.at(self._footnote.settings.web_url, self._delivery.bot.username)
        keyboard = answer_buttons(receipt, _texts_at(place, query, texts), tally, pages)
        # Many may rate in a group, whose few messages a minute are for answers.
        await self._delivery.edit_keyboard(
            place, query.message.message_id, keyboard, dispensable=place.is_group
        )

    def _count(self, query: CallbackQuery, action: Action, receipt: Receipt, texts: Texts) -> str:
        feedback, person = self._footnote.feedback, query.from_user.id
        if action is Action.WRONG:
            incoming = feedback.press_wrong_passage(receipt.id, person, query.id)
            return texts.noted if incoming else texts.taken_back
        verdict = Rating.UP if action is Action.UP else Rating.DOWN
        now = feedback.press(receipt.id, person, verdict, query.id)
        if now is Rating.NONE:
            return texts.taken_back
        return texts.thanked if now is Rating.UP else texts.noted


def _texts_at(place: ChatThread, query: CallbackQuery, texts: Texts) -> Texts:
    """The buttons in a group are everybody's: in the language of who asked, if that is known."""
    if not place.is_group:
        return texts
    answered = getattr(query.message, "reply_to_message", None)
    asker = answered.from_user if answered else None
    return texts_for(asker.language_code if asker else None)
