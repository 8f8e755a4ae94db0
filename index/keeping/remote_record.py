"""Which collections on a server belong to a build, and how many vectors each had when last written.

It is written before the collections are made and goes after they are gone: so what is on the server
is always somebody's.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

_FILE = "collections.json"


@dataclass(frozen=True, slots=True)
class RemoteRecord:
    """`place` is the server as people are told of it; `ids` are the server's own of the collections
    `names`, empty until all are made. `counts` are those of the vectors in each; None while they
    are being written. `folder` is where this was written first: a copy of an index may read what
    is the original's, and must change nothing of it."""

    place: str
    tenant: str
    database: str
    folder: str
    names: tuple[str, ...]
    ids: tuple[str, ...] = ()
    counts: tuple[int, ...] | None = None

    @classmethod
    def find(cls, folder: Path) -> "RemoteRecord | None":
        """That in a folder; None where there is none that can be read."""
        try:
            read: dict[str, Any] = json.loads((folder / _FILE).read_text())
            counts = read.pop("counts")
            return cls(
                names=tuple(map(str, read.pop("names"))),
                ids=tuple(map(str, read.pop("ids"))),
                counts=None if counts is None else tuple(map(int, counts)),
                **read,
            )
        except (OSError, ValueError, TypeError, AttributeError, KeyError):
            return None

    def write(self, folder: Path) -> None:
        """Whole or not at all."""
        temporary = folder / f".{_FILE}"
        temporary.write_text(json.dumps(asdict(self), indent=1) + "\n")
        os.replace(temporary, folder / _FILE)

    def is_of(self, folder: Path) -> bool:
        return self.folder == str(folder.absolute())

    def counted(self, counts: Sequence[int] | None) -> "RemoteRecord":
        return replace(self, counts=None if counts is None else tuple(counts))
