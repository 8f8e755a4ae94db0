"""An article as its page shows it: laid out, with what an answer cites of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from footnote.bot.articles.changes import Change
from footnote.bot.web.article_text import article_html
from footnote.bot.web.direction import direction_of
from footnote.corpus.article import Article
from footnote.corpus.normalise import one_line
from footnote.corpus.printed_pages import page_starts
from footnote.index.results import Citation


@dataclass(frozen=True, slots=True)
class LaidOut:
    """An article as it is indexed, and what its page shows of it whoever asks: its text without any
    marks, in UTF-8, the directions of both, how many words, passages and printed pages it has."""

    article: Article
    title: str
    html: bytes
    direction: str
    title_direction: str
    words: int
    passages: int
    pages: int

    @classmethod
    def of(cls, article: Article, passages: int) -> "LaidOut":
        title = one_line(article.title)
        return cls(
            article,
            title,
            article_html(article.text).encode(),
            direction_of(article.text),
            direction_of(title),
            len(article.text.split()),
            passages,
            len(page_starts(article)),
        )

    @property
    def size(self) -> int:
        return len(self.article.text) + len(self.html)


@dataclass(frozen=True, slots=True)
class Opened:
    """An article as it is now, if it is there still, and what an answer cites of it.

    `quoted` are the citations of another revision, with whether the sentence still stands in the
    text. `arrival` is None for an article that was put into the folder by hand; `cited` is how many
    answers cite it, and `questions` are those of whoever asks that it answered.
    """

    laid_out: LaidOut | None
    html: bytes
    marked: Sequence[Citation]
    quoted: Sequence[tuple[Citation, bool]]
    arrival: Change | None = None
    cited: int = 0
    questions: Sequence[str] = ()
