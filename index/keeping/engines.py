"""Where the vectors of a build are kept: in its folder, or on a server that the settings name."""

import logging
from typing import Protocol

from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.build_files import BuildFiles
from footnote.index.keeping.record import EMBEDDED, BuildRecord
from footnote.index.keeping.remote_record import RemoteRecord
from footnote.index.keeping.vectors import ChromaVectors, VectorStore

logger = logging.getLogger(__name__)


class VectorEngine(Protocol):
    """Makes and opens the vectors of builds; `files` are a build's own for them."""

    @property
    def name(self) -> str:
        """As records of builds have it: where it is another one, vectors are moved."""
        ...

    @property
    def told(self) -> str:
        """For people: what it is, and where."""
        ...

    def keeps(self, name: str) -> bool:
        """Whether it can open what has this name in a record."""
        ...

    def create(self, files: BuildFiles) -> VectorStore:
        """Raises OSError, and VectorsAway where a server gives no answer."""
        ...

    def open(self, files: BuildFiles) -> VectorStore:
        """Raises IndexUnreadable where they are not whole, and VectorsAway."""
        ...

    def take_over(self, files: BuildFiles) -> None:
        """Have what is kept elsewhere be that of the database in which the build is now. Raises
        VectorsAway."""
        ...

    def clear_away(self, files: BuildFiles) -> None:
        """Take away what is kept elsewhere, before the build goes. Raises VectorsAway."""
        ...

    def version(self) -> str:
        """That of the program that keeps them; raises VectorsAway."""
        ...

    def close(self) -> None:
        """Give back what is held; whoever asks again opens it again."""
        ...


class EmbeddedChroma:
    """Chroma in this process: the vectors lie in the folder of the build."""

    name = EMBEDDED
    told = "Chroma, in the folder of the index"

    def keeps(self, name: str) -> bool:
        return name == EMBEDDED

    def create(self, files: BuildFiles) -> VectorStore:
        return ChromaVectors(files.folder, create=True)

    def open(self, files: BuildFiles) -> VectorStore:
        return ChromaVectors(files.folder)

    def take_over(self, files: BuildFiles) -> None:
        """They are where the folder is."""

    def clear_away(self, files: BuildFiles) -> None:
        if record := RemoteRecord.find(files):
            logger.warning(
                "the settings name no Chroma server any more, so these collections are left on %s:"
                " %s",
                record.place,
                ", ".join(record.names),
            )

    def version(self) -> str:
        import chromadb

        return chromadb.__version__

    def close(self) -> None:
        pass


def engine_of(record: BuildRecord, wanted: VectorEngine) -> VectorEngine:
    """That which keeps the vectors of a build with this record; `wanted` is that of the settings.

    Raises IndexUnreadable where the settings do not say how to come to them.
    """
    for engine in (wanted, EmbeddedChroma()):
        if engine.keeps(record.vectors):
            return engine
    raise IndexUnreadable(
        "the vectors are on a server, or in a database of it, that the settings do not name"
    )
