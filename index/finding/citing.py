"""Citing: a sentence that was found, with what it needs so that it can be understood."""

from corpus.article import Article
from corpus.span import Span
from index.blocks import table_header
from index.finding.leaning import context_of
from index.passages import Passage
from index.results import Citation

# A header that stands further above its row is not shown: the passage would be a page long.
_MAX_CHARACTERS_TO_HEADER = 6000


def cite(n: int, article: Article, passage: Passage, span: Span) -> Citation:
    """The citation of a span of the article, which lies in the passage.

    A table's row has the table's header before it, and its passage begins there.
    """
    header = table_header(article.text, span)
    if header and passage.span.end - header.start <= _MAX_CHARACTERS_TO_HEADER:
        whole = Span(min(header.start, passage.span.start), passage.span.end)
        return Citation.of(n, article, span, whole, before=header)
    before = context_of(passage, span).before
    return Citation.of(n, article, span, passage.span, before=before)
