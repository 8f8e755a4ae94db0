"""What a language model can do with the articles: ask, check, find passages, read an article."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from pydantic import BaseModel

from footnote.bot.composition import Footnote
from footnote.bot.people.sessions import LOCAL
from footnote.bot.threads import run_in_thread
from footnote.bot.web.api.answers import CONVERSATION, NO_CLAIM
from footnote.bot.web.api.articles import article_json
from footnote.bot.web.api.request_models import days_between
from footnote.bot.web.api.response_models import AskReply, CheckReply
from footnote.bot.web.mcp.forms import (
    AskArguments,
    CheckArguments,
    FindArguments,
    FindReply,
    ReadArguments,
    ReadReply,
)
from footnote.bot.web.plain_text import claim_line, source_line, text_of
from footnote.bot.web.questions import Act, Questions
from footnote.bot.web.visitor import Visitor
from footnote.corpus.errors import ArticleNotFound
from footnote.corpus.normalise import one_line
from footnote.corpus.timespan import Timespan
from footnote.index.budget import TooLong
from footnote.index.question import Question, Turn
from footnote.index.result_json import to_json
from footnote.index.results import CheckedSentence, Claim

_looks = count()


class Refused(Exception):
    """What a tool does not do; the message is for the language model that asked for it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, with what, and who is told each sentence of an answer while it is written."""

    footnote: Footnote
    asking: Questions
    visitor: Visitor
    tell: Callable[[str], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Told:
    """The same as text and as values."""

    text: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """`call` gets arguments that are of the form `takes`."""

    name: str
    title: str
    description: str
    takes: type[BaseModel]
    gives: type[Any]
    call: Callable[[Caller, Any], Awaitable[Told]]


async def ask(caller: Caller, arguments: AskArguments) -> Told:
    _limit_questions(caller)
    turns = tuple(Turn(turn.role, turn.text) for turn in arguments.history)
    days = _days(arguments.since, arguments.until)
    question = Question(arguments.question, turns, days=days)
    return await _answered(caller, caller.asking.asked(caller.visitor, question))


async def check(caller: Caller, arguments: CheckArguments) -> Told:
    if not any(map(str.isalnum, arguments.text)):
        raise Refused(NO_CLAIM)
    _limit_questions(caller)
    return await _answered(caller, caller.asking.checked(arguments.text))


async def find_passages(caller: Caller, arguments: FindArguments) -> Told:
    limit_looks(caller)
    try:
        found = await run_in_thread(caller.footnote.finder.find, arguments.query)
    except TooLong:
        raise Refused("This took too long. Fewer words may help.") from None
    lines = [f"[{c.n}] {one_line(c.quotation)}\n{source_line(c.reference)}" for c in found]
    text = "\n\n".join(lines) or "Nothing in the articles is near to this."
    return Told(text, {"passages": [to_json(citation) for citation in found]})


async def read_article(caller: Caller, arguments: ReadArguments) -> Told:
    limit_looks(caller)

    def read() -> dict[str, Any]:
        return article_json(caller.footnote, arguments.article, text=True)

    try:
        known = await run_in_thread(read)
    except ArticleNotFound:
        raise Refused(f"There is no article {arguments.article!r}.") from None
    whole: str = known.pop("text")
    del known["passages"], known["cited"]
    start = min(arguments.start, len(whole))
    end = min(start + arguments.characters, len(whole))
    more = {"next": end} if end < len(whole) else {}
    text = whole[start:end]
    return Told(text, {**known, "start": start, "end": end, "text": text, **more})


TOOLS = (
    Tool(
        "ask",
        "Ask the articles",
        "Answers a question from the articles. Every sentence is cited: [n] stands for"
        " citations[n], whose quotation is exactly what the article has from start to end."
        " kind tells an answer from what only comes nearest, a listing, or an abstention.",
        AskArguments,
        AskReply,
        ask,
    ),
    Tool(
        "check",
        "Check a text",
        "Tells for each sentence of a text whether the articles support it, contradict it, or say"
        " nothing of it, with the exact sentence that does.",
        CheckArguments,
        CheckReply,
        check,
    ),
    Tool(
        "find_passages",
        "Find passages",
        "The passages of the articles that are nearest to some words, each with its best sentence"
        " and their exact offsets.",
        FindArguments,
        FindReply,
        find_passages,
    ),
    Tool(
        "read_article",
        "Read an article",
        "The text of an article, from one offset on; next is where to go on.",
        ReadArguments,
        ReadReply,
        read_article,
    ),
)


async def _answered(caller: Caller, act: Act) -> Told:
    events = caller.asking.events(act)
    try:
        async for found in events:
            if isinstance(found, Claim):
                await caller.tell(claim_line(found))
            elif isinstance(found, CheckedSentence):
                await caller.tell(f"{one_line(found.text)} — {found.verdict}")
            else:
                place = caller.visitor.place(CONVERSATION)
                receipt = await caller.asking.keep(found, place)
                values = {"receipt": receipt.id, "result": to_json(found)}
                return Told(text_of(found), values)
    finally:
        await events.aclose()
    raise AssertionError("the last event is the result")


def _limit_questions(caller: Caller) -> None:
    """Whoever runs Footnote on their own machine is not kept waiting."""
    if caller.visitor.holder != LOCAL:
        _refuse(caller.asking.wait(caller.visitor))


def limit_looks(caller: Caller) -> None:
    """Count a search or an article, likewise."""
    if caller.visitor.holder != LOCAL:
        now = time.time()
        cause = f"mcp:{now}:{next(_looks)}"
        _refuse(caller.footnote.looks.wait(caller.visitor.number, cause, now))


def _refuse(seconds: int) -> None:
    if seconds:
        raise Refused(f"That is too much for one minute: wait {seconds} s and try again.")


def _days(since: str | None, until: str | None) -> Timespan | None:
    try:
        return days_between(since, until)
    except ValueError as error:
        raise Refused(str(error)) from None
