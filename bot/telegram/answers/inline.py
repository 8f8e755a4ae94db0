"""Inline mode: @bot and some words, in any chat, offer sentences of the articles to be quoted."""

import logging
import time

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
)
from telegram.error import TelegramError

from footnote.bot.composition import Footnote
from footnote.bot.links import link_to_text, web_link
from footnote.bot.people.limit import Limit
from footnote.bot.telegram.incoming_message import whole
from footnote.bot.telegram.rendering.excerpts import add_source, beginning
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.texts import Texts, texts_for
from footnote.bot.threads import run_in_thread
from footnote.index.budget import TooLong
from footnote.index.results import Citation

logger = logging.getLogger(__name__)

_CACHED_SECONDS = 30  # articles may come and go, and people be let in
_MAX_DESCRIPTION_CHARACTERS = 120
_MAX_TITLE_CHARACTERS = 80
_MIN_CHARACTERS = 3
_QUERIES_A_QUESTION = 6  # each pause in the typing is a query


class Inline:
    """Results are each person's own, for not everybody may see them."""

    def __init__(self, footnote: Footnote) -> None:
        self._footnote = footnote
        self._limit = Limit(footnote.settings.questions_a_minute * _QUERIES_A_QUESTION)

    async def offer(self, query: InlineQuery) -> None:
        """Nothing is offered to strangers, to who asks too much, nor for one or two characters."""
        words, person = whole(query.query).strip(), query.from_user.id
        may = await self._footnote.state.run_in_db(self._footnote.people.may_ask, person)
        texts, found = texts_for(query.from_user.language_code), []
        if may and len(words) >= _MIN_CHARACTERS and not self._is_too_much(query):
            found = await run_in_thread(self._find, words)
        try:
            await query.answer(
                [_result(citation, texts) for citation in found],
                cache_time=_CACHED_SECONDS,
                is_personal=True,
            )
        except TelegramError as error:  # most often somebody has typed on, and waits no more
            logger.info("an inline query could not be answered: %s", error.message)

    def _find(self, words: str) -> list[Citation]:
        try:
            return self._footnote.finder.find(words)
        except TooLong:
            logger.warning("an inline query took too long, and was set aside")
            return []

    def _is_too_much(self, query: InlineQuery) -> bool:
        return self._limit.wait(query.from_user.id, query.id, time.time()) > 0


def _result(citation: Citation, texts: Texts) -> InlineQueryResultArticle:
    message = Message().add(citation.quotation, MessageEntity.BLOCKQUOTE).add("\n— ")
    reference = citation.reference
    link = link_to_text(reference.url, citation.quotation)
    add_source(message, reference, texts, url=link)
    return InlineQueryResultArticle(
        str(citation.n),
        beginning(reference.title, _MAX_TITLE_CHARACTERS),
        InputTextMessageContent(
            message.text,
            entities=message.telegram_entities(),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        url=web_link(reference.url),
        description=beginning(citation.quotation, _MAX_DESCRIPTION_CHARACTERS),
    )
