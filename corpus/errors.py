"""What can go wrong with articles, each named for what went wrong."""

from pathlib import Path


class CorpusError(Exception):
    """A fault in an article or its folder; the message says what to do about it."""


class ArticleNotFound(CorpusError):
    """No article of the folder answers to the name that was given."""


class FolderUnusable(CorpusError):
    """The folder of articles cannot be read or written."""


class FrontMatterFault(CorpusError):
    """One or more faults in the head of an article file, each with its line (from 1)."""

    def __init__(self, path: Path | str, faults: list[tuple[int, str]]) -> None:
        self.path = str(path)
        self.faults = tuple(faults)
        super().__init__(
            "; ".join(f"{self.path}, line {line}: {reason}" for line, reason in faults)
        )


class Unreadable(CorpusError):
    """What came in cannot be made into an article: an unknown format, no text, no letters."""
