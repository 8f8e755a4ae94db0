"""Models in ONNX form as they are run here: whole files, one thread, and plain errors."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from footnote.index.budget import uncounted
from footnote.index.errors import ModelUnusable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer


def digest_of(file: Path, *, what: str) -> str:
    """The SHA-256 of a file, in hex digits, which is to be what stands beside it in FILE.sha256.

    Raises ModelUnusable, which says `what` it is of, where it is missing or has another digest.
    """
    try:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        recorded = file.with_name(f"{file.name}.sha256").read_text("ascii").split()[0]
    except (OSError, ValueError, IndexError) as error:
        raise ModelUnusable(
            f"{what} in {file.parent} cannot be read: {error}; install Footnote again"
        ) from error
    if digest != recorded:
        raise ModelUnusable(
            f"{file} is damaged: its SHA-256 is {digest[:12]}… and not {recorded[:12]}…; install"
            " Footnote again"
        )
    return digest


def session(
    model: bytes | Path, *, what: str, told: Path, entries: Mapping[str, str] | None = None
) -> "InferenceSession":
    """One that computes on the thread that calls it; safe to use from several.

    `entries` are onnxruntime's own settings of a session. Raises ModelUnusable, which says `what`
    it is and the folder that people are `told` of.
    """
    with uncounted():
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # Two threads that wait for each other beside other work take longer than one alone.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        for name, value in (entries or {}).items():
            options.add_session_config_entry(name, value)
        try:
            return onnxruntime.InferenceSession(
                model if isinstance(model, bytes) else str(model),
                options,
                providers=["CPUExecutionProvider"],
            )
        except Exception as error:  # onnxruntime raises classes of its own for each kind of fault
            raise ModelUnusable(f"{what} in {told} cannot be loaded: {error}") from error


def tokenizer(file: Path, *, what: str) -> "Tokenizer":
    """Raises ModelUnusable, which says `what` it is of."""
    with uncounted():
        from tokenizers import Tokenizer

        try:
            return Tokenizer.from_file(str(file))
        except Exception as error:  # tokenizers raises plain Exception
            raise ModelUnusable(f"{what} in {file.parent} cannot be loaded: {error}") from error


def encodable(text: str) -> str:
    """Of the same length, with a question mark for each half of a surrogate pair."""
    return text.encode(errors="replace").decode()
