"""Taking a change of an article back, and why it may not be."""

from contextlib import suppress
from dataclasses import dataclass

from footnote.bot.articles.changes import Change
from footnote.bot.articles.library_cache import LibraryCache
from footnote.bot.errors import BotError
from footnote.corpus.article import Article
from footnote.corpus.errors import ArticleNotFound, CorpusError
from footnote.corpus.store import ArticleStore
from footnote.index.keeping.catalogue import Trace


class NothingToUndo(BotError):
    """There is no change that could be taken back."""


class ChangedSince(NothingToUndo):
    """What was changed has been changed once more, and stays as it is; `title` is the article's."""

    def __init__(self, change: Change, title: str) -> None:
        self.title = title
        super().__init__(
            f"{change.article} has been changed since it was {change.what}: it stays as it is"
        )


class HereAgain(NothingToUndo):
    """What was removed has been added again; `title` is that of the article with its text."""

    def __init__(self, change: Change, there: Article) -> None:
        self.title = there.title
        super().__init__(f"the text of {change.article} is here again, as {there.id}")


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back; `article` is None where it is gone again. `title` is the one
    that it has now, or had."""

    change: Change
    article: Article | None
    title: str


def take_back(change: Change, store: ArticleStore, cache: LibraryCache) -> Undone:
    """Put into the folder what was there before. The cache is up to date, and is not told.

    Raises ChangedSince and HereAgain.
    """
    before = _as_it_was(change, store)
    title = _title(change, before, store)
    if not change.is_carried_out(content_of(change.article, store)):
        raise ChangedSince(change, title)
    _put_back(change, before, store, cache)
    return Undone(change, before, title)


def content_of(article: str, store: ArticleStore) -> bytes | None:
    """None where there is no such article."""
    try:
        return store.content(article)
    except ArticleNotFound:
        return None


def _put_back(
    change: Change, before: Article | None, store: ArticleStore, cache: LibraryCache
) -> None:
    if change.before is None:
        store.remove(change.article)
        return
    again = cache.same_text(Trace.of(before)) if before else None
    if change.what == "removed" and again:
        raise HereAgain(change, store.read(again))
    store.put(change.article, change.before)


def _as_it_was(change: Change, store: ArticleStore) -> Article | None:
    if change.before is None:
        return None
    try:
        return store.read(change.article, change.before)
    except CorpusError:  # a file with a fault in its head
        return None


def _title(change: Change, before: Article | None, store: ArticleStore) -> str:
    with suppress(CorpusError):
        return (before or store.read(change.article)).title
    return change.article
