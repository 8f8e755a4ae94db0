"""Rewriting: a follow-up made whole by a language model, where that gives something sane."""

import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.llms import LLM

from footnote.index.errors import WriterAway
from footnote.index.question import Question
from footnote.index.writing.breaker import Breaker
from footnote.index.writing.prompt import spoken
from footnote.index.writing.speech import Speech
from footnote.index.writing.spent import Spent
from footnote.index.writing.thoughts import without_thoughts

logger = logging.getLogger(__name__)

_TASK = """\
Rewrite the last question of a conversation so that it can be understood alone: put names in place \
of words like "it" and "there". Change nothing else, add nothing, do not answer it. Keep its \
language. If it can be understood alone already, repeat it. Write the question only."""
_MAX_TOKENS = 80
_MAX_CHARACTERS = 300
_WORD = re.compile(r"[^\W_]{4,}")
_MIN_KNOWN = 0.7
"""Of the longer words of a rewritten question, so many stand in the conversation."""


class Rewriter:
    """Falls back silently to the question as it was asked, which is then weighed with its history.

    No figures tell yet whether it is better than the weighing (index/finding/followup.py), which
    was measured; so it is used where somebody names a model for it.
    """

    def __init__(
        self, llm: LLM, *, max_seconds: float = 5.0, breaker: Breaker | None = None
    ) -> None:
        self._llm = llm
        self._max_seconds = max_seconds
        self._breaker = breaker or Breaker()

    def whole(
        self, question: Question, *, on_spent: Callable[[Spent], object] = lambda spent: None
    ) -> Question:
        """The question made whole, without its history; or itself. `on_spent` is told the cost."""
        if question.previous is None or not self._breaker.admits():
            return question
        speech = Speech(self._llm, _messages(question), max_tokens=_MAX_TOKENS)
        try:
            said = "".join(speech.pieces(until=time.monotonic() + self._max_seconds))
        except WriterAway as error:
            self._breaker.failed(error.pause)
            logger.warning("a follow-up was not rewritten: %s", error)
            return question
        except BaseException:
            self._breaker.failed()
            raise
        finally:
            on_spent(Spent(speech.tokens_in, speech.tokens_out))
        self._breaker.worked()
        text = without_thoughts(said).strip().strip("\"“”'`*").strip()
        return replace(question, text=text, history=()) if _is_sane(text, question) else question


def _messages(question: Question) -> list[ChatMessage]:
    told = f"{spoken(question.history)}\n\nThe last question: {question.text}"
    return [
        ChatMessage(role=MessageRole.SYSTEM, content=_TASK),
        ChatMessage(role=MessageRole.USER, content=told),
    ]


def _is_sane(text: str, question: Question) -> bool:
    """One line of a question's length, in the question's script, made of words that were said."""
    if not text or "\n" in text or len(text) > max(_MAX_CHARACTERS, 2 * len(question.text)):
        return False
    if _script(text) != _script(question.text):
        return False
    said = " ".join([question.text, *(turn.text for turn in question.history)]).casefold()
    words = [word.casefold() for word in _WORD.findall(text)]
    known = sum(word in said for word in words)
    return bool(words) and known >= _MIN_KNOWN * len(words)


def _script(text: str) -> str | None:
    """The one that most letters are of: LATIN, CYRILLIC, ARABIC, …"""
    scripts = Counter(unicodedata.name(c, "?").split()[0] for c in text if c.isalpha())
    return scripts.most_common(1)[0][0] if scripts else None
