"""What `footnote doctor` found out about one thing."""

from dataclasses import dataclass

from rich.text import Text


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at; where it is not `well`, `text` says what to do about it."""

    subject: str
    text: str
    well: bool = True

    def view(self) -> Text:
        mark = Text("✓ " if self.well else "✗ ", style="green" if self.well else "red")
        return mark.append(f"{self.subject}: ", style="bold").append(
            self.text, style="not bold default"
        )
