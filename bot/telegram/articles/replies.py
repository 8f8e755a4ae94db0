"""What somebody was asked for and brings with their next message: words, a title, another text."""

from functools import partial

from telegram import CallbackQuery

from footnote.bot.composition import Footnote
from footnote.bot.people.pending_replies import PendingReplies, What
from footnote.bot.telegram.articles.article_list import Articles, Spot
from footnote.bot.telegram.articles.cards import Cards, gone_view
from footnote.bot.telegram.articles.changing import undo_button
from footnote.bot.telegram.articles.editor_actions import EditorActions, NotSaved
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.rendering.excerpts import beginning
from footnote.bot.telegram.rendering.keyboards import Action, Press, plain_button, rows
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.display import Display, View
from footnote.bot.telegram.submissions.incoming import SubmissionHandler
from footnote.bot.telegram.submissions.uploads_in_message import asks
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.corpus.errors import ArticleNotFound, CorpusError
from footnote.corpus.normalise import one_line

_MAX_TITLE_CHARACTERS = 200
_MAX_SHOWN_CHARACTERS = 120


class Replies:
    """The message that asks has a button to cancel, and every command cancels too."""

    def __init__(
        self,
        footnote: Footnote,
        delivery: Delivery,
        display: Display,
        pending: PendingReplies,
        editor_actions: EditorActions,
        articles: Articles,
        cards: Cards,
        incoming: SubmissionHandler,
    ) -> None:
        self._library = footnote.library
        self._delivery = delivery
        self._display = display
        self._pending = pending
        self._incoming = incoming
        self._editor_actions = editor_actions
        self._articles = articles
        self._cards = cards

    async def press(self, query: CallbackQuery, press: Press) -> None:
        """Rename or replace: the message turns into one that asks for what is to come."""
        if not await self._editor_actions.admits(query):
            return
        place, texts = ChatThread.of_press(query), texts_for(query.from_user.language_code)
        link_token, *numbers = press.numbers
        spot, article = Spot.of(*numbers), await self._cards.article(link_token)
        title = await self._display.run(self._title, article) if article else None
        if article is None or title is None:
            view = gone_view(texts, spot)
        else:
            told = await (self._ask_title if press.action is Action.RENAME else self._ask_text)(
                query, place, article, title, texts
            )
            cancel = plain_button(texts.cancel, Action.CARD, link_token, *spot.numbers)
            view = Message().add(told), rows([cancel])
        await self._display.show(query, view)

    async def hear(self, incoming: IncomingMessage) -> bool:
        """Whether this message brought words or a title that was asked for, and is dealt with."""
        if not incoming.text or incoming.message.forward_origin is not None:
            return False
        if (prompt := await self._find(incoming, "words")) is not None:
            if asks(incoming.text):  # a question, and no words of a title
                await self.end(incoming)
                await self._delivery.delete(incoming.place, int(prompt))
                return False
            await self._articles.command(incoming)
            await self._delivery.delete(incoming.place, int(prompt))
        elif (about := await self._find(incoming, "new title")) is None:
            return False
        elif 0 < len(one_line(incoming.text)) <= _MAX_TITLE_CHARACTERS:
            prompt, _, article = about.partition(" ")
            await self._rename(incoming, article, int(prompt))
        else:  # another one is awaited
            told = incoming.texts.no_title(most=_MAX_TITLE_CHARACTERS)
            await self._say(incoming, (Message().add(told), None))
            return True
        await self._display.run(
            self._pending.upload, str(incoming.place), incoming.person, incoming.cause
        )
        return True

    async def cancel(self, incoming: IncomingMessage) -> None:
        """/cancel: nothing is awaited any more, as after every other command."""
        await self._say(incoming, (Message().add(incoming.texts.left_as_is), None))

    async def end(self, incoming: IncomingMessage) -> None:
        """Nothing is awaited any more."""
        await self._display.run(self._pending.forget, str(incoming.place), incoming.person)

    async def _ask_title(
        self, query: CallbackQuery, place: ChatThread, article: str, title: str, texts: Texts
    ) -> str:
        assert query.message is not None
        about = f"{query.message.message_id} {article}"
        person = query.from_user.id
        await self._display.run(self._pending.expect, str(place), person, "new title", about)
        return texts.rename_how(_short(title))

    async def _ask_text(
        self, query: CallbackQuery, place: ChatThread, article: str, title: str, texts: Texts
    ) -> str:
        assert query.message is not None
        asks = query.message.message_id
        await self._incoming.replace_with(query.from_user.id, place, article, asks)
        return texts.replace_how(_short(title))

    async def _find(self, incoming: IncomingMessage, what: What) -> str | None:
        place, person, cause = str(incoming.place), incoming.person, incoming.cause
        return await self._display.run(self._pending.find, place, person, what, cause=cause)

    async def _rename(self, incoming: IncomingMessage, article: str, asks: int) -> None:
        """`asks` is the number of the message that asked for the title."""
        user, texts = incoming.message.from_user, incoming.texts
        assert user is not None
        if not await self._editor_actions.may_change(user.id):
            await self._say(incoming, (Message().add(texts.editors_only), None))
            return
        try:
            await self._editor_actions.carry_out(
                partial(self._library.rename, article, incoming.text, who=user.full_name)
            )
        except ArticleNotFound:
            view: View = Message().add(texts.article_gone), None
        except NotSaved:
            view = Message().add(texts.not_saved), None
        else:
            view = await self._display.run(self._renamed, article, one_line(incoming.text), texts)
        await self._say(incoming, view)
        card = await self._cards.view(article, Spot(), texts, user=user.id)
        await self._delivery.edit(incoming.place, asks, *card)

    def _renamed(self, article: str, title: str, texts: Texts) -> View:
        change = self._library.changes.latest(article)
        undo = change is not None and change.what == "renamed"
        return Message().add(texts.renamed(title=_short(title))), (
            rows([undo_button(texts, change.number)]) if undo and change else None
        )

    def _title(self, article: str) -> str | None:
        try:
            return self._library.store.read(article).title
        except CorpusError:
            return None

    async def _say(self, incoming: IncomingMessage, view: View) -> None:
        await self._delivery.send(incoming.place, *view, key=f"answer:{incoming.cause}")


def _short(title: str) -> str:
    return beginning(title, _MAX_SHOWN_CHARACTERS)
