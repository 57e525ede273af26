"""The ledger's file: who may write to it, what a transaction is, and how its failures read.

A write is one transaction with `synchronous=FULL`: when it returns, it is on disk.
One process writes (a lock beside the file says which); inside it one lock orders the writers.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.exc import DatabaseError

from ..errors import InUse, StorageFault
from . import migrations

CHUNK = 500  # ids per IN (...): far below SQLite's limit on bound values
Id = TypeVar("Id", str, int)
WAITING, CUTTING = 15_000, 500  # milliseconds: for a lock, and for readers before the log is cut
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")


class Database:
    """One SQLite file and its transactions. All calls block: run them in a worker thread."""

    def __init__(self, engine: sa.Engine, lock: FileLock) -> None:
        self._engine = engine
        self._lock = lock
        self._writing = threading.RLock()
        self.folder = Path(str(engine.url.database)).parent  # the data directory

    def close(self) -> None:
        self._engine.dispose()
        self._lock.release()

    def copy_to(self, path: Path) -> None:
        """A consistent copy of the whole file as it is at this moment; writers go on meanwhile."""
        with _as_storage_fault(), closing(self._engine.raw_connection()) as db:  # not inside a transaction
            db.cursor().execute("VACUUM INTO ?", (str(path),))
        path.chmod(0o600)

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with self._writing, _as_storage_fault(), self._engine.begin() as db:
            yield db

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with _as_storage_fault(), self._engine.connect() as db:
            yield db

    def check_file(self) -> None:
        """Whether the file is whole as a database: pages, trees, indexes. Raises StorageFault."""
        with self._read() as db:
            if db.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                raise StorageFault(sentence("SQLITE_CORRUPT"))

    def cut_log(self) -> bool:
        """Empty the write-ahead log, in which old bytes stand until then; False when a reader is in the way."""
        with self._writing, _as_storage_fault(), self._engine.connect() as db:
            outside = db.execution_options(isolation_level="AUTOCOMMIT")
            outside.exec_driver_sql(f"PRAGMA busy_timeout={CUTTING}")
            (busy, *_) = outside.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            outside.exec_driver_sql(f"PRAGMA busy_timeout={WAITING}")
            return not busy


def opened(folder: Path, name: str, driver: Any = sqlite3) -> tuple[sa.Engine, FileLock]:
    """The engine of an up-to-date file in `folder` (mode 0700), and the lock. Raises InUse, StorageFault.

    `driver`: sqlite3 or what behaves like it, such as one whose disk loses power.
    """
    lock = locked(folder)
    made = (
        folder / f"{name}.made"
    )  # says that there was a file: should it be gone, nobody begins anew unnoticed
    if made.exists() and not (folder / name).exists():
        lock.release()
        raise StorageFault(
            f"The ledger file ({name}) is missing from {folder}. Put a backup in its place with `keepsake restore`; "
            f"to begin with nothing, remove {made.name} there. Nothing was changed."
        )
    engine = _engine(folder / name, driver)
    try:
        with _as_storage_fault(), engine.begin() as db:
            migrations.bring_up(db)
        os.chmod(folder / name, 0o600)
        made.touch(mode=0o600)
    except BaseException:
        engine.dispose()
        lock.release()
        raise
    return engine, lock


def chunks(items: Collection[Id]) -> Iterator[list[Id]]:
    """Ids in pieces that one statement can take."""
    listed = list(items)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def inserting(table: sa.Table, columns: Sequence[str] = ()) -> str:
    """An insert as the driver takes it, for all columns or for these. What is written with every message is not compiled anew.

    >>> inserting(sa.table("sources", sa.column("memory"), sa.column("episode")))
    'INSERT INTO sources (memory, episode) VALUES (?, ?)'
    """
    names = columns or [column.name for column in table.columns]
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608  # our own names


def locked(folder: Path) -> FileLock:
    """Hold the data directory for this process; the lock goes with the process, however it ends."""
    lock = FileLock(folder / "writer.lock", mode=0o600, thread_local=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise InUse(
            "Another Keepsake process is using this data directory. Stop it, or set KEEPSAKE_HOME to another one."
        ) from error
    except OSError as error:
        raise StorageFault(
            f"The data directory cannot be written ({error.strerror}). Make it writable or set KEEPSAKE_HOME."
        ) from error
    return lock


def _engine(path: Path, driver: Any) -> sa.Engine:
    engine = sa.create_engine(
        f"sqlite:///{path}",
        module=driver,
        connect_args={"check_same_thread": False, "timeout": WAITING / 1000},
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin late: only at the first change of a row
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


@contextmanager
def _as_storage_fault() -> Iterator[None]:
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        original = getattr(error, "orig", error)
        raise StorageFault(sentence(getattr(original, "sqlite_errorname", ""))) from None
    except UnicodeDecodeError:  # a damaged text, which the driver passes on as it is
        raise StorageFault(sentence("SQLITE_CORRUPT")) from None


def sentence(problem: str) -> str:
    """What a failure of SQLite means for a person, and what to do.

    >>> sentence("SQLITE_FULL")
    'The disk is full: this was not kept. Free some space and try again; what was kept before is still there.'
    """
    match problem.split("_")[1:2]:
        case ["FULL"]:
            return (
                "The disk is full: this was not kept. Free some space and try again; "
                "what was kept before is still there."
            )
        case ["READONLY"] | ["PERM"] | ["CANTOPEN"]:
            return (
                "The data directory cannot be written: this was not kept. Make it writable or set KEEPSAKE_HOME; "
                "what was kept before is still there."
            )
        case ["CORRUPT"] | ["NOTADB"]:
            return (
                "The ledger file (ledger.sqlite3) is damaged and was left as it is. Keep a copy of it, then put "
                "a backup of the data directory in its place."
            )
        case ["IOERR"]:
            return (
                f"The disk could not be read or written ({problem}): it may be full or failing. Free some space and "
                "try again; nothing was half-written."
            )
        case _:
            return (
                f"The ledger could not be used ({problem or 'unknown'}). Check the disk that holds the data "
                "directory and try again; nothing was half-written."
            )
