"""Answers questions from a folder of articles, with a footnote to each sentence's passage.

This is the public API: `from footnote import CitedQueryEngine`. What is named here is loaded when
it is first used. The parts of the program are `footnote.bot`, `footnote.index` and
`footnote.corpus`; in a checkout they are links to the folders of these names.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from footnote.corpus.aliases import AliasFile
    from footnote.corpus.article import Article
    from footnote.corpus.store import ArticleStore
    from footnote.index.finding.reranking import CrossEncoderReranker
    from footnote.index.llamaindex import (
        CitedQueryEngine,
        ModelEmbedding,
        PassageParser,
        RerankedNodes,
        Retriever,
    )
    from footnote.index.models.reader import Reader
    from footnote.index.models.sentence_transformer import SentenceTransformerModel
    from footnote.index.result_json import load_result
    from footnote.index.results import Abstention, Answer, Citation, Claim, Listing, Nearest
    from footnote.index.support.entailment import CrossEncoderEntailment

_MODULES = {
    "AliasFile": "corpus.aliases",
    "Article": "corpus.article",
    "ArticleStore": "corpus.store",
    "CrossEncoderReranker": "index.finding.reranking",
    "Retriever": "index.llamaindex",
    "ModelEmbedding": "index.llamaindex",
    "RerankedNodes": "index.llamaindex",
    "Reader": "index.models.reader",
    "SentenceTransformerModel": "index.models.sentence_transformer",
    "PassageParser": "index.llamaindex",
    "CitedQueryEngine": "index.llamaindex",
    "load_result": "index.result_json",
    "Abstention": "index.results",
    "Answer": "index.results",
    "Citation": "index.results",
    "Claim": "index.results",
    "Listing": "index.results",
    "Nearest": "index.results",
    "CrossEncoderEntailment": "index.support.entailment",
}

__all__ = [
    "Abstention",
    "AliasFile",
    "Answer",
    "Article",
    "ArticleStore",
    "Citation",
    "CitedQueryEngine",
    "Claim",
    "CrossEncoderEntailment",
    "CrossEncoderReranker",
    "Listing",
    "ModelEmbedding",
    "Nearest",
    "PassageParser",
    "Reader",
    "RerankedNodes",
    "Retriever",
    "SentenceTransformerModel",
    "load_result",
]


def __getattr__(name: str) -> Any:
    if module := _MODULES.get(name):
        return getattr(import_module(f"footnote.{module}"), name)
    raise AttributeError(f"module 'footnote' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
