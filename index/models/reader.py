"""The reader: reads a question with a passage, and tells how likely each sentence answers it."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from footnote.index.errors import ModelUnusable
from footnote.index.models.embedding import Vector
from footnote.index.models.onnx_files import digest_of, encodable, session, tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

SHIPPED = Path(str(files(__package__))) / "weights" / "reader"
"""The folder of the reader that comes with Footnote; README.md there says what it was made from."""

_WHAT = "the reader"
_MODEL, _TOKENIZER = "model.onnx", "tokenizer.json"
# An addition and the norm behind it take .3 of the time that they take as one operator.
_SETTINGS = {"optimization.disable_specified_optimizers": "SkipLayerNormFusion"}
# A passage of the longest kind (1,230 characters) has about 280 tokens beside the question.
_MAX_TOKENS = 384
_MAX_QUESTION_CHARACTERS, _MAX_TITLE_CHARACTERS = 600, 200

# What was read last is kept: some ways of putting a question, and questions that are asked again,
# meet the same passages.
_KEPT_READINGS = 512
# Of sentences: each takes .04 ms, and some thirty are asked about for each question.
_KEPT_LENGTHS = 4096
# What a sentence gets that lies beyond the window: less than any that was read.
_UNREAD = -12.0


class Reader(Protocol):
    """Judges the sentences of a passage, each in the light of those beside it."""

    @property
    def name(self) -> str: ...

    def read(self, question: str, title: str, sentences: Sequence[str]) -> list[float]:
        """For each sentence log(p / q): p that it answers, q that nothing in the passage does."""
        ...

    def length(self, text: str) -> int:
        """How many tokens it reads the text in; what it costs to read is about as much."""
        ...


@dataclass(frozen=True)
class OnnxReader:
    """A token classifier in ONNX form, run on one thread; safe to use from several threads.

    The model gives each token a score and the passage one for "nothing here answers". A sentence
    has the log of the mean of the exponentials of its tokens' scores. The weights are loaded, and
    checked against their digest, when they are first needed.
    """

    folder: Path = SHIPPED

    @property
    def name(self) -> str:
        return "the reader that comes with Footnote"

    def read(self, question: str, title: str, sentences: Sequence[str]) -> list[float]:
        """Raises ModelUnusable where the weights are missing, damaged or cannot be loaded."""
        if not sentences:
            return []
        asked, headed = question[:_MAX_QUESTION_CHARACTERS], title[:_MAX_TITLE_CHARACTERS]
        return list(self._kept(asked, headed, tuple(sentences)))

    @cached_property
    def _kept(self) -> Callable[[str, str, tuple[str, ...]], tuple[float, ...]]:
        return lru_cache(maxsize=_KEPT_READINGS)(self._read)

    def _read(self, question: str, title: str, sentences: tuple[str, ...]) -> tuple[float, ...]:
        head = f"{title}\n" if title else ""
        encoded = self._tokenizer.encode(
            encodable(question),
            encodable(head + " ".join(sentences)),
        )
        ids = np.array([encoded.ids], dtype=np.int64)
        tokens, none = self._session.run(
            None,
            {
                "input_ids": ids,
                "token_type_ids": np.array([encoded.type_ids], dtype=np.int64),
            },
        )
        places = _sentence_of(encoded, len(head), sentences)
        return tuple(
            _log_mean_exp(tokens[0][places == number]) - float(none[0])
            if (places == number).any()
            else _UNREAD
            for number in range(len(sentences))
        )

    def length(self, text: str) -> int:
        """No more than it would read at once; raises as `read` does."""
        return self._known_length(text)

    @cached_property
    def _known_length(self) -> Callable[[str], int]:
        return lru_cache(maxsize=_KEPT_LENGTHS)(self._length)

    def _length(self, text: str) -> int:
        return len(self._tokenizer.encode(encodable(text), add_special_tokens=False).ids)

    def load(self) -> None:
        """Load what is otherwise loaded when first needed; raises ModelUnusable."""
        _ = self._session, self._tokenizer

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the weights; raises ModelUnusable where the file has another."""
        return digest_of(self.folder / _MODEL, what=_WHAT)

    @cached_property
    def _session(self) -> "InferenceSession":
        _ = self.digest
        return session(self.folder / _MODEL, what=_WHAT, told=self.folder, entries=_SETTINGS)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        read = tokenizer(self.folder / _TOKENIZER, what=_WHAT)
        read.enable_truncation(_MAX_TOKENS, strategy="longest_first")
        read.no_padding()
        return read


def shipped_reader() -> OnnxReader | None:
    """The reader that comes with Footnote, loaded; None where its files are damaged.

    What is wrong with them is logged, for Footnote answers without it.
    """
    reader = OnnxReader()
    try:
        reader.load()
    except ModelUnusable as error:
        logger.error("answering without the reader: %s", error)
        return None
    return reader


def _sentence_of(encoded: Any, start: int, sentences: Sequence[str]) -> "np.ndarray[Any, Any]":
    """Shape (tokens,): the number of the sentence that each token begins in, -1 for none.

    The sentences stand after `start` characters of the second text, with a space between them.
    """
    lengths = np.array([len(sentence) + 1 for sentence in sentences])
    starts = start + np.concatenate([[0], np.cumsum(lengths)[:-1]])
    offsets = np.array(encoded.offsets).reshape(-1, 2)
    second = np.array(encoded.type_ids) == 1
    real = (np.array(encoded.special_tokens_mask) == 0) & (offsets[:, 1] > offsets[:, 0])
    places = np.searchsorted(starts, offsets[:, 0], side="right") - 1
    places[~(second & real)] = -1
    return places


def _log_mean_exp(scores: Vector) -> float:
    highest = float(scores.max())
    return highest + float(np.log(np.exp(scores - highest).mean()))
