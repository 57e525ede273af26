"""The truth: journal, memories, keys, vault, forgettings and documents in one SQLite file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from filelock import FileLock

from .audits import Audits
from .bookmarks import Bookmarks
from .database import opened
from .documents import Documents
from .forgettings import ForgettingRow, Forgettings
from .inventory import Inventory
from .keys import Keys, key_id
from .memories import Stored
from .past import Past
from .terms import Terms


class Ledger(Past, Forgettings, Terms, Audits, Keys, Bookmarks, Inventory):
    """Everything that must not be lost: one file, so that one transaction can span it all."""

    def __init__(self, engine: sa.Engine, lock: FileLock) -> None:
        super().__init__(engine, lock)
        self.documents = Documents(self._read, self._write)

    @classmethod
    def open(cls, folder: Path, driver: Any = sqlite3) -> Ledger:
        """Open or make the ledger in `folder`. Raises InUse, StorageFault."""
        return cls(*opened(folder, "ledger.sqlite3", driver))


__all__ = ["ForgettingRow", "Ledger", "Stored", "key_id"]
