"""The list of articles: pages of titles in one message, search, and the feeds that are followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from footnote.bot.articles.article_list import matching, newest_first
from footnote.bot.articles.followed_feeds import Followed
from footnote.bot.articles.link_tokens import MAX, number_of
from footnote.bot.composition import Footnote
from footnote.bot.links import web_link
from footnote.bot.people.pending_replies import PendingReplies
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.rendering.deep_links import CardLink
from footnote.bot.telegram.rendering.excerpts import beginning
from footnote.bot.telegram.rendering.keyboards import Action, Press, plain_button, rows
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.display import Display, View
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.corpus.normalise import one_line
from footnote.index.keeping.catalogue import Listed

_ON_A_PAGE = 8
_IN_A_ROW = 4  # a thumb hits eight in a row less well
_MAX_WORDS_CHARACTERS = 100
_MAX_TITLE_CHARACTERS, _MAX_SITE_CHARACTERS = 120, 40
_MAX_FEEDS = 10
_MAX_PAGE = 999_999


@dataclass(frozen=True, slots=True)
class Spot:
    """A page of the list, or of what a search found: `search` is the token of its words, or 0."""

    search: int = 0
    page: int = 0

    @classmethod
    def of(cls, search: int, page: int) -> "Spot":
        """From a button, whose data may be forged and shall not grow beyond what a button holds."""
        return cls(search if 0 <= search < MAX else 0, min(max(page, 0), _MAX_PAGE))

    @property
    def numbers(self) -> tuple[int, int]:
        return self.search, self.page


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on a page: `lines` of `count` in all, from the number `first` (from 1) on."""

    words: str
    spot: Spot
    pages: int
    count: int
    first: int
    lines: Sequence[Listed]
    link_tokens: Sequence[int]
    feeds: Sequence[Followed]


