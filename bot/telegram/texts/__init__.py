"""Everything that the bot says in its own words, in every language that it speaks.

A module for each language, of one typed form: a text that is missing or too many is found by the
type checker and when the module is read, and a test compares the places to be filled in. gettext,
Fluent and Babel have plural forms besides, which texts of this kind do without ("Articles: 3"), and
want files compiled or read by a library of their own.
"""

from footnote.bot.telegram.texts.direction import right_to_left
from footnote.bot.telegram.texts.english import ENGLISH
from footnote.bot.telegram.texts.form import Texts
from footnote.bot.telegram.texts.german import GERMAN
from footnote.bot.telegram.texts.persian import PERSIAN
from footnote.bot.telegram.texts.russian import RUSSIAN
from footnote.bot.telegram.texts.spanish import SPANISH
from footnote.bot.telegram.texts.urdu import URDU

LANGUAGES: dict[str, Texts] = {
    "en": ENGLISH,
    "de": GERMAN,
    "es": SPANISH,
    "fa": right_to_left(PERSIAN),
    "ru": RUSSIAN,
    "ur": right_to_left(URDU),
}
"""By the two letters of ISO 639-1."""


def texts_for(language_code: str | None) -> Texts:
    """The texts for somebody's Telegram language, such as "de" or "pt-br"; English if not known."""
    return LANGUAGES.get((language_code or "")[:2].lower(), ENGLISH)


def locale_of(texts: Texts) -> str:
    """The language that texts of `LANGUAGES` are in."""
    return next(code for code, of in LANGUAGES.items() if of is texts)


__all__ = ["ENGLISH", "LANGUAGES", "Texts", "locale_of", "texts_for"]
