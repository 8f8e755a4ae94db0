"""Whether evidence that is much like a claim has another word in the place of one of its own.

"Bicycles were banned" is no more borne out by "cars were banned" than "Wales lost to Hungary" by
"Hungary beat Austria and drew with Wales"; that the ban "was lifted" is, where it "was ended".

Near words are told apart in English, Spanish and German only (`units.LANGUAGES`): in any other
language nothing is found to differ here.
"""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from footnote.corpus.language import primary_language
from footnote.corpus.span import Span
from footnote.index.facts.comparison import Facts
from footnote.index.facts.frames import Frames
from footnote.index.facts.kinds import says_what_it_is, unsaid_kinds
from footnote.index.facts.roles import is_done
from footnote.index.facts.units import Unit, units
from footnote.index.models.embedding import Encoded, Vector

# How near a word comes, as the model reads it in its sentence, to the one in its place: right
# claims of our own have "acknowledges" for "recognises" (.52), wrong ones "dark" for "dawn" (.52)
# and "bridge" for "road" (.40). At .6 a tenth more of each is told apart on SQuAD 2.0, and five
# times as many right claims of Breaking NLI are lost.
_NEAR = 0.5
# In other languages the model puts words near that are not, and apart those that mean the same: of
# 27 pairs in Spanish and German seven of 14 wrong ones come less near, and one of 13 right ones.
_NEAR_IN_OTHERS = 0.4
# What was done is said in many words that the model does not put near one another: "enter" and
# "reach", "decided" and "elected", "started" and "formed". Of 47 claims of VitaminC that another
# word speaks against 33 were right; of those where it is a verb, 13 of 14.
_NEAR_OF_A_VERB = 0.1
# Where a claim has no more words than these beside its names, each has to come near to something
# that is said: at .4 a third more of the right claims of SQuAD 2.0 are lost by it.
_FEW_WORDS, _NEAR_ANY = 2, 0.35
# The same of what a figure counts: "60 posters" are no "60 museums" (.22), "troops" may be soldiers
# (.85). It takes two wrong claims of SQuAD 2.0, and none that is right of any set.
_NEAR_COUNTED = 0.4

# And of what something is said to be: a "film" is a movie (.78), but no corporation (.22) and no
# show (.40). On the 3,000 of VitaminC it took 19 wrong claims and one right one ("the result");
# where the evidence does not say what it is, 10 and 6.
_NEAR_KIND = 0.45


def differs(
    claim: Facts, evidence: Facts, around: Collection[str], encode: Callable[[str], Encoded]
) -> bool:
    """Whether the evidence says something else; `around`: the stems of title and heading.

    Both are encoded where it takes that to tell.
    """
    frames = Frames(claim, evidence, around)
    replaced = list(frames.replaced())
    if any(one.word.kind == "name" for one in replaced):
        return True
    english = primary_language(claim.language, "en") == "en"
    unsaid = [[unit] for unit in frames.unsaid if _is_short(frames) and not unit.light]
    parts = [*unsaid, *frames.unsaid_parts] if english else []
    counted = list(frames.counted_otherwise()) if english else []
    kinds = list(unsaid_kinds(claim, evidence)) if english and says_what_it_is(evidence) else []
    if not replaced and not parts and not counted and not kinds:
        return False
    said, there = encode(claim.text), encode(evidence.text)
    near = _NEAR if english else _NEAR_IN_OTHERS
    return (
        any(
            _likeness(said, one.word, there, [one.by])
            < (_NEAR_OF_A_VERB if is_done(one.word.text) else near)
            for one in replaced
        )
        or any(
            all(_likeness(said, unit, there, frames.free) < _NEAR_ANY for unit in part)
            for part in parts
        )
        or any(
            all(_likeness(said, unit, there, others) < _NEAR_COUNTED for unit in things)
            for things, others in counted
        )
        or any(_likeness(said, kind, there, _words(evidence)) < _NEAR_KIND for kind in kinds)
    )


def _words(facts: Facts) -> list[Unit]:
    return [unit for unit in units(facts) if unit.kind == "word"]


def _is_short(frames: Frames) -> bool:
    return len(frames.words) <= _FEW_WORDS


def _likeness(said: Encoded, word: Unit, there: Encoded, others: Sequence[Unit]) -> float:
    """Of the nearest, from -1 to 1; 1 where the model has not read so far."""
    mean = _mean(said, word.span)
    means = [_mean(there, other.span) for other in others]
    read = [other for other in means if other is not None]
    if mean is None or len(read) < len(means):
        return 1.0
    return max((float(mean @ other) for other in read), default=-1.0)


def _mean(encoded: Encoded, span: Span) -> Vector | None:
    """Of the word's tokens, of length 1; None beyond the model's window."""
    inside = (encoded.spans[:, 0] >= span.start) & (encoded.spans[:, 1] <= span.end)
    if not inside.any():
        return None
    mean = encoded.tokens[inside].mean(axis=0)
    unit: Vector = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit
