"""What can go wrong in the index, each named for what went wrong."""


class IndexFault(Exception):
    """A fault of the index or its parts; the message says what to do about it."""


class ModelUnusable(IndexFault):
    """The embedding model is not there, or cannot be loaded."""


class IndexUnreadable(IndexFault):
    """What is on disk is not a whole index; the next sync makes a new one."""


class WriteInterrupted(IndexUnreadable):
    """What is on disk was being written when its process ended; the next sync makes it anew."""


class NothingPublished(IndexUnreadable):
    """The place from which the words are fetched, `told` for people, has none of this build."""

    def __init__(self, told: str) -> None:
        self.told = told
        super().__init__(f"no words have been published yet in {told}: run 'footnote sync'")


class IndexUnwritable(IndexFault):
    """The disk is full or may not be written; what was there before goes on answering."""


class IndexOfAnother(IndexFault):
    """A part of the index is that of another database, of which this one is a copy; `part` says
    which, for people."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"{part} of another database, of which this one is a copy: 'footnote sync --rebuild'"
            " gives this one an index of its own; where the other one is gone for good,"
            " 'footnote sync --take-over' goes on with its index"
        )


class IndexLocked(IndexFault):
    """Another process keeps this index; `holder` says which, as far as it can be told."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(f"the index is kept by another Footnote ({holder})")


class IndexAway(IndexFault):
    """What keeps a part of the index gives no answer; once it does, all goes on as before."""


class VectorsAway(IndexAway):
    """The server that keeps the vectors."""


class WordsAway(IndexAway):
    """The place from which the words are fetched."""


class WordsUnusable(IndexFault):
    """What reads the place of the words is not installed: nothing comes of waiting."""


class CatalogueAway(IndexAway):
    """The server of the database in which the catalogue is."""


class WriterAway(IndexFault):
    """The language model gives no answer; `pause` is for how many seconds it wants no question."""

    def __init__(self, reason: str, *, pause: float = 0.0) -> None:
        self.pause = pause
        super().__init__(reason)


def is_panic(error: BaseException) -> bool:
    """Whether a library in Rust broke down in the call, which pyo3 tells by what is no Exception.

    The class has no name that could be imported.
    """
    return type(error).__name__ == "PanicException"
