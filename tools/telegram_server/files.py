"""Files in messages: kept with their bytes, told by file_id, downloaded by path."""

import hashlib
from dataclasses import dataclass, field

from .refusals import bad_request
from .validation import Json

LARGEST_DOWNLOAD = 20 << 20  # MAX_DOWNLOAD_FILE_SIZE of telegram-bot-api, in bytes
LARGEST_UPLOAD = 50 << 20


@dataclass(frozen=True)
class StoredFile:
    """`size` may be larger than `content`, for a test that wants a large file without its bytes."""

    file_id: str
    unique_id: str
    path: str
    name: str | None
    mime_type: str | None
    size: int
    content: bytes = field(repr=False)

    def to_api(self) -> Json:
        """The fields that every type with a file has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }

    def to_document(self) -> Json:
        named = {"file_name": self.name, "mime_type": self.mime_type}
        return {**self.to_api(), **{key: value for key, value in named.items() if value}}


class FileStore:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(
        self,
        content: bytes,
        *,
        folder: str,
        name: str | None = None,
        mime_type: str | None = None,
        size: int | None = None,
    ) -> StoredFile:
        number = len(self._by_id) + 1
        digest = hashlib.sha256(content + str(number).encode()).hexdigest()
        ending = (name or "").rpartition(".")[2]
        ending = f".{ending}" if ending.isalnum() and ending != name else ""
        stored = StoredFile(
            file_id=f"{folder}-{number}-{digest[:32]}",
            unique_id=digest[32:46],
            path=f"{folder}/file_{number}{ending}",
            name=name,
            mime_type=mime_type,
            size=len(content) if size is None else size,
            content=content,
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def for_download(self, file_id: str) -> StoredFile:
        stored = self.by_id(file_id)
        if stored is None:
            raise bad_request("Invalid file_id")
        if stored.size > LARGEST_DOWNLOAD:
            raise bad_request("File is too big")
        return stored

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)
