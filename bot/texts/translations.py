"""The gettext catalogues: what the program says in other languages than English.

English stands in the code (`bot.texts.base`). Every other language is a folder of `locale` with a
catalogue, `de/LC_MESSAGES/footnote.po`, say: a new folder is a new language, and nothing else has
to name it. The catalogues are read as they are edited, when their language is first asked for, so
that nobody has to compile them (20 ms each).
"""

import gettext
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from babel import Locale

from footnote.bot.texts.direction import mark_directions

DOMAIN = "footnote"
ENGLISH = "en"
LOCALE = files(__package__) / "locale"


@cache
def languages() -> tuple[str, ...]:
    """Every language that the program speaks, by the two letters of ISO 639-1; English first."""
    return (ENGLISH, *sorted(of.name for of in LOCALE.iterdir() if catalogue_of(of.name).is_file()))


def known_language(language_code: str | None) -> str:
    """The language for a code such as "de" or "pt-br", as clients send it; English if not known."""
    language = (language_code or "")[:2].lower()
    return language if language in languages() else ENGLISH


def is_right_to_left(language: str) -> bool:
    return Locale(language).text_direction == "rtl"


def catalogue_of(language: str) -> Traversable:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The translations of one of `languages()`; a text that is not among them stays English."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with catalogue_of(language).open("rb") as file:
        catalogue = read_po(file, locale=language, domain=DOMAIN)
    if is_right_to_left(language):
        for message in catalogue:
            if isinstance(message.string, str):
                message.string = mark_directions(message.string) if message.id else message.string
            elif message.string:
                message.string = tuple(map(mark_directions, message.string))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return gettext.GNUTranslations(BytesIO(compiled.getvalue()))
