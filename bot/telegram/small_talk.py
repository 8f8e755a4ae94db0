"""What people write that is no question to the articles: greetings, thanks, a wall of text."""

import re
import unicodedata
from collections.abc import Sequence

from footnote.bot.telegram import phrases
from footnote.bot.telegram.phrases import Talk

_KINDS = (
    (phrases.BESIDES, None),
    (phrases.ACKNOWLEDGED, Talk.ACKNOWLEDGED),
    (phrases.GREETINGS, Talk.GREETING),
    (phrases.PRAISE, Talk.PRAISE),
    (phrases.THANKS, Talk.THANKS),
    (phrases.FAREWELLS, Talk.FAREWELL),
    (phrases.ABOUT_BOT, Talk.ABOUT_BOT),
    (phrases.ARTICLES, Talk.ARTICLES),
)
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
    at = 0
    while at < len(words):
        ends = range(min(at + _MAX_WORDS, len(words)), at, -1)
        end = next((end for end in ends if "".join(words[at:end]) in _TALK), None)
        if end is None:
            return None
        if talk := _TALK["".join(words[at:end])]:
            kinds.add(talk)
        at = end
    return kinds


def _words(text: str) -> list[str]:
    """In their plain form: small letters without signs and accents, none of them twice on end.

    Of Arabic letters the Persian kind stands for all, and the half space of Persian for a space.
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = "".join(
        c if c.isalnum() else "" if unicodedata.category(c) in _WITHIN_WORDS else " " for c in plain
    )
    return _REPEATED.sub(r"\1", letters).split()


_TALK: dict[str, Talk | None] = {
    "".join(_words(phrase)): talk
    for of, talk in _KINDS
    for phrase in re.split(r"[,\n]", of)
    if phrase.strip()
}
