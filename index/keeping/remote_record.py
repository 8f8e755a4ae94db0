"""Which collections on a server belong to a build, and how many vectors each had when last written.

It is written before the collections are made and goes after they are gone: so what is on the server
is always somebody's.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from footnote.index.keeping.build_files import BuildFiles

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
    def find(cls, files: BuildFiles) -> "RemoteRecord | None":
        """That of a build; None where there is none that can be read."""
        content = files.read(_FILE)
        if content is None:
            return None
        try:
            read: dict[str, Any] = json.loads(content)
            counts = read.pop("counts")
            return cls(
                names=tuple(map(str, read.pop("names"))),
                ids=tuple(map(str, read.pop("ids"))),
                counts=None if counts is None else tuple(map(int, counts)),
                **read,
            )
        except (ValueError, TypeError, AttributeError, KeyError):
            return None

    def write(self, files: BuildFiles) -> None:
        """Whole or not at all."""
        files.write(_FILE, (json.dumps(asdict(self), indent=1) + "\n").encode())

    def is_of(self, files: BuildFiles) -> bool:
        return self.folder == files.told

    def counted(self, counts: Sequence[int] | None) -> "RemoteRecord":
        return replace(self, counts=None if counts is None else tuple(counts))
