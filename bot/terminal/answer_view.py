"""Answers and passages for the terminal. Text from outside is never markup here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from footnote.bot.phrases import rest_unchecked, texts_for, visible, why_nothing
from footnote.bot.terminal.layout import Indented
from footnote.bot.texts.answers import AnswerTexts
from footnote.corpus.article import Article
from footnote.corpus.article_files import SUFFIX, ArticlesPlace
from footnote.corpus.normalise import one_line
from footnote.corpus.span import Span
from footnote.index.results import (
    Abstention,
    Answer,
    Checked,
    Citation,
    Claim,
    Listing,
    Nearest,
    Reason,
    Reference,
    Result,
    Unwritten,
    with_before,
)

_REASONS = {
    Reason.NO_ARTICLES: "There are no articles yet. Add some with: footnote add FILE",
    Reason.TOO_LONG: "This took too long, and was set aside. A shorter question may help.",
}
_LISTED = {"new": "Articles, the newest first", "topic": "Articles on this", "summary": "In brief"}
_WRITTEN = "Written by a language model; each sentence was checked against what it cites."
_UNWRITTEN = {
    Unwritten.AWAY: "In the articles' words, for the language model did not answer.",
    Unwritten.UNSUPPORTED: "In the articles' words.",
    Unwritten.DECLINED: "The language model read the passages and found no answer in them.",
    Unwritten.SPENT: "In the articles' words; more written answers tomorrow.",
}


def answer_view(answer: Answer, place: ArticlesPlace) -> RenderableType:
    """The claims with their numbers, then the sources, each once with all its numbers."""
    claims = _claims_view(answer.claims, texts_for(answer.question))
    return Group(*claims, *under_claims(answer, place))


def nearest_view(nearest: Nearest, place: ArticlesPlace) -> RenderableType:
    """The sentences under words that say that they may be no answer, then the sources."""
    why = nearest.unwritten
    note = [Text(_UNWRITTEN[why], "dim")] if why and why is not Unwritten.UNSUPPORTED else []
    texts = texts_for(nearest.question)
    return Group(
        Text(texts.nearest),
        Text(),
        *_claims_view(nearest.claims, texts),
        *note,
        *_under_heading(nearest.citations.values(), place, texts.sources),
    )


def listing_view(listing: Listing, place: ArticlesPlace) -> RenderableType:
    """Each article with its date and place, and under it the sentences that sum it up.

    A blank line stands between articles that are summed up.
    """
    parts: list[RenderableType] = [Text(_LISTED[listing.about], style="bold")]
    texts = texts_for(listing.question)
    for number, article in enumerate(listing.articles):
        parts += [Text()] if listing.claims or not number else []
        parts += [_source((), article.reference, place)]
        parts += [Indented(line) for line in _claims_view(article.claims, texts, dated=False)]
    return Group(*parts)


def claim_view(claim: Claim, *, dated: bool = True) -> Text:
    """One sentence with its numbers and the day of what it is cited from.

    Where it differs from one before, whose it is and of when stands before it; what an older report
    said is told to be that.
    """
    numbers = [citation.n for citation in claim.citations]
    if not claim.differs:
        line = _claim(f"Earlier: {claim.text}" if claim.earlier else claim.text, numbers)
        days = dict.fromkeys(filter(None, (_day(c.reference) for c in claim.citations)))
        return line.append(f" · {', '.join(days)}", style="dim") if days and dated else line
    reference = claim.citations[0].reference
    whose = ", ".join(filter(None, (reference.title, _day(reference))))
    return _claim(f"Another article says otherwise ({whose}): “{claim.text}”", numbers)


def _claims_view(
    claims: Iterable[Claim], texts: AnswerTexts, *, dated: bool = True
) -> Iterator[Text]:
    """Before a sentence that leans on another one stands that, dimmed, and with a sign that tells
    it from what is claimed where there are no colours.

    Before both, on their line, it is said of what stands further up in its article that it does:
    of that alone, and not of what comes after it.
    """
    for claim, before in with_before(claims):
        line = claim_view(claim, dated=dated)
        lines = [Text(f"… {one_line(before)}", style="dim"), line] if before else [line]
        if claim.further_up:
            lines[0] = Text.assemble((texts.further_up, "dim"), " ", lines[0])
        yield from lines


def under_claims(answer: Answer, place: ArticlesPlace) -> list[RenderableType]:
    """In whose words the answer is, if that can be one or the other, and the sources."""
    told = _WRITTEN if answer.mode == "written" else None
    told = _UNWRITTEN[answer.unwritten] if answer.unwritten else told
    note = [Text(told, style="dim")] if told else []
    texts = texts_for(answer.question)
    newest = [Text(texts.as_of(answer.as_of))] if answer.as_of else []
    missing = [Text(texts.missing(one_line(part))) for part in answer.missing]
    sources = _under_heading(answer.citations.values(), place, texts.sources)
    return [*newest, *missing, *note, *sources]


def checked_view(checked: Checked, place: ArticlesPlace) -> RenderableType:
    """Each sentence with its verdict and what supports or contradicts it, then the sources."""
    parts: list[RenderableType] = []
    for sentence in checked.sentences:
        parts += [Text(visible(one_line(sentence.text)), style="bold")]
        if sentence.citation:
            verdict = f"{sentence.verdict}: {one_line(sentence.citation.quotation)}"
            line = _claim(verdict, [sentence.citation.n])
            if day := _day(sentence.citation.reference):
                line.append(f" · {day}", style="dim")
            parts += [Indented(line)]
        else:
            parts += [Indented(Text(str(sentence.verdict)))]
    if checked.left:
        parts += [Text(), Text(rest_unchecked(len(checked.sentences)))]
    if checked.languages:
        foreign = Abstention(checked.question, Reason.OTHER_LANGUAGE, checked.languages)
        parts += [Text(), Text(why_nothing(foreign))]
    if checked.citations:
        parts += _under_heading(checked.citations.values(), place)
    return Group(*parts)


def passage_view(
    citation: Citation, current: Article | None, place: ArticlesPlace
) -> RenderableType:
    """The source, then the passage with the quoted sentence marked; says what has changed since.

    `current` is the article as it is now, None where it is gone.
    """
    parts: list[RenderableType] = [_source([citation], citation.reference, place)]
    if current is None:
        parts.append(Text("This article is gone; this is what was quoted from it.", "yellow"))
    elif current.revision != citation.reference.revision:
        parts.append(Text("This article has changed; this is what was quoted then.", "yellow"))
    marked = citation.span.shifted(-citation.passage.start)
    return Group(*parts, Text(), _Marked(citation.passage_text, marked))


def result_view(result: Result, place: ArticlesPlace) -> RenderableType:
    match result:
        case Answer():
            return answer_view(result, place)
        case Nearest():
            return nearest_view(result, place)
        case Listing():
            return listing_view(result, place)
        case Abstention():
            return Text(why_nothing(result, _REASONS))


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
        yield Indented(text)


def _claim(text: str, numbers: Sequence[int]) -> Text:
    line = Text(one_line(text))
    for n in numbers:
        line.append(f" [{n}]", style="bold cyan")
    return line


def _under_heading(
    citations: Iterable[Citation], place: ArticlesPlace, heading: str = "Sources"
) -> list[RenderableType]:
    return [Text(), Text(heading, style="bold"), *_sources(citations, place)]


def _sources(citations: Iterable[Citation], place: ArticlesPlace) -> list[RenderableType]:
    of: dict[Reference, list[Citation]] = {}
    for citation in citations:
        of.setdefault(citation.reference, []).append(citation)
    return [_source(citations, reference, place) for reference, citations in of.items()]


def _source(
    citations: Sequence[Citation], reference: Reference, place: ArticlesPlace
) -> RenderableType:
    """Title, author, date, site and pages, then where the article is to be had."""
    line = Text("".join(f"[{citation.n}]" for citation in citations), style="bold cyan")
    line.append(" " if citations else "")
    line.append(reference.title, style="default")
    for part in [*_about(reference), *_pages(citations)]:
        line.append(f" · {part}", style="not bold default")
    where = reference.url or _shown(place, f"{reference.article}{SUFFIX}")
    return Group(line, Indented(Text(where, style="dim")))


def _pages(citations: Sequence[Citation]) -> list[str]:
    numbers = sorted({citation.page for citation in citations if citation.page is not None})
    told = ", ".join(map(str, numbers))
    return [f"{'p.' if len(numbers) == 1 else 'pp.'} {told}"] if numbers else []


def _about(reference: Reference) -> list[str]:
    parts = (reference.author, _day(reference), reference.source)
    return [part for part in parts if part]


def _day(reference: Reference) -> str | None:
    """The article's own date; else the day on which it was added, said to be that."""
    if reference.date or not reference.added:
        return reference.date
    return f"added {reference.added}"


def _shown(place: ArticlesPlace, file: str) -> str:
    if isinstance(place, str):
        return visible(f"{place}/{file}")
    try:
        return visible(str((place / file).relative_to(Path.cwd())))
    except ValueError:
        return visible(str(place / file))
