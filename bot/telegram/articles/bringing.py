"""What somebody was asked for and brings with their next message: words, a title, another text."""

from functools import partial

from telegram import CallbackQuery

from footnote.bot.composition import Footnote
from footnote.bot.people.awaited import Awaited, What
from footnote.bot.telegram.articles.cards import Cards, gone_view
from footnote.bot.telegram.articles.changing import undo_button
from footnote.bot.telegram.articles.desk import Desk, NotSaved
from footnote.bot.telegram.articles.listing import Articles, Spot
from footnote.bot.telegram.place import Place
from footnote.bot.telegram.rendering.excerpts import beginning
from footnote.bot.telegram.rendering.keyboards import Act, Press, plain_button, rows
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.said import Said
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.screen import Screen, View
from footnote.bot.telegram.submissions.incoming import Incoming
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.corpus.errors import ArticleNotFound, CorpusError
from footnote.corpus.normalise import one_line

_MOST_TITLE_CHARACTERS = 200
_MOST_SHOWN_CHARACTERS = 120


class Bringing:
    """The message that asks has a button to cancel, and every command cancels too."""

    def __init__(
        self,
        footnote: Footnote,
        delivery: Delivery,
        screen: Screen,
        awaited: Awaited,
        desk: Desk,
        articles: Articles,
        cards: Cards,
        incoming: Incoming,
    ) -> None:
        self._library = footnote.library
        self._delivery = delivery
        self._screen = screen
        self._awaited = awaited
        self._incoming = incoming
        self._desk = desk
        self._articles = articles
        self._cards = cards

    async def press(self, query: CallbackQuery, press: Press) -> None:
        """Rename or replace: the message turns into one that asks for what is to come."""
        if not await self._desk.admits(query):
            return
        place, texts = Place.of_press(query), texts_for(query.from_user.language_code)
        handle, *numbers = press.numbers
        spot, article = Spot.of(*numbers), await self._cards.article(handle)
        title = await self._screen.aside(self._title, article) if article else None
        if article is None or title is None:
            view = gone_view(texts, spot)
        else:
            told = await (self._ask_title if press.act is Act.RENAME else self._ask_text)(
                query, place, article, texts
            )
            cancel = plain_button(texts.cancel, Act.CARD, handle, *spot.numbers)
            view = Message().add(told.format(title=_short(title))), rows([cancel])
        await self._screen.show(query, view)

    async def hear(self, said: Said) -> bool:
        """Whether this message brought words or a title that was asked for, and is dealt with."""
        if not said.text or said.message.forward_origin is not None:
            return False
        if (asks := await self._find(said, "words")) is not None:
            await self._articles.command(said)
            await self._delivery.delete(said.place, int(asks))
        elif (about := await self._find(said, "new title")) is None:
            return False
        elif 0 < len(one_line(said.text)) <= _MOST_TITLE_CHARACTERS:
            asks, _, article = about.partition(" ")
            await self._rename(said, article, int(asks))
        else:  # another one is awaited
            told = said.texts.no_title.format(most=_MOST_TITLE_CHARACTERS)
            await self._say(said, (Message().add(told), None))
            return True
        await self._screen.aside(self._awaited.brought, str(said.place), said.person, said.cause)
        return True

    async def cancel(self, said: Said) -> None:
        """/cancel: nothing is awaited any more, as after every other command."""
        await self._say(said, (Message().add(said.texts.left_as_is), None))

    async def end(self, said: Said) -> None:
        """Nothing is awaited any more."""
        await self._screen.aside(self._awaited.forget, str(said.place), said.person)

    async def _ask_title(
        self, query: CallbackQuery, place: Place, article: str, texts: Texts
    ) -> str:
        assert query.message is not None
        about = f"{query.message.message_id} {article}"
        person = query.from_user.id
        await self._screen.aside(self._awaited.expect, str(place), person, "new title", about)
        return texts.rename_how

    async def _ask_text(
        self, query: CallbackQuery, place: Place, article: str, texts: Texts
    ) -> str:
        await self._incoming.replace_with(query.from_user.id, place, article)
        return texts.replace_how

    async def _find(self, said: Said, what: What) -> str | None:
        find = partial(self._awaited.find, cause=said.cause)
        return await self._screen.aside(find, str(said.place), said.person, what)

    async def _rename(self, said: Said, article: str, asks: int) -> None:
        """`asks` is the number of the message that asked for the title."""
        user, texts = said.message.from_user, said.texts
        assert user is not None
        if not await self._desk.may_change(user.id):
            await self._say(said, (Message().add(texts.editors_only), None))
            return
        try:
            await self._desk.carry_out(
                partial(self._library.rename, article, said.text, who=user.full_name)
            )
        except ArticleNotFound:
            view: View = Message().add(texts.article_gone), None
        except NotSaved:
            view = Message().add(texts.not_saved), None
        else:
            view = await self._screen.aside(self._renamed, article, one_line(said.text), texts)
        await self._say(said, view)
        card = await self._cards.view(article, Spot(), texts, user=user.id)
        await self._delivery.edit(said.place, asks, *card)

    def _renamed(self, article: str, title: str, texts: Texts) -> View:
        change = self._library.changes.latest(article)
        undo = change is not None and change.what == "renamed"
        return Message().add(texts.renamed.format(title=_short(title))), (
            rows([undo_button(texts, change.number)]) if undo and change else None
        )

    def _title(self, article: str) -> str | None:
        try:
            return self._library.store.read(article).title
        except CorpusError:
            return None

    async def _say(self, said: Said, view: View) -> None:
        await self._delivery.send(said.place, *view, key=f"answer:{said.cause}")


def _short(title: str) -> str:
    return beginning(title, _MOST_SHOWN_CHARACTERS)
