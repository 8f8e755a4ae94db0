"""The record of what built an index (model, versions): if the settings differ, it is rebuilt."""

import json
from dataclasses import asdict, dataclass, replace

from footnote.corpus import normalise
from footnote.index import passages, sentences
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping import token_codes
from footnote.index.keeping.build_files import BuildFiles
from footnote.index.models.embedding import EmbeddingModel

_NAME = "record.json"
FORMAT = 9
"""Raise it when the files of the index change their form."""
EMBEDDED = ""
"""What keeps the vectors where a record says nothing of it."""
_NEW_NAMES = {"most_characters": "max_characters"}
"""What records that were written earlier call otherwise."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """Everything that decides which passages an index holds and which vectors they have; and
    `vectors`, the name of what keeps these."""

    embedding_model: str
    embedding_fingerprint: str
    max_characters: int = passages.MAX_CHARACTERS
    fair_characters: int = passages.FAIR_CHARACTERS
    passages: int = passages.VERSION
    sentences: int = sentences.VERSION
    tokens: int = token_codes.VERSION
    normalisation: int = normalise.VERSION
    format: int = FORMAT
    vectors: str = EMBEDDED

    @classmethod
    def of(cls, model: EmbeddingModel, *, vectors: str = EMBEDDED) -> "BuildRecord":
        return cls(model.name, model.fingerprint, vectors=vectors)

    @classmethod
    def read(cls, files: BuildFiles) -> "BuildRecord":
        """That of a build. Raises IndexUnreadable where there is none, or one of another form."""
        content = files.read(_NAME)
        if content is None:
            raise IndexUnreadable(f"{files.told} has no {_NAME}, the record of an index")
        try:
            read = json.loads(content)
            return cls(**{_NEW_NAMES.get(name, name): value for name, value in read.items()})
        except (ValueError, TypeError, AttributeError) as error:
            raise IndexUnreadable(
                f"{_NAME} of {files.told} is not the record of an index: {error}"
            ) from error

    def write(self, files: BuildFiles) -> None:
        files.write(_NAME, (json.dumps(asdict(self), indent=2) + "\n").encode())

    def same_vectors(self, other: "BuildRecord") -> bool:
        """Whether a question embedded for one can be put to the other.

        The name says nothing: the same weights may lie in another folder.
        """
        return self.embedding_fingerprint == other.embedding_fingerprint

    def is_elsewhere(self, other: "BuildRecord") -> bool:
        """Whether the other one is of the same vectors, kept by something else."""
        return self.vectors != other.vectors and replace(self, vectors=other.vectors).matches(other)

    def matches(self, other: "BuildRecord") -> bool:
        return self == replace(other, embedding_model=self.embedding_model)
