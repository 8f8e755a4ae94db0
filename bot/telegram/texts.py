"""What the bot says in Telegram, in every language that it speaks."""

from footnote.bot.texts.adding import AddingTexts
from footnote.bot.texts.answers import AnswerTexts
from footnote.bot.texts.articles import ArticleTexts
from footnote.bot.texts.base import Translated
from footnote.bot.texts.catalogue import known_language
from footnote.bot.texts.conversation import ConversationTexts
from footnote.bot.texts.people import PeopleTexts


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
    help = Translated(
        "Write a question in your own words. The next one may lean on it; to go on from an "
        "older answer, reply to it. If you edit a question, I'll change my answer.\n\n"
        "/new starts afresh\n"
        "/check looks for what supports a claim\n"
        "/articles lists the articles\n\n"
        "Questions are kept with their answers, and owners can read them."
    )
    help_group = Translated(
        "Here I answer questions after /ask, replies to my messages, and messages that mention "
        "me. A number in an answer opens its passage in our private chat."
    )
    help_editor = Translated(
        "For editors: send me a link or a file, paste a long text, or forward a post, and I'll "
        "add it.\n"
        "/add takes links too, or the message that you reply to with it\n"
        "/follow takes what is new in a feed from now on, /unfollow ends that\n"
        "/articles and a tap on a number: rename, replace and remove an article\n"
        "/undo takes back the last change of the articles"
    )
    help_owner = Translated(
        "For owners:\n"
        "/invite lets somebody in, /people shows who is\n"
        "/open lets everybody ask, /close ends that\n"
        "/groups shows where I answer; add me to a group to let it in\n"
        "/gaps shows what I wasn't sure of, and what I found nothing on\n"
        "/export sends questions, answers and feedback as a file"
    )
    start_written = Translated(
        "Ask me something, and I'll look for the answer in the articles that I have.\n\n"
        "A language model puts it into words, and I let through only the sentences that the "
        "articles bear out. Behind each stands a number: tap it to see the passage that "
        "supports it. Where I'm not sure, or find nothing, I say so."
    )
    help_usage = Translated("/usage shows what the language model costs")

    # What stands beside each command in Telegram's menu: at most 256 characters

    command_ask = Translated("Ask a question")
    command_new = Translated("Begin a new conversation")
    command_check = Translated("See what supports a claim")
    command_articles = Translated("List the articles")
    command_add = Translated("Add an article")
    command_follow = Translated("Take what is new in a feed")
    command_unfollow = Translated("No longer follow a feed")
    command_undo = Translated("Take back the last change of the articles")
    command_help = Translated("What I can do")
    command_gaps = Translated("What I wasn't sure of, or found nothing on")
    command_export = Translated("Questions, answers and feedback as a file")
    command_invite = Translated("Let somebody in")
    command_people = Translated("Who may ask")
    command_groups = Translated("Groups where I answer")
    command_open = Translated("Let everybody ask")
    command_close = Translated("Let only invited people ask")
    command_usage = Translated("What the language model costs")


LANGUAGES = Texts.by_language()
"""By the two letters of ISO 639-1."""
ENGLISH = LANGUAGES["en"]


def texts_for(language_code: str | None) -> Texts:
    """The texts for somebody's Telegram language, such as "de" or "pt-br"; English if not known."""
    return LANGUAGES[known_language(language_code)]
