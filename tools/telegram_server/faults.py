"""Faults on demand: what can go wrong between a bot and Telegram."""

from dataclasses import dataclass, field
from typing import Literal, TypedDict, Unpack

from .chats import Chat
from .refusals import PREFIXES, Refusal, too_many_requests
from .requests import POLLING, Request

EVERYTHING = "*"
ERRORS = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}


class Where(TypedDict, total=False):
    """Which requests are hit: the next ones, as many as `times` says (1 by default).

    Without a method those of any method but getUpdates, which a bot calls all the time; "*" hits
    that too. "download" is the download of a file.
    """

    times: int | None  # None: until the fault is removed
    method: str
    chat: Chat


@dataclass(eq=False)
class Fault:
    """Removes itself at the end of a `with` block."""

    kind: Literal["refuse", "reset", "lose_answer", "cut_off", "delay"]
    where: Where
    refusal: Refusal | None = None
    seconds: float = 0.0
    hits: list[Request] = field(default_factory=list)  # the requests it has hit
    removed: bool = False

    def strikes(self, request: Request) -> bool:
        times, chat = self.where.get("times", 1), self.where.get("chat")
        if self.removed or (times is not None and len(self.hits) >= times):
            return False
        if chat is not None and request.chat_id != chat.id:
            return False
        method = self.where.get("method")
        if method is None:
            return request.method not in POLLING
        return method in (EVERYTHING, request.method)

    def __enter__(self) -> "Fault":
        return self

    def __exit__(self, *_: object) -> None:
        self.removed = True


class Faults:
    """The first fault that fits a request hits it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def too_many_requests(self, retry_after: int, **where: Unpack[Where]) -> Fault:
        """429, before anything is done."""
        return self._add(Fault("refuse", where, too_many_requests(retry_after)))

    def server_error(self, code: int = 502, **where: Unpack[Where]) -> Fault:
        """500, 502 or 504, before anything is done."""
        return self._add(Fault("refuse", where, Refusal(code, ERRORS[code])))

    def refuse(self, code: int, message: str, **where: Unpack[Where]) -> Fault:
        """Any other refusal, such as 403 "bot was blocked by the user"."""
        return self._add(Fault("refuse", where, Refusal(code, f"{PREFIXES[code]}: {message}")))

    def reset(self, **where: Unpack[Where]) -> Fault:
        """The connection breaks before anything is done."""
        return self._add(Fault("reset", where))

    def lose_answer(self, **where: Unpack[Where]) -> Fault:
        """The request is carried out, and then the connection breaks."""
        return self._add(Fault("lose_answer", where))

    def cut_off(self, **where: Unpack[Where]) -> Fault:
        """The connection breaks in the middle of a download."""
        return self._add(Fault("cut_off", where | {"method": "download"}))

    def delay(self, seconds: float, **where: Unpack[Where]) -> Fault:
        """The request is carried out so much later."""
        return self._add(Fault("delay", where, seconds=seconds))

    def clear(self) -> None:
        for fault in self._faults:
            fault.removed = True

    def striking(self, request: Request) -> Fault | None:
        """The fault that hits this request, and counts it."""
        found = next((fault for fault in self._faults if fault.strikes(request)), None)
        if found:
            found.hits.append(request)
        return found

    def _add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault
