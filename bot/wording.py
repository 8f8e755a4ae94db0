"""Small turns of wording that the terminal and Telegram share."""

import unicodedata


def one_line(text: str) -> str:
    return " ".join(text.split())


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def visible(name: str) -> str:
    """The name of a file with what a terminal would obey, or could not write, made harmless."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") else c for c in name)
