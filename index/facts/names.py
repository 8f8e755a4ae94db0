"""Names in texts, and whether two of them refer to the same thing."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache

from footnote.corpus.language import capitalises_nouns

_WORD = re.compile(r"(?<![^\W_])[^\W\d_][\w’'-]*")  # not "GiB" of "5GiB"
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
# What ends a sentence, and what may stand between that and the first word of the next.
_ENDS, _BEFORE_FIRST, _MAX_BEFORE = ".!?:;…", " \n\"“”«»'‘’([", 40
# A word that begins a sentence is a name if it stands alone before one of these, or before another
# word with a capital letter; of the others most are plain words ("Gunmen attacked").
_OF_ONE = re.compile(r"[’']s\b|\s+(?:was|is|has|had|became|said|says|told|did|does)\b")
# What somebody did, after the word that begins a sentence: "Zimbabwe joined …".
_DID = re.compile(r"\s+(?:[a-z]{2,20}ed|won|led|left|took|gave|held|made|began|lost|met)\b")
_OF_MANY = frozenset(("police", "people", "children", "militia", "troops", "staff"))
_NO_NAMES_TEXT = (
    "i a an the this that these those it he she they we you his her its their our my your "
    "there here one both all some many most few several each every no not none neither nor "
    "only also even in on at by for from to of with as after before during since until under "
    "over between among about against within without because although though while when where "
    "who whom whose which what why how if unless and but or so yet however moreover then thus "
    "later earlier still now today yesterday tomorrow such another other others more less "
    "according unlike like despite mr mrs ms dr"
)
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_COMMON_ENDINGS = (
    "ing", "ly", "ism", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship",
)  # fmt: skip
# Between a country, its people and what is theirs: Pakistan, Pakistani; China, Chinese.
_ENDINGS = (
    "istanis", "istani", "istan", "stanis", "stani", "stan", "is", "i", "ians", "ian", "ans", "an",
    "ns", "n", "eses", "ese", "ish", "ic", "y", "ey", "ia", "a", "s",
)  # fmt: skip
# Names that begin with a small letter.
_WITH_ARTICLE = re.compile(r"(?:a[lrstnz]|ad|ash|e[ld]|u[ld]|[dl]|de?ll)[-’'][A-Z]")
_MIN_LETTERS = 3
_LETTERS_OF_A_SPELLING, _MAX_LETTERS_APART, _SAME_SPELLING = 5, 2, 0.8
_SAME = tuple(
    (re.compile(rf"\b(?:{names})(?!\w)"), usual)
    for names, usual in (
        (r"U\.S\.?A?\.?|USA?|(?:North )?Americans?|America", "United States"),
        (r"U\.N\.?|UN|UNO", "United Nations"),
        (r"U\.K\.?|UK|British|Britons?|(?:Great )?Britain", "United Kingdom"),
        (r"E\.U\.?|EU", "European Union"),
        (r"French(?:man|men)?", "France"),
        (r"Dutch", "Netherlands"),
        (r"Soviets?|USSR", "Soviet Union"),
        (r"Moslems?", "Muslim"),
        (r"TVs?", "television"),
        (r"COVID(?:-19)?|Covid(?:-19)?|SARS-CoV-2", "coronavirus"),
    )
)
_ACRONYM = re.compile(r"\(([A-Z][a-z]*+[A-Z][A-Za-z]*+)\b")


def with_usual_names(text: str) -> str:
    """The text with countries and leagues of several names under one of them."""
    for pattern, usual in _SAME:
        text = pattern.sub(usual, text)
    return text


def introduced(text: str) -> dict[str, str]:
    """Acronyms that a text introduces in brackets, with their expansions.

    "Shanghai Cooperation Organisation (SCO)"; the letters have to be those of its words.
    """
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        words = re.findall(r"[\w’']+", text[max(0, match.start() - 120) : match.start()])
        if (expansion := _expansion(match[1], words)) is not None:
            found.setdefault(match[1], expansion)
    return found


def _expansion(acronym: str, words: list[str]) -> str | None:
    """The last words whose first letters are those of the acronym; small words may be between."""
    letters = acronym.casefold()
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and words[at][0].casefold() != letter and words[at].islower():
            at -= 1
        if at < 0 or words[at][0].casefold() != letter:
            return None
    return " ".join(words[at:]) if words[at][0].isupper() else None


def names(
    text: str,
    language: str | None = None,
    *,
    opening: bool = False,
    among: Collection[str] | None = None,
) -> Iterator[re.Match[str]]:
    """The words that are names or parts of one; none in languages that capitalise all nouns.

    `opening` says that the first word is one if it has a capital letter, as `opens_with_name` does;
    `among`: no others are looked at than these, in lower case.
    """
    if capitalises_nouns(language):
        return
    first = _WORD.search(text)
    at = first.start() if first else 0
    for word in _WORD.finditer(text):
        if among is not None and word[0].casefold() not in among:
            continue
        if _WITH_ARTICLE.match(word[0]):
            yield word
            continue
        capital = word[0][0].isupper() and word[0].casefold() not in _NO_NAMES
        begins = capital and _begins(text, word.start())
        if capital and (not begins or _is_name(word, text) or (opening and word.start() == at)):
            yield word


def opens_with_name(claim: str, texts: Iterable[str]) -> bool:
    """Whether the first word of a claim is a name, judging by how the texts write it.

    With a capital letter wherever it stands, and not only where sentences begin; or, where no text
    has it, before what somebody did.
    """
    word = _WORD.search(claim)
    if not word or not word[0][0].isupper() or word[0].casefold() in _NO_NAMES:
        return False
    bare = _POSSESSIVE.sub("", word[0])
    same = re.compile(rf"\b{re.escape(bare)}\b", re.IGNORECASE)
    there = [(text, found) for text in texts for found in same.finditer(text)]
    if any(found[0].islower() for _, found in there):
        return False
    if there:
        return any(not _begins(text, found.start()) for text, found in there)
    plain = bare.endswith((*_COMMON_ENDINGS, "s", "men")) or bare.casefold() in _OF_MANY
    return not plain and _DID.match(claim, word.start() + len(bare)) is not None


def _begins(text: str, at: int) -> bool:
    """Whether what begins there is the first word of a sentence."""
    before = text[max(0, at - _MAX_BEFORE) : at]
    said = before.rstrip(_BEFORE_FIRST)
    between = before[len(said) :]
    return not said or "\n" in between or (said[-1] in _ENDS and between.startswith(" "))


def _is_name(word: re.Match[str], text: str) -> bool:
    """Whether the first word of a sentence is a name, which its capital letter doesn't tell."""
    bare = _POSSESSIVE.sub("", word[0])
    if sum(letter.isupper() for letter in bare) > 1:
        return True
    following = _WORD.match(text, word.end() + 1)
    if following and following[0][0].isupper() and following[0].casefold() not in _NO_NAMES:
        return not bare.endswith(_COMMON_ENDINGS)
    plain = bare.endswith((*_COMMON_ENDINGS, "s"))
    return not plain and _OF_ONE.match(text, word.start() + len(bare)) is not None


def name_forms(word: str) -> frozenset[str]:
    """The normalised forms of a name's words: without case, accents and endings."""
    return frozenset(form for part in _parts(word) for form in _forms(part))


def same_name(word: str, forms: Collection[str]) -> bool:
    """Whether every part of a word ("al-Qaeda" has two) has a form among these."""
    return all(_forms(part) & set(forms) for part in _parts(word))


def alike(one: str, other: str) -> bool:
    """Whether two words of names may be spellings of one: Hanna and Hannah."""
    if abs(len(one) - len(other)) > _MAX_LETTERS_APART or len(one) < _LETTERS_OF_A_SPELLING:
        return False
    one, other = one.casefold(), other.casefold()
    return one[:2] == other[:2] and (
        SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME_SPELLING
    )


def _parts(word: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word).casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "’'")
    return re.findall(r"[^\W_]+", plain)


@cache
def _forms(part: str) -> frozenset[str]:
    stems = (part.removesuffix(end) for end in _ENDINGS if part.endswith(end))
    return frozenset({part} | {stem for stem in stems if len(stem) >= _MIN_LETTERS})
