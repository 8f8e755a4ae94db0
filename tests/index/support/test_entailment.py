"""The entailment model: which label is which, and what is said of one that is none."""

from pathlib import Path

import pytest

from footnote.index.errors import ModelUnusable
from footnote.index.support.entailment import CrossEncoderEntailment
from tests.index.tiny_model import make_tiny_cross_encoder

PAIRS = [("the cat", "a river rose"), ("the horse", "the river"), ("a rose", "a rose")]


def _model(folder: Path, labels: list[str]) -> Path:
    make_tiny_cross_encoder(folder, names=labels)
    return folder


@pytest.mark.parametrize(
    ("labels", "follows", "contradicts"),
    [
        (["contradiction", "entailment", "neutral"], 1, 0),
        (["ENTAILMENT", "NEUTRAL", "CONTRADICTION"], 0, 2),
        (["not_entailment", "entailment"], 1, None),
        (["entailment", "not_entailment"], 0, None),
    ],
)
def test_labels_are_told_by_their_names(
    tmp_path: Path, labels: list[str], follows: int, contradicts: int | None
) -> None:
    from sentence_transformers import CrossEncoder

    folder = _model(tmp_path / "model", labels)
    shares = CrossEncoder(str(folder)).predict(PAIRS, apply_softmax=True)
    read = CrossEncoderEntailment.from_name(str(folder)).read(PAIRS)
    assert [one.entailed for one in read] == pytest.approx([row[follows] for row in shares])
    against = [0.0 if contradicts is None else row[contradicts] for row in shares]
    assert [one.contradicted for one in read] == pytest.approx(against)
    assert CrossEncoderEntailment.from_name(str(folder)).read([]) == []


def test_a_model_for_something_else_is_refused_with_the_setting(tmp_path: Path) -> None:
    for labels in (["LABEL_0"], ["LABEL_0", "LABEL_1", "LABEL_2"], ["1 star", "2 stars"]):
        folder = _model(tmp_path / str(len(labels)), labels)
        with pytest.raises(ModelUnusable, match=r"LABEL_0|1 star.*FOOTNOTE_SUPPORT_MODEL"):
            CrossEncoderEntailment.from_name(str(folder)).read(PAIRS)


def test_missing_and_broken_models_are_told_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="FOOTNOTE_SUPPORT_MODEL"):
        CrossEncoderEntailment.from_name(str(tmp_path / "nowhere"))
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelUnusable, match="FOOTNOTE_SUPPORT_MODEL"):
        CrossEncoderEntailment.from_name(str(tmp_path)).read(PAIRS)
