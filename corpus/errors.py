"""What can go wrong with articles, each named for what went wrong."""

from pathlib import Path

from footnote.corpus.faults import Fault, ToldError, ToldFault

_MAX_TOLD = 10


class CorpusError(ToldError):
    """A fault in an article or its folder; the message says what to do about it."""


class ArticleNotFound(CorpusError):
    """No article of the folder answers to the name that was given."""


class FolderUnusable(CorpusError):
    """The folder of articles cannot be read or written."""


class ArticlesAway(FolderUnusable):
    """The store of articles gives no answer; once it does, all goes on as before."""


class FaultsInLines(CorpusError):
    """One or more faults in a file, each with its line (from 1).

    The message tells the first few; `faults` has them all.
    """

    def __init__(self, path: Path | str, faults: list[tuple[int, ToldFault | str]]) -> None:
        self.path = str(path)
        self.faults = tuple(faults)
        told = [
            Fault.IN_LINE.of(file=self.path, line=line, reason=reason)
            for line, reason in faults[:_MAX_TOLD]
        ]
        if len(faults) > _MAX_TOLD:
            told.append(Fault.AND_MORE.of(count=len(faults) - _MAX_TOLD))
        super().__init__(*told)


class FrontMatterFault(FaultsInLines):
    """The head of an article file is faulty."""


class AliasesFault(FaultsInLines):
    """The file of aliases is faulty."""


class Unreadable(CorpusError):
    """What came in cannot be made into an article: an unknown format, no text, no letters."""


class Unreachable(CorpusError):
    """What a link leads to cannot be had, or may not be fetched."""
