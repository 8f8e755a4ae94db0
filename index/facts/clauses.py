"""Splits a text into content words, clause by clause."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# A name is one word with its hyphens (al-Qaeda), anything else with hyphens is several.
_PIECE = re.compile(
    r"(?P<word>(?<!\w-)[^\W_]++(?:[’'][^\W_]++)*+(?:-[^\W_]++)*-[A-Z][^\W_]*+"
    r"|[A-Z][^\W_]*+(?:-[^\W_]++)++|[^\W_]++(?:[’'][^\W_]++)*+)|[,;:()–—]|\.(?!\w)"
)
_NEW_CLAUSE_TEXT = "but while whereas although though which who whom where when after"
_NEW_CLAUSE = frozenset(_NEW_CLAUSE_TEXT.split())
# Behind these a full stop ends nothing.
_TITLES = frozenset(
    ("dr", "mr", "mrs", "ms", "prof", "st", "gen", "sen", "rep", "gov", "col", "lt")
)

Stem = Callable[[str], str]
"""The stem of a word; empty for a stop word."""


@dataclass(frozen=True, slots=True)
class Word:
    """`text` is in lower case; `clause` counts from 0; `name`: it has a capital letter.

    A number has no stem either.
    """

    text: str
    stem: str
    clause: int
    name: bool


def words(text: str, stem: Stem) -> list[Word]:
    """Clauses end at commas and similar marks, and before certain words ("which", "while")."""
    found: list[Word] = []
    clause = 0
    for piece in _PIECE.finditer(text):
        word = piece["word"]
        if piece[0] == "." and found and found[-1].text in _TITLES:
            continue
        if word is None or word.casefold() in _NEW_CLAUSE:
            clause += 1
        if word is not None:
            name = any(letter.isupper() for letter in word)
            number = word[0].isdigit()
            found.append(Word(word.casefold(), "" if number else stem(word), clause, name))
    return found
