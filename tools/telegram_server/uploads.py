"""A file as it came in a multipart request."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Upload:
    """`part` is the name of its part, by which `attach://part` refers to it."""

    part: str
    name: str | None
    mime_type: str
    content: bytes = field(repr=False)
