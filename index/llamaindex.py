"""Footnote's parts for programs that are built on LlamaIndex, as what LlamaIndex calls them.

Footnote itself needs none of this: what it is made of are plain classes, and LlamaIndex takes more
than a second to import.
"""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import LLM
from llama_index.core.node_parser import NodeParser
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import (
    BaseNode,
    Document,
    MetadataMode,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    TextNode,
)

from footnote.corpus.aliases import AliasFile
from footnote.corpus.article import Article
from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.errors import IndexLocked
from footnote.index.finding.reranking import Reranker
from footnote.index.finding.retrieval import PassageRetriever
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.models.reader import Reader, shipped_reader
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.passages import Passage, split
from footnote.index.question import Question
from footnote.index.result_json import to_json
from footnote.index.results import (
    Abstention,
    Answer,
    Citation,
    Claim,
    Listing,
    Nearest,
    Result,
    with_before,
)
from footnote.index.support.entailment import Entailment

_NOT_EMBEDDED = ["author", "date", "source", "language", "url"]


class Answering(Protocol):
    """What quotes (`Answerer`) or writes (`WritingAnswerer`)."""

    def answer(self, question: Question) -> Result: ...


class CitedQueryEngine(BaseQueryEngine):
    """A `Response` has the claims with their numbers as its text, the articles' titles where these
    were asked for, or is empty where nothing was found. `metadata["kind"]` tells an "answer" from
    what is only "nearest", a "listing" and an "abstention".

    Each source node is one citation: its text is the quotation, `start_char_idx` and `end_char_idx`
    are characters of the article's text. `metadata` is the result as `footnote ask --json` prints
    it, with the claims. Raises IndexUnreadable or ModelUnusable. It does not stream: LlamaIndex's
    streaming responses are tokens, and a token cannot be checked.

    `from_folder` puts one together from a folder of articles and takes its parts: a language model,
    another embedding model, other names, a reranker, a model of entailment.
    """

    def __init__(self, answering: Answering) -> None:
        super().__init__(callback_manager=None)
        self._answering = answering

    @classmethod
    def from_folder(
        cls,
        articles: Path | str,
        *,
        home: Path | str,
        llm: LLM | None = None,
        llm_search_again: bool = True,
        model: EmbeddingModel | None = None,
        aliases: AliasFile | None = None,
        reader: Reader | None = None,
        reranker: Reranker | None = None,
        entailment: Entailment | None = None,
    ) -> "CitedQueryEngine":
        """For a folder of articles, with its index in `home`, which is synced first.

        Where another process keeps the index, it is used as it is. With an `llm` answers are
        written, and `entailment` reads what it wrote; without an `llm` there is nothing for it to
        read. Where it finds no answer, it may search once more in words of its own, unless
        `llm_search_again` is false. `model` is the one that comes with Footnote and `aliases` the
        file beside the folder of articles, unless others are given. Raises what PassageIndex.sync
        does.
        """
        model = model or SentenceTransformerModel.from_name(DEFAULT_MODEL)
        store = ArticleStore(Path(articles))
        passage_index = PassageIndex.in_home(Path(home), store, model, aliases=aliases)
        _sync(passage_index)
        if reader is None and reranker is None:
            reader = shipped_reader()
        answerer = Answerer(passage_index, reader=reader, reranker=reranker)
        if llm is None:
            return cls(answerer)
        from footnote.index.support.judge import Judge
        from footnote.index.writing.bearing import relevance_by
        from footnote.index.writing.written_answers import WritingAnswerer

        judge = Judge(passage_index, entailment=entailment)
        return cls(
            WritingAnswerer.from_llm(
                passage_index,
                answerer,
                llm,
                judge,
                search_again=llm_search_again,
                relevance=relevance_by(reader) if reader else None,
            )
        )

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return _response(self._answering.answer(Question(query_bundle.query_str)))

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


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


