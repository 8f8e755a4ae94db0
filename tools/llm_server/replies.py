"""What the endpoint answers: something said, in pieces, or a refusal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """Text in the pieces in which it is streamed; `finish` as in finish_reason.

    Those of a generator, which are for one answer, come when it gives them.

    `whole`: it is no stream, but one body, as from an endpoint that does not stream.
    `before`, `then`: what happens before the first piece and after the last one: "end", "hang" (say
    nothing until the client goes), "break" (close the connection in the middle), "comment" (send
    comments only), "repeat" (say it all again for ever), "drip" (a byte now and then, of what means
    nothing, for ever). `reasoning` comes in a field of its own.
    `pause` is in seconds, between the pieces. `usage` has the numbers of tokens in and out.
    """

    pieces: Iterable[str]
    finish: str = "stop"
    before: str = "end"
    then: str = "end"
    reasoning: str = ""
    pause: float = 0.0
    usage: tuple[int, int] | None = None
    whole: bool = False


@dataclass(frozen=True)
class Refusal:
    """A status with the body that OpenAI sends with it. `headers` as they are sent."""

    status: int
    message: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def pieces_of(text: str) -> list[str]:
    """As a tokenizer might part it: a few characters each, borders anywhere."""
    return re.findall(r"\s*\S{1,4}|\s+", text)
