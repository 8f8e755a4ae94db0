"""The text of an article in pieces of one length, so that reading a passage costs the passage."""

from collections.abc import Mapping

from footnote.corpus.span import Span

_CHARACTERS = 4096
# Most passages then lie in one piece or two. With the whole text in one row, each passage of an
# article of 2 MB cost 6 ms, for SQLite finds the n-th character by counting from the first.


def cut(text: str) -> list[str]:
    """The pieces, which make up the text; one at least."""
    return [text[at : at + _CHARACTERS] for at in range(0, max(len(text), 1), _CHARACTERS)]


def pieces_of(span: Span) -> range:
    """The numbers, from 0, of the pieces that it lies in."""
    return range(span.start // _CHARACTERS, (max(span.end, span.start + 1) - 1) // _CHARACTERS + 1)


def joined(pieces: Mapping[tuple[int, int], str], version: int, span: Span) -> str | None:
    """What stands at the span, from pieces by version and number; None where one is missing."""
    numbers = pieces_of(span)
    found = [pieces.get((version, number)) for number in numbers]
    if None in found:
        return None
    begin = numbers.start * _CHARACTERS
    return "".join(filter(None, found))[span.start - begin : span.end - begin]
