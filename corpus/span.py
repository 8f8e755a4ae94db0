"""A span: where in an article's text something stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Start and end in characters (code points) of the stored text; the end is exclusive.

    Raises ValueError where 0 <= start < end does not hold: nothing can be quoted from nowhere.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The exact slice; raises ValueError where the text ends before the span does."""
        if self.end > len(text):
            raise ValueError(f"{self.start}..{self.end} is outside a text of {len(text)}")
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> "Span":
        return Span(self.start + by, self.end + by)
