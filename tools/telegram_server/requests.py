"""What the bot asked of the server, in order."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .validation import Json, shown

POLLING = frozenset({"getUpdates"})


@dataclass(eq=False)
class Request:
    """`method` is spelled as in the table, or as it came if the table has no such method."""

    number: int
    method: str
    parameters: Json
    time: float
    transport: str  # query, form, json, multipart
    answer: str = "no answer yet"  # "200", "400 Bad Request: …", "connection reset", …
    problems: list[str] = field(default_factory=list)  # why it must not be made

    @property
    def chat_id(self) -> int | str | None:
        chat_id: int | str | None = self.parameters.get("chat_id")
        return chat_id

    def __str__(self) -> str:
        given = ", ".join(f"{name}={shown(value)}" for name, value in self.parameters.items())
        return f"{self.number:>4} {self.method}({given}) -> {self.answer}"


def listed(requests: Iterable[Request], *, last: int = 15) -> str:
    """The last requests for a message, without the polling."""
    lines = [str(request) for request in requests if request.method not in POLLING]
    left_out = [f"… {len(lines) - last} earlier"] if len(lines) > last else []
    return "\n".join([*left_out, *lines[-last:]]) or "(no requests)"
