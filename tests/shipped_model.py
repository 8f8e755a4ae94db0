"""The real embedding model, loaded once by each process that tests with it."""

from functools import cache

from bench.gate import Remembering


@cache
def shipped_model() -> Remembering:
    """In float32, in which it rounds alike on all processors but for the last digits."""
    return Remembering.shipped(precision="float32")