class Articles:
    """In private a number under the list opens the article's card, in the same message. In a group
    the numbers in the text are links that open it in private, where what is one's own is shown."""

    def __init__(
        self,
        footnote: Footnote,
        delivery: Delivery,
        display: Display,
        pending: PendingReplies,
        access: Access,
    ) -> None:
        self._access = access
        self._footnote = footnote
        self._delivery = delivery
        self._display = display
        self._pending = pending

    async def command(self, incoming: IncomingMessage) -> None:
        """/articles, and words that are searched for, if there are any."""
        looks = self._footnote.looks
        if seconds := looks.wait(incoming.person, incoming.cause, incoming.at):
            if not looks.tells(incoming.person, incoming.cause, incoming.at):
                return
            view: View = Message().add(incoming.texts.too_many(seconds=seconds)), None
        else:
            view = await self._searched(incoming)
        await self._delivery.send(
            incoming.place,
            *view,
            reply_to=incoming.message.message_id if incoming.place.is_group else None,
            key=f"answer:{incoming.cause}",
        )

    async def press(self, query: CallbackQuery, press: Press) -> None:
        """Another page, or the button that asks for words to search for."""
        assert query.message is not None
        place, texts = ChatThread.of_press(query), texts_for(query.from_user.language_code)
        spot, private = Spot.of(*press.numbers), not place.is_group
        words = await self._display.run(self._footnote.link_tokens.text, spot.search)
        if words is None or (press.action is Action.SEARCH and not private):
            await self._delivery.acknowledge(query, texts.unknown_button)
            return
        await self._delivery.acknowledge(query)
        if press.action is Action.SEARCH:
            asks = str(query.message.message_id)
            person = query.from_user.id
            await self._display.run(self._pending.expect, str(place), person, "words", asks)
            cancel = plain_button(texts.cancel, Action.LIST, *spot.numbers)
            view: View = Message().add(texts.search_how), rows([cancel])
        else:
            await self._display.run(self._pending.forget, str(place), query.from_user.id)
            view = await self._display.run(self._view, words, spot, texts, private)
        await self._display.show(query, view)

    async def _searched(self, incoming: IncomingMessage) -> View:
        words = one_line(incoming.text)[:_MAX_WORDS_CHARACTERS]
        search = await self._display.run(self._footnote.link_tokens.of, words)
        private = not incoming.place.is_group
        adds = await self._access.may_send(incoming)
        return await self._display.run(
            self._view, words, Spot(search), incoming.texts, private, adds
        )

    def _view(
        self, words: str, spot: Spot, texts: Texts, private: bool, adds: bool = False
    ) -> View:
        page = self._page(words, spot)
        bot = None if private else self._delivery.bot.username
        message = _message(page, texts, bot=bot, adds=adds)
        return message, _buttons(page, texts, private=private)

    def _page(self, words: str, spot: Spot) -> _Page:
        with self._footnote.passage_index.reading() as build:
            listed = build.catalogue.listing()
        arrivals = self._footnote.library.changes.arrivals()
        found = newest_first(matching(listed, words), arrivals)
        pages = max(1, -(-len(found) // _ON_A_PAGE))
        at = min(max(spot.page, 0), pages - 1)
        lines = found[at * _ON_A_PAGE :][:_ON_A_PAGE]
        return _Page(
            words,
            Spot(spot.search, at),
            pages,
            len(found),
            at * _ON_A_PAGE + 1,
            lines,
            [number_of(line.article) for line in lines],
            () if words or at else self._footnote.feeds.followed(),
        )


def to_list_button(texts: Texts, spot: Spot) -> InlineKeyboardButton:
    return plain_button(texts.to_list, Action.LIST, *spot.numbers)


def _message(page: _Page, texts: Texts, *, bot: str | None, adds: bool) -> Message:
    """A line for each article; with the name of the `bot` its number is a link. Where there is
    none, who `adds` articles is told how."""
    if not page.count and not page.words:
        message = Message().add(texts.no_articles).add(f"\n\n{texts.add_how}" if adds else "")
    elif not page.count:
        message = Message().add(texts.found_nothing(words=page.words))
    else:
        told = texts.found(words=page.words) if page.words else texts.articles
        message = Message().add(f"{told}: {texts.number(page.count)}", MessageEntity.BOLD)
        message.add(f" · {page.spot.page + 1}/{page.pages}" if page.pages > 1 else "")
    numbered = enumerate(zip(page.lines, page.link_tokens, strict=True), page.first)
    for number, (line, link_token) in numbered:
        link = CardLink(link_token).address(bot) if bot else None
        message.add("\n\n").add(f"[{number}]" if bot else f"{number}.", url=link).add(" ")
        message.add(beginning(line.title, _MAX_TITLE_CHARACTERS), url=web_link(line.url))
        added = texts.added_day(day=line.added) if line.added else None
        message.add("".join(f" · {fact}" for fact in (line.date or added, _site(line)) if fact))
    _add_feeds(message, page.feeds, texts)
    return message


def _add_feeds(message: Message, feeds: Sequence[Followed], texts: Texts) -> None:
    if not feeds:
        return
    message.add("\n\n").add(f"{texts.feeds}: {texts.number(len(feeds))}", MessageEntity.BOLD)
    for feed in feeds[:_MAX_FEEDS]:
        message.add("\n• ")
        message.add(beginning(feed.title, _MAX_TITLE_CHARACTERS), url=web_link(feed.url))
    if len(feeds) > _MAX_FEEDS:
        message.add("\n" + texts.more(len(feeds) - _MAX_FEEDS))


def _site(line: Listed) -> str:
    """The name of where it was published, or of the host that it stands on."""
    host = urlsplit(web_link(line.url) or "").netloc.removeprefix("www.")
    return beginning(one_line(line.source or "") or host, _MAX_SITE_CHARACTERS)


def _buttons(page: _Page, texts: Texts, *, private: bool) -> InlineKeyboardMarkup | None:
    cards = [
        plain_button(str(number), Action.CARD, link_token, *page.spot.numbers)
        for number, link_token in enumerate(page.link_tokens if private else (), page.first)
    ]
    numbers = [cards[i : i + _IN_A_ROW] for i in range(0, len(cards), _IN_A_ROW)]
    search, at = page.spot.numbers
    steps = [
        *([plain_button(texts.newer, Action.LIST, search, at - 1)] if at > 0 else []),
        *([plain_button(texts.older, Action.LIST, search, at + 1)] if at < page.pages - 1 else []),
    ]
    last = []
    if page.words:
        last.append(plain_button(texts.all_articles, Action.LIST, 0, 0))
    if private and (page.words or page.pages > 1):
        last.insert(0, plain_button(texts.search, Action.SEARCH, search, at))
    return rows(*numbers, steps, last) if numbers or steps or last else None
