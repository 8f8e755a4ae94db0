"""The passage behind a number: opened, moved through the article, and put away again.

In private a press turns the answer itself into the passage, where the finger is, and "back" turns
it into the answer again: however old the answer, nothing scrolls and nothing piles up. A message of
its own under the answer would stand out of sight at the end of the chat as soon as the answer is
not the last message. In a group, where an answer belongs to everybody, a press opens the passage in
private, as the numbers in the text do; of those opened by a link a chat has one at a time.
"""

from telegram import CallbackQuery, MessageEntity
from telegram import Message as TelegramMessage

from footnote.bot.answers.receipts import Receipt
from footnote.bot.composition import Footnote
from footnote.bot.links import link_to_text
from footnote.bot.telegram.answers.language_hint import language_hint
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.rendering.article_file import add_quotation, file_of, fits
from footnote.bot.telegram.rendering.deep_links import PassageLink
from footnote.bot.telegram.rendering.excerpts import add_source
from footnote.bot.telegram.rendering.keyboards import (
    Action,
    Press,
    answer_buttons,
    passage_buttons,
    whole_buttons,
)
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.rendering.mini_app_button import Pages
from footnote.bot.telegram.rendering.result_message import result_message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.display import Display, View
from footnote.bot.telegram.sending.transmission import Edited
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.index.results import Citation

_UNFOLDED_CHARACTERS = 70  # of a folded quotation a phone shows three lines


class PassageViews:
    def __init__(
        self, footnote: Footnote, delivery: Delivery, access: Access, display: Display
    ) -> None:
        self._footnote = footnote
        self._delivery = delivery
        self._access = access
        self._display = display
        self._run = display.run

    @property
    def _pages(self) -> Pages | None:
        return Pages.at(self._footnote.settings.web_url, self._delivery.bot.username)

    async def press(self, query: CallbackQuery, press: Press) -> None:
        """A number, a step from it, the whole article, or back to the answer."""
        texts = texts_for(query.from_user.language_code)
        receipt = await self._access.receipt(query, press.receipt)
        n = press.numbers[0] if press.numbers else 0
        citation = _citations(receipt).get(n) if receipt else None
        if receipt is None or query.message is None or (citation is None and press.numbers):
            await self._delivery.acknowledge(query, texts.unknown_button)
            return
        place = ChatThread.of_press(query)
        may_ask = await self._access.may_ask(query.from_user.id, query.from_user.id)
        steps = press.action is Action.WHOLE or any(press.numbers[1:])
        if steps and not place.is_group and not may_ask:
            # Who may ask in a group may look at what its answers quote, not at all the articles.
            await self._delivery.acknowledge(query, texts.private)
            return
        if place.is_group:
            link = PassageLink(receipt.id, n).address(self._delivery.bot.username)
            await self._delivery.acknowledge(query, url=link)
            return
        await self._delivery.acknowledge(query)
        view: View | None
        if citation is None:
            view = await self._run(self._answer, receipt, texts)
        elif press.action is Action.WHOLE:
            view = await self._whole(query, receipt, citation, texts)
        else:
            by = press.numbers[1] if len(press.numbers) > 1 else 0
            view = await self._run(self._passage, receipt, citation, by, texts, may_ask)
        if view is not None:
            await self._show(query, receipt, view)

    async def open(self, message: TelegramMessage, link: PassageLink) -> bool:
        """The passage of a link, in private; whether this person may see it."""
        assert message.from_user is not None
        receipt = await self._access.linked(message, link.receipt)
        citation = _citations(receipt).get(link.n) if receipt else None
        if receipt is None or citation is None:
            return False
        texts = texts_for(message.from_user.language_code)
        may_ask = await self._access.may_ask(message.from_user.id, message.from_user.id)
        view = await self._run(self._passage, receipt, citation, 0, texts, may_ask)
        place = ChatThread.of(message)
        [*_, number] = await self._delivery.send(place, *view, key=f"open:{message.id}@{place}")
        await self._supersede(place, number, receipt)
        return True

    async def _show(self, query: CallbackQuery, receipt: Receipt, view: View) -> None:
        """In the message that was pressed; anew where that is gone."""
        assert query.message is not None
        place, number = ChatThread.named(receipt.place), query.message.message_id
        if place.chat != query.message.chat.id:
            place = ChatThread.of_press(query)
        if await self._delivery.edit(place, number, *view) is Edited.GONE:
            [*_, number] = await self._delivery.send(place, *view, key=f"open:{query.id}")
            await self._supersede(place, number, receipt)

    async def _supersede(self, place: ChatThread, number: int, receipt: Receipt) -> None:
        before = await self._footnote.state.run_in_db(
            self._footnote.exchanges.open, place.chat, number, receipt.id
        )
        if before is not None:
            await self._delivery.delete(place, before)

    async def _whole(
        self, query: CallbackQuery, receipt: Receipt, citation: Citation, texts: Texts
    ) -> View | None:
        """The article as it is now: in the message where it fits, as a file where it is long."""
        article = await self._run(self._article, citation)
        if article is None:
            return await self._run(self._passage, receipt, citation, 0, texts, True)
        message = _whole_message(citation, article, texts)
        if fits(message):
            return message, whole_buttons(receipt, citation.n, texts)
        await self._display.add_file(query, *file_of(article))
        return None

    def _answer(self, receipt: Receipt, texts: Texts) -> View:
        """The last part of the answer, which had the buttons."""
        message = result_message(receipt, texts, bot=self._delivery.bot.username)
        if hint := language_hint(self._footnote, receipt.result, texts):
            message.add(f"\n\n{hint}")
        *_, part = message.parts()
        tally = self._footnote.feedback.tally(receipt.id)
        return part, answer_buttons(receipt, texts, tally, self._pages)

    def _passage(
        self, receipt: Receipt, citation: Citation, by: int, texts: Texts, may_ask: bool
    ) -> View:
        """The passage that was quoted, or the one so many after or before it in the article; those
        who may not ask for themselves see it alone."""
        with self._footnote.passage_index.reading() as build:
            article = build.catalogue.article(citation.reference.article)
            spans = build.catalogue.spans(article.id) if article else []
        same = article is not None and article.revision == citation.reference.revision
        at = _place_of(citation, spans) if same else None
        if at is None or not 0 <= at + by < len(spans):
            by = 0
        message = _head(citation, article, texts)
        if at is not None and len(spans) > 1:
            place = texts.passage_place(at=at + by + 1, count=len(spans))
            message.add(f" · {place}")
        message.add("\n\n")
        if by and at is not None and article is not None:
            add_quotation(message, spans[at + by].of(article.text))
        else:
            _add_passage(message, citation)
        return _fitting(message), passage_buttons(
            receipt,
            citation.n,
            by,
            texts,
            earlier=may_ask and at is not None and at + by > 0,
            later=may_ask and at is not None and at + by < len(spans) - 1,
            whole=may_ask and article is not None and (at is None or len(spans) > 1),
            pages=self._pages,
        )

    def _article(self, citation: Citation) -> Article | None:
        with self._footnote.passage_index.reading() as build:
            return build.catalogue.article(citation.reference.article)


