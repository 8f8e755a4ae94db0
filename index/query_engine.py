"""Footnote's answers for programs that are built on LlamaIndex."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.llms import LLM
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from footnote.corpus.aliases import AliasFile
from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.errors import IndexLocked
from footnote.index.finding.reranking import Reranker
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.models.reader import Reader, shipped_reader
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerEmbedding
from footnote.index.question import Question
from footnote.index.results import (
    Abstention,
    Answer,
    Citation,
    Claim,
    Listing,
    Nearest,
    Result,
    to_json,
)
from footnote.index.support.entailment import Entailment


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
        model = model or SentenceTransformerEmbedding.from_name(DEFAULT_MODEL)
        store = ArticleStore(Path(articles))
        passage_index = PassageIndex(Path(home), store, model, aliases=aliases)
        _level(passage_index)
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


def _level(passage_index: PassageIndex) -> None:
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
            lines, confidence = [_line(claim) for claim in result.claims], result.confidence
        case Listing():
            lines = list(_lines_of(result))
        case Abstention():
            lines = []
    nodes = [_node(citation, confidence) for citation in result.citations.values()]
    return Response("\n".join(lines), source_nodes=nodes, metadata=to_json(result))


def _lines_of(listing: Listing) -> Iterator[str]:
    for article in listing.articles:
        yield " · ".join(filter(None, (article.reference.title, article.reference.day)))
        yield from map(_line, article.claims)


def _line(claim: Claim) -> str:
    return " ".join([claim.text, *(f"[{citation.n}]" for citation in claim.citations)])


def _node(citation: Citation, confidence: float | None) -> NodeWithScore:
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
