"""The folder that a model of the sentence-transformers kind lies in, wherever it comes from."""

import hashlib
import os
from pathlib import Path

from footnote.index.errors import ModelUnusable

# What a model's folder holds beside the weights that are loaded, in other forms.
_OTHER_FORMS = ("onnx", "openvino", "coreml", "*.h5", "*.ot", "*.msgpack", "*.onnx")
_WEIGHTS_AND_SETTINGS = {".safetensors", ".bin", ".json", ".txt", ".model"}


def model_folder(name: str, *, setting: str) -> Path:
    """The folder of a model of the sentence-transformers kind: `name` itself, or one of the hub.

    `setting` is what named it, for people to read. Raises ModelUnusable where there is none, or no
    way to fetch it.
    """
    folder = Path(os.path.expanduser(name))
    if (folder / "modules.json").is_file() or (folder / "config.json").is_file():
        return folder
    if folder.is_dir():
        raise ModelUnusable(
            f"{folder} holds no sentence-transformers model (no modules.json);"
            f" set {setting} to another, or leave it empty"
        )
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, ignore_patterns=[f"{p}*" for p in _OTHER_FORMS]))
    except (OSError, ValueError) as error:
        raise ModelUnusable(
            f"no model {name!r}: it is no folder, and the model hub did not give it"
            f" ({type(error).__name__}); set {setting} to another, or leave it empty"
        ) from error


def fingerprint(folder: Path) -> str:
    """The first 16 hex digits of a SHA-256 over the folder's weights and settings."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _WEIGHTS_AND_SETTINGS and not _is_other_form(path, folder):
            digest.update(str(path.relative_to(folder)).encode() + b"\0")
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _is_other_form(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return any(Path(part).match(pattern) for part in parts for pattern in _OTHER_FORMS)
