"""Forgettings: hidden, then destroyed or undone; each step is one transaction with its journal entries."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from . import tables as t
from .database import chunks
from .journal import Journal
from .keys import key_id_of
from .vault import VaultValues


@dataclass(frozen=True, slots=True)
class ForgettingRow:
    """How far a forgetting has come."""

    id: str
    owner: str
    state: str
    hidden_at: int
    undo_until: int
    ids: tuple[str, ...]
    probes: tuple[tuple[str, int], ...] = ()


class Forgettings(Journal, VaultValues):
    """What is hidden can come back until it is destroyed."""

    def resting_only_on(self, owner: str, ids: Collection[str]) -> set[str]:
        """Live derived memories whose every source is among `ids`."""
        query = (
            sa.select(t.sources.c.memory, t.sources.c.episode)
            .join(t.memories, t.memories.c.id == t.sources.c.memory)
            .where(t.memories.c.owner == owner, t.memories.c.forgetting.is_(None))
        )
        by_memory: dict[str, set[str]] = {}
        with self._read() as db:
            for memory, episode in db.execute(query):
                by_memory.setdefault(memory, set()).add(episode)
        gone = set(ids)
        return {memory for memory, episodes in by_memory.items() if episodes <= gone} - gone

    def hide(self, row: ForgettingRow) -> None:
        """Take memories out of every answer at once; their keys live until `destroy`."""
        with self._write() as db:
            db.execute(sa.insert(t.forgettings).values(**_columns(row)))
            for ids in chunks(row.ids):
                mine = sa.and_(t.memories.c.owner == row.owner, t.memories.c.id.in_(ids))
                db.execute(sa.update(t.memories).where(mine).values(forgetting=row.id))
            for memory in row.ids:
                self._append(db, row.owner, "hidden", memory, row.hidden_at)

    def unhide(self, row: ForgettingRow, at: int) -> bool:
        """Bring back what is hidden; False when it was destroyed or brought back before."""
        with self._write() as db:
            if not self._leaves_hidden(db, row.id, "undone"):
                return False
            db.execute(sa.update(t.memories).where(t.memories.c.forgetting == row.id).values(forgetting=None))
            for memory in row.ids:
                self._append(db, row.owner, "undone", memory, at)
        return True

    def destroy(self, row: ForgettingRow, at: int) -> list[int]:
        """Destroy keys, payloads and rows of what is hidden, and the vault values that nothing else uses: their ids."""
        released: set[int] = set()
        with self._write() as db:
            if not self._leaves_hidden(db, row.id, "destroyed"):
                return []
            for ids in chunks(row.ids):
                released |= self._release(db, row.owner, ids)
                named = sa.select(key_id_of(t.payloads.c.memory, t.payloads.c.version)).where(
                    t.payloads.c.memory.in_(ids)
                )
                db.execute(sa.delete(t.keys).where(t.keys.c.id.in_(named)))
                db.execute(sa.delete(t.payloads).where(t.payloads.c.memory.in_(ids)))
                db.execute(sa.delete(t.sources).where(t.sources.c.memory.in_(ids)))
                db.execute(sa.delete(t.memories).where(t.memories.c.id.in_(ids)))
            for memory in row.ids:
                self._append(db, row.owner, "destroyed", memory, at)
        self._truncate_wal()
        return sorted(released)

    def keep_probes(self, forgetting: str, probes: Sequence[tuple[str, int]]) -> None:
        mine = t.forgettings.c.id == forgetting
        with self._write() as db:
            db.execute(sa.update(t.forgettings).where(mine).values(probes=json.dumps(list(probes))))

    def _leaves_hidden(self, db: sa.Connection, forgetting: str, state: str) -> bool:
        """Whether this transaction is the one that decides: undo and destruction may both try."""
        hidden = sa.and_(t.forgettings.c.id == forgetting, t.forgettings.c.state == "hidden")
        return db.execute(sa.update(t.forgettings).where(hidden).values(state=state)).rowcount == 1

    def forgetting(self, forgetting: str) -> ForgettingRow | None:
        query = sa.select(t.forgettings).where(t.forgettings.c.id == forgetting)
        with self._read() as db:
            row = db.execute(query).mappings().first()
        return None if row is None else _row(row)

    def pending_forgettings(self) -> list[ForgettingRow]:
        return self._in_state(t.forgettings.c.state == "hidden")

    def unprobed_forgettings(self) -> list[ForgettingRow]:
        """Destroyed, and the index not yet asked whether it still holds anything."""
        return self._in_state(
            t.forgettings.c.state == "destroyed", t.forgettings.c.probes.not_like('%"index"%')
        )

    def _in_state(self, *where: sa.ColumnElement[bool]) -> list[ForgettingRow]:
        with self._read() as db:
            return [_row(row) for row in db.execute(sa.select(t.forgettings).where(*where)).mappings()]


def _columns(row: ForgettingRow) -> dict[str, object]:
    return {
        "id": row.id,
        "owner": row.owner,
        "state": row.state,
        "hidden_at": row.hidden_at,
        "undo_until": row.undo_until,
        "ids": json.dumps(row.ids),
        "probes": json.dumps(row.probes),
    }


def _row(row: sa.RowMapping) -> ForgettingRow:
    return ForgettingRow(
        id=row["id"],
        owner=row["owner"],
        state=row["state"],
        hidden_at=row["hidden_at"],
        undo_until=row["undo_until"],
        ids=tuple(json.loads(row["ids"])),
        probes=tuple((name, count) for name, count in json.loads(row["probes"])),
    )
