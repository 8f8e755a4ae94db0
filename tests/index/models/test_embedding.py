import asyncio
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from footnote.index.errors import ModelUnusable
from footnote.index.llamaindex import ModelEmbedding
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from tests.fakes import WordsModel
from tests.index.tiny_model import make_tiny_model

TEXTS = ["the horse slept", "under trees", "", "the river rose " * 100]


@pytest.fixture(scope="module")
def model(tiny_model: Path) -> SentenceTransformerModel:
    return SentenceTransformerModel.from_name(str(tiny_model))


@pytest.fixture(params=["tiny", "words"])
def any_model(request: pytest.FixtureRequest, model: SentenceTransformerModel) -> EmbeddingModel:
    return model if request.param == "tiny" else WordsModel()


@pytest.fixture
def copied(tiny_model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_model, tmp_path / "copied"))


def fingerprint(folder: Path) -> str:
    return SentenceTransformerModel.from_name(str(folder)).fingerprint


def test_passages_have_a_row_each_in_their_order(any_model: EmbeddingModel) -> None:
    together = any_model.embed_passages(TEXTS)
    assert together.dtype == np.float32
    for row, text in zip(together, TEXTS, strict=True):
        assert row == pytest.approx(any_model.embed_passages([text])[0], abs=0.02)


def test_vectors_have_length_1(any_model: EmbeddingModel) -> None:
    texts = [text for text in TEXTS if text]
    lengths = np.linalg.norm(any_model.embed_passages(texts), axis=1)
    assert lengths == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(any_model.embed_query("the river")) == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_rows_of_the_right_length(any_model: EmbeddingModel) -> None:
    assert any_model.embed_passages([]).shape == (0, len(any_model.embed_query("river")))


def test_reading_by_tokens_gives_the_same_vectors(any_model: EmbeddingModel) -> None:
    query = any_model.encode_query("the river rose")
    assert query.vector == pytest.approx(any_model.embed_query("the river rose"), abs=0.02)
    read = dict(any_model.encode_passages(TEXTS))
    assert np.array([read[i].vector for i in range(len(TEXTS))]) == pytest.approx(
        any_model.embed_passages(TEXTS), abs=0.02
    )


def test_tokens_stand_where_their_characters_do_and_prompts_have_none(
    any_model: EmbeddingModel,
) -> None:
    text = "the horse, Grüße 😀 river"
    for encoded in (
        any_model.encode_query(text),
        dict(any_model.encode_passages([text, "river"]))[0],
    ):
        assert len(encoded.tokens) == len(encoded.spans) > 2
        words = [text[start:end] for start, end in encoded.spans]
        assert "horse" in words
        assert words[-1] == "river"
        assert all(word and word in text for word in words)


@pytest.mark.parametrize("text", ["", " ", "\0"])
def test_text_without_a_token_is_read_as_none(any_model: EmbeddingModel, text: str) -> None:
    encoded = any_model.encode_query(text)
    assert len(encoded.tokens) == len(encoded.spans) == 0
    assert encoded.spans.shape == (0, 2)


def test_what_lies_beyond_the_window_has_no_tokens(model: SentenceTransformerModel) -> None:
    [(_, encoded)] = model.encode_passages(["the river " * 100])
    assert 0 < len(encoded.tokens) < 64


def test_prompts_of_the_model_tell_queries_from_passages(
    model: SentenceTransformerModel, tiny_model: Path
) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    dtype = getattr(torch, model.precision)
    plain = SentenceTransformer(str(tiny_model), model_kwargs={"dtype": dtype})

    def encoded(text: str) -> np.ndarray:
        vector = plain.encode(text)
        return vector / np.linalg.norm(vector)

    assert model.embed_query("the cat") == pytest.approx(encoded("query: the cat"), abs=1e-5)
    assert model.embed_passages(["the cat"])[0] == pytest.approx(
        encoded("passage: the cat"), abs=1e-5
    )
    assert np.abs(encoded("query: the cat") - encoded("passage: the cat")).max() > 0.01


def test_prompt_for_passages_may_be_called_so(tmp_path: Path) -> None:
    make_tiny_model(tmp_path, prompts={"query": "query: ", "passage": "passage: "})
    model = SentenceTransformerModel.from_name(str(tmp_path))
    assert np.abs(model.embed_query("the cat") - model.embed_passages(["the cat"])[0]).max() > 0.01


def test_model_without_prompts_embeds_queries_and_passages_alike(tmp_path: Path) -> None:
    make_tiny_model(tmp_path)
    model = SentenceTransformerModel.from_name(str(tmp_path))
    assert model.embed_query("the cat") == pytest.approx(
        model.embed_passages(["the cat"])[0], abs=1e-6
    )


def test_query_is_normalised_as_articles_are(model: SentenceTransformerModel) -> None:
    expected = pytest.approx(model.embed_query("the cat \ufffd"), abs=1e-6)
    assert model.embed_query(" the\u00a0cat\u00ad \ud800") == expected


