"""Who did something, and to what: sentences that tell it of a part of what is asked about, or tell
only that it was done.

"The mill's machine was built by Voigt" does not say who built the mill, nor does "The mill, built
in 1898, has burned down". English only.
"""

import re
from collections.abc import Sequence

from footnote.corpus.calendar_names import month_names, weekday_names
from footnote.index.facts.roles import is_done
from footnote.index.finding.kind import OPENING
from footnote.index.words import is_function_word, stemmed

# "Who built the mill?", and with "When was it built?" as well.
_WHO_DID = (
    rf"{OPENING}[Ww]ho (?:first |originally )?(?P<done>[a-z]{{3,20}}) (?P<thing>[^?]{{2,80}}?)\W*$"
)
_DOER_ASKED = re.compile(_WHO_DID)
_DOING_ASKED = re.compile(
    rf"{_WHO_DID}|{OPENING}(?:[Bb]y whom|[Ww]h(?:en|ere|y)) (?:was|were) (?P<it>[^?]{{2,80}}?)"
    r" (?:first |originally )?(?P<was_done>[a-z]{3,20})\W*$"
)
# "Its machine was built by …", "The toll house at its end, built in …".
_WAS_DONE = re.compile(
    r"(?:^|; |\band )\W{0,3}"
    r"(?P<thing>[Ii]t|[Tt]hey|(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)(?: [\w’'-]{1,40}){1,7}?)"
    r"(?:,? (?:was|were|had been|has been|is|are)|,)(?: \w{1,20}ly| first| also| then| later)?"
    r" (?P<done>[a-z]{3,20}) (?:by|in|at|on)\b"
)
# Before what was done, and not before what somebody did.
_PASSIVE = re.compile(
    r"\b(?:was|were|been|is|are|be|being)(?: \w{1,20}ly| first| then| also| later)? $|[,(] ?$"
)
_BY = re.compile(r"\bby\b")
# Behind it, in an aside: ", built in 1898,".
_IN_TIME = re.compile(r" (?:in|at|on)\b")
_NEAR = 40
_WORD = re.compile(r"[\w’'-]+")
_GENITIVE = re.compile(r"[’']s?$")
_PRONOUNS = frozenset(("it", "him", "her", "them", "this", "that", "these", "those"))
_OF_IT = frozenset(("its", "his", "her", "their"))


def was_done_to_a_part(wordings: Sequence[str], sentence: str) -> bool:
    """Whether what was done, by the sentence, was done to something of what is asked about, or to
    something that has two words or more, and none of its.

    Of 1,886 sentences that answer such questions in nine public sets it says so of 2, and of 16
    others of the same articles, rightly of all.
    """
    asked = [found for text in wordings if (found := _DOING_ASKED.match(text))]
    return bool(asked) and all(
        is_done(done := found["done"] or found["was_done"])
        and _is_done_to_a_part(done, found["thing"] or found["it"], sentence)
        for found in asked
    )


def names_no_doer(sentence: str, question: str) -> bool:
    """Whether it is asked who did something, and the sentence has only that it was done, with no
    "by" and no name that the question has not.

    Of 1,373 sentences that answer such questions in nine public sets it says so of none, and of 83
    of 2,881 others of the same articles that have the verb.
    """
    asked = _DOER_ASKED.match(question)
    if asked is None or not is_done(asked["done"]) or _BY.search(sentence):
        return False
    told = [word for word in _WORD.finditer(sentence) if word[0] == asked["done"]]
    passive = (
        _PASSIVE.search(sentence[max(word.start() - _NEAR, 0) : word.start()]) for word in told
    )
    aside = (_IN_TIME.match(sentence, word.end()) for word in told)
    return (
        bool(told)
        and all(
            was and (was[0][0] not in ",(" or at) for was, at in zip(passive, aside, strict=True)
        )
        and not _has_another_name(sentence, question)
    )


def _has_another_name(sentence: str, question: str) -> bool:
    known = {_GENITIVE.sub("", word).casefold() for word in _WORD.findall(question)}
    known |= month_names("en").keys() | weekday_names("en").keys()
    return any(
        word[0].isupper()
        and not is_function_word(word)
        and _GENITIVE.sub("", word).casefold() not in known
        for word in _WORD.findall(sentence)
    )


def _is_done_to_a_part(done: str, asked: str, sentence: str) -> bool:
    things = [found["thing"] for found in _WAS_DONE.finditer(sentence) if found["done"] == done]
    meant = set(stemmed(asked, "en"))
    return bool(things) and not any(
        meant & set(stemmed(thing, "en")) or not _is_a_part(thing.split(), asked)
        for thing in things
    )


def _is_a_part(thing: Sequence[str], asked: str) -> bool:
    if _OF_IT & {word.casefold() for word in thing}:
        return True
    return (
        asked.casefold() not in _PRONOUNS
        and len(thing) > len(("the", "tower"))
        and all(map(str.islower, thing[1:]))
    )
