"""Ellipsis: completes a question that consists only of a time, such as "And in 2023?".

So is one for how what was asked before has changed: that question is for how it stands now, below
which an answer says how it stood earlier.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from footnote.index.finding.asked_time import AskedTime
from footnote.index.question import Question

_MAX_CHARACTERS = 100
_MAX_QUESTIONS_BACK = 4
_LEADS = re.compile(
    r"^\W*(?:(?:and|but|or|so|then|what about|how about|what of|und|aber|oder|wie war (?:es|das)"
    r"|wie ist es|y|pero|e|qué tal|а|и|или|но|а как|و|اور)\b\W*)*",
    re.IGNORECASE,
)
_NOW = frozenset(
    ("now", "today", "currently", "nowadays", "at present", "these days", "right now", "jetzt",
     "heute", "inzwischen", "ahora", "hoy", "actualmente", "сейчас", "теперь", "сегодня")
)  # fmt: skip
_HOW_IT_CHANGED = re.compile(
    r"(?:how (?:did|has|have|does|do) (?:it|this|that|they|these|those|the (?:number|figure|count"
    r"|total|toll)s?) (?:changed?|develop(?:ed)?|evolved?|moved?|grown?)"
    r"|(?:what|how) (?:has )?changed|has (?:it|this|that) changed"
    r"|wie (?:hat|haben) (?:sich )?(?:das|es|die zahl)(?: sich)? (?:ver|ge)?(?:ändert|entwickelt)"
    r"|cómo (?:ha cambiado|cambió|ha evolucionado|evolucionó)(?: eso| esto)?"
    r"|как (?:это|оно) (?:изменилось|менялось))"
    r"(?: over time| since then| since| seither| seitdem| desde entonces| с тех пор)?",
    re.IGNORECASE,
)


def completed(question: Question, time_of: Callable[[Question], AskedTime]) -> Question:
    """The question with what it leaves out filled in from the question before it.

    "How many ships are there?", then "And in 2023?": "How many ships are there in 2023?", in the
    conversation as it was before the first.
    """
    if not question.history:
        return question
    when = _time_alone(question, time_of)
    if when is None and not _HOW_IT_CHANGED.fullmatch(question.bare[:_MAX_CHARACTERS]):
        return question
    for place, turn in list(enumerate(question.history))[: -_back(question) - 1 : -1]:
        if turn.role != "user":
            continue
        before = replace(question, text=turn.text, history=question.history[:place])
        if _time_alone(before, time_of) is None and not _HOW_IT_CHANGED.fullmatch(
            before.bare[:_MAX_CHARACTERS]
        ):
            asked = time_of(before).taken_out_of(turn.text) if when else turn.text
            return replace(before, text=f"{asked.rstrip(' ?.!¿؟')} {when or ''}".strip() + "?")
    return question


def _back(question: Question) -> int:
    """How many turns to look back at: so many questions with their answers."""
    return min(2 * _MAX_QUESTIONS_BACK, len(question.history))


def _time_alone(question: Question, time_of: Callable[[Question], AskedTime]) -> str | None:
    """The time that a question consists of, in its words; None where it has other words."""
    if len(question.text) > _MAX_CHARACTERS:
        return None
    line = " ".join(question.text.split())
    when = line[lead.end() :] if (lead := _LEADS.match(line)) else line
    when = when.strip(" ,.!?¿؟")
    alone = replace(question, text=when, history=())
    if when.casefold() in _NOW:
        return when
    left = time_of(alone).taken_out_of(when) if when else "?"
    return when if not any(map(str.isalnum, left)) and any(map(str.isalnum, when)) else None
