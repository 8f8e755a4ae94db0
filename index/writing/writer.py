"""The writer: has a language model write an answer, and lets through what is borne out."""

import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from llama_index.core.llms import LLM

from footnote.corpus.span import Span
from footnote.index.errors import WriterAway
from footnote.index.question import Question
from footnote.index.results import Claim, Unwritten
from footnote.index.writing.breaker import Breaker
from footnote.index.writing.declining import declines
from footnote.index.writing.evidence import Evidence
from footnote.index.writing.prompt import is_recited, messages
from footnote.index.writing.proof import Judging, Proof, Proven, cite
from footnote.index.writing.speech import Speech
from footnote.index.writing.spent import Spent
from footnote.index.writing.stream_parser import Piece, SentenceParser, StreamedSentence
from footnote.index.writing.thoughts import without_thoughts

logger = logging.getLogger(__name__)

_MAX_CLAIMS, _MAX_CONTRARY = 10, 2
_MAX_IN_BRIEF = 300
OnClaim = Callable[[Claim], object]
"""Is called with each sentence that is let through, as soon as it is, from the answering thread."""
Bears = Callable[[Proven], bool]
"""Whether a sentence that is borne out also answers the question, as far as can be told."""


@dataclass(frozen=True, slots=True)
class WriterLimits:
    """`first_seconds` to the first sentence that is let through, `seconds` for the whole answer."""

    first_seconds: float = 20.0
    seconds: float = 60.0
    evidence_tokens: int = 3000
    answer_tokens: int = 500


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote; where nothing of it answers, `why`. `spent`: None if it wasn't asked.

    `fragments`: the few words, such as a name, that stood where sentences should.
    """

    claims: Sequence[Claim]
    why: Unwritten | None = None
    spent: Spent | None = None
    fragments: Sequence[str] = ()


@dataclass(slots=True)
class _Draft:
    """The claims so far. They are shown from the first that bears on the question on."""

    proof: Proof
    bears: Bears
    on_claim: OnClaim
    claims: list[Claim] = field(default_factory=list)
    dropped: int = 0
    shows: bool = False
    declined: bool = False
    _known: dict[tuple[int, Span], int] = field(default_factory=dict)
    _proven: list[Proven] = field(default_factory=list)

    def take(self, sentence: StreamedSentence) -> None:
        recited = is_recited(sentence.text)
        if not recited and declines(sentence):
            # What follows the words that the passages do not answer is no answer either; after
            # something that was borne out they speak of the rest.
            self.declined = not self.claims
            return
        proven = None if recited else self.proof.of(sentence)
        if proven is None or any(_same(sentence.text, claim.text) for claim in self.claims):
            self.dropped += 1
            logger.debug("a sentence was not borne out: %d characters", len(sentence.text))
            return
        self._proven.append(proven)
        self.claims.append(Claim(proven.text, cite(proven, self._known)))
        if self.shows:
            self.on_claim(self.claims[-1])
        elif self.bears(proven):
            self.shows = True
            for claim in self.claims:
                self.on_claim(claim)

    def end(self) -> None:
        """Quote what other articles say otherwise, unless it was written too."""
        contrary = {
            (one.passage.key, span): Proven(one.text(span), [(one, span)])
            for one, span in (proven.contrary for proven in self._proven if proven.contrary)
            if not any(key == one.passage.key and its.overlaps(span) for key, its in self._known)
        }
        for proven in list(contrary.values())[:_MAX_CONTRARY]:
            self.claims.append(Claim(proven.text, cite(proven, self._known), differs=True))
            self.on_claim(self.claims[-1])


class Writer:
    """Safe to use from several threads. Never raises for what the model does."""

    def __init__(
        self,
        llm: LLM,
        judge: Judging,
        *,
        limits: WriterLimits | None = None,
        breaker: Breaker | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.limits = limits or WriterLimits()
        self._llm = llm
        self._judge = judge
        self._breaker = breaker or Breaker()
        self._today = today

    def write(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        bears: Bears,
        on_claim: OnClaim,
        *,
        until: float = math.inf,
    ) -> Written:
        """Claims that answer, in the order in which they were shown by `on_claim`; or none.

        `until` (of time.monotonic) ends it earlier than the limits do.
        """
        if not self._breaker.admits():
            return Written([], Unwritten.AWAY)
        asked = messages(question, evidence, self._today())
        speech = Speech(self._llm, asked, max_tokens=self.limits.answer_tokens)
        draft = _Draft(Proof(self._judge, evidence), bears, on_claim)
        fragments: Sequence[str] = ()
        failure: WriterAway | None = None
        try:
            fragments = self._hear(speech, draft, evidence[0].passage.language, until)
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
        kept, dropped = len(draft.claims), draft.dropped
        if draft.shows:
            spent = Spent(speech.tokens_in, speech.tokens_out, kept, dropped)
            return Written(draft.claims, None, spent)
        spent = Spent(speech.tokens_in, speech.tokens_out, 0, dropped + kept)
        nothing = Unwritten.DECLINED if draft.declined else Unwritten.UNSUPPORTED
        return Written([], Unwritten.AWAY if failure else nothing, spent, fragments)

    def _hear(
        self, speech: Speech, draft: _Draft, language: str | None, until: float
    ) -> Sequence[str]:
        """What is a sentence goes to the draft; gives what is none."""
        begun = time.monotonic()
        until = min(until, begun + self.limits.seconds)
        sentences, heard = SentenceParser(language), ""
        for piece in speech.pieces(until=min(until, begun + self.limits.first_seconds)):
            heard += piece
            for sentence in sentences.feed(piece):
                draft.take(sentence)
                if draft.shows:
                    speech.listen_until(until)
                if draft.declined or len(draft.claims) >= _MAX_CLAIMS:
                    return sentences.fragments
        for sentence in sentences.end(cut_off=speech.cut_off):
            draft.take(sentence)
        if not draft.claims and not draft.dropped:
            draft.declined = draft.declined or _declined_in_brief(heard)
        return sentences.fragments


def _declined_in_brief(heard: str) -> bool:
    """Whether all that was said is that nothing answers, in words that make no sentence."""
    said = " ".join(without_thoughts(heard).split())[:_MAX_IN_BRIEF]
    return declines(StreamedSentence(said, (Piece(said, ()),)))


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
