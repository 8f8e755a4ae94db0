"""Citing: turns a sentence that was found into a citation with the context it needs."""

from footnote.corpus.span import Span
from footnote.index.blocks import table_header
from footnote.index.finding.leaning import context_of
from footnote.index.keeping.catalogue import Catalogue
from footnote.index.passages import Passage
from footnote.index.results import Citation

# A header that stands further above its row is not shown: the passage would be a page long.
_MAX_CHARACTERS_TO_HEADER = 6000


def cite(n: int, catalogue: Catalogue, passage: Passage, span: Span) -> Citation | None:
    """The citation of a span of an article within a passage; None if the article has been replaced
    since.

    A table's row has the table's header before it, and its passage begins there.
    """
    head = catalogue.head(passage.article)
    if head is None or head.reference.revision != passage.revision:
        return None
    if "|" in passage.text:  # else it has no row
        text = catalogue.text_before(passage, _MAX_CHARACTERS_TO_HEADER + 1)
        begin = passage.span.end - len(text)
        header = table_header(text, span.shifted(-begin)) if span.start >= begin else None
        if header and passage.span.end - begin - header.start <= _MAX_CHARACTERS_TO_HEADER:
            start = min(begin + header.start, passage.span.start)
            whole = Span(start, passage.span.end)
            its_text = passage.text if start == passage.span.start else text[start - begin :]
            return Citation.within(n, head, span, whole, its_text, before=header.shifted(begin))
    before = context_of(passage, span).before
    return Citation.within(n, head, span, passage.span, passage.text, before=before)
