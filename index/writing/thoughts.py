"""Leaving out what a reasoning model thinks aloud."""

import re
from collections.abc import Iterator

_NAMES = "think|thinking|thought|reasoning|reflection"
_TAG = re.compile(rf"<(?P<closing>/?)(?:{_NAMES})>", re.IGNORECASE)
# What may still become a tag.
_BEGINNING = re.compile(r"</?[a-z]{0,10}$", re.IGNORECASE)


class Thoughts:
    """Takes text piece by piece, and gives what stands outside <think>…</think> and its like.

    None stands for "all before this was thought": some models leave out the opening tag.
    """

    def __init__(self) -> None:
        self._rest = ""
        self._thinking = False

    def feed(self, text: str) -> Iterator[str | None]:
        self._rest += text
        while tag := _TAG.search(self._rest):
            before, self._rest = self._rest[: tag.start()], self._rest[tag.end() :]
            closes = bool(tag["closing"])
            if closes and not self._thinking:
                yield None
            elif not self._thinking and before:
                yield before
            self._thinking = not closes
        partial = _BEGINNING.search(self._rest)
        end = partial.start() if partial else len(self._rest)
        ready, self._rest = self._rest[:end], self._rest[end:]
        if ready and not self._thinking:
            yield ready

    def end(self) -> str:
        """What was held back for a tag and became none."""
        rest, self._rest = self._rest, ""
        return "" if self._thinking else rest


def without_thoughts(text: str) -> str:
    """What a whole answer says outside of them."""
    thoughts, said = Thoughts(), ""
    for part in thoughts.feed(text):
        said = said + part if part is not None else ""
    return said + thoughts.end()
