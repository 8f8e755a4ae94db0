"""The articles and their index as one thing: add, remove, keep level."""

from dataclasses import dataclass

from corpus.article import Article, Draft
from corpus.readers import Reading
from corpus.store import ArticleStore
from index.errors import IndexUnreadable
from index.passage_index import PassageIndex
from index.reconcile import Progress, SyncReport


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of something brought in: `how` it came to the article that is there now."""

    article: Article
    how: str  # "added", "replaced" or "already here"


class Library:
    """Writes to the folder first, always; the index follows when this process may write to it."""

    def __init__(self, store: ArticleStore, passage_index: PassageIndex, *, purpose: str) -> None:
        self.store = store
        self.passage_index = passage_index
        self._purpose = purpose

    def level(
        self, *, rebuild: bool = False, on_progress: Progress = lambda done, total: None
    ) -> SyncReport:
        """Make the index equal to the folder; IndexLocked where another process keeps it."""
        if not self.passage_index.lock.held:
            self.passage_index.lock.acquire(self._purpose)
        return self.passage_index.sync(rebuild=rebuild, on_progress=on_progress)

    def add(self, reading: Reading) -> Taken:
        """Put what was read into the folder; the same text again changes nothing.

        Another text from the same address replaces the one that is there.
        """
        draft = reading.draft
        same = self._same(draft)
        if same is not None and self.store.path(same.id).is_file():
            if same.revision == draft.revision:
                return Taken(same, "already here")
            return Taken(self.store.replace(same.id, draft), "replaced")
        added = self.store.add(draft)
        return Taken(added.article, "added" if added.new else "already here")

    def remove(self, article: str) -> None:
        """Take the article's file away; raises ArticleNotFound or FolderUnusable."""
        self.store.remove(article)

    def _same(self, draft: Draft) -> Article | None:
        try:
            return self.passage_index.build().catalogue.same(draft.revision, draft.url)
        except IndexUnreadable:  # none yet, or being built: the folder's own names must do
            return None
