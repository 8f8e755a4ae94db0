"""An article's card: what is known of it, how it came here, and what it was cited for."""

from collections.abc import Sequence
from dataclasses import dataclass

from footnote.bot.answers.receipts import Receipts
from footnote.bot.articles.changes import Change
from footnote.bot.articles.library import Library
from footnote.corpus.article import Article
from footnote.corpus.errors import ArticleNotFound
from footnote.corpus.printed_pages import page_starts
from footnote.corpus.span import Span


@dataclass(frozen=True, slots=True)
class Card:
    """`arrival` is None for an article that was put into the folder by hand; `passages` is empty
    until it is indexed; `pages` is 0 where the article has none. `cited` is how many answers cite
    it; `questions` are those that they answered, the latest first, as far as they may be shown."""

    article: Article
    arrival: Change | None
    passages: Sequence[Span]
    cited: int
    questions: Sequence[str]

    @property
    def words(self) -> int:
        return len(self.article.text.split())

    @property
    def pages(self) -> int:
        return len(page_starts(self.article))

    @classmethod
    def of(
        cls, library: Library, receipts: Receipts, article: str, *, place: str | None = None
    ) -> "Card":
        """`article` is an id; questions are those asked in `place`, by default all that were.

        Raises ArticleNotFound or FrontMatterFault where its file is not right.
        """
        if not library.store.files.is_there(article):  # still indexed, maybe, for a moment
            raise ArticleNotFound(f"there is no article {article!r}")
        with library.passage_index.reading() as build:
            indexed, spans = build.catalogue.article(article), build.catalogue.spans(article)
        return cls(
            indexed or library.store.read(article),
            library.changes.arrival(article),
            spans,
            receipts.times_cited(article),
            receipts.answered_from(article, place=place),
        )
