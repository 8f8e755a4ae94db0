"""Loading a sentence-transformers CrossEncoder, whatever it is to judge."""

from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelUnusable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


def load(folder: Path, *, what: str, setting: str) -> "CrossEncoder":
    """`what` it is and the `setting` that names it are for ModelUnusable, where it can't be."""
    from safetensors import SafetensorError
    from sentence_transformers import CrossEncoder

    try:
        encoder: CrossEncoder = CrossEncoder(str(folder))
        return encoder
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as error:
        raise ModelUnusable(
            f"{what} in {folder} cannot be loaded: {error}; fetch it again, or set {setting} to"
            " another"
        ) from error
