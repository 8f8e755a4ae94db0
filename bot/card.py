"""An article's card: what is known of it, how it came here, and what it was cited for."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.changes import Change
from bot.composition import Footnote
from corpus.article import Article
from corpus.pages import page_starts
from corpus.span import Span


@dataclass(frozen=True, slots=True)
class Card:
    """`arrival` is None for an article that was put into the folder by hand; `passages` is empty
    until it is indexed; `pages` is 0 where the article has none. `questions`: every answer that
    cites the article, the latest first."""

    article: Article
    arrival: Change | None
    passages: Sequence[Span]
    questions: Sequence[str]

    @property
    def words(self) -> int:
        return len(self.article.text.split())

    @property
    def pages(self) -> int:
        return len(page_starts(self.article))

    @classmethod
    def of(cls, footnote: Footnote, article: str) -> "Card":
        """`article` is an id; ArticleNotFound or FrontMatterFault where its file is not right."""
        catalogue = footnote.passage_index.build().catalogue
        return cls(
            catalogue.article(article) or footnote.store.read(article),
            footnote.library.changes.arrival(article),
            catalogue.spans(article),
            footnote.receipts.answered_from(article),
        )
