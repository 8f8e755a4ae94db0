"""Reranking: a cross-encoder reads the question with each of the best passages, and orders them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from footnote.index.errors import ModelUnusable
from footnote.index.models.cross_encoder import LazyCrossEncoder
from footnote.index.models.folder import model_folder

_SETTING = "FOOTNOTE_RERANKER"


class Reranker(Protocol):
    def order(self, question: str, passages: Sequence[str]) -> list[int]:
        """The places of the passages in the sequence given, the likeliest to answer first."""
        ...


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder as a reranker.

    Only its order is used. Cross-encoders score on scales of their own, some from 0 to 1, some
    without bounds; the scores that the passages have are dealt out anew in its order, the highest
    to its first, so that they and the confidence keep their meaning. The weights are loaded when
    they are first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._encoder = LazyCrossEncoder(folder, what="the reranker", setting=_SETTING)

    @classmethod
    def from_name(cls, name: str) -> "CrossEncoderReranker":
        """One in a folder, or one of the model hub by its name.

        Raises ModelUnusable where there is none, or no way to fetch it.
        """
        return cls(model_folder(name, setting=_SETTING))

    def order(self, question: str, passages: Sequence[str]) -> list[int]:
        """Raises ModelUnusable where the model cannot be loaded, or is no cross-encoder."""
        if not passages:
            return []
        pairs = [(question, passage) for passage in passages]
        scores = np.asarray(self._encoder.model().predict(pairs, show_progress_bar=False))
        if scores.ndim != 1:
            raise ModelUnusable(
                f"the model in {self._encoder.folder} gives {scores.shape[1]} numbers for a pair"
                f" and not one score: name another by {_SETTING}"
            )
        return [int(place) for place in np.argsort(-scores, kind="stable")]
