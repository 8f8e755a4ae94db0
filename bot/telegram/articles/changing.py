"""What editors do with buttons: remove an article, and take back what was changed."""

import hashlib
from functools import partial

from telegram import CallbackQuery, InlineKeyboardButton

from footnote.bot.articles.link_tokens import number_of
from footnote.bot.articles.undo import ChangedSince, HereAgain, NothingToUndo
from footnote.bot.composition import Footnote
from footnote.bot.people.pending_replies import PendingReplies
from footnote.bot.telegram.articles.article_list import Spot, to_list_button
from footnote.bot.telegram.articles.cards import Cards, gone_view
from footnote.bot.telegram.articles.editor_actions import EditorActions, NotSaved
from footnote.bot.telegram.articles.undoing import TakenBack, Undoing
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.rendering.excerpts import beginning
from footnote.bot.telegram.rendering.keyboards import (
    Action,
    Press,
    card_button,
    danger_button,
    plain_button,
    rows,
)
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.display import Display, View
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.corpus.errors import ArticleNotFound, CorpusError

_MAX_TITLE_CHARACTERS, _MAX_WHO_CHARACTERS = 120, 60


class Changing:
    """Everything may be asked for twice, for an update may be handled again: the second time finds
    done what it was to do, and shows the same."""

    def __init__(
        self,
        footnote: Footnote,
        delivery: Delivery,
        display: Display,
        pending: PendingReplies,
        editor_actions: EditorActions,
        cards: Cards,
    ) -> None:
        self._library = footnote.library
        self._delivery = delivery
        self._display = display
        self._pending = pending
        self._editor_actions = editor_actions
        self._cards = cards
        self._undoing = Undoing(footnote.state, footnote.library)

    async def press(self, query: CallbackQuery, press: Press) -> None:
        """Remove, remove indeed, or undo."""
        if not await self._editor_actions.admits(query):
            return
        place, user = ChatThread.of_press(query), query.from_user
        texts = texts_for(user.language_code)
        if press.action is Action.UNDO:
            [number] = press.numbers
            await self._display.show(query, await self._undone(f"change:{number}", number, texts))
            return
        link_token, search, page, *shown = press.numbers
        await self._display.run(self._pending.forget, str(place), user.id)
        spot, article = Spot.of(search, page), await self._cards.article(link_token)
        view = None
        if article is not None:
            view = await self._removal(article, spot, shown, user.full_name, texts)
        await self._display.show(query, view or gone_view(texts, spot))

    async def undo(self, incoming: IncomingMessage) -> None:
        """/undo, of an editor: take back the last change, whoever's it is."""
        view = await self._undone(incoming.cause, None, incoming.texts)
        await self._delivery.send(incoming.place, *view, key=f"answer:{incoming.cause}")

    async def _removal(
        self, article: str, spot: Spot, shown: list[int], who: str, texts: Texts
    ) -> View | None:
        """Asks once; and again where the content is not the one that was shown, for somebody has
        changed it meanwhile. None where the article is not here, and was not removed lately."""
        try:
            content = await self._display.run(self._content_number, article)
            if shown != [content]:
                return await self._display.run(self._question, article, content, spot, texts)
            await self._editor_actions.carry_out(partial(self._library.remove, article, who=who))
        except ArticleNotFound:
            pass
        except (NotSaved, CorpusError):
            return Message().add(texts.not_saved), rows([to_list_button(texts, spot)])
        change = await self._display.run(self._library.changes.latest, article)
        if change is None or change.what != "removed":
            return None
        title = await self._display.run(self._title, article, change.before)
        told = Message().add(texts.removed(title=_short(title)))
        return told, rows([undo_button(texts, change.number)], [to_list_button(texts, spot)])

    def _question(self, article: str, content: int, spot: Spot, texts: Texts) -> View:
        told = texts.remove_indeed(title=_short(self._title(article)))
        numbers = (number_of(article), *spot.numbers)
        return Message().add(told), rows(
            [
                danger_button(texts.remove, Action.REMOVE_NOW, *numbers, content),
                plain_button(texts.cancel, Action.CARD, *numbers),
            ]
        )

    def _content_number(self, article: str) -> int:
        """Stands for what is in the file; short, for a button has 64 bytes."""
        content = self._library.store.content(article)
        return int.from_bytes(hashlib.sha256(content).digest()[:4])

    def _title(self, article: str, content: bytes | None = None) -> str:
        try:
            return self._library.store.read(article, content).title
        except CorpusError:
            return article

    async def _undone(self, cause: str, number: int | None, texts: Texts) -> View:
        try:
            back = await self._editor_actions.carry_out(self._undoing.take_back, cause, number)
        except ChangedSince as fault:
            return Message().add(texts.undo_changed(title=_short(fault.title))), None
        except HereAgain as fault:
            return Message().add(texts.undo_here_again(title=_short(fault.title))), None
        except NothingToUndo:
            return Message().add(texts.undo_nothing), None
        except NotSaved:
            return Message().add(texts.not_saved), None
        keyboard = None if back.what == "added" else rows([card_button(texts, back.article)])
        return Message().add(_told(back, texts)), keyboard


def undo_button(texts: Texts, change: int) -> InlineKeyboardButton:
    return plain_button(texts.undo, Action.UNDO, change)


def _told(back: TakenBack, texts: Texts) -> str:
    told = {
        "added": texts.undone_added,
        "removed": texts.undone_removed,
        "renamed": texts.undone_renamed,
        "replaced": texts.undone_replaced,
    }[back.what]
    who = beginning(back.who, _MAX_WHO_CHARACTERS) or texts.somebody
    return told(title=_short(back.title), who=who)


def _short(title: str) -> str:
    return beginning(title, _MAX_TITLE_CHARACTERS)
