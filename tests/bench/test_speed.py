"""Measuring speed: what the large collections are made of, and that every figure comes out."""

import json
import time
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bench.growing import GrowingModel, grown, renamed
from bench.indexing import indexing
from bench.speed import app
from footnote.corpus.article import Article
from footnote.index.models.sentence_transformer import SentenceTransformerModel
from footnote.index.passages import split
from tests.fakes import WordsModel
from tests.index.tiny_model import make_tiny_model

pytestmark = pytest.mark.slow

ARTICLE = Article(id="a", title="Lighthouses", text="The Eddystone stands off Plymouth, it says.")


def test_collection_grows_by_articles_that_differ_in_their_names() -> None:
    other = Article(id="b", title="Bees", text="Bees dance.\n\nFlowers stand still.")
    articles = list(grown([ARTICLE, other], passages=30))
    passages = sum(len(list(split(article.text))) for article in articles)
    assert 30 <= passages <= 2 * 30
    assert len({article.text for article in articles}) == len(articles)
    assert len({article.id for article in articles}) == len(articles)


def test_copy_keeps_all_words_but_its_names() -> None:
    copy = renamed(ARTICLE, 21)
    assert copy.text.startswith("The Eddystonecaca stands off Plymouthcaca, it says.")
    assert copy.title == "Lighthousescaca"


def test_made_up_vectors_lie_near_those_of_the_pool() -> None:
    texts = ["lighthouses stand alone", "honeybees dance together"]
    pool = [read for _, read in sorted(WordsModel().encode_passages(texts), key=itemgetter(0))]
    model = GrowingModel(WordsModel(), pool)
    texts = ["one", "two", "three", "one"]
    assert np.array_equal(model.embed_passages(["lighthouses stand alone"])[0], pool[0].vector)
    model.fast = True
    vectors = model.embed_passages(texts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.array_equal(vectors[0], vectors[3])
    assert (vectors @ np.stack([read.vector for read in pool]).T).max(axis=1).min() > 0.9
    assert len({vector.tobytes() for vector in vectors}) == 3


def test_another_way_of_indexing_is_timed_beside_ours_on_the_same_articles(
    tmp_path: Path,
) -> None:
    make_tiny_model(tmp_path / "model", prompts={})
    model = SentenceTransformerModel.from_name(str(tmp_path / "model"))
    given = []

    def slow(articles: Sequence[Article]) -> None:
        given.append(articles)
        time.sleep(1)

    found = indexing([ARTICLE], model, rounds=1, stock=slow)
    assert given == [[ARTICLE]]
    # It slept: the clock went on, the processor had nothing to do.
    assert found["indexing.cpu_stock_over_footnote"] < found["indexing.stock_over_footnote"] / 10


def test_every_figure_is_measured_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tiny_model(tmp_path / "model", prompts={})
    monkeypatch.setenv("FOOTNOTE_EMBEDDING_MODEL", str(tmp_path / "model"))
    file = tmp_path / "speed.json"
    few = ["--sizes", "120", "--many", "20", "--rounds", "1", "--asked", "6", "--json", str(file)]
    result = CliRunner().invoke(app, few)
    assert result.exit_code == 0, result.output
    found = json.loads(file.read_text())
    assert found["speed.indexing.articles"] == 12
    assert 120 <= found["speed.120.passages"] < 150
    assert found["speed.adding.growth"] == 1.0
    names = {name.removeprefix("speed.").removeprefix("120.") for name in found}
    assert {
        "indexing.share",
        "indexing.cpu_share",
        "indexing.bytes",
        "sync_of_20_s",
        "add_s",
        "remove_s",
    } <= names
    assert {"p50_over_embedding", "unread_p95_over_embedding", "memory_mb"} <= names
    assert all(value > 0 for value in found.values())
