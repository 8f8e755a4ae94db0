"""Small turns of wording that the terminal and Telegram share."""

import unicodedata
from collections.abc import Mapping, Sequence

from babel import Locale
from babel.lists import format_list

from footnote.bot.texts.answers import AnswerTexts
from footnote.bot.texts.translations import ENGLISH, languages
from footnote.index.finding.languages import language_spoken
from footnote.index.results import Abstention, Reason


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def visible(name: str) -> str:
    """The name of a file with what a terminal would obey, or could not write, made harmless."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") else c for c in name)


def any_language(codes: Sequence[str], locale: str) -> str:
    """Languages by their names in another one, such as "English or German"; `codes` of ISO 639."""
    names = Locale(locale).languages
    return format_list([names.get(code, code) for code in codes], style="or", locale=locale)


_REASONS = {
    Reason.NO_QUESTION: "There is no question in this.",
    Reason.NO_ARTICLES: "There are no articles yet.",
    Reason.NOTHING_FOUND: "I found nothing on this in the articles.",
    Reason.OTHER_LANGUAGE: "The articles are in another language. Try it in {languages}.",
    Reason.UNCLEAR: "What is it about? Say who or what you mean.",
    Reason.TOO_LONG: "This took too long. A shorter question may help.",
}
"""In English, for the terminal and for other programs."""


def texts_for(question: str) -> AnswerTexts:
    """In the language of a question, where the program speaks it."""
    return AnswerTexts(language_spoken(question, languages()))


def why_nothing(abstention: Abstention, others: Mapping[Reason, str] | None = None) -> str:
    """Why nothing is answered, in the language of the question where the program speaks it.

    `others` take the place of some of the English words.
    """
    language = language_spoken(abstention.question, languages())
    named = any_language(abstention.languages, language)
    if language == ENGLISH:
        return (_REASONS | dict(others or {}))[abstention.reason].format(languages=named)
    texts = AnswerTexts(language)
    match abstention.reason:
        case Reason.OTHER_LANGUAGE:
            return texts.other_language(named)
        case Reason.NO_ARTICLES:
            return texts.no_articles
        case Reason.UNCLEAR | Reason.NO_QUESTION:
            return texts.unclear
        case Reason.TOO_LONG:
            return texts.too_long
        case Reason.NOTHING_FOUND:
            return texts.nothing_found


def rest_unchecked(number: int) -> str:
    """That only so many sentences of a text were checked."""
    first = (
        "This is the first sentence" if number == 1 else f"These are the first {number} sentences"
    )
    return f"{first}; check the rest apart."
