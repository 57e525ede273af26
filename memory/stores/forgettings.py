"""Forgettings: hidden, then destroyed or undone; each step is one transaction with its journal entries."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from . import tables as t
from .database import chunks
from .documents import Rewritten, rewrite
from .journal import Journal
from .keys import key_id_of
from .vault import VaultValues, release

LEFT_TO_DO = ("log", "checks", "index bytes", "backup keys")  # of every destruction, until it is done


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
    transcripts: str = "keep"
    destroyed_at: int | None = None
    pending: tuple[str, ...] = ()


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

    def hide(self, row: ForgettingRow, marks: Collection[bytes] = ()) -> None:
        """Take memories out of every answer at once; their keys live until `destroy`. `marks`: never learned again."""
        with self._write() as db:
            db.execute(sa.insert(t.forgettings).values(**_columns(row)))
            for ids in chunks(row.ids):
                mine = sa.and_(t.memories.c.owner == row.owner, t.memories.c.id.in_(ids))
                db.execute(sa.update(t.memories).where(mine).values(forgetting=row.id))
            self._append_all(db, row.owner, "hidden", row.ids, row.hidden_at)
            stones = [{"owner": row.owner, "mark": mark, "forgetting": row.id} for mark in marks]
            if stones:
                db.execute(upsert(t.tombstones).on_conflict_do_nothing(), stones)

    def unhide(self, row: ForgettingRow, at: int) -> bool:
        """Bring back what is hidden; False when it was destroyed or brought back before."""
        with self._write() as db:
            if not self._leaves_hidden(db, row.id, state="undone"):
                return False
            db.execute(sa.update(t.memories).where(t.memories.c.forgetting == row.id).values(forgetting=None))
            db.execute(sa.delete(t.tombstones).where(t.tombstones.c.forgetting == row.id))
            self._append_all(db, row.owner, "undone", row.ids, at)
        return True

    def destroy(self, row: ForgettingRow, at: int, rewritten: Sequence[Rewritten] = ()) -> list[int] | None:
        """Destroy keys, payloads and rows of what is hidden, and words in documents.

        The ids of the vault values that nothing else used, which go along; None when somebody was faster.
        """
        with self._write() as db:
            done = {"destroyed_at": at, "pending": json.dumps(LEFT_TO_DO)}
            if not self._leaves_hidden(db, row.id, state="destroyed", **done):
                return None
            for ids in chunks(row.ids):
                named = sa.select(key_id_of(t.payloads.c.memory, t.payloads.c.version)).where(
                    t.payloads.c.memory.in_(ids)
                )
                db.execute(sa.delete(t.keys).where(t.keys.c.id.in_(named)))
                db.execute(sa.delete(t.payloads).where(t.payloads.c.memory.in_(ids)))
                db.execute(sa.delete(t.sources).where(t.sources.c.memory.in_(ids)))
                db.execute(sa.delete(t.memories).where(t.memories.c.id.in_(ids)))
            rewrite(db, rewritten)
            kept = {one.id: one.uses for one in rewritten}
            released = release(db, [*row.ids, *kept], kept)
            self._append_all(db, row.owner, "destroyed", row.ids, at)
        return sorted(released)

    def erase(self, row: ForgettingRow) -> None:
        """Everything of one owner, whatever it is: keys first of all. What stays is the chain of the journal."""
        with self._write() as db:
            values = sa.select(t.vault.c.id).where(t.vault.c.owner == row.owner)
            memories = sa.select(t.memories.c.id).where(t.memories.c.owner == row.owner)
            for table in (t.payloads, t.sources):
                db.execute(sa.delete(table).where(table.c.memory.in_(memories)))
            db.execute(sa.delete(t.vault_uses).where(t.vault_uses.c.value.in_(values)))
            for owned in (t.keys, t.vault, t.documents, t.tombstones, t.forgettings, t.memories):
                db.execute(sa.delete(owned).where(owned.c.owner == row.owner))
            followed = [f"distilled:{row.owner}", f"again:{row.owner}", f"masking:{row.owner}"]
            db.execute(sa.delete(t.bookmarks).where(t.bookmarks.c.name.in_(followed)))
            db.execute(sa.insert(t.forgettings).values(**_columns(row)))
            self._append(db, row.owner, "erased", row.id, row.hidden_at)

    def remains(self, row: ForgettingRow) -> int:
        """Rows that still stand for these memories, in any table: the check by id."""
        found = 0
        tables = ((t.memories, t.memories.c.id), (t.payloads, t.payloads.c.memory))
        more = ((t.sources, t.sources.c.memory), (t.vault_uses, t.vault_uses.c.holder))
        with self._read() as db:
            for table, column in (*tables, *more):
                for ids in chunks(row.ids):
                    counted = sa.select(sa.func.count()).select_from(table).where(column.in_(ids))
                    found += int(db.execute(counted).scalar_one())
        return found

    def owned_by(self, owner: str) -> int:
        """Rows that still belong to somebody, but for what was forgotten and when."""
        with self._read() as db:
            return sum(
                int(db.execute(sa.select(sa.func.count()).where(table.c.owner == owner)).scalar_one())
                for table in (t.keys, t.vault, t.documents, t.tombstones, t.memories)
            )

    def keep_probes(self, forgetting: str, probes: Sequence[tuple[str, int]]) -> None:
        mine = t.forgettings.c.id == forgetting
        with self._write() as db:
            db.execute(sa.update(t.forgettings).where(mine).values(probes=json.dumps(list(probes))))

    def done(self, forgettings: Collection[str], what: str) -> None:
        """One thing less to do for these."""
        with self._write() as db:
            for ids in chunks(forgettings):
                mine = t.forgettings.c.id.in_(ids)
                for row in db.execute(sa.select(t.forgettings).where(mine)).mappings().all():
                    left = [name for name in json.loads(row["pending"]) if name != what]
                    one = sa.update(t.forgettings).where(t.forgettings.c.id == row["id"])
                    db.execute(one.values(pending=json.dumps(left)))

    def _leaves_hidden(self, db: sa.Connection, forgetting: str, **become: object) -> bool:
        """Whether this transaction is the one that decides: undo and destruction may both try."""
        hidden = sa.and_(t.forgettings.c.id == forgetting, t.forgettings.c.state == "hidden")
        return db.execute(sa.update(t.forgettings).where(hidden).values(**become)).rowcount == 1

    def forgetting(self, forgetting: str) -> ForgettingRow | None:
        query = sa.select(t.forgettings).where(t.forgettings.c.id == forgetting)
        with self._read() as db:
            row = db.execute(query).mappings().first()
        return None if row is None else _row(row)

    def pending_forgettings(self) -> list[ForgettingRow]:
        return self._in_state(t.forgettings.c.state == "hidden")

    def unfinished_forgettings(self) -> list[ForgettingRow]:
        """Destroyed, and something is still to be done."""
        return self._in_state(t.forgettings.c.state == "destroyed", t.forgettings.c.pending != "[]")

    def forbidden(self, owner: str) -> set[bytes]:
        """Marks of what this person does not want to be learned again."""
        with self._read() as db:
            query = sa.select(t.tombstones.c.mark).where(t.tombstones.c.owner == owner)
            return set(db.execute(query).scalars())

    def tombstones(self) -> list[tuple[str, bytes, str]]:
        c = t.tombstones.c
        with self._read() as db:
            return [(row[0], row[1], row[2]) for row in db.execute(sa.select(c.owner, c.mark, c.forgetting))]

    def drop_what_has_no_key(self, at: int) -> None:
        """In a backup that was put together: what was forgotten since it was made goes as it went then."""
        kept = sa.select(t.keys.c.id)
        keyless = sa.select(t.memories.c.id, t.memories.c.owner).where(
            key_id_of(t.memories.c.id, t.memories.c.version).not_in(kept)
        )
        with self._write() as db:
            gone = db.execute(keyless).all()
            for ids in chunks([row.id for row in gone]):
                for table, column in ((t.payloads, t.payloads.c.memory), (t.sources, t.sources.c.memory)):
                    db.execute(sa.delete(table).where(column.in_(ids)))
                db.execute(sa.delete(t.memories).where(t.memories.c.id.in_(ids)))
            for sealed in (t.documents, t.vault):
                db.execute(sa.delete(sealed).where(sealed.c.key != "", sealed.c.key.not_in(kept)))
            owners = sa.select(t.keys.c.owner)
            for owned in (t.documents, t.vault):
                db.execute(sa.delete(owned).where(owned.c.owner.not_in(owners)))
            payloads = sa.select(key_id_of(t.payloads.c.memory, t.payloads.c.version))
            holders = sa.union_all(payloads, sa.select(t.documents.c.key), sa.select(t.vault.c.key))
            apart = sa.or_(*(t.keys.c.id.startswith(kind) for kind in ("memory:", "document:", "value:")))
            db.execute(sa.delete(t.keys).where(apart, t.keys.c.id.not_in(holders)))
            release(db, [row.id for row in gone])
            for row in gone:
                self._append(db, row.owner, "destroyed", row.id, at)

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
        "transcripts": row.transcripts,
        "destroyed_at": row.destroyed_at,
        "pending": json.dumps(row.pending),
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
        transcripts=row["transcripts"],
        destroyed_at=row["destroyed_at"],
        pending=tuple(json.loads(row["pending"])),
    )
