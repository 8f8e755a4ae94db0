"""A sentence-transformers model, run by torch on whatever hardware it finds."""

import gc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from footnote.index.budget import uncounted
from footnote.index.models.embedding import Precision, Vector
from footnote.index.models.encoder import Features, Tokenised, random_pieces, unit
from footnote.index.models.loading import loading
from footnote.index.models.onnx_files import encodable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# 8 to 64 passages at once took the same time a passage (AMX, one thread) where they were of equal
# length in tokens; in the order of their characters 64 took half as much again, for the padding.
_BATCH = 32


class TorchEncoder:
    batch = _BATCH
    threads = 1  # torch has its own

    def __init__(self, model: "SentenceTransformer") -> None:
        self._model = model

    @classmethod
    def load(cls, folder: Path, precision: Precision, *, setting: str) -> "TorchEncoder":
        """Raises ModelUnusable, which says which `setting` names the model."""
        with uncounted():
            import torch
            from sentence_transformers import SentenceTransformer

            with loading(folder, what="the model", setting=setting):
                dtype = getattr(torch, precision)
                model = SentenceTransformer(str(folder), model_kwargs={"dtype": dtype})
            # What came along stays to the end; looking through it for garbage took .33 s each time.
            gc.freeze()
            return cls(model)

    @property
    def precision(self) -> Precision:
        """The number format that the weights are computed in."""
        # The weights were loaded in one of these formats; torch has a name for each as plain text.
        precision: Precision = str(self._model.dtype).removeprefix("torch.")  # type: ignore[assignment]
        return precision

    @property
    def prompts(self) -> Mapping[str, str]:
        return {name: prompt or "" for name, prompt in self._model.prompts.items()}

    def tokenised(self, texts: Sequence[str]) -> Tokenised:
        # Tensors of it all, spans too, would take ten times as long as the tokens themselves.
        features = dict(
            self._model.tokenizer(
                [encodable(text) for text in texts],
                truncation=True,
                max_length=self._model.max_seq_length,
                return_offsets_mapping=True,
            )
        )
        spans = features.pop("offset_mapping")
        return Tokenised(features, spans)

    def forward(self, features: Features) -> tuple[Vector, list[Vector]]:
        import torch
        from torch.nn.utils.rnn import pad_sequence

        model = self._model
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
            read = model({name: value.to(model.device) for name, value in padded.items()})
        tokens = read["token_embeddings"].float().cpu().numpy()
        vectors = unit(read["sentence_embedding"].float().cpu().numpy())
        return vectors, [tokens[i][attended[i]] for i in range(len(tokens))]

    def embed_queries(self, texts: Sequence[str]) -> Vector:
        return unit(
            self._model.encode_query([encodable(text) for text in texts], show_progress_bar=False)
        )

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        return unit(
            self._model.encode_document(
                [encodable(text) for text in texts], batch_size=_BATCH, show_progress_bar=False
            )
        )

    def random_texts(self, count: int, pieces: int) -> list[str]:
        tokenizer = self._model.tokenizer
        special = set(tokenizer.all_special_ids)
        vocabulary = sorted(tokenizer.get_vocab().values())
        ids = random_pieces([one for one in vocabulary if one not in special], count, pieces)
        return [tokenizer.decode(row) for row in ids]


def fastest() -> Precision:
    """bfloat16 where the hardware computes it (measured: 269 against 59 passages a second)."""
    import torch

    if torch.cuda.is_available():
        native = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        able = torch.cpu.get_capabilities()
        native = bool(able.get("amx_bf16") or able.get("avx512_bf16"))
    return "bfloat16" if native else "float32"


def has_accelerator() -> bool:
    """Whether sentence-transformers would compute on something else than the processor."""
    import torch

    return bool(torch.accelerator.is_available())
