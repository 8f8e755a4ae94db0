"""An article's card: what is known of it, the whole of it, and what may be done with it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from telegram import CallbackQuery, InlineKeyboardButton, MessageEntity

from footnote.bot.articles.card import Card
from footnote.bot.articles.link_tokens import number_of
from footnote.bot.composition import Footnote
from footnote.bot.links import web_link
from footnote.bot.people.pending_replies import PendingReplies
from footnote.bot.telegram.articles.article_list import Spot, to_list_button
from footnote.bot.telegram.articles.editor_actions import EditorActions
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.rendering.article_file import add_quotation, file_of, fits
from footnote.bot.telegram.rendering.excerpts import add_facts, beginning
from footnote.bot.telegram.rendering.keyboards import Action, Press, back_button, plain_button, rows
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.display import Display, View
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.corpus.article import Article
from footnote.corpus.errors import CorpusError
from footnote.index.results import Listing

_MAX_QUESTIONS = 5
_MAX_QUESTION_CHARACTERS = 160
_MAX_TITLE_CHARACTERS, _MAX_ADDRESS_CHARACTERS, _MAX_WHO_CHARACTERS = 400, 100, 60


class Cards:
    """In private chats only: of the questions that an article answered, a card shows those that
    were asked in the same chat, and how many answers cite it in all."""

    def __init__(
        self,
        footnote: Footnote,
        delivery: Delivery,
        display: Display,
        pending: PendingReplies,
        access: Access,
        editor_actions: EditorActions,
    ) -> None:
        self._access = access
        self._library = footnote.library
        self._receipts = footnote.receipts
        self._delivery = delivery
        self._display = display
        self._pending = pending
        self._editor_actions = editor_actions

    async def press(self, query: CallbackQuery, press: Press) -> None:
        """The card, or the whole article."""
        if not await self._editor_actions.admits(query, change=False):
            return
        place, texts = ChatThread.of_press(query), texts_for(query.from_user.language_code)
        link_token, *numbers = press.numbers
        await self._display.run(self._pending.forget, str(place), query.from_user.id)
        spot, article = Spot.of(*numbers), await self.article(link_token)
        if article is None:
            view: View | None = gone_view(texts, spot)
        elif press.action is Action.OPEN:
            view = await self._opened(query, article, spot, texts)
        else:
            view = await self.view(article, spot, texts, user=query.from_user.id)
        if view is not None:
            await self._display.show(query, view)

    async def press_listed(self, query: CallbackQuery, press: Press) -> None:
        """The card of an article that was listed in answer to a question; from there back to it."""
        place, texts = ChatThread.of_press(query), texts_for(query.from_user.language_code)
        receipt = await self._access.receipt(query, press.receipt)
        listed = receipt.result.articles if receipt and isinstance(receipt.result, Listing) else ()
        [number] = press.numbers
        if not 0 < number <= len(listed) or place.is_group:
            await self._delivery.acknowledge(query, texts.unknown_button)
            return
        if not await self._access.may_ask(query.from_user.id, place.chat):
            await self._delivery.acknowledge(query, texts.private)
            return
        await self._delivery.acknowledge(query)
        await self._display.run(self._pending.forget, str(place), query.from_user.id)
        article = await self.article(number_of(listed[number - 1].reference.article))
        back = back_button(texts, press.receipt)
        view: View = Message().add(texts.article_gone), rows([back])
        if article:
            user = query.from_user.id
            view = await self.view(article, Spot(), texts, user=user, back=back)
        await self._display.show(query, view)

    async def open(self, incoming: IncomingMessage, link_token: int) -> None:
        """The card that a link from a group's list leads to."""
        article = await self.article(link_token)
        view = gone_view(incoming.texts, Spot())
        if article:
            view = await self.view(article, Spot(), incoming.texts, user=incoming.place.chat)
        await self._delivery.send(incoming.place, *view, key=f"answer:{incoming.cause}")

    async def show_at(self, incoming: IncomingMessage, article: str, number: int) -> None:
        """Put the card in place of the message of this number, as whoever writes may see it."""
        view = await self.view(article, Spot(), incoming.texts, user=incoming.person)
        await self._delivery.edit(incoming.place, number, *view)

    async def article(self, link_token: int) -> str | None:
        """The article that a button is about, if there is or was lately one."""
        return await self._display.run(self._library.numbered, link_token)

    async def view(
        self,
        article: str,
        spot: Spot,
        texts: Texts,
        *,
        user: int,
        back: InlineKeyboardButton | None = None,
    ) -> View:
        """The card as this person may see it; a word where the article is gone.

        `back` is the button that leads to where it was opened from: by default to the list.
        """
        may_change, back = (
            await self._editor_actions.may_change(user),
            back or to_list_button(texts, spot),
        )
        return await self._display.run(self._view, article, spot, texts, user, may_change, back)

    def _view(
        self,
        article: str,
        spot: Spot,
        texts: Texts,
        chat: int,
        may_change: bool,
        back: InlineKeyboardButton,
    ) -> View:
        try:
            card = Card.of(self._library, self._receipts, article, place=str(ChatThread(chat)))
        except CorpusError:
            return Message().add(texts.article_gone), rows([back])
        numbers = (number_of(article), *spot.numbers)
        changes = {
            texts.rename: Action.RENAME,
            texts.replace: Action.REPLACE,
            texts.remove: Action.REMOVE,
        }
        return card_message(card, texts), rows(
            [plain_button(texts.open, Action.OPEN, *numbers)],
            [
                plain_button(label, action, *numbers)
                for label, action in changes.items()
                if may_change
            ],
            [back],
        )

    async def _opened(
        self, query: CallbackQuery, article: str, spot: Spot, texts: Texts
    ) -> View | None:
        """The text as it is now: in the message where it fits, as a file where it is long."""
        found = await self._display.run(self._read, article)
        if found is None:
            return gone_view(texts, spot)
        message = _head(found)
        add_quotation(message.add("\n\n"), found.text)
        if fits(message):
            back = plain_button(texts.back, Action.CARD, number_of(article), *spot.numbers)
            return message, rows([back])
        await self._display.add_file(query, *file_of(found))
        return None

    def _read(self, article: str) -> Article | None:
        try:
            return Card.of(self._library, self._receipts, article).article
        except CorpusError:
            return None


