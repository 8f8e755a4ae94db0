"""Codes of words and sentences: a word of a passage, in its context, in 16 bytes.

With them a question is compared with a passage word by word without reading the passage again,
which would cost as much as embedding it. A word's code is the signs of the sum of its tokens'
vectors along the axes on which the model's tokens vary most; against it stands the question's token
in full (asymmetric distance: Jégou et al., Product Quantization, 2011; signs along principal axes:
Gong and Lazebnik, Iterative Quantization, 2011). A sentence's is the mean of its tokens along the
same axes, in 4 bits each.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from footnote.corpus.span import Span
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.build_files import BuildFiles
from footnote.index.models.embedding import Encoded, Vector
from footnote.index.words import PAIRED, content_words, field_of

_NAME = "tokens.npy"
VERSION = 2
"""Raise it when the same text gives other codes: every index is then rebuilt."""

# Of 400 questions of SQuAD 2.0 the right passage was first for .877 with the vectors themselves,
# for .863 with 128 signs, .848 with 64 numbers of 2 bits, .863 with 192 signs. The axes of random
# words served better than those of the indexed passages (64 numbers of 4 bits: .860 against .860
# hit@1, .795 against .787 answers in the first sentence), and are there before the first article.
_MAX_BITS = 128
# A code for each word takes a fifth fewer than one for each token, which a long name has many of,
# and serves as well or better: of 250 questions each the right sentence is ranked first for .873 of
# SQuAD 2.0's (.873), for .784 of OneStopQA's (.776), for .711 of our own (.681), and of those that
# are freely worded for .40 (.33).

Codes = NDArray[np.uint8]
# The eight signs that each byte stands for, 1 and -1: looked up, they are there in .4 of the time.
_SIGNS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1) * np.float32(2) - 1


@dataclass(frozen=True, slots=True)
class TokenCodes:
    """The words of a passage that mean something, stop words and signs left out, in order.

    `counts`: how many are in the title and heading together, then in each sentence. Shapes:
    `tokens` (words, bytes), `sentences` (sentences, bytes).
    """

    counts: tuple[int, ...]
    tokens: Codes
    sentences: Codes

    def to_bytes(self) -> bytes:
        sizes = self.sentences.shape[1], len(self.counts), *self.counts
        head = struct.pack(f"<{len(sizes)}H", *sizes)
        return head + self.sentences.tobytes() + self.tokens.tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "TokenCodes":
        width, sections = struct.unpack_from("<HH", stored)
        counts = struct.unpack_from(f"<{sections}H", stored, 4)
        codes = np.frombuffer(stored, dtype=np.uint8, offset=4 + 2 * sections)
        end = width * (sections - 1)
        tokens, sentences = codes[end:], codes[:end]
        return cls(counts, tokens.reshape(sum(counts), -1), sentences.reshape(-1, width))


@dataclass(frozen=True)
class TokenCoder:
    """Makes codes, and projects what is compared with them.

    Shapes: `axes` (dimensions, bits), orthonormal columns; `scale` (bits,): how far along each the
    model's tokens lie on average.
    """

    axes: Vector
    scale: Vector

    @classmethod
    def of(cls, sample: Vector) -> "TokenCoder":
        """From token vectors of the model, shape (tokens, dimensions): their principal axes."""
        # Not centred: the mean is the first axis, and every cosine has its share of it.
        values, vectors = np.linalg.eigh(sample.T @ sample)
        axes = vectors[:, np.argsort(-values, kind="stable")[:_MAX_BITS]].astype(np.float16)
        scale = np.abs(sample @ axes.astype(np.float32)).mean(axis=0)
        return cls._with(axes, scale.astype(np.float16))

    @classmethod
    def read(cls, files: BuildFiles) -> "TokenCoder":
        """That of a build. Raises IndexUnreadable where there is none."""
        content = files.read(_NAME)
        if content is None:
            raise IndexUnreadable(f"{files.told} has no {_NAME}, the axes of tokens")
        try:
            *axes, scale = np.load(BytesIO(content))
            return cls._with(np.stack(axes), scale)
        except (ValueError, TypeError, EOFError, OSError) as error:
            raise IndexUnreadable(
                f"{_NAME} of {files.told} does not hold the axes of tokens: {error}"
            ) from error

    def write(self, files: BuildFiles) -> None:
        content = BytesIO()
        np.save(content, np.vstack([self.axes, self.scale]).astype(np.float16))
        files.write(_NAME, content.getvalue())

    @classmethod
    def _with(cls, axes: NDArray[np.float16], scale: NDArray[np.float16]) -> "TokenCoder":
        return cls(axes.astype(np.float32), scale.astype(np.float32))

    def encode(
        self, encoded: Encoded, text: str, sentences: Sequence[Span], language: str | None
    ) -> TokenCodes:
        """The codes of a text as the model read it.

        Before the first of the `sentences` stand title and heading. What lies beyond the model's
        window has none.
        """
        words = _words_at(text, language)[encoded.spans[:, 0]]
        firsts = np.flatnonzero((words > 0) & (np.diff(words, prepend=0) != 0))
        starts = encoded.spans[:, 0]
        section = np.searchsorted([s.start for s in sentences], starts, side="right")
        counts = np.bincount(section[firsts], minlength=len(sentences) + 1)
        along = encoded.tokens @ self.axes
        # `reduceat` adds up what lies between the first pieces of two words.
        pieces = np.where((words > 0)[:, np.newaxis], along, 0)
        pooled = np.add.reduceat(pieces, firsts, axis=0) if len(firsts) else pieces[:0]
        sums = (np.arange(len(sentences) + 1)[:, np.newaxis] == section).astype(np.float32) @ along
        return TokenCodes(
            tuple(int(count) for count in counts),
            np.packbits(pooled > 0, axis=1),
            _pack(sums[1:]),
        )

    def project(self, vectors: Vector) -> Vector:
        """Shape (…, bits): its product with `signs` estimates the dot products of the vectors."""
        projected: Vector = vectors @ self.axes * self.scale
        return projected

    def signs(self, codes: Codes) -> Vector:
        """Shape (words, bits), of 1 and -1."""
        return _SIGNS.take(codes.ravel(), axis=0).reshape(len(codes), -1)[:, : self._bits]

    def means(self, codes: Codes) -> Vector:
        """The sentences' means, shape (sentences, bits), each of any length."""
        halves = np.stack([codes >> 4, codes & 15], axis=2).reshape(len(codes), -1)
        return halves[:, : self._bits].astype(np.float32) - 8

    @cached_property
    def _bits(self) -> int:
        return int(self.axes.shape[1])


def _words_at(text: str, language: str | None) -> NDArray[np.intp]:
    """For each character the number of the content word that it is in, from 1 on, 0 where it is in
    none. Where words are written without spaces, each character is one."""
    words_at = np.zeros(len(text), dtype=np.intp)
    for number, word in enumerate(content_words(text, language), 1):
        words_at[word.start : word.end] = number
    if field_of(language) == PAIRED:
        return np.where(words_at > 0, np.arange(1, len(text) + 1), 0)
    return words_at


def _pack(rows: Vector) -> Codes:
    """Each row in whole numbers from -7 to 7, two to a byte; its length goes, its direction stays.

    Shape (rows, half the columns, rounded up).
    """
    rows = np.pad(rows, ((0, 0), (0, rows.shape[1] % 2)))
    most = np.abs(rows).max(axis=1, keepdims=True, initial=0.0)
    numbers = np.rint(7 * rows / np.where(most > 0, most, 1)).astype(np.int8) + 8
    halves: Codes = numbers.astype(np.uint8)
    packed: Codes = np.bitwise_or(np.left_shift(halves[:, ::2], 4), halves[:, 1::2])
    return packed
