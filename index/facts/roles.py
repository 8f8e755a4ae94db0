"""Semantic roles: who does what to whom, and whether two texts have it the other way round."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from footnote.index.facts.clauses import Word

# English only so far; where a word of another language looks like one of these, nothing is found.
_PREPOSITIONS_TEXT = (
    "in on at from with without near after before since until during under over between among "
    "into onto through across towards toward about as than via within behind beside besides "
    "including by"
)
_PREPOSITIONS = frozenset(_PREPOSITIONS_TEXT.split())
_BE_TEXT = "am is are was were be been being gets get got"
_BE = frozenset(_BE_TEXT.split())
# Forms that a stemmer leaves apart from their verb.
_IRREGULAR_TEXT = (
    "led lead shot shoot swore swear sworn swear held hold took take taken take gave give "
    "given give made make found find left leave won win lost lose met meet beat beat struck "
    "strike hit hit sent send told tell saw see seen see overthrew overthrow fought fight "
    "bought buy sold sell paid pay caught catch brought bring threw throw thrown throw drove "
    "drive driven drive chose choose chosen choose wrote write written write broke break broken "
    "break split split withdrew withdraw built build set set put put knew know known know fled "
    "flee sought seek stole steal stolen steal forbade forbid forbidden forbid "
    "cut cut burnt burn wove weave woven weave began begin begun begin became become kept keep "
    "spent spend lent lend taught teach spoke speak spoken speak grew grow grown grow shut shut "
    "cost cost came come wore wear worn wear ran run rose rise risen rise fell fall fallen fall "
    "drew draw drawn draw flew fly flown fly sang sing sung sing rode ride ridden ride ate eat "
    "eaten eat drank drink drunk drink felt feel heard hear thought think hung hang fed feed hid "
    "hide hidden hide stood stand understood understand laid lay"
)
_FORMS = _IRREGULAR_TEXT.split()
_IRREGULAR = dict(zip(_FORMS[::2], _FORMS[1::2], strict=True))
_DETERMINERS_TEXT = "the a an of its his her their this that these those no"
DETERMINERS = frozenset(_DETERMINERS_TEXT.split())
# Before a name they say where, when or whose it was, and not whom it was done to.
_PLACES = (_PREPOSITIONS | {"of", "for"}) - {"from"}
# After these a noun has what it is about: "revenge for".
_OF = ("for", "of", "to", "against", "from")
# Behind these is who gets something, or whom something is against.
_TOWARDS = frozenset(("to", "from", "against", "by", "over"))
# Within a name: Karl von Frisch is one person.
_PARTICLES_TEXT = "von van der den de da di du del della la le al el bin ibn ben abu ul"
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
# Behind a name that stands behind another word than these an aside may be on the subject: "a film
# by Ada Holm, based on a novel", "a maker of ferries in Ulm, founded in 1970".
_BESIDE_THE_SUBJECT = frozenset(("like", "unlike", "as", "than", "with", "alongside"))
# Of what is received well, good reviews are received by it.
_EITHER_WAY = frozenset(("receiv",))
# What figures are said with is nobody.
_AMOUNTS_TEXT = "million billion thousand hundred less more fewer percent"
_AMOUNTS = frozenset(_AMOUNTS_TEXT.split())
_WITHIN_NAMES = _PARTICLES | {"of", "and", "the", "for"}
# Between "is" and a participle.
_ADVERBS = frozenset(("also", "not", "never", "often", "best", "well", "then", "later", "still"))
_FARTHEST = 10
# What somebody else is than whom the clause before names: "all were tested".
_SUBJECTS = frozenset(("all", "some", "most", "many", "few", "more", "others", "each", "one"))
_BEFORE_ANOTHER_VERB = frozenset(
    ("and", "or", "to", "who", "which", "that", "he", "she", "it", "they")
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The stems on either side of a verb: of who does it, and of whom it is done to."""

    doing: frozenset[str]
    done_to: frozenset[str]


