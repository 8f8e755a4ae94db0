"""The builds that a database knows of, which of them answers, and the small files of each."""

import logging
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from footnote.index.database.database import Database
from footnote.index.database.upsert import put
from footnote.index.keeping.database_catalogue import drop_tables
from footnote.index.keeping.database_lock import DatabaseWriterLock
from footnote.index.keeping.database_tables import index_build, index_collection, index_file

logger = logging.getLogger(__name__)

_PREFIX = "shared_"
READ_SECONDS = 600.0
"""So long after another build has taken its place, a process elsewhere may still read from one."""

_is_its = index_collection.c.collection == bindparam("of")
_is_build = index_build.c.name == bindparam("build")
_ANSWERS = select(index_collection.c.answers).where(_is_its)
_ALL = select(index_build.c.name).where(index_build.c.collection == bindparam("of"))
_REPLACED = select(index_build.c.replaced).where(_is_build)
_REPLACE = (
    update(index_build)
    .where(index_build.c.name.in_(_ANSWERS), index_build.c.name != bindparam("new"))
    .values(replaced=bindparam("now"))
)
_ANSWER = update(index_collection).where(_is_its).values(answers=bindparam("new"))
_CONTENT = select(index_file.c.content).where(
    index_file.c.build == bindparam("build"), index_file.c.name == bindparam("file")
)


class DatabaseBuilds:
    """Those of a collection. `root` is where each has a folder on this machine, for what of it is
    here; builds that are gone leave theirs until this process looks which one answers."""

    def __init__(
        self,
        database: Callable[[], Database],
        lock: DatabaseWriterLock,
        collection: str,
        root: Path,
    ) -> None:
        self.root = root
        self._database = database
        self._lock = lock
        self._of = {"of": collection}
        self._last: str | None = None

    def current(self) -> Path | None:
        rows = self._database().rows(_ANSWERS, **self._of)
        name = rows[0][0] if rows else None
        if name is None:
            return None
        if name != self._last:
            self._clear_away_gone()
            self._last = name
        return self.root / str(name)

    def _clear_away_gone(self) -> None:
        here = list(self.root.glob(f"{_PREFIX}*"))  # before it is asked: one may be made meanwhile
        there = {folder.name for folder in self.all()}
        for folder in here:
            if folder.name not in there:
                shutil.rmtree(folder, ignore_errors=True)

    def all(self) -> list[Path]:
        return [self.root / str(name) for (name,) in self._database().rows(_ALL, **self._of)]

    def new(self) -> Path:
        name = f"{_PREFIX}{secrets.token_hex(6)}"
        with self._writing() as connection:
            connection.execute(insert(index_build), {"name": name, "collection": self._of["of"]})
        return self.root / name

    def answer_from(self, folder: Path) -> None:
        with self._writing() as connection:
            new = {**self._of, "new": folder.name}
            connection.execute(_REPLACE, {**new, "now": time.time()})
            connection.execute(_ANSWER, new)

    def may_go(self, folder: Path) -> bool:
        rows = self._database().rows(_REPLACED, build=folder.name)
        replaced = rows[0][0] if rows else None
        return replaced is None or time.time() - replaced >= READ_SECONDS

    def clear_away(self, folder: Path) -> None:
        try:
            with self._writing() as connection:
                drop_tables(connection, folder.name)
                connection.execute(delete(index_build).where(_is_build), {"build": folder.name})
        except SQLAlchemyError as error:  # somebody may be reading from it all the same
            logger.info("%s is cleared away another time: %s", folder.name, error)
            return
        shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._database().transaction(shared=True) as connection:
            self._lock.refuse_others(connection)
            yield connection


class DatabaseFiles:
    """The small files of a build, rows of a table."""

    def __init__(
        self,
        database: Callable[[], Database],
        lock: DatabaseWriterLock,
        folder: Path,
        *,
        instance: Callable[[], str],
        part: str = "",
    ) -> None:
        """`instance` tells which database that is, of all that there are."""
        self._database = database
        self._lock = lock
        self._instance = instance
        self._build = folder
        self._part = part
        self.folder = folder / part
        self.told = f"{folder.name}/{part}".rstrip("/")

    @property
    def owner(self) -> str:
        return self._instance()

    def read(self, name: str) -> bytes | None:
        asked = {"build": self._build.name, "file": self._name(name)}
        rows = self._database().rows(_CONTENT, **asked)
        return bytes(rows[0][0]) if rows else None

    def write(self, name: str, content: bytes) -> None:
        row = {"build": self._build.name, "name": self._name(name), "content": content}
        with self._database().transaction(shared=True) as connection:
            self._lock.refuse_others(connection)
            put(connection, index_file, row)

    def within(self, part: str) -> "DatabaseFiles":
        return DatabaseFiles(
            self._database,
            self._lock,
            self._build,
            instance=self._instance,
            part=f"{self._part}/{part}".lstrip("/"),
        )

    def _name(self, name: str) -> str:
        return f"{self._part}/{name}".lstrip("/")