@pytest.mark.parametrize("query", ["", " ", "\0", "?!", "the cat " * 20_000])
def test_any_text_has_a_vector(model: SentenceTransformerModel, query: str) -> None:
    assert np.linalg.norm(model.embed_query(query)) == pytest.approx(1, abs=1e-5)


def test_fingerprint_is_the_same_in_another_place(tiny_model: Path, copied: Path) -> None:
    assert fingerprint(copied) == fingerprint(tiny_model)


def _change_weights(folder: Path) -> None:
    make_tiny_model(folder, prompts={"query": "query: ", "document": "passage: "}, seed=1)


def _change_tokenizer(folder: Path) -> None:
    file = folder / "tokenizer.json"
    file.write_text(file.read_text().replace('"lowercase":true', '"lowercase":false', 1))
    file.write_text(file.read_text().replace('"lowercase": true', '"lowercase": false', 1))


def _change_prompts(folder: Path) -> None:
    file = folder / "config_sentence_transformers.json"
    file.write_text(file.read_text().replace("passage: ", "text: "))


@pytest.mark.parametrize("change", [_change_weights, _change_tokenizer, _change_prompts])
def test_fingerprint_changes_with_what_makes_the_vectors(
    copied: Path, change: Callable[[Path], None]
) -> None:
    before = fingerprint(copied)
    change(copied)
    assert fingerprint(copied) != before


def test_fingerprint_takes_no_notice_of_other_forms_and_descriptions(copied: Path) -> None:
    before = fingerprint(copied)
    (copied / "README.md").write_text("A model")
    (copied / "onnx").mkdir()
    (copied / "onnx" / "config.json").write_text("{}")
    (copied / "tf_model.h5").write_bytes(b"weights")
    assert fingerprint(copied) == before


def test_folder_without_a_model_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="FOOTNOTE_EMBEDDING_MODEL to another"):
        SentenceTransformerModel.from_name(str(tmp_path))


@pytest.mark.parametrize(
    "name", ["nobody/no-model-of-this-name", "not a name", "/nowhere/at/all", "~nobody-here/model"]
)
def test_name_that_leads_to_no_model_is_unusable(name: str) -> None:
    with pytest.raises(ModelUnusable, match="FOOTNOTE_EMBEDDING_MODEL to another") as raised:
        SentenceTransformerModel.from_name(name)
    assert name in str(raised.value)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.safetensors", None),
        ("model.safetensors", b"cut off"),
        ("config.json", b"{"),
        ("tokenizer.json", b"{}"),
        ("modules.json", b"[]"),
    ],
)
def test_broken_model_is_unusable_and_its_folder_is_named(
    copied: Path, file: str, content: bytes | None
) -> None:
    if content is None:
        (copied / file).unlink()
    else:
        (copied / file).write_bytes(content)
    model = SentenceTransformerModel.from_name(str(copied))
    with pytest.raises(ModelUnusable, match="FOOTNOTE_EMBEDDING_MODEL") as raised:
        model.embed_query("the cat")
    assert str(copied) in str(raised.value)


def test_nothing_is_loaded_before_a_text_comes(copied: Path) -> None:
    model = SentenceTransformerModel.from_name(str(copied))
    assert (model.name, len(model.fingerprint)) == (str(copied), 16)
    shutil.rmtree(copied)
    with pytest.raises(ModelUnusable):
        model.embed_query("the cat")


def test_model_that_comes_with_footnote_needs_no_network() -> None:
    model = SentenceTransformerModel.from_name(DEFAULT_MODEL)
    cat, kitten, treaty = model.embed_passages(["A cat sleeps.", "A kitten naps.", "The treaty."])
    assert cat @ kitten > cat @ treaty + 0.2


def test_llamaindex_gets_the_same_vectors(model: SentenceTransformerModel) -> None:
    theirs = ModelEmbedding(model)
    query, passages = model.embed_query("the cat"), model.embed_passages(TEXTS[:2])
    assert theirs.get_query_embedding("the cat") == pytest.approx(query, abs=1e-6)
    assert asyncio.run(theirs.aget_query_embedding("the cat")) == pytest.approx(query, abs=1e-6)
    assert np.array(theirs.get_text_embedding_batch(TEXTS[:2])) == pytest.approx(passages, abs=1e-6)
    assert theirs.get_text_embedding(TEXTS[0]) == pytest.approx(passages[0], abs=0.02)
    assert all(type(value) is float for value in theirs.get_query_embedding("the cat"))


def test_questions_asked_at_once_get_the_vectors_they_get_alone(
    model: SentenceTransformerModel,
) -> None:
    questions = [f"which river rose {'again ' * number}?" for number in range(12)]
    alone = [model.encode_query(question) for question in questions]
    with ThreadPoolExecutor(12) as threads:
        together = list(threads.map(model.encode_query, questions))
    for one, other in zip(alone, together, strict=True):
        assert one.vector == pytest.approx(other.vector, abs=0.02)
        assert one.spans.tolist() == other.spans.tolist()
