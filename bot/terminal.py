"""Rendering for the terminal: answers, passages, lists. Text from outside is never markup here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from bot.usage import Day
from bot.wording import any_language, count, one_line, visible
from corpus.article import Article
from corpus.errors import CorpusError, FaultsInLines
from corpus.span import Span
from corpus.store import SUFFIX
from index.checking import Checked
from index.citation import (
    Abstention,
    Answer,
    Citation,
    Claim,
    Reason,
    Reference,
    Unwritten,
)
from index.keeping.reconcile import SyncReport

_MOST_NEAREST_CHARACTERS = 200
_UNLIMITED = 100_000
_REASONS = {
    Reason.NO_QUESTION: "There is no question in this.",
    Reason.NO_ARTICLES: "There are no articles yet. Add some with: footnote add FILE",
    Reason.NOT_ANSWERED: "The articles do not answer this.",
    Reason.OTHER_LANGUAGE: "The articles are in another language. Try it in {languages}.",
}


_WRITTEN = "Written by a language model; each sentence was checked against what it cites."
_UNWRITTEN = {
    Unwritten.AWAY: "In the articles' words, for the language model did not answer.",
    Unwritten.UNSUPPORTED: "In the articles' words.",
    Unwritten.SPENT: "In the articles' words; more written answers tomorrow.",
}


def answer_view(answer: Answer, folder: Path) -> RenderableType:
    """The claims with their numbers, then the sources, each once with all its numbers."""
    return Group(*map(claim_view, answer.claims), *under_claims(answer, folder))


def claim_view(claim: Claim) -> Text:
    """One sentence with its numbers; where it differs from one before, whose it is and of when."""
    numbers = [citation.n for citation in claim.citations]
    if not claim.differs:
        return _claim(claim.text, numbers)
    reference = claim.citations[0].reference
    whose = ", ".join(filter(None, (reference.title, reference.date)))
    return _claim(f"Another article says otherwise ({whose}): “{claim.text}”", numbers)


def under_claims(answer: Answer, folder: Path) -> list[RenderableType]:
    """In whose words the answer is, if that can be one or the other, and the sources."""
    told = _WRITTEN if answer.mode == "written" else None
    told = _UNWRITTEN[answer.unwritten] if answer.unwritten else told
    note = [Text(told, style="dim")] if told else []
    return [
        *note,
        Text(),
        Text("Sources", style="bold"),
        *_sources(answer.citations.values(), folder),
    ]


def checked_view(checked: Checked, folder: Path) -> RenderableType:
    """Each sentence with its verdict and what supports or contradicts it, then the sources."""
    parts: list[RenderableType] = []
    for sentence in checked.sentences:
        parts += [Text(visible(one_line(sentence.text)), style="bold")]
        if sentence.citation:
            verdict = f"{sentence.verdict}: {one_line(sentence.citation.quotation)}"
            parts += [_Indented(_claim(verdict, [sentence.citation.n]))]
        else:
            parts += [_Indented(Text(str(sentence.verdict)))]
    if checked.left:
        told = f"These are the first {len(checked.sentences)} sentences; check the rest apart."
        parts += [Text(), Text(told)]
    if checked.languages:
        parts += [Text(), Text(_told(Reason.OTHER_LANGUAGE, checked.languages))]
    if checked.citations:
        sources = _sources(checked.citations.values(), folder)
        parts += [Text(), Text("Sources", style="bold"), *sources]
    return Group(*parts)


def abstention_view(abstention: Abstention, folder: Path) -> RenderableType:
    """One sentence, and the nearest articles, which are no answer."""
    parts: list[RenderableType] = [Text(_told(abstention.reason, abstention.languages))]
    if abstention.nearest:
        parts += [Text(), Text("Not an answer, but near:", style="bold")]
    for near in abstention.nearest:
        start = one_line(near.text)
        cut = len(start) > _MOST_NEAREST_CHARACTERS
        parts += [
            _Indented(Text(near.reference.title), by=2),
            _Indented(Text(start[:_MOST_NEAREST_CHARACTERS] + ("…" if cut else ""), style="dim")),
        ]
    return Group(*parts)


def _told(reason: Reason, languages: Sequence[str]) -> str:
    return _REASONS[reason].format(languages=any_language(languages, "en"))


def passage_view(citation: Citation, current: Article | None, folder: Path) -> RenderableType:
    """The source, then the passage with the quoted sentence marked; says what has changed since.

    `current` is the article as it is now, None where it is gone.
    """
    parts: list[RenderableType] = [_source([citation], citation.reference, folder)]
    if current is None:
        parts.append(Text("This article is gone; this is what was quoted from it.", "yellow"))
    elif current.revision != citation.reference.revision:
        parts.append(Text("This article has changed; this is what was quoted then.", "yellow"))
    marked = citation.span.shifted(-citation.passage.start)
    return Group(*parts, Text(), _Marked(citation.passage_text, marked))


def numbered_text(article: Article, passages: Sequence[Span]) -> Text:
    """The text of an article, with a dim number where each passage begins."""
    text = Text(article.text)
    numbered = Text()
    at = 0
    for number, span in enumerate(passages, start=1):
        numbered.append_text(text[at : span.start])
        numbered.append(f"({number}) ", style="dim")
        at = span.start
    numbered.append_text(text[at:])
    return numbered


def sync_view(report: SyncReport) -> RenderableType:
    """What was done, in a line; and each fault with the file, the line and the way out."""
    if report.did_nothing:
        level = f"{count(report.unchanged, 'article')}, all level."
        done = f"Nothing to do: {level}" if not report.faults else "Nothing else to do."
    else:
        changes = {"added": report.added, "changed": report.changed, "removed": report.removed}
        told = ", ".join(f"{len(ids)} {verb}" for verb, ids in changes.items() if ids)
        total = len(report.added) + len(report.changed) + report.unchanged
        done = (
            f"{told}; {count(report.passages, 'passage')} embedded."
            f" {count(total, 'article')} in all."
        )
    return Group(Text(done), *mended_view(report), *faults_view(report.faults))


def mended_view(report: SyncReport) -> list[RenderableType]:
    """What an earlier process had left in the middle."""
    return [Text(f"Mended: {visible(told)}.", style="dim") for told in report.mended]


def faults_view(faults: Iterable[CorpusError]) -> list[RenderableType]:
    """Each fault of a file; what was read of it before, if it was, still answers questions."""
    told = [line for fault in faults for line in _faults(fault)]
    return [
        Text(f"Not taken in until it is mended: {visible(line)}", style="yellow") for line in told
    ]


def result_view(result: Answer | Abstention, folder: Path) -> RenderableType:
    if isinstance(result, Answer):
        return answer_view(result, folder)
    return abstention_view(result, folder)


def usage_view(days: Sequence[Day]) -> RenderableType:
    """A line for each day, and the sum."""
    table = Table(box=None, pad_edge=False)
    table.add_column("day")
    for name in ("questions", "tokens in", "tokens out", "sentences", "dropped"):
        table.add_column(name, justify="right")
    rows = [(d.questions, d.tokens_in, d.tokens_out, d.kept, d.dropped) for d in days]
    for day, row in zip(days, rows, strict=True):
        table.add_row(day.day, *(f"{value:,}" for value in row))
    table.add_row("in all", *(f"{sum(column):,}" for column in zip(*rows, strict=True)))
    return Whole(table)


def say(console: Console, *views: RenderableType) -> None:
    for view in views:
        console.print(view, highlight=False)


@dataclass(frozen=True, slots=True)
class _Indented:
    """Text set in from the left: wrapped on a terminal, its own lines alone in a pipe.

    rich's Padding fills lines up with spaces, and cuts them off where nothing is to be wrapped.
    """

    text: Text
    by: int = 4

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.no_wrap:
            lines = self.text.split("\n", allow_blank=True)
        else:
            lines = self.text.wrap(console, max(options.max_width - self.by, 20))
        for line in lines:
            line.rstrip()
            yield Text(" " * self.by if line else "") + line


@dataclass(frozen=True, slots=True)
class _Marked:
    """A passage with a sentence marked: by its looks, or between signs where there are none."""

    passage: str
    marked: Span

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        start, end = self.marked.start, self.marked.end
        text = Text(self.passage)
        if console.color_system is None:
            text = Text.assemble(text[:start], "»", text[start:end], "«", text[end:])
        else:
            text.stylize("bold reverse", start, end)
        yield _Indented(text)


@dataclass(frozen=True, slots=True)
class Whole:
    """A table: folded into the width of a terminal, as wide as it needs to be in a pipe."""

    table: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.no_wrap:
            widest = console.measure(self.table, options=options.update(max_width=_UNLIMITED))
            options = options.update(width=widest.maximum)
        yield from console.render(self.table, options)


def _faults(fault: CorpusError) -> list[str]:
    if isinstance(fault, FaultsInLines):
        return [f"{fault.path}, line {line}: {reason}" for line, reason in fault.faults]
    return [str(fault)]


def _claim(text: str, numbers: Sequence[int]) -> Text:
    line = Text(one_line(text))
    for n in numbers:
        line.append(f" [{n}]", style="bold cyan")
    return line


def _sources(citations: Iterable[Citation], folder: Path) -> list[RenderableType]:
    of: dict[Reference, list[Citation]] = {}
    for citation in citations:
        of.setdefault(citation.reference, []).append(citation)
    return [_source(citations, reference, folder) for reference, citations in of.items()]


def _source(citations: Sequence[Citation], reference: Reference, folder: Path) -> RenderableType:
    """Title, author, date, site and pages, then where the article is to be had."""
    line = Text("".join(f"[{citation.n}]" for citation in citations), style="bold cyan")
    line.append(" ")
    line.append(reference.title, style="default")
    for part in [*_about(reference, None), *_pages(citations)]:
        line.append(f" · {part}", style="not bold default")
    where = reference.url or _shown(folder / f"{reference.article}{SUFFIX}")
    return Group(line, _Indented(Text(where, style="dim")))


def _pages(citations: Sequence[Citation]) -> list[str]:
    numbers = sorted({citation.page for citation in citations if citation.page is not None})
    told = ", ".join(map(str, numbers))
    return [f"{'p.' if len(numbers) == 1 else 'pp.'} {told}"] if numbers else []


def _about(reference: Reference, undated: str | None) -> list[str]:
    parts = (reference.author, reference.date or undated, reference.source)
    return [part for part in parts if part]


def _shown(path: Path) -> str:
    try:
        return visible(str(path.relative_to(Path.cwd())))
    except ValueError:
        return visible(str(path))
