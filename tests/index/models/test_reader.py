import shutil
import threading
from pathlib import Path

import pytest

from footnote.index.errors import ModelUnusable
from footnote.index.models.reader import SHIPPED, OnnxReader

PASSAGE = [
    "The ferry to Brenholm was built in 1931 at a yard in Oskarvik.",
    "It carried the island's post until the bridge was opened.",
    "The bridge, which took six years to build, was paid for by the county.",
]


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "reader"))


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Where was the ferry built?", 0),
        ("What did the ferry carry?", 1),
        ("Who paid for the bridge?", 2),
        ("How long did the bridge take?", 2),
    ],
)
def test_sentence_that_answers_is_read_as_the_likeliest(
    reader: OnnxReader, question: str, place: int
) -> None:
    read = reader.read(question, "The ferry", PASSAGE)
    assert read.index(max(read)) == place


def test_question_that_the_passage_does_not_answer_has_no_likely_sentence(
    reader: OnnxReader,
) -> None:
    answered = max(reader.read("Who paid for the bridge?", "The ferry", PASSAGE))
    assert max(reader.read("Who composed the opera?", "The ferry", PASSAGE)) < answered - 2


def test_every_sentence_has_a_reading_whatever_its_length_and_signs(reader: OnnxReader) -> None:
    sentences = ["", " ", "\x00\ud800", "word " * 3000, "行かない。", "The end."]
    assert len(reader.read("Why?" * 2000, "t" * 5000, sentences)) == len(sentences)
    assert reader.read("Why?", "", []) == []


def test_several_threads_read_what_one_alone_reads(reader: OnnxReader) -> None:
    alone = reader.read("Who paid for the bridge?", "", PASSAGE)
    together: list[list[float]] = []
    threads = [
        threading.Thread(
            target=lambda: together.append(reader.read("Who paid for the bridge?", "", PASSAGE))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 4


def test_damaged_weights_are_told_before_they_are_loaded(copy: Path) -> None:
    weights = copy / "model.onnx"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    with pytest.raises(ModelUnusable, match=r"damaged.*install Footnote again"):
        OnnxReader(copy).load()


@pytest.mark.parametrize("name", ["model.onnx", "model.onnx.sha256", "tokenizer.json"])
def test_a_part_that_is_missing_is_told(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelUnusable, match=r"install Footnote again|cannot be loaded"):
        OnnxReader(copy).load()
