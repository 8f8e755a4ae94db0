"""The parts of a question that asks for several things: What is the QCCM and who belongs to it?"""

import re
from collections.abc import Sequence

from index.question import Question, Turn

# English only so far. "When and where was it signed?" is one question: a part has a verb.
_AND = re.compile(
    r",?(?<!\s)\s++(?:and|or)\s+(?=(?:who|what|when|where|which|why|how)\s+\w+\s+\w+)|(?<=\?)\s+(?=\w)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:(?:and|in|at|by|on|for|from|to|of)\s+)?(?:who|whom|whose|what|when|where|which|why|how|is"
    r"|are|was|were|did|do|does|has|have|can|could|will)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:between|both)\b", re.IGNORECASE)
_FEWEST_WORDS, _MOST_PARTS = 3, 3


# English and German: "Which countries …", "List …", "Who are the members …".
_SEVERAL = re.compile(
    r"^\W*(?:list|name|enumerate|nenne?|liste)\b|\b(?:which|what) (?:[\w'’-]+ ){0,2}?"
    r"(?!(?:is|was|does|has)\b)[\w'’-]*[^\Ws]s\b|\bwho (?:are|were|have|all)\b"
    r"|\b(?:all|each|every)\b"
    r"|\bwelche (?:[\w-]+ )?(?:sind|waren|haben|hatten|gehören|nahmen)\b",
    re.IGNORECASE,
)


def asks_for_several(question: str) -> bool:
    """Whether what is asked for is likely more than one thing."""
    return _SEVERAL.search(question) is not None


def parts_of(question: Question) -> Sequence[Question]:
    """The parts in their order, each after those before it; the question alone where it has one."""
    texts = [text.strip() for text in _AND.split(question.text)]
    asking = all(len(text.split()) >= _FEWEST_WORDS and _ASKS.match(text) for text in texts)
    if not asking or _COMPARES.search(texts[0]) or not 1 < len(texts) <= _MOST_PARTS:
        return (question,)
    return [
        Question(text, (*question.history, *(Turn("user", said) for said in texts[:number])))
        for number, text in enumerate(texts)
    ]
