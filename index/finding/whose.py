"""Whose thing or doing a question or a claim is about, and sentences that tell that of another.

"RATS is a body of the SCO. Its headquarters are in Tashkent." says nothing of the headquarters of
the SCO. English only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from footnote.corpus.calendar_names import month_names
from footnote.corpus.language import primary_language
from footnote.corpus.span import Span
from footnote.index.facts.clauses import words
from footnote.index.facts.names import with_usual_names
from footnote.index.facts.roles import is_done, is_done_to_another_aside
from footnote.index.finding.doings import was_done_to_a_part
from footnote.index.finding.kind import OPENING
from footnote.index.finding.leaning import context_of
from footnote.index.finding.subject import has_any
from footnote.index.passages import Passage
from footnote.index.words import stem_in

_stem = partial(stem_in, "en")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAME = r"[A-Z][\w’-]*+(?: (?:of |the |and )?[A-Z][\w’-]*+){0,5}+"
_OWNER = r"[A-Z][\w-]*+(?: (?:of |the |and )?[A-Z][\w-]*+){0,5}+"  # before "’s"
_THING = r"[a-z][\w-]{1,40}"
# "What is the headquarters of the SCO?", "Who was the SCO's first leader?"
_OWNED_IN_QUESTION = re.compile(
    rf"\b(?P<thing>{_THING}) (?:of|for) (?:the )?(?P<name>{_NAME})\W*$"
    rf"|\b(?P<owner>{_OWNER})[’']s? (?:{_THING} ){{0,2}}(?P<its>{_THING})\W*$"
)
_ASKS_WHO_IT_IS = re.compile(
    rf"{OPENING}(?:who|what|where)(?:['’]s| is| was| are| were) ", re.IGNORECASE
)
# "When was the SCO founded?"
_DOES_IN_QUESTION = re.compile(
    rf"{OPENING}[Ww]h(?:en|ere|y|o|at|ich \w+) (?:was|is|were|are|did|does|do|has|have) (?:the )?"
    rf"(?P<name>{_NAME})(?! ?[’'])"
)
_DONE_IN_QUESTION = re.compile(
    rf"{OPENING}(?:[Ww]h(?:en|ere|y)|[Hh]ow|(?:[Ii]n )?[Ww]h(?:at|ich) \w+)"
    rf" (?P<was>was|is|were|are) (?:the )?(?P<name>{_NAME})"
    r"(?: (?:first|originally|officially|formally))? (?P<done>[a-z]+)\b"
)
# "How many died in Velmar?", and "In the town of Skarvik four people died". Not "In May".
_IN_A_PLACE = re.compile(rf"\b(?:in|at|near) (?:the )?(?P<name>{_NAME})")
_BEGINS_IN_A_PLACE = re.compile(
    rf"\W{{0,3}}(?:In|At|Near) (?:the )?(?:{_THING} ){{0,4}}(?P<name>{_NAME})"
)
# "The headquarters of the SCO are in Tashkent", "The SCO's leader is …".
_OWNED_IN_CLAIM = re.compile(
    rf"^(?:[Tt]he )?(?:{_THING} ){{0,2}}(?P<thing>{_THING}) of (?:the )?(?P<name>{_NAME})"
    r" (?:is|are|was|were|has|had)\b"
    rf"|^(?:[Tt]he )?(?P<owner>{_OWNER})[’']s? (?:{_THING} ){{0,2}}(?P<its>{_THING})"
    r" (?:is|are|was|were|has|had)\b"
)
_BEGINS_WITH_A_PRONOUN = re.compile(
    rf"\W{{0,3}}(?:(?:It|He|She|They)\b|(?:Its|His|Her|Their) (?P<things>(?:{_THING} ?){{1,3}}))"
)
# "The Regional Structure (RATS) is …": what stands before the verb.
_SUBJECT = re.compile(
    rf"(?:[Tt]he |[Aa]n? )?(?P<name>{_NAME})(?P<short> \([A-Z][^()]{{1,80}}\))?,?"
    r" (?:is|was|are|were|has|had|became|[a-z]{2,15}e?[sd])\b"
)


@dataclass(frozen=True, slots=True)
class _Owner:
    """The words of a name; `thing` is what of it is asked about, None for what it does."""

    words: frozenset[str]
    thing: str | None


def tells_of_another(asked: Sequence[str], passage: Passage, span: Span) -> bool:
    """Whether the sentence at a span of the article tells a thing or a doing of another than the
    one that is asked about, in every wording of the question in which that can be told.

    By the pronoun that it begins with, which stands for the subject of the sentence before; by
    whose thing it names: the "mayor of Skarvik" is not that of Brekka; by what an aside belongs to:
    "The Guard is like the League, founded in 1990"; by the part of it that was made or done: "its
    machine was built by …"; or by the place that it begins with. Of 4,700 questions for such things
    in seven public sets it says so of the right sentence of .005.
    """
    if primary_language(passage.language, "en") != "en":
        return False
    sentence = span.shifted(-passage.span.start).of(passage.text)
    context = context_of(passage, span).before
    before = context.shifted(-passage.span.start).of(passage.text) if context else ""
    wordings = [with_usual_names(question) for question in asked]
    owners = [owner for text in wordings for owner in _owners_asked(text)]
    asks_who = all(map(_ASKS_WHO_IT_IS.match, wordings))
    return (
        _refers_to_another(owners, sentence, before)
        or (asks_who and _names_another(owners, sentence))
        or _was_done_to_another(wordings, f"{before} {sentence}")
        or was_done_to_a_part(wordings, sentence)
        or _is_elsewhere(wordings, sentence)
    )


def bears_out_of_another(claim: str, sentences: Sequence[str], before: str) -> bool:
    """Whether one of the sentences begins with a pronoun that stands for another than the one whose
    thing the claim is about; `before` stands before the first of them."""
    owned = _OWNED_IN_CLAIM.match(with_usual_names(claim))
    if owned is None:
        return False
    owner = _owner(owned)
    return any(
        _refers_to_another([owner], sentence, previous)
        for previous, sentence in zip([before, *sentences], sentences, strict=False)
    )


def _owners_asked(question: str) -> list[_Owner]:
    owned, does = _OWNED_IN_QUESTION.search(question), _DOES_IN_QUESTION.match(question)
    owners = [_owner(owned)] if owned else []
    return [*owners, _Owner(_words(does["name"]), None)] if does else owners


def _owner(owned: re.Match[str]) -> _Owner:
    return _Owner(_words(owned["name"] or owned["owner"]), _one(owned["thing"] or owned["its"]))


def _refers_to_another(owners: Sequence[_Owner], sentence: str, before: str) -> bool:
    opened, subject = _BEGINS_WITH_A_PRONOUN.match(sentence), _SUBJECT.match(before)
    if opened is None or subject is None:
        return False
    name, others = subject["name"] + (subject["short"] or ""), before[subject.end() :]
    things = {_one(word) for word in (opened["things"] or "").split()}
    meant = [o for o in owners if (o.thing in things if things else o.thing is None)]
    return bool(meant) and all(
        not has_any(owner.words, name) and has_any(owner.words, others) for owner in meant
    )


def _names_another(owners: Sequence[_Owner], sentence: str) -> bool:
    """Whether the sentence names such a thing, and each time that of another."""
    owning = [owner for owner in owners if owner.thing]
    meant = frozenset[str]().union(*(owner.words for owner in owning))
    told = [
        name
        for thing in {re.escape(owner.thing or "") for owner in owning}
        for pattern in (
            rf"\b(?i:{thing})s? (?:of|for) (?:[Tt]he )?({_NAME})",
            rf"\b({_OWNER})[’']s? (?:{_THING} ){{0,2}}(?i:{thing})s?\b",
        )
        for name in re.findall(pattern, sentence)
    ]
    return bool(told) and not any(has_any(meant, name) for name in told)


def _is_elsewhere(wordings: Sequence[str], sentence: str) -> bool:
    """Whether the sentence begins with another place than is asked about, and lacks that."""
    begins = _BEGINS_IN_A_PLACE.match(sentence)
    if begins is None or begins["name"].split()[0].casefold() in month_names("en"):
        return False
    asked = [[m["name"] for m in _IN_A_PLACE.finditer(question)] for question in wordings]
    return all(
        bool(names)
        and not any(
            name.split()[0].casefold() in month_names("en") or has_any(_words(name), sentence)
            for name in names
        )
        for names in asked
    )


def _was_done_to_another(wordings: Sequence[str], text: str) -> bool:
    asked = [found for question in wordings if (found := _DONE_IN_QUESTION.match(question))]
    claims = [
        f"{found['name']} {found['was']} {found['done']}"
        for found in asked
        if found["name"] in text and is_done(found["done"])
    ]
    there = words(text, _stem) if claims else []
    return bool(claims) and all(
        is_done_to_another_aside(words(claim, _stem), there) for claim in claims
    )


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name))


def _one(thing: str) -> str:
    """Of several, by their plural."""
    return thing.casefold().removesuffix("s")
