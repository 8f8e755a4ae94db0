"""Questions for somebody's words, and sentences that report somebody else's.

"What did Putin say about Tillerson?" is not answered by what Gates said about Putin and Tillerson.
English only.
"""

import re
from functools import lru_cache

from footnote.index.words import is_function_word

_SAY_TEXT = (
    "say says said saying tell tells told write writes wrote written think thinks thought "
    "believe believes believed argue argues argued claim claims claimed call calls called "
    "describe describes described warn warns warned announce announces announced add adds added "
    "deny denies denied insist insists insisted suggest suggests suggested state states stated "
    "explain explains explained reply replies replied respond responds responded comment "
    "comments commented ask asks asked admit admits admitted promise promises promised demand "
    "demands demanded tweet tweets tweeted post posts posted declare declares declared note "
    "notes noted acknowledge acknowledges acknowledged testify testifies testified recall "
    "recalls recalled report reports reported criticise criticises criticised criticize "
    "criticizes criticized praise praises praised dispute disputes disputed recommend "
    "recommends recommended "
)
_SAY = frozenset(_SAY_TEXT.split())
_ASKED = re.compile(
    r"\bwhat (?:else )?(?:did|does|do|has|have|had|would|is|was|were|are)"
    r" (?P<who>(?:[\w.’'-]+ ){1,6}?)"
    r"(?:say|said|saying|tell|told|write|written|think|thought|believe|believed|argue|argued|claim"
    r"|claimed|call|called|warn|warned|announce|announced|suggest|suggested|reply|replied|respond"
    r"|responded|comment|commented|tweet|tweeted|declare|declared)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w’'-]+|[^\w\s]")
_GENITIVE = re.compile(r"[’']s?$")
_QUOTATION_MARKS = frozenset('"“”«»„')
_PRONOUNS = frozenset(("he", "she", "they", "we", "i"))
# Between who speaks and what says so: "Oppenheimer, a climate scientist at Princeton, wrote".
_MAX_BETWEEN, _NEAR = 14, 3


@lru_cache(maxsize=64)
def speaker_asked(question: str) -> frozenset[str]:
    """The words, in lower case, of the name of the speaker asked about; empty if there is none."""
    asked = _ASKED.search(question)
    if asked is None:
        return frozenset()
    words = (_GENITIVE.sub("", word) for word in asked["who"].split())
    return frozenset(w.casefold() for w in words if w[:1].isupper() and not is_function_word(w))


def another_speaks(sentence: str, question: str) -> bool:
    """Whether the sentence reports only words of people other than the one asked about.

    A sentence without a name of anybody may go on with the words of the one before it.
    """
    speaker = speaker_asked(question)
    if not speaker:
        return False
    words = _WORD.findall(sentence)
    named = [_GENITIVE.sub("", word).casefold() in speaker for word in words]
    if not any(named):
        return not _goes_on(words)
    return not any(_speaks(words, named, at) for at, word in enumerate(named) if word)


def _goes_on(words: list[str]) -> bool:
    """Whether it is quoted, or is of somebody whom it does not name."""
    return (
        bool(_QUOTATION_MARKS & set(words[:1]))
        or any(word.casefold() in _PRONOUNS for word in words)
        or not any(word[0].isupper() for word in words[1:])
    )


def _speaks(words: list[str], named: list[bool], at: int) -> bool:
    """Whether the name at a place is the first one of the sentence, or stands with a word for
    speaking: "said Ada Winter", "according to Winter", "Winter, the mayor of Arvik, wrote"."""
    if at < _end_of_first_name(words):
        return True
    before = [word.casefold() for word in words[max(at - _NEAR, 0) : at]]
    if any(word in _SAY or word == "according" for word in before):
        return True
    after = [word.casefold() for word in words[at + 1 : at + _MAX_BETWEEN]]
    in_apposition = after[:1] == [","]
    return any(
        word in _SAY and (place < _NEAR or (in_apposition and after[place - 1] == ","))
        for place, word in enumerate(after)
    )


def _end_of_first_name(words: list[str]) -> int:
    """The place behind the first words with a capital letter, without the first of the sentence."""
    for place in range(1, len(words)):
        if words[place][0].isupper():
            while place < len(words) and words[place][0].isupper():
                place += 1
            return place
    return len(words)
