"""The few small things that belong to a build beside its parts: read and written whole, by name."""

import os
from pathlib import Path
from typing import Protocol


class BuildFiles(Protocol):
    """Those of a build, or of a part of it."""

    @property
    def folder(self) -> Path:
        """On this machine, for what is kept here; it need not be there."""
        ...

    @property
    def told(self) -> str:
        """Which build it is of: the same for all who have it in common, and no other's."""
        ...

    @property
    def owner(self) -> str:
        """The database that keeps them, which no copy of it is; empty where they are in a folder.
        Raises CatalogueAway."""
        ...

    def read(self, name: str) -> bytes | None:
        """None where there is none that can be read. Raises CatalogueAway."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Whole or not at all. Raises OSError and CatalogueAway."""
        ...

    def within(self, part: str) -> "BuildFiles":
        """Those of this part."""
        ...


class FolderFiles:
    """Files in the folder of the build."""

    owner = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def told(self) -> str:
        return str(self.folder.absolute())

    def read(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f".{name}"
        temporary.write_bytes(content)
        os.replace(temporary, self.folder / name)

    def within(self, part: str) -> "FolderFiles":
        return FolderFiles(self.folder / part)
