"""Reading what people bring: bytes of some format in, an article's draft out.

What reads the formats is in `formats.py`, which is loaded by the process that reads.
"""

from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.readers.reading import Reading

__all__ = ["MAX_BYTES", "Reading", "too_large"]

MAX_BYTES = 50 * 1024 * 1024


def too_large(name: str, size: int, max_bytes: int) -> Unreadable:
    return Unreadable(Fault.TOO_LARGE.of(name=name, size=size, most=max_bytes))
