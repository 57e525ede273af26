"""Vault values, sealed, and who refers to them: a value goes with the last one that does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from privacy.vault import VaultRow

from . import tables as t
from .database import Database, chunks


class VaultValues(Database):
    """What `privacy.vault.VaultStore` asks for, and the uses of its values."""

    def vault_rows(self, owner: str) -> list[VaultRow]:
        query = sa.select(t.vault).where(t.vault.c.owner == owner).order_by(t.vault.c.id)
        with self._read() as db:
            return [VaultRow(r.id, r.owner, r.label, r.number, r.lookup, r.sealed) for r in db.execute(query)]

    def add_vault_row(self, owner: str, label: str, number: int, lookup: bytes, sealed: bytes) -> int:
        values = {"owner": owner, "label": label, "number": number, "lookup": lookup, "sealed": sealed}
        with self._write() as db:
            return int(db.execute(sa.insert(t.vault).values(**values)).inserted_primary_key[0])  # type: ignore[index]  # an insert always has one

    def delete_vault_rows(self, owner: str, ids: Sequence[int]) -> None:
        with self._write() as db:
            for some in chunks(ids):
                db.execute(sa.delete(t.vault).where(t.vault.c.owner == owner, t.vault.c.id.in_(some)))
        self._truncate_wal()

    def note_uses(self, holder: str, values: Collection[int]) -> None:
        """A document (a step, a thread) refers to these vault values."""
        with self._write() as db:
            self._note_uses(db, {holder: values})

    def _note_uses(self, db: sa.Connection, uses: Mapping[str, Collection[int]]) -> None:
        rows = [
            {"holder": holder, "value": value} for holder, values in uses.items() for value in set(values)
        ]
        if rows:
            db.execute(upsert(t.vault_uses).on_conflict_do_nothing(), rows)

    def _release(self, db: sa.Connection, owner: str, holders: Sequence[str]) -> set[int]:
        """Take the uses of these holders away, and the values that nothing uses any more: their ids."""
        mine = t.vault_uses.c.holder.in_(holders)
        values = set(db.execute(sa.select(t.vault_uses.c.value).where(mine)).scalars())
        db.execute(sa.delete(t.vault_uses).where(mine))
        unused: set[int] = set()
        for ids in chunks(values):
            still = sa.select(t.vault_uses.c.value).where(t.vault_uses.c.value.in_(ids))
            going = set(ids) - set(db.execute(still).scalars())
            db.execute(sa.delete(t.vault).where(t.vault.c.owner == owner, t.vault.c.id.in_(going)))
            unused |= going
        return unused