def gone_view(texts: Texts, spot: Spot) -> View:
    return Message().add(texts.article_gone), rows([to_list_button(texts, spot)])


def card_message(card: Card, texts: Texts) -> Message:
    article = card.article
    message = _head(article)
    if address := web_link(article.url):
        message.add("\n").add(beginning(address, _MAX_ADDRESS_CHARACTERS), url=address)
    if card.arrival:
        day = f"{datetime.fromtimestamp(card.arrival.at, UTC):%Y-%m-%d}"
        who = beginning(card.arrival.who, _MAX_WHO_CHARACTERS)
        message.add("\n\n" + (texts.added_by(day=day, who=who) if who else texts.added_on(day)))
    size = {texts.words: card.words, texts.passages: len(card.passages), texts.pages: card.pages}
    message.add("\n" if card.arrival else "\n\n")
    told = [f"{name}: {texts.number(count)}" for name, count in size.items() if count]
    message.add(" · ".join(told))
    message.add(f"\n{texts.cited}: {texts.number(card.cited)}")
    _add_questions(message, list(dict.fromkeys(card.questions)), texts)
    return message


def _head(article: Article) -> Message:
    message = Message()
    title = beginning(article.title, _MAX_TITLE_CHARACTERS)
    message.add(title, MessageEntity.BOLD, url=web_link(article.url))
    add_facts(message, article.author, article.date, article.source)
    return message


def _add_questions(message: Message, questions: Sequence[str], texts: Texts) -> None:
    if not questions:
        return
    message.add("\n\n").add(texts.your_questions, MessageEntity.BOLD)
    for question in questions[:_MAX_QUESTIONS]:
        message.add("\n• " + beginning(question, _MAX_QUESTION_CHARACTERS))
    if len(questions) > _MAX_QUESTIONS:
        message.add("\n" + texts.more(len(questions) - _MAX_QUESTIONS))
