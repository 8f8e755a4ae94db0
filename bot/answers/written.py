"""Putting together what writes answers; imported only where there is a language model."""

import os
import threading
import time

from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.llms import LLM

from footnote.bot.settings import Settings
from footnote.corpus.normalise import one_line
from footnote.index.answering import Answerer
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.models.reader import Reader
from footnote.index.support.judge import Judge
from footnote.index.writing.bearing import relevance_by
from footnote.index.writing.endpoint import Endpoint
from footnote.index.writing.rewriting import Rewriter
from footnote.index.writing.speech import Speech
from footnote.index.writing.writer import WriterLimits
from footnote.index.writing.written_answers import WritingAnswerer

# As many as answer where there is no model, in Python's own threads.
_CONSIDERED_AT_ONCE = min(32, (os.cpu_count() or 1) + 4)
_TRIAL_TOKENS, _TRIAL_CHARACTERS = 50, 40
_REWRITING_TOKENS, _REWRITING_SECONDS = 80, 5.0


def compose_writing(
    settings: Settings,
    passage_index: PassageIndex,
    answerer: Answerer,
    judge: Judge,
    *,
    llm: LLM | None = None,
    reader: Reader | None = None,
) -> WritingAnswerer:
    """`llm` takes the place of the one that the settings name; `reader` reads what it wrote."""
    limits = WriterLimits(
        first_seconds=settings.llm_first_seconds,
        seconds=max(settings.llm_seconds, settings.llm_first_seconds),
        evidence_tokens=settings.llm_evidence_tokens,
        answer_tokens=settings.llm_answer_tokens,
    )
    return WritingAnswerer.from_llm(
        passage_index,
        answerer,
        llm or endpoint(settings),
        judge,
        limits=limits,
        search_again=settings.llm_search_again,
        rewriter=_rewriter(settings),
        relevance=relevance_by(reader) if reader else None,
        considering=threading.Semaphore(_CONSIDERED_AT_ONCE),
    )


def endpoint(settings: Settings) -> Endpoint:
    """The one that the settings name, to write with."""
    return _endpoint(
        settings,
        settings.llm_model,
        max_tokens=settings.llm_answer_tokens,
        silence_seconds=settings.llm_first_seconds,
        max_seconds=max(settings.llm_seconds, settings.llm_first_seconds),
    )


def try_endpoint(settings: Settings) -> str:
    """Ask for one word; how long that took and what it cost. Raises WriterAway."""
    llm = endpoint(settings)
    asked = [ChatMessage(role=MessageRole.USER, content="Write the word yes, and nothing else.")]
    speech, begun = Speech(llm, asked, max_tokens=_TRIAL_TOKENS), time.monotonic()
    said = "".join(speech.pieces(until=begun + settings.llm_first_seconds))
    took = f"{time.monotonic() - begun:.1f} s"
    word = one_line(said)[:_TRIAL_CHARACTERS]
    heard = f"it said {word!r}" if word else "it said nothing, as a model may that only thinks"
    return f"{settings.llm_model} at {llm.place} answered in {took}; {heard}"


def _rewriter(settings: Settings) -> Rewriter | None:
    if not (settings.rewrite_model and settings.llm_url):
        return None
    llm: LLM = _endpoint(
        settings,
        settings.rewrite_model,
        max_tokens=_REWRITING_TOKENS,
        silence_seconds=_REWRITING_SECONDS,
        max_seconds=_REWRITING_SECONDS,
    )
    return Rewriter(llm, max_seconds=_REWRITING_SECONDS)


def _endpoint(settings: Settings, model: str, **limits: float) -> Endpoint:
    key = settings.llm_api_key
    assert settings.llm_url
    return Endpoint(settings.llm_url, model, key=key.get_secret_value() if key else "", **limits)
