"""The bot's features in Telegram, built once and passed to what dispatches updates."""

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from footnote.bot.composition import Footnote
from footnote.bot.people.pending_replies import PendingReplies
from footnote.bot.telegram.answers.asking import Asking
from footnote.bot.telegram.answers.inline import Inline
from footnote.bot.telegram.answers.passage_views import PassageViews
from footnote.bot.telegram.answers.ratings import Ratings
from footnote.bot.telegram.articles.article_list import Articles
from footnote.bot.telegram.articles.cards import Cards
from footnote.bot.telegram.articles.changing import Changing
from footnote.bot.telegram.articles.editor_actions import EditorActions
from footnote.bot.telegram.articles.replies import Replies
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.people.access import Access
from footnote.bot.telegram.people.owners import Owners
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.display import Display
from footnote.bot.telegram.submissions.incoming import SubmissionHandler


@dataclass(frozen=True, slots=True)
class Features:
    footnote: Footnote
    delivery: Delivery
    access: Access
    asking: Asking
    ratings: Ratings
    passages: PassageViews
    inline: Inline
    articles: Articles
    cards: Cards
    changing: Changing
    replies: Replies
    submissions: SubmissionHandler
    owners: Owners

    @classmethod
    def of(cls, footnote: Footnote, delivery: Delivery) -> "Features":
        access = Access(footnote, delivery)
        display, pending = Display(delivery), PendingReplies(footnote.state)
        editor_actions = EditorActions(footnote, delivery, access, display)
        articles = Articles(footnote, delivery, display, pending, access)
        cards = Cards(footnote, delivery, display, pending, access, editor_actions)
        submissions = SubmissionHandler(footnote, delivery, access, cards.show_at)
        return cls(
            footnote,
            delivery,
            access,
            Asking(footnote, delivery, access),
            Ratings(footnote, delivery, access),
            PassageViews(footnote, delivery, access, display),
            Inline(footnote),
            articles,
            cards,
            Changing(footnote, delivery, display, pending, editor_actions, cards),
            Replies(
                footnote, delivery, display, pending, editor_actions, articles, cards, submissions
            ),
            submissions,
            Owners(footnote, delivery, access),
        )

    async def say(
        self,
        incoming: IncomingMessage,
        text: str,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Answer a message: once, even if its update is handled again."""
        await self.delivery.send(
            incoming.place, Message().add(text), keyboard, key=f"answer:{incoming.cause}"
        )

    async def takes_title(self, incoming: IncomingMessage) -> bool:
        """Whether a message in a group is the title that somebody was asked to reply with."""
        return incoming.replied is not None and await self.submissions.offers.take_title(incoming)
