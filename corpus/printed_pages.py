"""The pages of a printed text: where in an article's text each of them begins."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from footnote.corpus.article import Draft

KEY = "page_starts"
"""The entry of the head that holds them: the text's revision, then an offset for each page.

With the revision, for a text that was edited since has its pages elsewhere: then none are known,
which is better than to cite the wrong one.
"""

_FORM = re.compile(r"[0-9a-f]{16}(?: [0-9]{1,12})+")


def with_pages(draft: Draft, starts: Sequence[int]) -> Draft:
    """The draft with the offsets, in characters of its text, at which its pages begin."""
    written = " ".join([draft.revision, *map(str, starts)])
    return replace(draft, extra={**draft.extra, KEY: written})


def page_starts(draft: Draft) -> tuple[int, ...]:
    """The offset at which each page begins, in order; none where that is not known."""
    written = draft.extra.get(KEY)
    return starts_in(written, draft.revision) if isinstance(written, str) else ()


def starts_in(written: str | None, of_revision: str) -> tuple[int, ...]:
    """The same from what the head says, for a text of this revision."""
    if not written or not _FORM.fullmatch(written):
        return ()
    revision, *starts = written.split()
    offsets = tuple(map(int, starts))
    in_order = offsets[0] == 0 and list(offsets) == sorted(offsets)
    return offsets if revision == of_revision and in_order else ()


def page_at(starts: Sequence[int], offset: int) -> int | None:
    """The number, from 1, of the page on which the character at this offset stands."""
    return bisect_right(starts, offset) or None
