"""Wrapped keys: a memory lives as long as its key does."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from privacy.encryption import CHECK

from . import tables as t
from .database import Database


def key_id(memory: str, version: int) -> str:
    """The name under which the key of one version of a memory is kept."""
    return f"memory:{memory}:{version}"


def key_id_of(memory: sa.ColumnElement[str], version: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    """The same name, made by the database from its columns."""
    return sa.literal("memory:") + memory + ":" + sa.cast(version, sa.String)


class Keys(Database):
    """What `privacy.encryption.KeyStore` asks for."""

    def get_key(self, key_id: str) -> bytes | None:
        with self._read() as db:
            return db.execute(sa.select(t.keys.c.wrapped).where(t.keys.c.id == key_id)).scalar()

    def put_key(self, key_id: str, owner: str, wrapped: bytes) -> None:
        row = {"id": key_id, "owner": owner, "wrapped": wrapped}
        query = upsert(t.keys).values(**row).on_conflict_do_update(index_elements=["id"], set_=row)
        with self._write() as db:
            db.execute(query)

    def keys_under_master(self) -> list[tuple[str, str, bytes]]:
        c = t.keys.c
        of_master = sa.or_(c.id == CHECK, c.id.startswith("owner:"), c.id.startswith("installation:"))
        with self._read() as db:
            return [
                (row[0], row[1], row[2])
                for row in db.execute(sa.select(c.id, c.owner, c.wrapped).where(of_master))
            ]

    def replace_keys(self, keys: Sequence[tuple[str, str, bytes]]) -> None:
        """In one transaction: after a crash either all are the new ones or none is."""
        rows = [{"id": id, "owner": owner, "wrapped": wrapped} for id, owner, wrapped in keys]
        query = upsert(t.keys)
        query = query.on_conflict_do_update(index_elements=["id"], set_={"wrapped": query.excluded.wrapped})
        with self._write() as db:
            db.execute(query, rows)
        self.cut_log()

    def keys_of(self, owner: str, after: str, limit: int) -> list[tuple[str, bytes]]:
        """Keys of one owner in the order of their names."""
        c = t.keys.c
        query = sa.select(c.id, c.wrapped).where(c.owner == owner, c.id > after).order_by(c.id).limit(limit)
        with self._read() as db:
            return [(row[0], row[1]) for row in db.execute(query)]

    def rewrap_keys(self, keys: Sequence[tuple[str, bytes]]) -> None:
        """In one transaction, those that are still there: a key that was destroyed meanwhile must not come back."""
        if keys:
            named = [{"named": id, "wrapping": wrapped} for id, wrapped in keys]
            query = sa.update(t.keys).where(t.keys.c.id == sa.bindparam("named"))
            with self._write() as db:
                db.execute(query.values(wrapped=sa.bindparam("wrapping")), named)

    def promote_key(self, key_id: str, wrapped: bytes, gone: str) -> None:
        """One key takes its place and another goes; with it all index rows have to be written anew."""
        with self._write() as db:
            db.execute(sa.update(t.keys).where(t.keys.c.id == key_id).values(wrapped=wrapped))
            db.execute(sa.delete(t.keys).where(t.keys.c.id == gone))
            db.execute(sa.delete(t.bookmarks).where(t.bookmarks.c.name == "index"))
        self.cut_log()

    def all_keys(self) -> list[tuple[str, str, bytes]]:
        """Every wrapped key there is, for a backup's key file and for checking."""
        with self._read() as db:
            return [
                tuple(row) for row in db.execute(sa.select(t.keys.c.id, t.keys.c.owner, t.keys.c.wrapped))
            ]

    def wipe_keys(self) -> None:
        """Of a copy that is no longer needed: nothing of the keys stays in its file."""
        with self._write() as db:
            db.execute(sa.delete(t.keys))
        self.cut_log()
