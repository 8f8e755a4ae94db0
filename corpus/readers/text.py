"""Reading plain text: scraped, pasted or typed, wrapped at a width or not."""

from collections import Counter
from itertools import accumulate, pairwise

from corpus.normalise import normalise
from corpus.readers.reading import Reading, finish

_WIDTHS = range(40, 121)
_FEWEST_BREAKS = 3
# Measured: the sample articles wrapped at 40 to 110 characters have 0.89 and more, their words in
# lines of the length of verse 0.45 and less, their sentences a line each none.
_SHARE_OF_FULL_LINES = 0.65
_LONGEST_WORD = 25
_SENTENCE_ENDS = tuple(".!?:…。！？؟۔")
# "pre-" / "and post-war": the hyphen stands for a word and does not break one.
_AFTER_HANGING_HYPHEN = {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o"}


def read_text(text: str, *, name: str) -> Reading:
    return finish(unwrap(normalise(text)), name=name)


def unwrap(text: str) -> str:
    """Lines made into paragraphs, one blank line apart.

    Lines that were broken to fit a width are joined: a break is of that kind when the first word
    of the next line would not have fitted. Otherwise every line is a paragraph.
    """
    blocks = [block.split("\n") for block in text.split("\n\n")]
    width = _width([pair for lines in blocks for pair in pairwise(lines)])
    return "\n\n".join(_joined(lines, width) for lines in blocks)


def _width(breaks: list[tuple[str, str]]) -> int | None:
    """The width that most lines were broken to fit; None where they were not."""
    begins_and_ends = Counter[int]()
    for line, after in breaks:
        if not line.endswith(_SENTENCE_ENDS):
            shortest, longest = _fitted(line, after)
            begins_and_ends[shortest] += 1
            begins_and_ends[longest + 1] -= 1
    fitting = list(accumulate(begins_and_ends[width] for width in range(_WIDTHS.stop)))
    best = max(_WIDTHS, key=lambda width: fitting[width])
    # Short lines tell nothing: lists, addresses and greetings stand in wrapped letters, too.
    telling = sum(len(line) > best // 2 for line, _ in breaks)
    enough = fitting[best] >= max(_FEWEST_BREAKS, _SHARE_OF_FULL_LINES * telling)
    return best if enough else None


def _fitted(line: str, after: str) -> tuple[int, int]:
    """The least and greatest width that the line would have been broken at, before that word."""
    return len(line), len(line) + min(len(after.split(" ", 1)[0]), _LONGEST_WORD)


def _joined(lines: list[str], width: int | None) -> str:
    parts = lines[:1]
    for line, after in pairwise(lines):
        shortest, longest = _fitted(line, after)
        if width is None or not (shortest <= width <= longest or after[0].islower()):
            parts.append("\n\n")
        elif not _breaks_a_word(line, after):
            parts.append(" ")
        parts.append(after)
    return "".join(parts)


def _breaks_a_word(line: str, after: str) -> bool:
    hyphenated = line.endswith("-") and line[-2:-1].isalnum() and after[0].isalnum()
    return hyphenated and after.split(" ", 1)[0] not in _AFTER_HANGING_HYPHEN
