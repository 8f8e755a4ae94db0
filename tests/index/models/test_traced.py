"""A recorded computation: it gives the same, and what can't be recorded is used as it is."""

import threading
from typing import Any

import numpy as np
import pytest

from footnote.index.models import sentence_transformer
from footnote.index.models.embedding import Precision
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.models.traced import traced

QUESTIONS = ["Who leads it?", "Why?", "When did the river Nari flood the town, and who fled? " * 9]


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_questions_have_the_same_vectors_and_tokens_once_the_model_is_recorded(
    monkeypatch: pytest.MonkeyPatch, precision: Precision
) -> None:
    monkeypatch.setattr(sentence_transformer, "_RECORDED_AFTER", 4)
    model = SentenceTransformerModel.from_name(DEFAULT_MODEL, precision=precision)
    before = [model.encode_query(question) for question in QUESTIONS]
    assert model._recorded is None
    after = [model.encode_query(question) for question in QUESTIONS]
    assert model._recorded is not None
    assert model._recorded is not model._model()
    for one, other in zip(before, after, strict=True):
        np.testing.assert_array_equal(one.vector, other.vector)
        np.testing.assert_array_equal(one.tokens, other.tokens)
        np.testing.assert_array_equal(one.spans, other.spans)


def test_several_threads_compute_with_what_was_recorded() -> None:
    model = SentenceTransformerModel.from_name(DEFAULT_MODEL, precision="float32")
    model._recorded = traced(model._model())
    alone = model.embed_passages(QUESTIONS)
    found: list[np.ndarray[Any, Any]] = []

    def read() -> None:
        encoded = dict(model.encode_passages(QUESTIONS))
        found.append(np.stack([encoded[place].vector for place in range(len(QUESTIONS))]))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    for vectors in found:
        np.testing.assert_allclose(vectors, alone, atol=1e-5)


def test_model_that_cannot_be_recorded_or_computes_otherwise_then_is_used_as_it_is() -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    class Odd(SentenceTransformer):
        """Adds how often it has been asked, which no record of it would."""

        asked = 0

        def forward(self, input: dict[str, Any], **_: Any) -> dict[str, Any]:
            read = super().forward(input)
            self.asked += 1
            return {name: value + self.asked for name, value in read.items()}

    shipped = SentenceTransformerModel.from_name(DEFAULT_MODEL)
    odd = Odd(str(shipped._folder))
    assert traced(odd) is odd

    class Unreadable(SentenceTransformer):
        def forward(self, input: dict[str, Any], **_: Any) -> dict[str, Any]:
            raise RuntimeError("no")

    unreadable = Unreadable(str(shipped._folder))
    assert traced(unreadable) is unreadable
    assert torch.is_inference_mode_enabled() is False
