"""Loading weights: without a word on the terminal, and with a reason where it fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from footnote.index.errors import ModelUnusable


@contextmanager
def loading(folder: Path, *, what: str, setting: str) -> Iterator[None]:
    """`what` it is and the `setting` that names it are for ModelUnusable, where it can't be."""
    from safetensors import SafetensorError
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        yield
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as error:
        raise ModelUnusable(
            f"{what} in {folder} cannot be loaded: {error}; fetch it again, or set {setting} to"
            " another"
        ) from error
