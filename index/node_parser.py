"""The splitting into passages as a LlamaIndex node parser, for programs that use LlamaIndex."""

from collections.abc import Iterator, Sequence
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, Document, MetadataMode, NodeRelationship, TextNode

from footnote.corpus.article import Article
from footnote.index.passages import split

_NOT_EMBEDDED = ["author", "date", "source", "language", "url"]


def document(article: Article) -> Document:
    """The article as LlamaIndex has it; its passages embed their title and heading with them."""
    known = {"author": article.author, "date": article.date, "source": article.source}
    known |= {"language": article.language, "url": article.url}
    metadata: dict[str, Any] = {"title": article.title}
    metadata |= {key: value for key, value in known.items() if value}
    return Document(id_=article.id, text=article.text, metadata=metadata)


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
        text, source = node.get_content(), node.as_related_node_info()  # which hashes the text
        passages = split(text, node.metadata.get("language"))
        for number, (span, heading) in enumerate(passages):
            yield TextNode(
                id_=self.id_func(number, node),
                text=span.of(text),
                start_char_idx=span.start,
                end_char_idx=span.end,
                metadata={"heading": heading} if heading else {},
                relationships={NodeRelationship.SOURCE: source},
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
