"""Servers for all tests of a process, each of which has a database of its own on them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from footnote.index.keeping.storage import Storage
from tests.bot.database.server import PostgresServer
from tests.index.chroma_run import ChromaRun, chroma_run
from tests.index.keeping.storages import MakeStorage, held, storage_at, storage_here
from tests.index.loopback import only_loopback

KINDS = ["SQLite", "PostgreSQL"]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In place of the one of all the index's tests."""
    with only_loopback(monkeypatch):
        yield


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    with chroma_run(tmp_path_factory.mktemp("chroma-run")) as server:
        yield server


@pytest.fixture(params=KINDS)
def make_storage(request: pytest.FixtureRequest) -> MakeStorage:
    """A test that takes it is run on each kind."""
    if request.param == "SQLite":
        return storage_here
    postgres: PostgresServer = request.getfixturevalue("postgres")
    return partial(storage_at, postgres.database())


@pytest.fixture
def storage(make_storage: MakeStorage, tmp_path: Path) -> Iterator[Storage]:
    """Its lock is held by the test."""
    with held(make_storage, tmp_path) as storage:
        yield storage
