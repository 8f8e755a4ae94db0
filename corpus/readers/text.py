"""Reading plain text: scraped, pasted or typed, wrapped at a width or not."""

from itertools import pairwise

from corpus.normalise import normalise
from corpus.readers.reading import Reading, finish

_WIDEST_WRAP = 120
_FEWEST_BREAKS = 3
_SHARE_OF_FULL_LINES = 0.9


def read_text(text: str, *, name: str) -> Reading:
    return finish(unwrap(normalise(text)), name=name)


def unwrap(text: str) -> str:
    """Lines made into paragraphs, one blank line apart.

    Lines that were broken to fit a width are joined: a break is of that kind when the first word
    of the next line would not have fitted. Otherwise every line is a paragraph.
    """
    blocks = [block.split("\n") for block in text.split("\n\n")]
    width = max(len(line) for lines in blocks for line in lines)
    breaks = [pair for lines in blocks for pair in pairwise(lines)]
    full = sum(len(line) + 1 + len(after.split(" ")[0]) > width for line, after in breaks)
    wrapped = (
        width <= _WIDEST_WRAP
        and len(breaks) >= _FEWEST_BREAKS
        and full >= _SHARE_OF_FULL_LINES * len(breaks)
    )
    return "\n\n".join((" " if wrapped else "\n\n").join(lines) for lines in blocks)
