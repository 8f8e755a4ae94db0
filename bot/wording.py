"""Small turns of wording that the terminal and Telegram share."""

import unicodedata
from collections.abc import Sequence

from babel import Locale
from babel.lists import format_list


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
