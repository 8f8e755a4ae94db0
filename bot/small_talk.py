"""What people write that is no question to the articles: greetings, objections, a wall of text.

The phrases of each language are in its `small_talk.toml`, beside its catalogue, or alone where the
program understands more of a language than it speaks: lists by the kinds of `KINDS`. How they are
written matters little: capitals, accents and signs make no difference.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache

from footnote.bot.texts.translations import LOCALE


class Talk(Enum):
    """A kind of small talk, by the name of the text that answers it; the weightiest first."""

    ARTICLES = "articles_how"
    ABOUT_BOT = "start"
    PRIVACY = "help_kept"
    FAREWELL = "farewell"
    OBJECTION = "objection"
    MORE = "more_how"
    THANKS = "thanks"
    PRAISE = "praised"
    GREETING = "greeting"
    ACKNOWLEDGED = "acknowledged"
    NOTHING = "no_question"
    WALL = "wall_of_text"


KINDS: Mapping[str, Talk | None] = {
    "besides": None,  # who is spoken to, and how much: part of small talk, and none by themselves
    "acknowledged": Talk.ACKNOWLEDGED,
    "more": Talk.MORE,
    "objections": Talk.OBJECTION,
    "greetings": Talk.GREETING,
    "praise": Talk.PRAISE,
    "thanks": Talk.THANKS,
    "farewells": Talk.FAREWELL,
    "privacy": Talk.PRIVACY,
    "about_bot": Talk.ABOUT_BOT,
    "articles": Talk.ARTICLES,
}
"""The names of the lists; a phrase in several counts as what the last of them says."""

_MAX_WORDS = 12
_SIGNS = dict.fromkeys(
    "👍🙏❤♥💙💚💛🧡💜🖤💯👏🙌🔥😍🥰😊😀😃😄🙂👌💪🎉🌹🌷💐🤝🤗😘", Talk.THANKS
) | {"👋": Talk.GREETING}
QUESTION_MARKS = set("?؟？⁇⁈¿;")
_SPACED_DASH = r"\s[-–—]+\s"
_ENDS = r",.!?;:…،؛؟。！？，\n"
_BORDER = re.compile(rf"[{_ENDS}()\"«»“”„¡¿]+|{_SPACED_DASH}")
_HEAD_ENDS = re.compile(rf"[{_ENDS}]+|{_SPACED_DASH}")
_TAIL_BEGINS = re.compile(r"[?؟？.!…]\s")
_QUOTES = set('"«»“”„()')
_LETTERS = str.maketrans("يىكةۃہھەٱ", "ییکههههها", "'’‘`ـ") | {"\u200c": " "}
_WITHIN_WORDS = ("Mn", "Mc", "Me", "Cf", "Sk", "Lm")
_REPEATED = re.compile(r"([^\W\d_])\1+")
# Of 11,597 questions in XQuAD (four languages), SQuAD 2.0, ClapNQ and MTRAG the longest has 226
# characters.
WALL_CHARACTERS = 500


def talk_of(text: str) -> Talk | None:
    """What kind of small talk a whole message is; None for a question, as which all else counts."""
    pieces = [words for piece in _BORDER.split(text) if (words := _words(piece))]
    if not pieces:
        return next((talk for sign, talk in _SIGNS.items() if sign in text), Talk.NOTHING)
    if len(text) >= WALL_CHARACTERS:
        return None if QUESTION_MARKS & set(text) else Talk.WALL
    kinds: set[Talk] = set()
    for words in pieces:
        found = _kinds(words)
        if found is None:
            return None
        kinds |= found
    return next((talk for talk in Talk if talk in kinds), None)


def question_of(text: str) -> str:
    """A question without the greeting or the thanks before it, and without those after it."""
    while (end := _HEAD_ENDS.search(text)) and _is_courtesy(text[: end.start()]):
        text = text[end.end() :].lstrip()
    while (begins := list(_TAIL_BEGINS.finditer(text))) and _is_courtesy(text[begins[-1].end() :]):
        text = text[: begins[-1].end()].rstrip()
    return text


def _is_courtesy(piece: str) -> bool:
    kinds = _kinds(_words(piece)) or set()
    return bool(kinds) and kinds <= {Talk.GREETING, Talk.THANKS} and not _QUOTES & set(piece)


def _kinds(words: Sequence[str]) -> set[Talk] | None:
    """The kinds of the phrases that a piece is made of, the longest first; None for any other."""
    kinds: set[Talk] = set()
    known, at = _talk_by_words(), 0
    while at < len(words):
        ends = range(min(at + _MAX_WORDS, len(words)), at, -1)
        end = next((end for end in ends if "".join(words[at:end]) in known), None)
        if end is None:
            return None
        if talk := known["".join(words[at:end])]:
            kinds.add(talk)
        at = end
    return kinds


def _words(text: str) -> list[str]:
    """In their plain form: lower case without signs and accents, none of them twice on end.

    Of Arabic letters the Persian kind stands for all, and the half space of Persian for a space.
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = "".join(
        c if c.isalnum() else "" if unicodedata.category(c) in _WITHIN_WORDS else " " for c in plain
    )
    return _REPEATED.sub(r"\1", letters).split()


@cache
def phrases() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By language and kind."""
    files = {of.name: of / "small_talk.toml" for of in LOCALE.iterdir()}
    return {
        language: tomllib.loads(file.read_text("utf-8"))
        for language, file in sorted(files.items())
        if file.is_file()
    }


@cache
def _talk_by_words() -> dict[str, Talk | None]:
    return {
        "".join(_words(phrase)): talk
        for kind, talk in KINDS.items()
        for of_language in phrases().values()
        for phrase in of_language.get(kind, ())
    }
