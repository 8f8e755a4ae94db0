"""Small turns of wording that the terminal and Telegram share."""

import unicodedata
from collections.abc import Sequence

from babel import Locale
from babel.lists import format_list

from footnote.index.results import Reason


def one_line(text: str) -> str:
    return " ".join(text.split())


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def visible(name: str) -> str:
    """The name of a file with what a terminal would obey, or could not write, made harmless."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") else c for c in name)


def any_language(codes: Sequence[str], locale: str) -> str:
    """Languages by their names in another one, such as "English or German"; `codes` of ISO 639."""
    names = Locale(locale).languages
    return format_list([names.get(code, code) for code in codes], style="or", locale=locale)


NEAREST = "I'm not sure that this answers it. What comes nearest:"
AS_OF = "The newest report that answers is of {day}."
REASONS = {
    Reason.NO_QUESTION: "There is no question in this.",
    Reason.NO_ARTICLES: "There are no articles yet.",
    Reason.NOTHING_FOUND: "I found nothing on this in the articles.",
    Reason.OTHER_LANGUAGE: "The articles are in another language. Try it in {languages}.",
    Reason.UNCLEAR: "What is it about? Say who or what you mean.",
    Reason.TOO_LONG: "This took too long. A shorter question may help.",
}
"""Why nothing is answered, in English, for the terminal and for other programs."""


def rest_unchecked(number: int) -> str:
    """That only so many sentences of a text were checked."""
    first = (
        "This is the first sentence" if number == 1 else f"These are the first {number} sentences"
    )
    return f"{first}; check the rest apart."
