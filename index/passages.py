"""Passages: runs of whole sentences, exact slices of an article, made findable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, Document, MetadataMode, NodeRelationship, TextNode

from corpus.article import Article
from corpus.span import Span
from index.blocks import Block, blocks

VERSION = 4
"""Raise it when the same text gives other passages: every index is then rebuilt."""

MOST_CHARACTERS = 1230
"""A passage is no longer than this, unless a single sentence is.

Most paragraphs are then passages of their own: of XQuAD and SQuAD 2.0 those returned have 770 and
780 characters on average, and the right one is first for .970 and .875 of the questions. At 1,000
they had 680 and 694, and it was first for .949 and .862; at 1,250 the gold sentence lies beyond the
first 1,000 characters more often than longer passages gain."""

FAIR_CHARACTERS = 400
"""A paragraph of this length is left to itself; shorter neighbours under one heading are joined."""


_NOT_EMBEDDED = ["author", "date", "source", "language", "url"]


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact slice of an article: `text` is `article.text[span.start:span.end]`.

    `key` names it within one index; `date` and `added` are those of the article.
    """

    key: int
    article: str
    revision: str
    title: str
    language: str | None
    span: Span
    text: str
    heading: str | None = None
    date: str | None = None
    added: str | None = None


def split(text: str, language: str | None = None) -> Iterator[tuple[Span, str | None]]:
    """The passages of a normalised text, in order and apart, each with its heading.

    They cover every sentence once. None reaches over a heading; paragraphs are kept whole where
    they fit (passages over the borders of paragraphs found less, on SQuAD 2.0).
    """
    sections = groupby(blocks(text, language), key=lambda block: (block.section, block.heading))
    for (_, heading), section in sections:
        run: list[Span] = []
        for piece in _pieces(section):
            if run and not _belong_together(run, piece):
                yield Span(run[0].start, run[-1].end), heading
                run = []
            run.append(piece)
        yield Span(run[0].start, run[-1].end), heading


def _belong_together(run: list[Span], piece: Span) -> bool:
    start, end = run[0].start, run[-1].end
    return piece.end - start <= MOST_CHARACTERS and (
        end - start < FAIR_CHARACTERS or len(piece) < FAIR_CHARACTERS // 4
    )


def _pieces(section: Iterator[Block]) -> Iterator[Span]:
    """The blocks' spans; a long block in the fewest runs of sentences, of about equal length."""
    for block in section:
        count = -(-len(block.span) // MOST_CHARACTERS)
        yield from _runs(block.sentences, -(-len(block.span) // count))


def _runs(sentences: Sequence[Span], target: int) -> Iterator[Span]:
    start = sentences[0].start
    for sentence, after in pairwise(sentences):
        # Cut where that comes nearer to the target than going on would, and before the limit.
        now, then = sentence.end - start, after.end - start
        if then > MOST_CHARACTERS or abs(now - target) <= abs(then - target):
            yield Span(start, sentence.end)
            start = after.start
    yield Span(start, sentences[-1].end)


def document(article: Article) -> Document:
    """The article as LlamaIndex has it; its passages embed their title and heading with them."""
    known = {"author": article.author, "date": article.date, "source": article.source}
    known |= {"language": article.language, "url": article.url}
    metadata: dict[str, Any] = {"title": article.title}
    metadata |= {key: value for key, value in known.items() if value}
    return Document(id_=article.id, text=article.text, metadata=metadata)


def embedded(text: str, title: str, heading: str | None) -> str:
    """What is embedded of a passage: title and heading, a line each, then the text itself."""
    return "\n".join(part for part in (title, heading, text) if part)


def embedded_text(node: BaseNode) -> str:
    """What is embedded of a passage: title and heading, a line each, then the text itself."""
    return node.get_content(MetadataMode.EMBED)


class PassageParser(NodeParser):
    """The splitting as a LlamaIndex node parser, with character offsets that are right.

    `start_char_idx` and `end_char_idx` of each TextNode are the span in the document's text. The
    title and heading are metadata: what embeds a node sees them, what quotes it does not.
    """

    @classmethod
    def class_name(cls) -> str:
        return "PassageParser"

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any
    ) -> list[BaseNode]:
        return [passage for node in nodes for passage in self._passages(node)]

    def _passages(self, node: BaseNode) -> Iterator[TextNode]:
        text = node.get_content()
        passages = split(text, node.metadata.get("language"))
        for number, (span, heading) in enumerate(passages):
            yield TextNode(
                id_=self.id_func(number, node),
                text=span.of(text),
                start_char_idx=span.start,
                end_char_idx=span.end,
                metadata={"heading": heading} if heading else {},
                relationships={NodeRelationship.SOURCE: node.as_related_node_info()},
                metadata_template="{value}",
                text_template="{metadata_str}\n{content}",
                excluded_embed_metadata_keys=_NOT_EMBEDDED,
            )

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, Document]
    ) -> list[BaseNode]:
        # The library's own step looks each text up in the document again, and takes an earlier
        # place where the same words stand twice.
        right = [(n.start_char_idx, n.end_char_idx) for n in nodes if isinstance(n, TextNode)]
        nodes = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, (start, end) in zip(nodes, right, strict=True):
            assert isinstance(node, TextNode)
            node.start_char_idx, node.end_char_idx = start, end
        return nodes
