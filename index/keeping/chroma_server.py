"""A Chroma server, which keeps the vectors of builds in place of the folders of the index."""

import logging
import secrets
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings
from chromadb.errors import (
    AuthorizationError,
    ChromaAuthError,
    ChromaError,
    NotFoundError,
    QuotaError,
    RateLimitError,
)

from footnote.index.errors import IndexUnreadable, VectorsAway
from footnote.index.keeping.build_files import BuildFiles
from footnote.index.keeping.remote_record import RemoteRecord
from footnote.index.keeping.server_vectors import ServerVectors, is_owned_by, owned_by
from footnote.index.keeping.vectors import VectorStore

logger = logging.getLogger(__name__)

_CONNECT_SECONDS, _ANSWER_SECONDS = 5.0, 60.0
_MAX_TOLD_CHARACTERS = 300
_PORTS = {"http": 80, "https": 443}
_REFUSALS = (AuthorizationError, ChromaAuthError, RateLimitError, QuotaError)
_NO_DATABASE = (
    "make the database there first, or set FOOTNOTE_CHROMA_TENANT and FOOTNOTE_CHROMA_DATABASE to"
    " one that is there"
)
T = TypeVar("T")


@dataclass
class ChromaServer:
    """The engine that keeps vectors on a server; it is asked for nothing before it is needed.

    `address` has no login in it; `headers` may, and are shown to nobody. `collections` is how many
    each build has: more than one where the memory of one node of the server's ends.
    """

    address: str
    tenant: str = DEFAULT_TENANT
    database: str = DEFAULT_DATABASE
    collections: int = 1
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    answer_seconds: float = _ANSWER_SECONDS
    connect_seconds: float = _CONNECT_SECONDS

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._client: ClientAPI | None = None
        self._is_away = False

    @classmethod
    def from_url(cls, url: str, *, token: str = "", **named: Any) -> "ChromaServer":
        """`url` may have a login, which is sent as HTTP has it (Basic)."""
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        headers = {"X-Chroma-Token": token, "Authorization": f"Bearer {token}"} if token else {}
        if parts.username:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            headers["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
        return cls(f"{parts.scheme}://{host}", headers=headers, **named)

    @property
    def name(self) -> str:
        """Without the address: a server may move, with what is on it."""
        return f"{self._place}{self.collections}"

    @property
    def _place(self) -> str:
        return f"chroma server, {self.tenant}/{self.database}, "

    @property
    def told(self) -> str:
        return f"Chroma at {self.address}, {self.tenant}/{self.database}"

    def keeps(self, name: str) -> bool:
        return name.startswith(self._place)

    def create(self, files: BuildFiles) -> VectorStore:
        build = secrets.token_hex(8)
        names = tuple(f"footnote-{build}-{number}" for number in range(self.collections))
        whose = self.address, self.tenant, self.database, files.told
        record = RemoteRecord(*whose, names)
        record.write(files)
        return ServerVectors(self, files, record, create=True)

    def open(self, files: BuildFiles) -> VectorStore:
        record = RemoteRecord.find(files)
        if record is None or not record.ids:
            raise IndexUnreadable(f"{files.told} does not say in which collections its vectors are")
        return ServerVectors(self, files, record)

    def take_over(self, files: BuildFiles) -> None:
        record = RemoteRecord.find(files)
        for name in record.names if record else ():
            with self._without_the_lost():
                found = self.ask(partial(_collection, name))
                self.ask(lambda _, one=found: one.modify(metadata=owned_by(files)))  # type: ignore[misc]

    def clear_away(self, files: BuildFiles) -> None:
        record = RemoteRecord.find(files)
        if record is None:
            return
        elsewhere = (record.tenant, record.database) != (self.tenant, self.database)
        if elsewhere or not record.is_of(files) or self._is_of_another(record, files):
            logger.warning(
                "these collections are left in %s/%s on %s, for they may be another's: %s",
                *(record.tenant, record.database, record.place, ", ".join(record.names)),
            )
            return
        for name in record.names:
            try:
                self.ask(partial(_delete, name))
            except NotFoundError:
                continue
            except ChromaError as error:
                raise VectorsAway(f"{self.told} cannot delete {name}: {error}") from error

    def _is_of_another(self, record: RemoteRecord, files: BuildFiles) -> bool:
        for name in record.names:
            with self._without_the_lost():
                if not is_owned_by(files, self.ask(partial(_collection, name))):
                    return True
        return False

    @contextmanager
    def _without_the_lost(self) -> Iterator[None]:
        """Whoever opens a build finds that a collection of it is lost."""
        try:
            yield
        except NotFoundError:
            return
        except ChromaError as error:
            raise VectorsAway(f"{self.told} does not tell of a collection: {error}") from error

    def version(self) -> str:
        return self.ask(lambda client: client.get_version())

    def close(self) -> None:
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()  # type: ignore[attr-defined]  # on the class, not on its interface

    def ask(self, action: Callable[[ClientAPI], T]) -> T:
        """What the server answers, asked twice where the connection broke.

        Raises VectorsAway where it gives no answer or none of Chroma's, and ChromaError for what
        it has found wrong itself. That it is away is logged once, and that it is back.
        """
        try:
            answer = self._asked(action)
        except VectorsAway as error:
            if not self._is_away:
                logger.warning("%s", error)
            self._is_away = True
            raise
        if self._is_away:
            logger.info("%s answers again", self.told)
        self._is_away = False
        return answer

    def _asked(self, action: Callable[[ClientAPI], T]) -> T:
        with self._plainly():
            try:
                return action(self._connected())
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
                return action(self._connected())  # it had closed the connection: restarted, say

    def _connected(self) -> ClientAPI:
        with self._lock:
            if self._client is None:
                self._client = self._new_client()
            return self._client

    def _new_client(self) -> ClientAPI:
        parts = urlsplit(self.address)
        settings = Settings(anonymized_telemetry=False)
        try:
            httpx.get(f"{self.address}/api/v2/heartbeat", timeout=self.connect_seconds)
            client = chromadb.HttpClient(
                host=parts.hostname or "",
                port=parts.port or _PORTS[parts.scheme],
                ssl=parts.scheme == "https",
                headers=dict(self.headers),
                settings=settings,
                tenant=self.tenant,
                database=self.database,
            )
        except NotFoundError as error:
            raise VectorsAway(f"{self._reason(error)}; {_NO_DATABASE}") from error
        except ValueError as error:  # no connection
            raise VectorsAway(self._reason(error)) from error
        # Chroma's own waits for ever, and has no setting for that (1.5.9).
        # `_server` is typed as what all kinds of clients have, and this kind has a session.
        session: httpx.Client = client._server._session  # type: ignore[attr-defined]
        session.timeout = httpx.Timeout(self.answer_seconds, connect=self.connect_seconds)
        return client

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except _REFUSALS as error:
            raise VectorsAway(self._reason(error)) from error
        except (VectorsAway, ChromaError):
            raise
        except (httpx.HTTPError, ValueError) as error:  # the latter where it sends no JSON
            raise VectorsAway(self._reason(error)) from error
        except Exception as error:  # what Chroma's client raises for any other status
            if type(error) is not Exception:
                raise
            raise VectorsAway(self._reason(error)) from error

    def _reason(self, error: Exception) -> str:
        told = " ".join(str(error).split())[:_MAX_TOLD_CHARACTERS] or type(error).__name__
        return f"{self.told} gives no answer: {told}"


def _collection(name: str, client: ClientAPI) -> chromadb.Collection:
    return client.get_collection(name, embedding_function=None)


def _delete(name: str, client: ClientAPI) -> None:
    client.delete_collection(name)
