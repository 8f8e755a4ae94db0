"""Reading what somebody brought, by the first format of the table that recognises it."""

from dataclasses import replace

from footnote.corpus.address import plain_address
from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.readers import MAX_BYTES, too_large
from footnote.corpus.readers.brought import Brought
from footnote.corpus.readers.reading import Reading
from footnote.corpus.readers.registry import FORMATS

_WAYS = [of.load() for of in FORMATS]


def read(data: bytes, *, name: str, url: str | None = None, max_bytes: int = MAX_BYTES) -> Reading:
    """The article in `data`, whatever format its content shows it to be in.

    `name` only tells texts apart that look alike, such as Markdown from plain text, and serves as a
    title of last resort; `url` is where the data was fetched from. Raises Unreadable, or
    FrontMatterFault for a Markdown head.
    """
    if len(data) > max_bytes:
        raise too_large(name, len(data), max_bytes)
    brought = Brought(data, name, url)
    try:
        reading = next(way(brought) for recognises, way in _WAYS if recognises(brought))
    except RecursionError as error:
        raise Unreadable(Fault.NESTED.of(name=name)) from error
    if guessed := brought.guessed:
        reading = replace(reading, guessed=guessed)
    if url and not reading.draft.url:
        reading = replace(reading, draft=replace(reading.draft, url=plain_address(url)))
    return reading
