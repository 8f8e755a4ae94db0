"""Full names in questions, and texts that have another of the same last name only.

"Who is Imran Khan?" isn't answered by what is told of Hafiz Saeed Khan, nor is "What is the
American Union?" by what is told of the European Union.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from footnote.corpus.language import primary_language
from footnote.index.facts.countries import names_a_country
from footnote.index.facts.names import alike, name_forms, same_name
from footnote.index.words import is_function_word

# Who is Ada Winter? In English, German, Spanish and Russian.
_ASKS_WHO = re.compile(
    r"^\W{0,3}(?:who(?:[’']s| is| was| are| were)|wer (?:ist|war|sind|waren)"
    r"|qui[ée]n(?:es)? (?:es|fue|era|son|eran)|кто (?:такой|такая|такие|был|была))(?= )",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[\w.’'-]*[\w])?")
_GENITIVE = re.compile(r"[’']s?$")
# What stands in a name in small letters: Ludwig van Beethoven, Osama bin Laden.
_PARTICLES_TEXT = "al bin da de del den der di du el ibn la le ter van von zu"
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
# Before a name, and no part of it.
_TITLES_TEXT = (
    "mr mrs ms miss dr sir dame lord lady king queen prince princess emperor sultan pope saint st"
    " president premier chancellor prime minister secretary senator governor mayor ambassador"
    " representative sen rep gov gen col capt lt sgt"
    " judge justice chief general colonel captain major lieutenant sergeant admiral"
    " marshal commander inspector officer professor prof reverend father sheikh imam mullah maulana"
    " ayatollah former deputy foreign"
    " herr frau könig königin kaiser papst präsident kanzler kanzlerin minister ministerin"
    " señor señora don doña presidente presidenta rey reina"
    " президент король царь генерал"
)
_TITLES = frozenset(_TITLES_TEXT.split())
# Behind a name, and often left out.
_SUFFIXES_TEXT = "jr sr ii iii iv v vi vii viii ix x inc ltd llc plc corp co"
_SUFFIXES = frozenset(_SUFFIXES_TEXT.split())
_LANGUAGE = "en"
_OF_A_PEOPLE = ("an", "ans", "ese", "ish", "ch")
_MAX_BEFORE, _ENDS_A_NAME = 60, ",;:)!?"
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_ACCENTS = re.compile("[\u0300-\u036f]+")


class Met(Enum):
    """How a text has a name: in full, by its last word alone or not at all, or only as the last
    word of other names."""

    IN_FULL = "in full"
    NOT = "not"
    BY_ANOTHER = "by another"


def is_of_a_namesake(question: str, sentence: str, text: str, language: str | None) -> bool:
    """Whether the sentence is of another than the one whose full name the question gives.

    `text` is all of the article down from its title. Where the question is just who somebody is,
    the article has to have the full name somewhere, and the sentence not just another; elsewhere it
    is enough that it doesn't have only others of that last name; known of English articles only. So
    it is with .031 of SQuAD 2.0's unanswerable questions, held against the whole of their article,
    and .006 of the answerable ones, and with none of those of QED, ClapNQ and OneStopQA.
    """
    asked, names = _asked(question)
    if asked:
        return how_met(asked, text) is not Met.IN_FULL or how_met(asked, sentence) is Met.BY_ANOTHER
    if primary_language(language, _LANGUAGE) != _LANGUAGE:
        return False  # whose words have other endings in other places
    return any(how_met(name, text) is Met.BY_ANOTHER for name in names)


@lru_cache(maxsize=64)
def _asked(question: str) -> tuple[tuple[str, ...] | None, tuple[tuple[str, ...], ...]]:
    """The full name of whom it is asked who that is, if it is, and all full names."""
    asks = _ASKS_WHO.match(question)
    names = tuple(_names(question, asks.end() if asks else None))
    words = len(_WORD.findall(question, asks.end())) if asks else 0
    alone = len(names) == 1 and len(names[0]) == words
    bare = tuple(full for name in names if len(full := _bare(name)) > 1)
    return (bare[0] if alone and bare else None), bare


def _names(question: str, start: int | None) -> Iterator[tuple[str, ...]]:
    """The runs of words with a capital letter, without the first word of the question; a genitive
    ends one."""
    run = list[str]()
    end = -1
    for number, word in enumerate(_WORD.finditer(question, start or 0)):
        is_name = (number > 0 or start is not None) and _is_capital(word[0])
        goes_on = bool(run) and question[end : word.start()].strip(" .") == ""
        if not goes_on or not (is_name or word[0] in _PARTICLES):
            yield from _closed(run)
            run = []
        if is_name or run:
            run.append(_GENITIVE.sub("", word[0]))
        end = word.end()
        if run and run[-1] != word[0]:
            yield from _closed(run)
            run = []
    yield from _closed(run)


def _closed(run: list[str]) -> Iterator[tuple[str, ...]]:
    while run and run[-1] in _PARTICLES:
        run = run[:-1]
    if run:
        yield tuple(run)


def _bare(name: tuple[str, ...]) -> tuple[str, ...]:
    """Without titles before it, nor "Jr", "II" or "Inc" behind it."""
    while name and _is_title(name[0]):
        name = name[1:]
    while len(name) > 1 and name[-1].casefold() in _SUFFIXES:
        name = name[:-1]
    return name


def how_met(name: tuple[str, ...], text: str) -> Met:
    """How a text has a name of several words.

    In full: with its last word and any of the others before it, "Hafiz Khan" by Hafiz Saeed Khan.
    Capitals make no difference, nor do hyphens in the last word.
    """
    *given, last = map(_plain, name)
    if last.endswith(_OF_A_PEOPLE) and names_a_country(last):  # "North American cities"
        return Met.IN_FULL
    if _is_title(last) and any(map(names_a_country, given)):  # "US President", told as "President"
        return Met.IN_FULL
    text = _plain(text)
    others = False
    spelled = "[ -]".join(map(re.escape, last.split("-")))
    for found in re.finditer(rf"(?<!\w){spelled}(?!\w)", text, re.IGNORECASE):
        before = list(_before(text, found.start()))
        if any(_same(one, other) for one in given for other in before):
            return Met.IN_FULL
        # In small letters it may be another word, or the end of a name: Kim Jong-un.
        others = others or (bool(before) and (found[0][0].isupper() or last[0].islower()))
    return Met.BY_ANOTHER if others else Met.NOT


def _before(text: str, at: int) -> Iterator[str]:
    """The words of a name before its last one, from behind, up to a title or the end of a
    sentence."""
    line = text[max(at - _MAX_BEFORE, 0) : at].rpartition("\n")[2]
    if not line.endswith((" ", "-")):
        return
    for word in reversed(line.split()):
        if word[-1] in _ENDS_A_NAME or word.endswith(("’s", "'s")):
            return
        bare = word.strip("\"'“”‘’«»„([.-")
        if bare in _PARTICLES:
            continue
        initials = _INITIALS.fullmatch(word) is not None
        if not bare or not (initials or (_is_capital(bare) and word[-1] != ".")):
            return
        if _is_title(bare):  # what stands before it is whose president he is
            return
        yield bare


def _same(one: str, other: str) -> bool:
    one, other = one.replace(".", ""), other.replace(".", "")
    is_initial = len(one) == 1 or len(other) == 1
    return (
        (is_initial and one[0] == other[0])
        or one.casefold() == other.casefold()
        or alike(one, other)
        or same_name(one, name_forms(other))
    )


def _is_capital(word: str) -> bool:
    """Whether it has a capital letter, al-Baghdadi too, and is no word like "The"."""
    capital = word[0].isupper() or word.rpartition("-")[2][:1].isupper()
    return capital and not is_function_word(word)


def _is_title(word: str) -> bool:
    return word.casefold().rstrip(".") in _TITLES


def _plain(text: str) -> str:
    """Without accents: Möngke Khan is Mongke Khan."""
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