def are_swapped(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether agent and patient have changed places.

    Passives are turned round. A verb that both have tells by either of its sides, another word
    ("revenge for") by both. Where the evidence has it more than once, one that agrees is enough.
    What may be passive without an "is" ("a game developed for it", "the team disbanded in May")
    tells nothing beside a passive.
    """
    verbs = {base_form(other) for n, other in enumerate(evidence) if is_verb(evidence, n)}
    for at, word in enumerate(claim):
        if is_verb(claim, at) or _is_present(claim, at, verbs):
            said = _parts(claim, at)
            if _is_of_each_other(claim, at, said) or base_form(word) in _EITHER_WAY:
                continue
            found = [
                _parts(evidence, n)
                for n, other in enumerate(evidence)
                if base_form(other) == base_form(word)
                and not _is_noun_or_gerund(evidence, n)
                and not _is_either_voice(claim, at, evidence, n)
            ]
        elif _takes_a_preposition(claim, at):
            said = _beside(claim, at)
            places = (n for n in range(len(evidence)) if evidence[n].text == word.text)
            found = [_beside(evidence, n) for n in places if _takes_a_preposition(evidence, n)]
        else:
            continue
        both = not (is_verb(claim, at) or _is_present(claim, at, verbs))
        if any(_crossed(said, there, both=both) for there in found) and not any(
            _agree(said, there) for there in found
        ):
            return True
    return False


def _is_of_each_other(words: Sequence[Word], at: int, parts: _Parts) -> bool:
    """Whether several do it to nobody else: "Ada Holm and Omar Frei married"."""
    near = words[max(at - _FARTHEST, 0) : at]
    joined = any(w.text == "and" and w.clause == words[at].clause for w in near)
    return joined and not parts.done_to and not _is_passive(words, at)


def _is_either_voice(claim: Sequence[Word], at: int, evidence: Sequence[Word], place: int) -> bool:
    """Whether one is passive and the other has nothing that tells it from a passive."""
    passive = _is_passive(claim, at)
    if passive == _is_passive(evidence, place):
        return False
    words, n = (evidence, place) if passive else (claim, at)
    return not _has_object(words, n) or _is_before_noun(words, n)


def _has_object(words: Sequence[Word], at: int) -> bool:
    after = words[at + 1 : at + 2]
    return any(
        word.clause == words[at].clause and word.text not in _PREPOSITIONS and word.text not in _OF
        for word in after
    )


def _is_before_noun(words: Sequence[Word], at: int) -> bool:
    """Whether a participle belongs to what follows: "is the second biggest landlocked state"."""
    near = [word.text for word in words[max(at - 5, 0) : at] if word.clause == words[at].clause]
    return any(one in _BE and other in DETERMINERS for one, other in pairwise(near))


def are_turned_round(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether of two names the one that does something is the other one, by whatever verbs.

    That is no contradiction: "Arvik asked for it, and was given it by Brekka" has both.
    """
    said_of, there_of = _directions(claim), _directions(evidence)
    return any((other, one) in there_of for one, other in said_of - there_of)


def _is_present(words: Sequence[Word], at: int, verbs: Collection[str]) -> bool:
    """Whether it looks like a verb in the present, "drought causes", which is one elsewhere."""
    word = words[at]
    present = word.text.endswith("s") and word.stem and not word.name and not _is_noun(words, at)
    noun_before = at > 0 and words[at - 1].stem and words[at - 1].clause == word.clause
    return bool(present and noun_before) and base_form(word) in verbs


def has_exchanged_places(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether the claim has who does something where the evidence has whom it is done to.

    "Chile sold it to Peru" of "it was sold to Chile": what the claim begins with stands only behind
    "to", where the claim has another name. "Rain made farmers poor" of "drought made rain and
    farmers rare": a verb that both have always has it behind it, and another doer.
    """
    return _is_behind_preposition(claim, evidence) or _is_always_object(claim, evidence)


def _is_behind_preposition(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    verb = next((n for n in range(len(claim)) if claim[n].text in _BE or is_verb(claim, n)), 0)
    subject = {w.stem for w in claim[:verb] if w.name and w.stem and w.clause == claim[verb].clause}
    if not subject or any(word.text in _PLACES for word in claim[:verb]):
        return False
    for at in range(verb + 1, len(claim)):
        preposition = claim[at].text
        if preposition not in _TOWARDS:
            continue
        other = _named_behind(claim, at)
        behind = [_named_behind(evidence, n) for n in _places_of(preposition, evidence)]
        of_subject = [n for n, word in enumerate(evidence) if word.stem in subject]
        governs = {word.stem for word in claim[verb:at] if word.stem and not word.name}
        if (
            other
            and other.isdisjoint(subject)
            and of_subject
            and governs & {word.stem for word in evidence}
            and not any(names & other for names in behind)
            and all(_is_behind(preposition, evidence, n) for n in of_subject)
        ):
            return True
    return False


def _places_of(text: str, words: Sequence[Word]) -> list[int]:
    return [n for n, word in enumerate(words) if word.text == text]


def _named_behind(words: Sequence[Word], at: int) -> frozenset[str]:
    """The stems of the name after a preposition, an article and two other words at most."""
    end = at + 1
    while end < min(at + 4, len(words)) and not words[end].name:
        if words[end].clause != words[at].clause or words[end].text in _PREPOSITIONS:
            return frozenset()
        end += 1
    run = words[end : end + _length(words, end)]
    return frozenset(word.stem for word in run)


def _is_behind(preposition: str, words: Sequence[Word], at: int) -> bool:
    """Whether a name stands behind a preposition, alone or in a row."""
    begin = at
    while begin > 0 and (
        words[begin - 1].name or words[begin - 1].text in DETERMINERS | {"and", "or"}
    ):
        begin -= 1
    return begin > 0 and words[begin - 1].text == preposition


def _is_always_object(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    for at in range(len(claim)):
        if not is_verb(claim, at) or _is_passive(claim, at):
            continue
        said = _parts(claim, at)
        places = [
            n
            for n, other in enumerate(evidence)
            if base_form(other) == base_form(claim[at]) and is_verb(evidence, n)
        ]
        if any(_is_passive(evidence, n) for n in places):
            continue
        found = [_parts(evidence, n) for n in places]
        if (
            said.done_to
            and said.doing
            and found
            and all(
                there.doing and said.doing <= there.done_to and said.doing.isdisjoint(there.doing)
                for there in found
            )
        ):
            return True
    return False


def has_another_doer(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether a verb that both have is always another's in the evidence: "Yusuf lived in Fez, and
    Idris worked there" says of nobody but Idris that he worked, and "Idris was elected" of nobody
    else that he was.

    Only names right beside their verb tell; of anything else nothing is found.
    """
    return _is_always_of_others(claim, evidence, _doers) or _is_always_of_others(
        claim, evidence, _sufferers
    )


def _is_always_of_others(
    claim: Sequence[Word],
    evidence: Sequence[Word],
    named: Callable[[Sequence[Word], int], frozenset[str]],
) -> bool:
    for at in range(len(claim)):
        if not is_verb(claim, at) or not (said := named(claim, at)):
            continue
        there = [
            named(evidence, n)
            for n, other in enumerate(evidence)
            if is_verb(evidence, n) and base_form(other) == base_form(claim[at])
        ]
        if there and all(names and not names & said for names in there):
            return True
    return False


def is_done_to_another_aside(claim: Sequence[Word], evidence: Sequence[Word]) -> bool:
    """Whether what a claim says was done to somebody is only said of another, in an aside:
    "The Guard works like the League, founded in 1990" says nothing of when the Guard was founded.

    Told only where the evidence names both.
    """
    named = {word.stem for word in evidence if word.name and word.stem}
    for at in range(len(claim)):
        said = _sufferers(claim, at) if is_verb(claim, at) else frozenset[str]()
        if not said or not said <= named:
            continue
        there = [
            _sufferers_aside(evidence, n)
            for n, other in enumerate(evidence)
            if base_form(other) == base_form(claim[at])
        ]
        if there and all(names and not names & said for names in there):
            return True
    return False


def _sufferers_aside(words: Sequence[Word], at: int) -> frozenset[str]:
    """The stems of the name right before "…, founded in", with what it is short for."""
    after = words[at + 1 : at + 2]
    follows = any(w.clause == words[at].clause and w.text in _PREPOSITIONS for w in after)
    if not follows or not _opens_clause(words, at) or not is_verb(words, at):
        return frozenset()
    begin = at
    while begin > 0 and (words[begin - 1].name or words[begin - 1].text in _WITHIN_NAMES):
        begin -= 1
    if begin == 0 or words[begin - 1].text not in _BESIDE_THE_SUBJECT:
        return frozenset()
    return frozenset(word.stem for word in words[begin:at] if word.name and word.stem)


def _sufferers(words: Sequence[Word], at: int) -> frozenset[str]:
    """The stems of the names that stand right before "was elected"."""
    begin = at
    while begin > max(at - 3, 0) and not words[begin - 1].stem and not words[begin - 1].name:
        begin -= 1
    between = {word.text for word in words[begin:at]}
    of_several = {"both", "were", "are"}  # "A, B and C were", of which this sees the last
    if between.isdisjoint(_BE) or not between.isdisjoint(_BEFORE_ANOTHER_VERB | of_several):
        return frozenset()
    return _names_before(words, begin)


def _doers(words: Sequence[Word], at: int) -> frozenset[str]:
    """The stems of the names that stand right before a verb or, of a passive, after "by"."""
    if _is_passive(words, at):
        after = words[at + 1 : at + 9]
        by = next((n for n, word in enumerate(after) if word.text == "by"), None)
        if by is None:
            return frozenset()
        near = [word for word in after[by + 1 :] if word.clause == after[by].clause]
        end = next((n for n, word in enumerate(near) if word.text in _PLACES | {"to", "from"}), 8)
        return frozenset(word.stem for word in near[:end] if word.name and word.stem)
    end = at
    while end > max(at - 3, 0) and not words[end - 1].stem and not words[end - 1].name:
        if words[end - 1].text in _BEFORE_ANOTHER_VERB:
            return frozenset()
        end -= 1  # "had", "then"
    return _names_before(words, end)


def _names_before(words: Sequence[Word], end: int) -> frozenset[str]:
    """The stems of the name that ends there, with what it is joined to by "and"."""
    begin = end
    while begin > 0 and words[begin - 1].clause == words[end].clause:
        within = words[begin - 1].text in _PARTICLES | {"and"} and begin > 1
        particle = within and begin < end and words[begin - 2].name
        if not words[begin - 1].name and not particle:
            break
        begin -= 1
    if begin > 0 and words[begin - 1].text in _PLACES:
        return frozenset()  # "the mayor of Fez signed"
    return frozenset(word.stem for word in words[begin:end] if word.name and word.stem)


def _directions(words: Sequence[Word]) -> set[tuple[str, str]]:
    """Pairs of names of which the first does something to the second, whatever it is."""
    found = set()
    names = list(_name_runs(words))
    for (start, end), (after, _) in pairwise(names):
        between = words[end:after]
        verbs = [at for at in range(end, after) if is_verb(words, at)]
        if not verbs or any(word.clause != words[after].clause for word in between[1:]):
            continue
        before = words[start - 1].text if start else ""
        if before in _PLACES or between[-1].text in _PLACES or len(verbs) > 1:
            continue
        one, other = words[end - 1].stem, words[after - 1 + _length(words, after)].stem
        passive = _is_passive(words, verbs[0])
        if passive and any(word.text == "by" for word in between):
            found.add((other, one))
        elif not passive:
            lost = words[verbs[0]].text in ("lost", "loses", "lose")  # "lost to Peru": which won
            found.add((other, one) if lost and between[-1].text == "to" else (one, other))
    return found


def _name_runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(words):
        length = _length(words, at)
        if length:
            yield at, at + length
        at += length or 1


def _length(words: Sequence[Word], at: int) -> int:
    end = at
    while end < len(words) and words[end].name and words[end].stem:
        end += 1
    return end - at


def _is_noun(words: Sequence[Word], at: int) -> bool:
    return words[at].text.endswith("ly") or (at > 0 and words[at - 1].text in DETERMINERS)


def _is_noun_or_gerund(words: Sequence[Word], at: int) -> bool:
    """ "Because spending takes place online" has nobody who spends."""
    before = {word.text for word in words[max(at - 3, 0) : at]}
    gerund = words[at].text.endswith("ing") and not (is_verb(words, at) or before & _BE)
    after = words[at + 1 : at + 2]
    has_object = any(word.name or word.text in DETERMINERS for word in after)
    return (gerund and not has_object) or _is_noun(words, at)


def is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether it looks like a finite verb in the past, or a participle."""
    word = words[at]
    if not word.stem or word.name or _is_noun(words, at):
        return False
    if word.text.endswith("ing"):  # "Khan swearing", but not "the first meeting"
        return at > 0 and words[at - 1].name
    return is_done(word.text)


def is_done(text: str) -> bool:
    """Whether a word by itself looks like a verb in the past, or like a participle."""
    word = text.casefold()
    return word in _IRREGULAR or (len(word) > 4 and word.endswith("ed"))


def _takes_a_preposition(words: Sequence[Word], at: int) -> bool:
    after = words[at + 1].text if at + 1 < len(words) else ""
    return bool(words[at].stem) and not words[at].name and after in _OF


def _beside(words: Sequence[Word], at: int) -> _Parts:
    """The two stems on each side of a word that is no verb."""
    before = [word.stem for word in words[max(at - _FARTHEST, 0) : at] if word.stem]
    after = [word.stem for word in words[at + 1 : at + 1 + _FARTHEST] if word.stem]
    return _Parts(frozenset(before[-2:]), frozenset(after[:2]))


def base_form(word: Word) -> str:
    """The base form of a verb, which identifies it in any of its forms."""
    return _IRREGULAR.get(word.text, word.stem).rstrip("e")


def _agree(one: _Parts, other: _Parts) -> bool:
    return bool(one.doing & other.doing or one.done_to & other.done_to)


def _crossed(one: _Parts, other: _Parts, *, both: bool) -> bool:
    sides = (one.doing & other.done_to, one.done_to & other.doing)
    return all(sides) if both else any(sides)


def _parts(words: Sequence[Word], at: int) -> _Parts:
    before = frozenset(_until_preposition(_before(words, at)))
    if _is_reduced(words, at) or _opens_aside(words, at):
        return _Parts(frozenset(), frozenset())
    after = [w for w in words[at + 1 : at + 1 + _FARTHEST] if w.clause == words[at].clause]
    if _is_passive(words, at):
        by = next((n for n, word in enumerate(after) if word.text == "by"), len(after))
        return _Parts(frozenset(_until_preposition(_until_verb(after[by + 1 :]))), before)
    return _Parts(before, frozenset(_until_preposition(after)))


def _is_reduced(words: Sequence[Word], at: int) -> bool:
    """Whether it may be said of what stands before it: "bikes sold in May were made in Ulm"."""
    after = [word for word in words[at + 1 : at + _FARTHEST] if word.clause == words[at].clause]
    follows = bool(after) and after[0].text in _PREPOSITIONS
    return follows and any(word.text in _BE for word in after)


def _opens_aside(words: Sequence[Word], at: int) -> bool:
    """Whether it begins its clause and has no object: "the novel, set in Ulm, is a story"."""
    after = words[at + 1 : at + 2]
    return _opens_clause(words, at) and any(w.text in _PREPOSITIONS - {"by"} for w in after)


def _opens_clause(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].clause != words[at].clause


def _before(words: Sequence[Word], at: int) -> list[Word]:
    """The words of the clause before the verb; of those before it too, where it begins with it:
    "Khan, the spokesman, named"."""
    own = [word for word in words[max(at - _FARTHEST, 0) : at] if word.clause == words[at].clause]
    if any(word.stem or word.text in _SUBJECTS for word in own):
        return own
    near = words[max(at - 4 * _FARTHEST, 0) : at]
    return [word for word in near if word.clause in range(words[at].clause - 2, words[at].clause)]


def _until_verb(words: Sequence[Word]) -> Sequence[Word]:
    """Up to what is joined on by "and": "caused by rain and made worse"."""
    ends = (n for n in range(1, len(words)) if words[n - 1].text == "and" and is_verb(words, n))
    return words[: next(ends, len(words))]


def _until_preposition(words: Sequence[Word]) -> Iterator[str]:
    for word in words:
        if word.text in _PREPOSITIONS:
            return
        if word.stem and word.text not in _AMOUNTS:
            yield word.stem


def _is_adverb(word: Word) -> bool:
    return word.text in _ADVERBS or (word.text.endswith("ly") and not word.name)


def _is_passive(words: Sequence[Word], at: int) -> bool:
    if words[at].text.endswith("ing"):
        return False
    begin = at
    while (
        begin > 0 and _is_adverb(words[begin - 1]) and words[begin - 1].clause == words[at].clause
    ):
        begin -= 1
    before, after = words[max(begin - 2, 0) : at], words[at + 1 : at + 5]
    if begin < at:
        before = [word for word in before if word.clause == words[at].clause]
    by = [word for word in after if word.text == "by" and word.clause == words[at].clause]
    return bool(by) or any(word.text in _BE for word in before)
