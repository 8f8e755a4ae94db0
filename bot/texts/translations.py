"""The gettext catalogues: what the program says in other languages than English.

English stands in the code (`bot.texts.base`). Every other language is a folder of `locale` with a
catalogue, `de/LC_MESSAGES/footnote.po`, say: a new folder is a new language, and nothing else has
to name it. The catalogues are read as they are edited, when their language is first asked for, so
that nobody has to compile them (20 ms each).
"""

import gettext
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from babel import Locale

DOMAIN = "footnote"
ENGLISH = "en"
LOCALE = files(__package__) / "locale"
_TO_THE_RIGHT, _TO_THE_LEFT, _JOINER = "\u200e", "\u200f", "\u200c"
# What begins with a command, a name or another word in Latin letters, and goes on in Arabic ones.
_LATIN_HEAD = re.compile(r"^(?=[^A-Za-z\u0620-\u06ff\n]*[A-Za-z].*[\u0620-\u06ff])", re.MULTILINE)
_COMMAND = re.compile(r"(?=/[a-z])")


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
                message.string = _with_directions(message.string) if message.id else message.string
            elif message.string:
                message.string = tuple(map(_with_directions, message.string))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return gettext.GNUTranslations(BytesIO(compiled.getvalue()))


def _with_directions(text: str) -> str:
    """The same text, each line from right to left and each command from left to right.

    A line takes its direction from its first letter, and a slash that of its surroundings (Unicode
    Bidirectional Algorithm, P2 and N1). Of marks side by side Telegram leaves only the last (TDLib,
    replace_offending_characters), so something invisible parts them.
    """
    return _COMMAND.sub(_TO_THE_RIGHT, _LATIN_HEAD.sub(_TO_THE_LEFT + _JOINER, text))
