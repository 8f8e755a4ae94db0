"""What is written only while it is still this process's turn, where several have one inbox.

A process that stood still for a minute (the machine slept, the network was split) may find that
another has taken over the chat that it was answering. It must not go on as if nothing had been.
"""

from collections.abc import Callable
from contextvars import ContextVar

from sqlalchemy import Connection

Fence = Callable[[Connection], None]
"""Called within a transaction that is to write: raises TurnLost, or has the turn for as long as the
transaction takes."""

fence: ContextVar[Fence | None] = ContextVar("fence", default=None)
"""That of the chat queue whose update is being handled; None where no other process could take it
over."""


class TurnLost(Exception):
    """Another process handles this update by now."""


def refuse_out_of_turn(connection: Connection) -> None:
    """Raises TurnLost where another process has taken over what is being handled."""
    if (checked := fence.get()) is not None:
        checked(connection)
