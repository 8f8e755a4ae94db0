"""Searching again: a language model puts a question into words that articles may use."""

import logging
import re
import time
from collections.abc import Collection, Sequence

from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.llms import LLM

from footnote.corpus.normalise import one_line
from footnote.index.errors import WriterAway
from footnote.index.question import Question
from footnote.index.writing.breaker import Breaker
from footnote.index.writing.prompt import asked_with_history
from footnote.index.writing.speech import Speech
from footnote.index.writing.spent import Spent
from footnote.index.writing.thoughts import without_thoughts

logger = logging.getLogger(__name__)

MAX_QUERIES = 3
_MAX_CHARACTERS, _MAX_LINES = 200, 20
_TASK = f"""\
A collection of articles was searched for the answer to a question, and nothing was found that \
answers it, perhaps because the articles put it in other words. Write up to {MAX_QUERIES} queries \
to search it with, one to a line. Write each as a short phrase in the words in which an article \
that answers the question is likely to say so, in other words than the question's where there are \
any, and with names written out. Do not answer the question. Write the queries only: no numbers, \
no quotation marks, no explanation."""
# What models put before a line all the same: "1. ", "- ", "Query 2: ".
_LEAD = re.compile(r"(?:[-*•–]|\d{1,2}[.)]|(?:search )?query \d{0,2}:)\s{0,4}", re.IGNORECASE)


class QueryWriter:
    """Safe to use from several threads. Never raises for what the model does.

    What it writes is only ever searched for: at most three lines of 200 characters.
    """

    def __init__(
        self,
        llm: LLM,
        *,
        max_tokens: int = 500,
        max_seconds: float = 10.0,
        breaker: Breaker | None = None,
    ) -> None:
        self._llm = llm
        self._max_tokens = max_tokens
        self._max_seconds = max_seconds
        self._breaker = breaker or Breaker()

    def queries(
        self, question: Question, languages: Collection[str], *, until: float
    ) -> tuple[list[str], Spent | None]:
        """Queries in the articles' `languages` (ISO 639), and what they cost; none where it fails.

        `until` (of time.monotonic) is when whoever asked stops waiting.
        """
        if time.monotonic() > until or not self._breaker.admits():
            return [], None
        speech = Speech(self._llm, _messages(question, languages), max_tokens=self._max_tokens)
        until = min(until, time.monotonic() + self._max_seconds)
        try:
            said = "".join(speech.pieces(until=until))
        except WriterAway as error:
            self._breaker.failed(error.pause)
            logger.warning("the language model wrote no queries: %s", error)
            said = ""
        except BaseException:
            self._breaker.failed()
            raise
        else:
            self._breaker.worked()
        spent = Spent(speech.tokens_in, speech.tokens_out)
        return _queries(without_thoughts(said), question), spent


def _messages(question: Question, languages: Collection[str]) -> Sequence[ChatMessage]:
    told = asked_with_history(question)
    if languages:
        told.append(f"The languages of the articles (ISO 639): {', '.join(sorted(languages))}")
    return [
        ChatMessage(role=MessageRole.SYSTEM, content=_TASK),
        ChatMessage(role=MessageRole.USER, content="\n\n".join(told)),
    ]


def _queries(said: str, question: Question) -> list[str]:
    """The lines that can be searched with, in their order, each once."""
    usable: dict[str, str] = {}
    for line in map(_query, said.strip().splitlines()[:_MAX_LINES]):
        if any(map(str.isalnum, line)) and len(line) <= _MAX_CHARACTERS:
            usable.setdefault(line.casefold(), line)
    usable.pop(one_line(question.text).casefold(), None)
    return list(usable.values())[:MAX_QUERIES]


def _query(line: str) -> str:
    line = line[: 2 * _MAX_CHARACTERS].strip()
    lead = _LEAD.match(line)
    return one_line(line[lead.end() :] if lead else line).strip("\"“”«»'`* ")
