"""Wrapped keys: a memory lives as long as its key does."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from . import tables as t
from .database import Database, chunks


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

    def delete_keys(self, key_ids: Sequence[str]) -> None:
        with self._write() as db:
            for ids in chunks(key_ids):
                db.execute(sa.delete(t.keys).where(t.keys.c.id.in_(ids)))
        self._truncate_wal()
