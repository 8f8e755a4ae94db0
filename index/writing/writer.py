"""The writer: has a language model write an answer, and lets through what is borne out."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from llama_index.core.llms import LLM

from corpus.span import Span
from index.errors import WriterAway
from index.question import Question
from index.results import Claim, Unwritten
from index.writing.breaker import Breaker
from index.writing.evidence import Evidence
from index.writing.prompt import is_recited, messages
from index.writing.proof import Judging, Proof, Proven, cite
from index.writing.sentences import Sentence, Sentences
from index.writing.speech import Speech

logger = logging.getLogger(__name__)

_MOST_CLAIMS, _MOST_CONTRARY = 10, 2
OnClaim = Callable[[Claim], object]
"""Is called with each sentence that is let through, as soon as it is, from the answering thread."""
Bears = Callable[[Evidence, Span], bool]
"""Whether a span of the evidence bears on the question."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`first_seconds` to the first sentence that is let through, `seconds` for the whole answer."""

    first_seconds: float = 20.0
    seconds: float = 60.0
    evidence_tokens: int = 3000
    answer_tokens: int = 500


@dataclass(frozen=True, slots=True)
class Spent:
    """What an answer cost, and how many of its sentences were let through and were dropped."""

    tokens_in: int
    tokens_out: int
    kept: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote; where nothing of it answers, `why`. `spent`: None if it wasn't asked."""

    claims: Sequence[Claim]
    why: Unwritten | None = None
    spent: Spent | None = None


@dataclass(slots=True)
class _Draft:
    """The claims so far. They are shown from the first that bears on the question on."""

    proof: Proof
    bears: Bears
    on_claim: OnClaim
    claims: list[Claim] = field(default_factory=list)
    dropped: int = 0
    shows: bool = False
    _known: dict[tuple[int, Span], int] = field(default_factory=dict)
    _proven: list[Proven] = field(default_factory=list)

    def take(self, sentence: Sentence) -> None:
        proven = None if is_recited(sentence.text) else self.proof.of(sentence)
        if proven is None or any(_same(sentence.text, claim.text) for claim in self.claims):
            self.dropped += 1
            logger.debug("a sentence was not borne out: %d characters", len(sentence.text))
            return
        self._proven.append(proven)
        self.claims.append(Claim(proven.text, cite(proven, self._known)))
        bears = any(self.bears(one, span) for one, span in proven.support)
        if self.shows:
            self.on_claim(self.claims[-1])
        elif bears:
            self.shows = True
            for claim in self.claims:
                self.on_claim(claim)

    def end(self) -> None:
        """Quote what other articles say otherwise, unless it was written too."""
        contrary = {
            (one.passage.key, span): Proven(span.of(one.article.text), [(one, span)])
            for one, span in (proven.contrary for proven in self._proven if proven.contrary)
            if not any(key == one.passage.key and its.overlaps(span) for key, its in self._known)
        }
        for proven in list(contrary.values())[:_MOST_CONTRARY]:
            self.claims.append(Claim(proven.text, cite(proven, self._known), differs=True))
            self.on_claim(self.claims[-1])


class Writer:
    """Safe to use from several threads. Never raises for what the model does."""

    def __init__(
        self,
        llm: LLM,
        judge: Judging,
        *,
        limits: Limits | None = None,
        breaker: Breaker | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.limits = limits or Limits()
        self._llm = llm
        self._judge = judge
        self._breaker = breaker or Breaker()
        self._today = today

    def write(
        self, question: Question, evidence: Sequence[Evidence], bears: Bears, on_claim: OnClaim
    ) -> Written:
        """Claims that answer, in the order in which they were shown by `on_claim`; or none."""
        if not self._breaker.admits():
            return Written([], Unwritten.AWAY)
        asked = messages(question, evidence, self._today())
        speech = Speech(self._llm, asked, most_tokens=self.limits.answer_tokens)
        draft = _Draft(Proof(self._judge, evidence), bears, on_claim)
        failure: WriterAway | None = None
        try:
            self._hear(speech, draft, evidence[0].passage.language)
        except WriterAway as error:
            failure = error
            logger.warning("the language model failed: %s", error, exc_info=True)
        except BaseException:
            self._breaker.failed()
            raise
        if failure:
            self._breaker.failed(failure.pause)
        else:
            self._breaker.worked()
        if draft.shows:
            draft.end()
        spent = Spent(speech.tokens_in, speech.tokens_out, len(draft.claims), draft.dropped)
        if draft.shows:
            return Written(draft.claims, None, spent)
        return Written([], Unwritten.AWAY if failure else Unwritten.UNSUPPORTED, spent)

    def _hear(self, speech: Speech, draft: _Draft, language: str | None) -> None:
        begun = time.monotonic()
        sentences = Sentences(language)
        for piece in speech.pieces(until=begun + self.limits.first_seconds):
            for sentence in sentences.feed(piece):
                draft.take(sentence)
                if draft.shows:
                    speech.listen_until(begun + self.limits.seconds)
                if len(draft.claims) >= _MOST_CLAIMS:
                    return
        for sentence in sentences.end(cut_off=speech.cut_off):
            draft.take(sentence)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
