"""Whether an English text names a country, or a people by its country."""

import re
from functools import cache

from babel.core import Locale

from footnote.index.facts.names import name_forms, with_usual_names

# Other names have shorter stems, too: "Mali" and "Malians", not "Mal".
_MIN_LETTERS_OF_A_FORM = 4
# "All member states signed": that tells which, too.
_ALL_OF_THEM = re.compile(
    r"\b(?:all|both|every|none|each)\b[^.]{0,30}\b(?:states?|countries|country|nations?|members?)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b[^\W\d_a-z][\w’'-]{2,}")
# Babel's codes for what is no country.
_NO_COUNTRIES = frozenset(("EU", "UN", "EZ", "QO", "ZZ", "XA", "XB", "UM"))
# Names of one word that Babel has as part of a longer one or not at all.
_OTHER_NAMES = (
    "Korea", "Congo", "Guinea", "Bosnia", "Emirates", "Macedonia", "Timor", "Palestine", "Burma",
    "Czechoslovakia", "Yugoslavia", "Czechia", "Rhodesia", "Persia", "England", "Scotland", "Wales",
    "Holland", "Ceylon", "Zaire", "Swaziland", "Turkey", "Kosovo", "Taiwan", "Macau",
    "Trinidad", "Tobago", "Prussia",
)  # fmt: skip
_OTHER_LONGER_NAMES = ("Soviet Union", "Ivory Coast", "UAE", "DRC", "GDR", "São Tomé")
# What is of them, where it is not their names with another ending.
_PEOPLES = (
    "Swiss", "Danish", "Danes", "Spanish", "Spaniard", "Polish", "Poles", "Greek", "Irish", "Welsh",
    "Scottish", "Scots", "English", "Swedish", "Swedes", "Finnish", "Finns", "Norwegian",
    "Filipino", "Filipina", "Thai", "Cypriot", "Argentine", "Argentinian", "Czech", "Slovak",
    "Croat", "Serb",
    "Portuguese", "Lebanese", "Burmese", "Peruvian", "Israeli", "Emirati", "Afghan", "Uzbek",
    "Kazakh", "Tajik", "Turkmen", "Kyrgyz", "Icelandic", "Venezuelan", "Belgian", "German",
)  # fmt: skip


# What only a country has, or is: "the Republic of Sund", "Kestria's parliament".
_NAME = r"[A-Z][\w-]{2,40}+(?: [A-Z][\w-]{2,40}+)?"
_OF_A_STATE = (
    r"(?:president|prime minister|foreign minister|government|parliament|ambassador|army|monarchy)"
)
_CALLED_A_COUNTRY = re.compile(
    rf"\b(?:[Rr]epublic|[Kk]ingdom|[Ss]ultanate|[Ee]mirate|{_OF_A_STATE}"
    rf"|[Mm]inistry of (?:the )?[A-Z]\w{{2,20}}) of (?P<of>{_NAME})"
    rf"|\b(?P<its>{_NAME})[’'] ?s? (?:deputy )?{_OF_A_STATE}\b"
)


def names_a_country(text: str, beside: str = "") -> bool:
    """Whether it has the name of a country, or of what is of one: France, French; or one that the
    text `beside` it calls a country, or speaks of as of one: "Kestria's parliament"."""
    return _has_known(text) or any(
        re.search(rf"\b{re.escape(found['of'] or found['its'])}\b", text)
        for found in _CALLED_A_COUNTRY.finditer(beside)
    )


def _has_known(text: str) -> bool:
    text = with_usual_names(text).replace("'", "’")
    if _ALL_OF_THEM.search(text) or any(name in text for name in _longer_names()):
        return True
    known = _forms()
    return any(known & name_forms(word[0]) for word in _CAPITAL.finditer(text))


def _names() -> tuple[str, ...]:
    territories = Locale("en").territories
    return tuple(
        name
        for code, name in territories.items()
        if len(code) == len("FR") and code.isalpha() and code not in _NO_COUNTRIES
    )


@cache
def _longer_names() -> tuple[str, ...]:
    return (*(name for name in _names() if " " in name), *_OTHER_LONGER_NAMES)


@cache
def _forms() -> frozenset[str]:
    words = [name for name in (*_names(), *_OTHER_NAMES, *_PEOPLES) if " " not in name]
    forms = (form for word in words for form in name_forms(word))
    return frozenset(form for form in forms if len(form) >= _MIN_LETTERS_OF_A_FORM)
