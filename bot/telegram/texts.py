"""What the bot says in Telegram, in every language that it speaks."""

from footnote.bot.texts.adding import AddingTexts
from footnote.bot.texts.answers import AnswerTexts
from footnote.bot.texts.articles import ArticleTexts
from footnote.bot.texts.base import Translated
from footnote.bot.texts.people import PeopleTexts
from footnote.bot.texts.small_talk import ConversationTexts
from footnote.bot.texts.translations import known_language


class Texts(AnswerTexts, ConversationTexts, AddingTexts, ArticleTexts, PeopleTexts):
    # What it is and can do

    description = Translated(
        "I answer questions from a collection of articles. Behind each sentence of an answer "
        "stands a number that opens the passage it rests on. Where I'm not sure, or find "
        "nothing, I say so."
    )
    short_description = Translated("Answers from articles, with a footnote behind every sentence.")
    start = Translated(
        "Ask me something, and I'll look for the answer in the articles that I have.\n\n"
        "I answer in their own sentences. Behind each stands a number: tap it to see the "
        "passage that the sentence comes from. Where I'm not sure, or find nothing, I say so."
    )
    # /help, between whose paragraphs stand the lines of the commands (`bot/telegram/commands.py`)

    help = Translated(
        "Write a question in your own words. The next one may lean on it; to go on from an "
        "older answer, reply to it. If you edit a question, I'll change my answer."
    )
    unknown_command = Translated("I don't know that command.")
    help_editor = Translated(
        "For editors: send me a link or a file, paste a long text, or forward a post, and I'll "
        "add it.\n"
        "/articles and a tap on a number: rename, replace and remove an article"
    )
    help_owner = Translated("For owners:")
    help_group = Translated(
        "Here I answer questions after /ask, replies to my messages, and messages that mention "
        "me. A number in an answer opens its passage in our private chat."
    )

    start_written = Translated(
        "Ask me something, and I'll look for the answer in the articles that I have.\n\n"
        "A language model puts it into words, and I let through only the sentences that the "
        "articles bear out. Behind each stands a number: tap it to see the passage that "
        "supports it. Where I'm not sure, or find nothing, I say so."
    )

    def introduction(self, *, writes: bool, adds: bool) -> str:
        """What the bot is: whether a language model writes, and whether one may send articles."""
        told: str = self.start_written if writes else self.start
        return f"{told}\n\n{self.add_how}" if adds else told


LANGUAGES = Texts.by_language()
"""By the two letters of ISO 639-1."""
ENGLISH = LANGUAGES["en"]


def texts_for(language_code: str | None) -> Texts:
    """The texts for somebody's Telegram language, such as "de" or "pt-br"; English if not known."""
    return LANGUAGES[known_language(language_code)]
