"""What people put together from well-known libraries, with the weights that Footnote has."""

import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings as ChromaSettings
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import BaseNode, Document
from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore
from txtai import Embeddings

from bench.measures import Piece
from bench.outcomes import Bar, Outcome, taken_out
from bench.sets import QuestionSet
from footnote.bot.settings import read_settings
from footnote.corpus.article import Article
from footnote.index.llamaindex import ModelEmbedding
from footnote.index.models.embedding import Vector
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.question import Question

# Of LlamaIndex's usual 1024 tokens with 200 shared, this model reads the first 256; pieces of that
# size find far more (hit@1 on XQuAD .764 against .728, within 1,000 characters .696 against .303).
_CHUNK_TOKENS, _SHARED_TOKENS = 256, 20
_RETURNED = 10

Scored = list[tuple[Piece, float]]


def measure_stock(
    name: str, question_set: QuestionSet, *, on_progress: Bar = iter
) -> list[Outcome]:
    """As bench.quality.measure does it, with a stock system; what is quoted is not measured.

    Questions go as they are, follow-ups too: rewriting one takes a language model.
    """
    model = SentenceTransformerModel.from_name(read_settings().embedding_model or DEFAULT_MODEL)
    # Chroma may still write to its folder while that goes.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        system = SYSTEMS[name](question_set.articles, Path(place), model)
        outcomes = []
        for case in on_progress(question_set.cases):
            found = system.search(case.question.text)
            outcomes.append(
                Outcome(
                    case,
                    _pieces(found),
                    max((score for _, score in found), default=0.0),
                    whole=_pieces(system.search(case.whole.text)) if case.whole else None,
                    by_article=question_set.by_article(case),
                )
            )
        return list(taken_out(outcomes, system, on_progress))


def _pieces(found: Scored) -> list[Piece]:
    return [piece for piece, _ in found]


class System(ABC):
    """A stock retriever over articles."""

    @abstractmethod
    def search(self, text: str) -> Scored:
        """The ten best pieces, best first, each with the score that the system gives it."""

    def judge(self, question: Question) -> tuple[float, None]:
        return max((score for _, score in self.search(question.text)), default=0.0), None

    @abstractmethod
    def without(self, articles: Collection[str]) -> AbstractContextManager[None]:
        """For the length of the block none of these articles is found."""


class LlamaIndexVectors(System):
    """SentenceSplitter and VectorStoreIndex on Chroma."""

    def __init__(
        self, articles: Collection[Article], place: Path, model: SentenceTransformerModel
    ) -> None:
        self.nodes = split(articles)
        self.index = index_on_chroma(self.nodes, place, ModelEmbedding(model))
        self._out: list[str] = []

    def search(self, text: str) -> Scored:
        found = self.retriever().retrieve(text)
        return [
            (Piece(str(place.node.ref_doc_id), place.node.get_content()), place.score or 0.0)
            for place in found
        ]

    def retriever(self) -> BaseRetriever:
        out = [
            MetadataFilter(key="article", value=article, operator=FilterOperator.NE)
            for article in self._out
        ]
        filters = MetadataFilters(filters=list(out)) if out else None
        return self.index.as_retriever(similarity_top_k=_RETURNED, filters=filters)

    @contextmanager
    def without(self, articles: Collection[str]) -> Iterator[None]:
        self._out = list(articles)
        try:
            yield
        finally:
            self._out = []


class LlamaIndexFusion(LlamaIndexVectors):
    """The same, fused by reciprocal rank with BM25."""

    def __init__(
        self, articles: Collection[Article], place: Path, model: SentenceTransformerModel
    ) -> None:
        super().__init__(articles, place, model)
        self._words = BM25Retriever.from_defaults(nodes=self.nodes, similarity_top_k=_RETURNED)

    def retriever(self) -> BaseRetriever:
        kept = [int(node.ref_doc_id not in self._out) for node in self.nodes]
        self._words.corpus_weight_mask = kept if self._out else None
        return QueryFusionRetriever(
            [super().retriever(), self._words],
            llm=MockLLM(),  # asked for nothing, as there is to be one query only
            num_queries=1,
            similarity_top_k=_RETURNED,
            mode=FUSION_MODES.RECIPROCAL_RANK,
            use_async=False,
        )


class TxtaiHybrid(System):
    """txtai's hybrid index, a paragraph a piece."""

    def __init__(
        self, articles: Collection[Article], place: Path, model: SentenceTransformerModel
    ) -> None:
        self._pieces = [
            Piece(article.id, paragraph)
            for article in articles
            for paragraph in article.text.split("\n\n")
        ]

        def transform(texts: list[str]) -> Vector:  # has to be a plain function
            return model.embed_passages(texts)

        config = {"method": "external", "transform": transform, "hybrid": True}
        self._embeddings = Embeddings(config)
        self._embeddings.index(list(self._rows(piece.article for piece in self._pieces)))

    def search(self, text: str) -> Scored:
        found = self._embeddings.search(text, _RETURNED)
        return [(self._pieces[int(number)], float(score)) for number, score in found]

    @contextmanager
    def without(self, articles: Collection[str]) -> Iterator[None]:
        rows = list(self._rows(articles))
        self._embeddings.delete([number for number, _, _ in rows])
        try:
            yield
        finally:
            self._embeddings.upsert(rows)

    def _rows(self, articles: Iterable[str]) -> Iterator[tuple[int, str, None]]:
        wanted = set(articles)
        for number, piece in enumerate(self._pieces):
            if piece.article in wanted:
                yield number, piece.text, None


SYSTEMS: dict[str, Callable[[Collection[Article], Path, SentenceTransformerModel], System]] = {
    "llamaindex": LlamaIndexVectors,
    "llamaindex-fusion": LlamaIndexFusion,
    "txtai": TxtaiHybrid,
}


def split(articles: Collection[Article]) -> list[BaseNode]:
    documents = [
        Document(
            id_=article.id,
            text=article.text,
            metadata={"title": article.title, "article": article.id},
            excluded_embed_metadata_keys=["article"],
            excluded_llm_metadata_keys=["article"],
        )
        for article in articles
    ]
    splitter = SentenceSplitter(chunk_size=_CHUNK_TOKENS, chunk_overlap=_SHARED_TOKENS)
    return splitter.get_nodes_from_documents(documents)


def index_on_chroma(
    nodes: Sequence[BaseNode], place: Path, model: BaseEmbedding
) -> VectorStoreIndex:
    settings = ChromaSettings(anonymized_telemetry=False, is_persistent=True)
    client = chromadb.PersistentClient(str(place), settings=settings)
    collection: Any = client.create_collection("stock", configuration={"hnsw": {"space": "cosine"}})
    store = ChromaVectorStore(chroma_collection=collection)
    context = StorageContext.from_defaults(vector_store=store)
    return VectorStoreIndex(list(nodes), storage_context=context, embed_model=model)
