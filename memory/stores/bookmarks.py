"""How far each follower of the journal has read."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from . import tables as t
from .database import Database


class Bookmarks(Database):
    """A name and a place; an unknown name stands at the beginning, which is the empty text."""

    def bookmark(self, name: str) -> str:
        with self._read() as db:
            return db.execute(sa.select(t.bookmarks.c.seq).where(t.bookmarks.c.name == name)).scalar() or ""

    def set_bookmark(self, name: str, value: str) -> None:
        row = {"name": name, "seq": value}
        query = upsert(t.bookmarks).values(**row).on_conflict_do_update(index_elements=["name"], set_=row)
        with self._write() as db:
            db.execute(query)

    def noted(self, name: str) -> str | None:
        """What the installation noted for itself under this name."""
        with self._read() as db:
            return db.execute(sa.select(t.meta.c.value).where(t.meta.c.name == name)).scalar()

    def note(self, name: str, value: str) -> None:
        row = {"name": name, "value": value}
        query = upsert(t.meta).values(**row).on_conflict_do_update(index_elements=["name"], set_=row)
        with self._write() as db:
            db.execute(query)
