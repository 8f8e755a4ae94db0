"""Loading a sentence-transformers CrossEncoder, whatever it is to judge."""

from pathlib import Path
from typing import TYPE_CHECKING

from footnote.index.models.loading import loading

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


def load(folder: Path, *, what: str, setting: str) -> "CrossEncoder":
    """Raises ModelUnusable, which says `what` it is and which `setting` names it."""
    from sentence_transformers import CrossEncoder

    with loading(folder, what=what, setting=setting):
        encoder: CrossEncoder = CrossEncoder(str(folder))
    return encoder
