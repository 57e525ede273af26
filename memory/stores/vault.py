"""Vault values, sealed, and who refers to them: a value goes with the last one that does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from privacy.vault import VaultRow

from . import tables as t
from .database import Database, chunks


class VaultValues(Database):
    """What `privacy.vault.VaultStore` asks for."""

    def vault_rows(self, owner: str) -> list[VaultRow]:
        joined = t.vault.outerjoin(t.keys, t.keys.c.id == t.vault.c.key)
        query = sa.select(t.vault, t.keys.c.wrapped).select_from(joined)
        with self._read() as db:
            found = db.execute(query.where(t.vault.c.owner == owner).order_by(t.vault.c.id))
            return [VaultRow(r.id, r.owner, r.label, r.number, r.sealed, r.key, r.wrapped) for r in found]

    def add_vault_row(
        self, owner: str, label: str, number: int, sealed: bytes, key: str, wrapped: bytes
    ) -> int:
        values = {"owner": owner, "label": label, "number": number, "sealed": sealed, "key": key}
        with self._write() as db:
            db.execute(sa.insert(t.keys).values(id=key, owner=owner, wrapped=wrapped))
            return int(db.execute(sa.insert(t.vault).values(**values)).inserted_primary_key[0])  # type: ignore[index]  # an insert always has one

    def destroy_vault(self, owner: str) -> int:
        """Every value of an owner goes with its key. What stays is which numbers were given, so that none is given twice."""
        mine = t.vault.c.owner == owner
        of_these = sa.select(t.vault.c.key).where(mine)
        with self._write() as db:
            db.execute(sa.delete(t.keys).where(t.keys.c.owner == owner, t.keys.c.id.in_(of_these)))
            there = sa.and_(mine, t.vault.c.key != DESTROYED)
            return int(db.execute(sa.update(t.vault).where(there).values(sealed=b"", key=DESTROYED)).rowcount)


DESTROYED = "destroyed"  # stands where a value had the name of its key


def note_uses(db: sa.Connection, uses: Mapping[str, Collection[int]]) -> None:
    """These holders (memories, documents) refer to these values."""
    rows = [{"holder": holder, "value": value} for holder, values in uses.items() for value in set(values)]
    if rows:
        db.execute(upsert(t.vault_uses).on_conflict_do_nothing(), rows)


def release(
    db: sa.Connection, holders: Sequence[str], keeping: Mapping[str, Collection[int]] | None = None
) -> set[int]:
    """Take the uses of these holders away but for what they are `keeping`, and the values that nothing uses now.

    The ids of these values; each goes with its key.
    """
    values: set[int] = set()
    for some in chunks(holders):
        mine = t.vault_uses.c.holder.in_(some)
        values |= set(db.execute(sa.select(t.vault_uses.c.value).where(mine)).scalars())
        db.execute(sa.delete(t.vault_uses).where(mine))
    note_uses(db, keeping or {})
    unused: set[int] = set()
    for ids in chunks(values):
        still = sa.select(t.vault_uses.c.value).where(t.vault_uses.c.value.in_(ids))
        going = set(ids) - set(db.execute(still).scalars())
        of_these = sa.select(t.vault.c.key).where(t.vault.c.id.in_(going))
        db.execute(sa.delete(t.keys).where(t.keys.c.id.in_(of_these)))
        db.execute(sa.delete(t.vault).where(t.vault.c.id.in_(going)))
        unused |= going
    return unused