class Retriever(BaseRetriever):
    """The best passages as nodes with exact offsets; a score means the same whatever is found.

    `limit` is how many; `reranker` orders them anew.
    """

    def __init__(
        self, passage_index: PassageIndex, *, limit: int = 10, reranker: Reranker | None = None
    ) -> None:
        super().__init__()
        self._passages = PassageRetriever(passage_index, limit=limit, reranker=reranker)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = next(self._passages.queries(Question(query_bundle.query_str)))
        found = self._passages.search(query)
        return [NodeWithScore(node=_passage_node(one.passage), score=one.score) for one in found]


class ModelEmbedding(BaseEmbedding):
    """An embedding model of Footnote's, such as `SentenceTransformerModel`, for LlamaIndex."""

    _model: EmbeddingModel = PrivateAttr()

    def __init__(self, model: EmbeddingModel) -> None:
        super().__init__(model_name=model.name)
        self._model = model

    @classmethod
    def class_name(cls) -> str:
        return "ModelEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(value) for value in self._model.embed_query(query)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.embed_passages(texts).tolist()
        return vectors

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


class RerankedNodes(BaseNodePostprocessor):
    """Nodes in the order of a reranker, such as `CrossEncoderReranker`.

    The scores that the nodes have are dealt out anew in that order, the highest to its first.
    """

    _reranker: Reranker = PrivateAttr()

    def __init__(self, reranker: Reranker) -> None:
        super().__init__()
        self._reranker = reranker

    @classmethod
    def class_name(cls) -> str:
        return "RerankedNodes"

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        if query_bundle is None:
            return nodes
        texts = [node.node.get_content(MetadataMode.EMBED) for node in nodes]
        scores = sorted((node.score or 0.0 for node in nodes), reverse=True)
        order = self._reranker.order(query_bundle.query_str, texts)
        return [
            NodeWithScore(node=nodes[place].node, score=score)
            for place, score in zip(order, scores, strict=True)
        ]


def _sync(passage_index: PassageIndex) -> None:
    try:
        passage_index.lock.acquire("a query engine")
    except IndexLocked:
        return
    try:
        passage_index.sync()
    finally:
        passage_index.lock.release()


def _response(result: Result) -> Response:
    confidence: float | None = None
    match result:
        case Answer() | Nearest():
            lines, confidence = list(_lines(result.claims)), result.confidence
        case Listing():
            lines = list(_lines_of(result))
        case Abstention():
            lines = []
    nodes = [_citation_node(citation, confidence) for citation in result.citations.values()]
    return Response("\n".join(lines), source_nodes=nodes, metadata=to_json(result))


def _lines_of(listing: Listing) -> Iterator[str]:
    for article in listing.articles:
        yield " · ".join(filter(None, (article.reference.title, article.reference.day)))
        yield from _lines(article.claims)


def _lines(claims: Sequence[Claim]) -> Iterator[str]:
    """Each claim with its numbers, and before it the sentence that it leans on; before both it is
    said of what is told out of its place that it is."""
    for claim, before in with_before(claims):
        place = _place(claim)
        if before:
            yield f"{place}… {before}"
        marks = (f"[{citation.n}]" for citation in claim.citations)
        yield " ".join([claim.text if before else f"{place}{claim.text}", *marks])


def _place(claim: Claim) -> str:
    if claim.further_up:
        return "Further up in the same article: "
    if claim.earlier:
        return "Earlier: "
    return "Another article says otherwise: " if claim.differs else ""


def _citation_node(citation: Citation, confidence: float | None) -> NodeWithScore:
    reference = citation.reference
    node = TextNode(
        text=citation.quotation,
        start_char_idx=citation.span.start,
        end_char_idx=citation.span.end,
        metadata={
            "n": citation.n,
            "article": reference.article,
            "revision": reference.revision,
            "title": reference.title,
            "date": reference.date,
            "added": reference.added,
            "source": reference.source,
            "url": reference.url,
        },
    )
    return NodeWithScore(node=node, score=confidence)


def _passage_node(passage: Passage) -> TextNode:
    metadata = {"article": passage.article, "revision": passage.revision, "title": passage.title}
    return TextNode(
        id_=f"{passage.article}@{passage.revision}:{passage.span.start}-{passage.span.end}",
        text=passage.text,
        start_char_idx=passage.span.start,
        end_char_idx=passage.span.end,
        metadata=metadata,
    )
