"""Rendering for the terminal: lists, cards, and the table of what became of what was brought in."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from footnote.bot.articles.add_result import AddResult
from footnote.bot.articles.adding import Outcome
from footnote.bot.articles.card import Card
from footnote.bot.articles.changes import Change
from footnote.bot.articles.followed_feeds import Followed
from footnote.bot.articles.undo import NothingToUndo, Undone
from footnote.bot.log import where_logged
from footnote.bot.phrases import count, visible
from footnote.bot.terminal.layout import FittedTable
from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.corpus.timespan import Timespan
from footnote.index.keeping.catalogue import Listed

_MAX_QUESTIONS = 5
_MAX_ROWS = 40
_BACK = {"added": "is no longer here", "removed": "is here again"}


def list_view(listed: Iterable[Listed]) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Article", "Title", "Date", "Site"):
        table.add_column(column, overflow="fold")
    table.add_column("Passages", justify="right")
    for line in listed:
        table.add_row(
            *(Text(visible(c or "")) for c in (line.article, line.title, line.date, line.source)),
            str(line.passages),
        )
    return FittedTable(table)


def none_listed(words: str = "", days: Timespan | None = None) -> str:
    """Why a list is empty: no article has the words or is of the days, or there are none at all."""
    if days:
        return "No article of these days is like that."
    if words:
        return f"No article has {words!r} in its title, name, author or site."
    return "There are no articles yet. Add some with: footnote add FILE"


def card_view(card: Card, path: str) -> RenderableType:
    """What is known of an article, and its text with a number where each passage begins."""
    article = card.article
    size = [count(card.words, "word"), count(len(card.passages), "passage")]
    size += [count(card.pages, "page")] if card.pages else []
    known = [article.author, article.date or "not dated", article.source]
    known += [article.language or "language not known"]
    lines = [" · ".join(part for part in known if part), " · ".join(size), article.url or ""]
    lines += [_arrived(card), f"cited {count(card.cited, 'time')}", visible(path)]
    questions = list(dict.fromkeys(card.questions))[:_MAX_QUESTIONS]
    return Group(
        Text(article.title, style="bold"),
        *(Text(line, style="dim") for line in lines if line),
        *(Text(f"  {question}", style="dim") for question in questions),
        Text(),
        _numbered(article, card.passages),
    )


def outcomes_view(outcomes: Sequence[Outcome]) -> RenderableType:
    """One of them in lines, more in a table; of very many only what may need a hand, and a sum."""
    if len(outcomes) == 1:
        return _one(outcomes[0])
    shown = list(outcomes)
    if len(shown) > _MAX_ROWS:
        shown = [outcome for outcome in outcomes if _needs_a_hand(outcome)]
    left = len(shown) - _MAX_ROWS
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("From", "Result", "Article"):
        table.add_column(column, overflow="fold")
    for outcome in shown[:_MAX_ROWS]:
        article = outcome.taken.article.id if outcome.taken else ""
        table.add_row(Text(visible(outcome.source)), _result(outcome), Text(visible(article)))
    counted = Counter(o.taken.how if o.taken else "not added" for o in outcomes)
    told = ", ".join(f"{number:,} {how}" for how, number in counted.items())
    parts: list[RenderableType] = [FittedTable(table)] if shown else []
    if left > 0:
        parts.append(Text(f"… and {left:,} more such; {where_logged()}."))
    parts.append(Text(f"{told}."))
    if counted["near copy"]:
        parts.append(Text("Near copies are added too with --copies."))
    return Group(*parts)


def _needs_a_hand(outcome: Outcome) -> bool:
    return (
        outcome.taken is None
        or outcome.taken.how == "near copy"
        or bool(outcome.taken.is_in and outcome.reading and outcome.reading.guessed)
    )


def feeds_view(followed: Sequence[Followed]) -> RenderableType:
    if not followed:
        return Text("No feed is followed. Follow one with: footnote follow ADDRESS")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Feed", "Address", "Next look", "Fault"):
        table.add_column(column, overflow="fold")
    for feed in followed:
        cells = (feed.title, feed.url, day(feed.next), feed.fault or "")
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return FittedTable(table)


def last_changes_view(changes: Sequence[Change]) -> list[Text]:
    """What is about to be taken back: a line for each, the first ones of many, and how many."""
    lines = [Text(visible(f"{one.article} was {_done(one)}, {day(one.at)}.")) for one in changes]
    if len(lines) == 1:
        return lines
    return [*_first(lines), Text(f"These {len(lines):,} changes were made together.")]


def undone_view(told: Sequence[Undone | NothingToUndo]) -> list[Text]:
    """A line for each, the first ones of many, and how many there were."""
    lines = [
        _undone(one) if isinstance(one, Undone) else Text(f"Not taken back: {visible(str(one))}.")
        for one in told
    ]
    if len(told) == 1:
        return lines
    back = sum(isinstance(one, Undone) for one in told)
    of = "" if back == len(told) else f" of {len(told):,}"
    return [*_first(lines), Text(f"{back:,}{of} changes that were made together are taken back.")]


def _first(lines: list[Text]) -> list[Text]:
    left = len(lines) - _MAX_ROWS
    return lines if left <= 0 else [*lines[:_MAX_ROWS], Text(f"… and {left:,} more.")]


def _done(change: Change) -> str:
    return f"{change.what} by {change.who}" if change.who else change.what


def _undone(undone: Undone) -> Text:
    what = _BACK.get(undone.change.what, f"is as it was before it was {undone.change.what}")
    whose = f" (it was {_done(undone.change)})" if undone.change.who else ""
    return Text(visible(f"Taken back: {undone.change.article} {what}{whose}."))


def _numbered(article: Article, passages: Sequence[Span]) -> Text:
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


def day(moment: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(moment))


def _arrived(card: Card) -> str:
    if card.arrival is None:
        return ""
    by = f" by {visible(card.arrival.who)}" if card.arrival.who else ""
    return f"added {day(card.arrival.at)}{by}"


def _one(outcome: Outcome) -> RenderableType:
    taken, reading = outcome.taken, outcome.reading
    if taken is None or reading is None:
        return Text(f"Not added: {visible(outcome.fault or '')}", style="red")
    name = f"{taken.article.title} ({visible(taken.article.id)})"
    told = [Text(f"{_result(outcome)}: {name}")]
    if taken.how == "near copy":
        told.append(Text("  --copies adds it all the same", style="dim"))
    if taken.how not in ("added", "new revision"):
        return Group(*told)
    draft = reading.draft
    known = [draft.author, draft.date, draft.source, draft.language]
    facts = [count(len(draft.text.split()), "word"), *(fact for fact in known if fact)]
    told.append(Text(f"  {' · '.join(facts)}", style="dim"))
    if reading.guessed:
        told.append(Text(f"  {_guess(reading.guessed)}", style="yellow"))
    if reading.dropped:
        dropped = ", ".join(map(repr, reading.dropped))
        told.append(Text(f"  Left out as no part of the article: {dropped}", style="dim"))
    return Group(*told)


def _result(outcome: Outcome) -> Text:
    if outcome.taken is None:
        return Text(f"Not added: {visible(outcome.fault or '')}", style="red")
    guessed = outcome.reading.guessed if outcome.reading else None
    is_in = guessed and outcome.taken.how in ("added", "new revision")
    return Text(_how(outcome.taken) + (f". {_guess(guessed)}" if is_in and guessed else ""))


def _guess(encoding: str) -> str:
    return f"Its encoding is a guess ({encoding}): see that its letters are right"


def _how(taken: AddResult) -> str:
    if taken.how == "already here":
        return f"Already here since {day(taken.since)}"
    if taken.how == "new revision":
        return f"New revision ({taken.words_added:+,} words, −{taken.words_removed:,})"
    if taken.how == "near copy":
        return f"Not added, {int(100 * taken.likeness)} % of it stands in"
    return "Added"
