"""The methods that the server imitates, by name. The modules beside this one add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .chats import Chat
from .refusals import not_imitated
from .state import State
from .table import Method
from .validation import Json


@dataclass(frozen=True)
class Call:
    """A request whose parameters fit the table. The state's lock is held while it is answered."""

    state: State
    parameters: Json

    def get(self, name: str, default: Any = None) -> Any:
        return self.parameters.get(name, default)

    def chat(self, *, to_write: bool = True) -> Chat:
        return self.state.chat_at(self.get("chat_id", ""), to_write=to_write)

    def refuse(self, *names: str) -> None:
        """Refuses parameters that this server does nothing with."""
        for name in names:
            if name in self.parameters:
                raise not_imitated(f"the parameter {name}")


Answering = Callable[[Call], Any]
IMITATED: dict[str, Answering] = {}


def imitates(name: str) -> Callable[[Answering], Answering]:
    """Marks a function as what answers the method of this name."""

    def mark(function: Answering) -> Answering:
        IMITATED[name] = function
        return function

    return mark


def answer(state: State, method: Method, parameters: Json) -> Any:
    """The result of a request, as an object of the Bot API. Raises `Refusal`."""
    if method.name not in IMITATED:
        raise not_imitated(method.name)
    with state.changed:
        result = IMITATED[method.name](Call(state, parameters))
        state.changed.notify_all()
    return result
