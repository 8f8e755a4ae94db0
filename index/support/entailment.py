"""Natural language inference: a cross-encoder relates evidence and claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from footnote.index.errors import ModelUnusable
from footnote.index.models.cross_encoder import LazyCrossEncoder
from footnote.index.models.folder import model_folder

SETTING = "FOOTNOTE_SUPPORT_MODEL"


@dataclass(frozen=True, slots=True)
class Entailed:
    """Probabilities, from 0 to 1, of entailment and of contradiction."""

    entailed: float
    contradicted: float


class Entailment(Protocol):
    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Entailed]:
        """For each pair of what is said and what is claimed, in their order."""
        ...


class CrossEncoderEntailment:
    """Any sentence-transformers CrossEncoder for natural language inference.

    It may have three labels or two (whatever is no entailment is one then); which is which is read
    from `id2label` of its configuration. The weights are loaded when they are first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._encoder = LazyCrossEncoder(folder, what="the model of entailment", setting=SETTING)

    @classmethod
    def from_name(cls, name: str) -> "CrossEncoderEntailment":
        """One in a folder, or one of the model hub by its name.

        Raises ModelUnusable where there is none, or no way to fetch it.
        """
        return cls(model_folder(name, setting=SETTING))

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Entailed]:
        """Raises ModelUnusable where the model cannot be loaded, or is for something else."""
        if not pairs:
            return []
        from torch.nn import Identity

        model = self._encoder.model()
        entailed, contradicted = _places(
            getattr(model.config, "id2label", None) or {}, self._encoder.folder
        )
        # Without the activation that the model is configured with: some have a sigmoid.
        shares = model.predict(
            list(pairs), activation_fn=Identity(), apply_softmax=True, show_progress_bar=False
        )
        return [
            Entailed(float(row[entailed]), float(row[contradicted]) if contradicted >= 0 else 0.0)
            for row in shares
        ]


def _places(labels: Mapping[int, str], folder: Path) -> tuple[int, int]:
    """Of the label for what follows, and of the one for what contradicts; -1 without that."""
    names = {int(place): name.casefold() for place, name in labels.items()}
    follows = [place for place, name in names.items() if name.startswith("entail")]
    contradicts = [place for place, name in names.items() if name.startswith("contra")]
    if len(follows) != 1 or len(names) not in (2, 3):
        raise ModelUnusable(
            f"the model in {folder} is not for natural language inference: its labels are"
            f" {', '.join(map(str, labels.values()))}, and one has to be 'entailment'; name another"
            f" by {SETTING}, or leave it empty"
        )
    return follows[0], contradicts[0] if contradicts else -1
