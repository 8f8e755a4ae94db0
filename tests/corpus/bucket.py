"""An object store in a folder, which several processes may ask: `bucket://PATH` without its slash.

Like S3 it has no folders, knows a version by a mark (ETag), writes an object whole or not at all,
lists everything below a prefix in one go, and says nothing where nothing is there to be removed.
"""

import asyncio
import hashlib
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import fsspec
from fsspec.asyn import AsyncFileSystem
from fsspec.spec import AbstractFileSystem

SECRET = "hunter22"
_AWAY, _CLOSED, _MUTE = ".away", ".closed", ".mute"


class Bucket(AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    protocol = "bucket"
    requests: ClassVar[Counter[str]] = Counter()
    """How often what was asked for, by this process."""

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        """Without a login, too."""
        path = str(path)
        host, slash, rest = path.rpartition("://")[2].partition("/")
        return f"{host.rpartition('@')[2]}{slash}{rest}".strip("/")

    def find(self, path: str, detail: bool = False, **options: Any) -> Any:
        folder = self._asked("list", path)
        files = [file for file in folder.rglob("*") if file.is_file() and not _is_own(file)]
        entries = {str(file)[1:]: _entry(file) for file in files}
        return entries if detail else list(entries)

    def ls(self, path: str, detail: bool = True, **options: Any) -> Any:
        raise NotImplementedError("Footnote lists everything at once")

    def info(self, path: str, **options: Any) -> Any:
        file = self._asked("info", path)
        if not file.is_file():
            raise FileNotFoundError(path)
        return _entry(file)

    def cat_file(self, path: str, start: Any = None, end: Any = None, **options: Any) -> bytes:
        return self._asked("get", path).read_bytes()[start:end]

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **options: Any) -> None:
        file = self._asked("put", path)
        if mode == "create" and file.exists():
            raise FileExistsError(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{secrets.token_hex(4)}.part")
        part.write_bytes(value)
        part.replace(file)
        self._answered(file)

    def rm_file(self, path: str) -> None:
        file = self._asked("delete", path)
        file.unlink(missing_ok=True)
        self._answered(file)

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """There are none."""

    def _answered(self, file: Path) -> None:
        for folder in file.parents:
            if (folder / _MUTE).exists():
                raise ConnectionError("the connection was reset")

    def _asked(self, what: str, path: str) -> Path:
        self.requests[what] += 1
        file = Path("/" + self._strip_protocol(path))
        for folder in (file, *file.parents):
            if (folder / _AWAY).exists():
                raise ConnectionError(f"cannot connect to https://ada:{SECRET}@store.example")
            if (folder / _CLOSED).exists():
                raise PermissionError("Access Denied")
        return file


class Still(AsyncFileSystem):  # type: ignore[misc]  # fsspec has no types
    """Takes every request and gives no answer, as one that stands still."""

    protocol = "still"

    async def _info(self, path: str, **options: object) -> object:
        return await asyncio.Event().wait()

    async def _pipe_file(self, path: str, value: bytes, **options: object) -> None:
        await asyncio.Event().wait()

    async def _ls(self, path: str, **options: object) -> object:
        return await asyncio.Event().wait()

    async def _find(self, path: str, **options: object) -> object:
        return await asyncio.Event().wait()


fsspec.register_implementation("bucket", Bucket, clobber=True)
fsspec.register_implementation("still", Still, clobber=True)
STILL = "still://bucket"


def address_of(folder: Path, *, login: str = "") -> str:
    return f"bucket://{login}{str(folder)[1:]}"


@contextmanager
def away(folder: Path) -> Iterator[None]:
    """The store gives no answer, to no process, for the length of the block."""
    yield from _marked(folder / _AWAY)


@contextmanager
def mute(folder: Path) -> Iterator[None]:
    """The store does what is asked, and its answer is lost."""
    yield from _marked(folder / _MUTE)


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """The store refuses everything."""
    yield from _marked(folder / _CLOSED)


def _marked(mark: Path) -> Iterator[None]:
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    try:
        yield
    finally:
        mark.unlink()


def _is_own(file: Path) -> bool:
    return file.name in {_AWAY, _CLOSED, _MUTE} or file.name.endswith(".part")


def _entry(file: Path) -> dict[str, Any]:
    data = file.read_bytes()
    mark = hashlib.md5(data, usedforsecurity=False).hexdigest()
    times = os.stat(file)
    return {
        "name": str(file)[1:],
        "type": "file",
        "size": len(data),
        "ETag": f'"{mark}"',
        "mtime": times.st_mtime,
    }
