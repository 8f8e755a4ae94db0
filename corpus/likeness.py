"""How much of a text stands in another: near copies, under whatever headline."""

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
"""Of the runs of four words of a text: distinct, ascending."""

NEAR_COPY = 0.6
"""From this share on a text is called a near copy. Of the 207,000 pairs of 645 articles of SQuAD
2.0, ClapNQ and this collection, five are copies and have .97 and more, four are stubs that share a
notice of Wikipedia's and have .62 to .67, all others have .42 and less. Syndications made of 60 of
them (paragraphs cut, added, out of order; one word in 20 or every seventh small word changed) have
.74 and more."""

_MAY_BE = 0.4
"""From this estimate on it is worth while to compare the texts: of 400 pairs of about one length
that share .35 to .8 it was off by .08 at most, by .06 with sketches twice as long."""

_WORDS_IN_RUN = 4
_MIN_RUNS = 50
_MAX_KEPT = 128
_MARKS_BELOW, _MIN_MARKS = 1 << 28, 16
# Words, and the characters of scripts that put no space between words.
_WORD = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+")
_MIX = np.uint64(0x9E3779B97F4A7C15)


def runs(text: str) -> Hashes:
    """A hash for every run of four words; none for a text too short to tell."""
    hashes = [zlib.crc32(word.encode()) for word in _WORD.findall(text.casefold())]
    words = np.array(hashes, dtype=np.uint64)
    count = len(words) - _WORDS_IN_RUN + 1
    if count < _MIN_RUNS:
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(_WORDS_IN_RUN):
        mixed = (mixed ^ words[offset : offset + count]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def sketch(text: str) -> bytes:
    """The smallest of the hashes, at most 512 bytes: enough to find texts that may be alike."""
    return runs(text)[:_MAX_KEPT].tobytes()


def hashes_in(stored: bytes) -> list[int]:
    """Those of a sketch."""
    found: list[int] = np.frombuffer(stored, dtype=np.uint32).tolist()
    return found


def marks(stored: bytes) -> list[int]:
    """Those of a sketch that a text is to be looked up by: one in sixteen of its runs, and some in
    any case. Of another text that shares a hundred runs with it, whatever the length of both, six
    are among them on average.
    """
    hashes = hashes_in(stored)
    return [h for at, h in enumerate(hashes) if h < _MARKS_BELOW or at < _MIN_MARKS]


def share(one: Hashes, other: Hashes) -> float:
    """The share of the smaller text's runs that stand in the larger one too, from 0 to 1."""
    smaller = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / smaller if smaller else 0.0


def candidates(of: bytes, others: Sequence[bytes]) -> list[int]:
    """Which of the others, by their places, may be near copies, going by the sketches alone.

    Of two sketches those hashes can be compared that are below the last one of both, and the
    smaller text has the fewer of them (min-wise sampling, Broder 1997).
    """
    mine = np.frombuffer(of, dtype=np.uint32)
    if not len(mine) or not others:
        return []
    lengths = np.array([len(other) // mine.itemsize for other in others])
    ends = np.cumsum(lengths)
    hashes = np.frombuffer(b"".join(others), dtype=np.uint32)
    shared = np.bincount(_owners(ends, _among(hashes, mine)), minlength=len(others))
    places: list[int] = np.flatnonzero(shared).tolist()
    return [place for place in places if _estimate(mine, others[place]) >= _MAY_BE]


def _among(hashes: Hashes, wanted: Hashes) -> NDArray[np.intp]:
    """Where any of the wanted stands; np.isin sorts, which takes ten times as long."""
    marked = np.zeros(1 << 16, dtype=bool)
    marked[wanted & 0xFFFF] = True
    likely = np.flatnonzero(marked[hashes & 0xFFFF])
    return likely[np.isin(hashes[likely], wanted)]


def _owners(ends: NDArray[np.int64], places: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.searchsorted(ends, places, side="right")


def _estimate(mine: Hashes, other: bytes) -> float:
    theirs = np.frombuffer(other, dtype=np.uint32)
    end = min(_last(mine), _last(theirs))
    return share(mine[mine <= end], theirs[theirs <= end])


def _last(hashes: Hashes) -> np.uint32:
    """Up to where a sketch is whole: all of a short text's hashes are in it."""
    return hashes[-1] if len(hashes) == _MAX_KEPT else np.uint32(0xFFFFFFFF)
