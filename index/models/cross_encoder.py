"""A sentence-transformers CrossEncoder, whatever it is to judge."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from footnote.index.budget import uncounted
from footnote.index.models.loading import loading

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class LazyCrossEncoder:
    """Its weights are loaded when they are first needed. Safe to use from several threads."""

    def __init__(self, folder: Path, *, what: str, setting: str) -> None:
        self.folder = folder
        self._what, self._setting = what, setting
        self._loading = threading.Lock()
        self._loaded: CrossEncoder | None = None

    def model(self) -> "CrossEncoder":
        """Raises ModelUnusable, which says `what` it is and which `setting` names it."""
        with self._loading:
            if self._loaded is None:
                with uncounted():
                    self._loaded = self._load()
            return self._loaded

    def _load(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder

        with loading(self.folder, what=self._what, setting=self._setting):
            encoder: CrossEncoder = CrossEncoder(str(self.folder))
        return encoder