def _citations(receipt: Receipt | None) -> dict[int, Citation]:
    return receipt.result.citations if receipt else {}


def _place_of(citation: Citation, spans: list[Span]) -> int | None:
    """Which of the article's passages, as they are cut now, has the beginning of the sentence."""
    start = citation.span.start
    return next((i for i, span in enumerate(spans) if span.start <= start < span.end), None)


def _head(citation: Citation, article: Article | None, texts: Texts) -> Message:
    """Title, author, date and link, and whether the article has changed since or is gone."""
    message = Message().add(f"[{citation.n}] ")
    reference = citation.reference
    link = link_to_text(reference.url, citation.quotation)
    add_source(message, reference, texts, url=link)
    if article is None:
        message.add("\n").add(texts.gone, MessageEntity.ITALIC)
    elif article.revision != reference.revision:
        message.add("\n").add(texts.changed, MessageEntity.ITALIC)
    return message


def _fitting(message: Message) -> Message:
    """The part of a long passage in which the marked sentence begins; most are one part."""
    parts = list(message.parts())
    marks = (
        part for part in parts if any(e.type == MessageEntity.UNDERLINE for e in part.entities)
    )
    return next(marks, parts[0])


def _whole_message(citation: Citation, article: Article, texts: Texts) -> Message:
    message = _head(citation, article, texts).add("\n\n")
    same = article.revision == citation.reference.revision
    add_quotation(message, article.text, citation.span if same else None)
    return message


def _add_passage(message: Message, citation: Citation) -> None:
    """The passage with the sentence marked; the sentence before it, too, if it is folded away."""
    marked = citation.span.shifted(-citation.passage.start)
    if marked.start > _UNFOLDED_CHARACTERS:
        message.add(citation.quotation, MessageEntity.BOLD).add("\n\n")
    add_quotation(message, citation.passage_text, marked)
