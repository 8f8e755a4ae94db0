"""What somebody brought: bytes and a name, looked at in the ways by which formats are told."""

import re
from dataclasses import dataclass
from functools import cached_property

from footnote.corpus.readers.encoding import Decoded, decode
from footnote.corpus.readers.packed import Archive

_ZIP = b"PK\x03\x04"
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BYTES_LOOKED_AT = 4096


@dataclass(frozen=True)
class Brought:
    """`url` is where it was fetched from, if it was."""

    data: bytes
    name: str
    url: str | None = None

    @property
    def ending(self) -> str:
        """Of the name, with its dot and in lower case; empty where there is none."""
        _, dot, ending = self.name.lower().rpartition(".")
        return dot + ending

    @cached_property
    def archive(self) -> Archive | None:
        """What is packed in it; None of what is no ZIP archive. Raises Unreadable."""
        return Archive(self.data, name=self.name) if self.data.startswith(_ZIP) else None

    @property
    def packed(self) -> Archive:
        """The same, for what is known to be an archive."""
        assert self.archive is not None
        return self.archive

    @property
    def text(self) -> str:
        """It as text, in whatever encoding it is; raises Unreadable."""
        return self.decoded.text

    @property
    def guessed(self) -> str | None:
        """The encoding that was guessed, where it was read as a text of none that can be told."""
        return self.decoded.guessed if "decoded" in vars(self) else None

    @property
    def is_binary(self) -> bool:
        """Whether there are control characters among its first bytes, as in no text."""
        return _NOT_IN_TEXT.search(self.data, 0, _BYTES_LOOKED_AT) is not None

    @cached_property
    def decoded(self) -> Decoded:
        return decode(self.data, name=self.name)
