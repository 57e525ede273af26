"""Numbered steps that bring an older ledger up to date; a new one takes all of them.

Step N is the file `000N_*.sql` and makes schema N of the one before it; numbers may have gaps. A step that was
released is never changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from ...errors import StorageFault

MIGRATIONS = tuple(sorted(Path(__file__).parent.glob("0*.sql")))


def number(step: Path) -> int:
    return int(step.name[:4])


NEWEST = number(MIGRATIONS[-1])


def bring_up(db: sa.Connection) -> None:
    """Take the missing steps in the caller's transaction: all of them or none. Raises StorageFault."""
    found = schema(db)
    if found > NEWEST:
        raise StorageFault(
            f"This data directory was written by a newer Keepsake (schema {found}; this one knows {NEWEST}). "
            "Install the newer version; nothing was changed."
        )
    for step in (step for step in MIGRATIONS if number(step) > found):
        for statement in statements(step.read_text(encoding="utf-8")):
            db.exec_driver_sql(statement)
    if found < NEWEST:
        db.exec_driver_sql("INSERT OR REPLACE INTO meta (name, value) VALUES ('schema', ?)", (str(NEWEST),))


def schema(db: sa.Connection) -> int:
    """The number of the schema that a file has; 0 for a new one."""
    if not sa.inspect(db).has_table("meta"):
        return 0
    return int(db.exec_driver_sql("SELECT value FROM meta WHERE name = 'schema'").scalar() or 0)


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one at a time: `executescript` would end the transaction.

    >>> list(statements("SELECT 1; SELECT 2;"))
    ['SELECT 1;', 'SELECT 2;']
    """
    begun = ""
    for piece in script.split(";")[:-1]:
        begun += piece + ";"
        if sqlite3.complete_statement(begun):
            yield begun.strip()
            begun = ""
