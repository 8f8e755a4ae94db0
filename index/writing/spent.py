"""What a language model's work on a question has cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens, and how many sentences were let through and were dropped; sums over several calls."""

    tokens_in: int = 0
    tokens_out: int = 0
    kept: int = 0
    dropped: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.kept + other.kept,
            self.dropped + other.dropped,
        )
