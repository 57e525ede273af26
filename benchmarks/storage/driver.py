"""apsw in the place of Python's sqlite3, as far as SQLAlchemy asks for it: apsw takes file systems written in Python."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import apsw


class Driver:
    """What `Ledger.open` takes for sqlite3; every file it opens lies on the named file system."""

    sqlite_version = apsw.sqlite_lib_version()
    sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))

    def __init__(self, file_system: str) -> None:
        self._file_system = file_system

    def __getattr__(self, name: str) -> Any:
        """Errors, types and manners are those of sqlite3."""
        return getattr(sqlite3, name)

    def connect(self, database: str, *, timeout: float = 5, **_: object) -> Connection:
        with _as_sqlite3():
            opened = apsw.Connection(database, vfs=self._file_system)
        opened.set_busy_timeout(int(timeout * 1000))
        return Connection(opened)


class Connection:
    """A connection as sqlite3 has it; transactions begin where `BEGIN` says so."""

    isolation_level: str | None = None

    def __init__(self, opened: apsw.Connection) -> None:
        self._opened = opened

    def cursor(self) -> Cursor:
        return Cursor(self._opened)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor:
        return self.cursor().execute(sql, values)

    def commit(self) -> None:
        self._end("COMMIT")

    def rollback(self) -> None:
        self._end("ROLLBACK")

    def _end(self, how: str) -> None:
        if self._opened.in_transaction:  # a full disk may have rolled back by itself
            with _as_sqlite3():
                self._opened.execute(how)

    def close(self) -> None:
        with _as_sqlite3():
            self._opened.close()

    def create_function(
        self, name: str, count: int, function: Callable[..., Any], *, deterministic: bool = False
    ) -> None:
        self._opened.create_scalar_function(name, function, count, deterministic=deterministic)


class Cursor:
    """All rows are fetched at once."""

    arraysize = 1

    def __init__(self, opened: apsw.Connection) -> None:
        self._opened = opened
        self.description: tuple[Any, ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._rows: list[Any] = []

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor:
        return self._run(sql, lambda cursor: cursor.execute(sql, tuple(values)))

    def executemany(self, sql: str, many: Iterable[Sequence[Any]]) -> Cursor:
        return self._run(sql, lambda cursor: cursor.executemany(sql, (tuple(values) for values in many)))

    def _run(self, sql: str, run: Callable[[apsw.Cursor], Iterable[Any]]) -> Cursor:
        cursor, before = self._opened.cursor(), self._opened.total_changes()
        self.description = None
        cursor.exec_trace = self._describe
        with _as_sqlite3():
            self._rows = list(run(cursor))
        self.rowcount = -1 if self.description else self._opened.total_changes() - before
        self.lastrowid = self._opened.last_insert_rowid()
        return self

    def _describe(self, cursor: apsw.Cursor, _sql: str, _values: object) -> bool:
        """Called before the first row, the one moment at which an empty answer, too, has columns."""
        self.description = tuple((name, *(None,) * 6) for name, _ in cursor.get_description()) or None
        return True

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[Any]:
        taken, self._rows = self._rows, []
        return taken

    def close(self) -> None:
        self._rows = []


class _as_sqlite3:
    """apsw's errors under the names that the product reads."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, apsw.Error):
            same = (
                sqlite3.IntegrityError
                if isinstance(error, apsw.ConstraintError)
                else sqlite3.OperationalError
            )
            told = same(str(error))
            told.sqlite_errorname = _name(error)  # type: ignore[misc]  # sqlite3 sets it on its own errors
            raise told from error


def _name(error: apsw.Error) -> str:
    code = getattr(error, "extendedresult", None)
    if code is None:  # it was raised by our own disk
        return f"SQLITE_{type(error).__name__.removesuffix('Error').upper()}"
    return apsw.mapping_extended_result_codes.get(code, apsw.mapping_result_codes[code & 0xFF])
