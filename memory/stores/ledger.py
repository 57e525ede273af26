"""The truth: journal, keys, vault and documents in one SQLite file.

A write is one transaction with `synchronous=FULL`: when a method returns, it is on disk.
One process writes (`Ledger.open` takes a lock beside the file); inside it one lock orders the writers.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError

from privacy import audit
from privacy.errors import ChainBroken
from privacy.vault import VaultRow

from ..errors import InUse, StorageFault
from . import tables as t
from .documents import Documents, chunks


@dataclass(frozen=True, slots=True)
class Stored:
    """A memory as the ledger has it: its plain columns and its sealed parts."""

    id: str
    owner: str
    kind: str
    status: str
    version: int
    session: int
    position: int
    occurred_at: int
    recorded_at: int
    importance: float
    sealed: bytes
    wrapped: bytes
    vector: bytes | None = None
    embedder: str | None = None
    sources: tuple[str, ...] = ()
    vault_values: tuple[int, ...] = ()


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


def key_id(memory: str, version: int) -> str:
    """The name under which the key of one version of a memory is kept."""
    return f"memory:{memory}:{version}"


class Ledger:
    """Everything that must not be lost. All calls block: run them in a worker thread."""

    def __init__(self, engine: sa.Engine, lock_file: IO[str]) -> None:
        self._engine = engine
        self._lock_file = lock_file
        self._writing = threading.RLock()
        self.documents = Documents(self._read, self._write)

    # -- opening ---------------------------------------------------------------------------

    @classmethod
    def open(cls, folder: Path) -> Ledger:
        """Open or make the ledger in `folder` (mode 0700). Raises InUse, StorageFault."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock_file = _locked(folder / "writer.lock")
        except OSError as error:
            raise StorageFault(
                f"The data directory cannot be written ({error.strerror}). Make it writable or set KEEPSAKE_HOME."
            ) from error
        path = folder / "ledger.sqlite3"
        engine = sa.create_engine(
            f"sqlite:///{path}", connect_args={"check_same_thread": False, "timeout": 15}
        )
        sa.event.listen(engine, "connect", _pragmas)
        ledger = cls(engine, lock_file)
        try:
            with ledger._write() as db:
                t.metadata.create_all(db)
                db.execute(
                    upsert(t.meta).values(name="schema", value=str(t.SCHEMA_VERSION)).on_conflict_do_nothing()
                )
            os.chmod(path, 0o600)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        self._engine.dispose()
        self._lock_file.close()

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with self._writing, _as_storage_fault(), self._engine.begin() as db:
            yield db

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with _as_storage_fault(), self._engine.connect() as db:
            yield db

    # -- memories and their journal ----------------------------------------------------------

    def remember(self, new: Sequence[Stored], *, superseded: Sequence[str] = ()) -> None:
        """Append memories with their keys in one transaction; `superseded` ones change status."""
        with self._write() as db:
            for item in new:
                self._append(
                    db, item.owner, "remembered", item.id, item.version, item.recorded_at, item.sealed
                )
            db.execute(sa.insert(t.payloads), [_payload(item) for item in new])
            db.execute(sa.insert(t.keys), [_key(item) for item in new])
            db.execute(sa.insert(t.memories), [_memory(item) for item in new])
            edges = [{"memory": item.id, "episode": source} for item in new for source in item.sources]
            if edges:
                db.execute(sa.insert(t.sources), edges)
            self._note_uses(db, {item.id: item.vault_values for item in new})
            for ids in chunks(superseded):
                db.execute(sa.update(t.memories).where(t.memories.c.id.in_(ids)).values(status="superseded"))
                for memory in ids:
                    self._append(db, new[0].owner, "superseded", memory, 1, new[0].recorded_at, b"")

    def _append(
        self, db: sa.Connection, owner: str, action: str, subject: str, version: int, at: int, payload: bytes
    ) -> None:
        last = db.execute(sa.select(t.journal.c.hash).order_by(t.journal.c.seq.desc()).limit(1)).scalar()
        entry = {
            "at": at,
            "owner": owner,
            "action": action,
            "subject": subject,
            "version": version,
            "payload_hash": hashlib.sha256(payload).hexdigest() if payload else "",
        }
        db.execute(sa.insert(t.journal).values(**entry, hash=audit.link(last or audit.GENESIS, entry)))

    def verify(self) -> int:
        """Check the whole chain and every payload that is still there; the number of entries."""
        with self._read() as db:
            rows = db.execute(sa.select(t.journal).order_by(t.journal.c.seq)).mappings().all()
            kept = {
                (row.memory, row.version): hashlib.sha256(row.sealed).hexdigest()
                for row in db.execute(
                    sa.select(t.payloads.c.memory, t.payloads.c.version, t.payloads.c.sealed)
                )
            }
        audit.verify((_entry(row), row["hash"]) for row in rows)
        for row in rows:
            held = kept.get((row["subject"], row["version"]))
            if row["action"] == "remembered" and held not in (None, row["payload_hash"]):
                raise ChainBroken(
                    f"The payload of journal entry {row['seq']} was changed. Restore the data directory from a backup."
                )
        return len(rows)

    def last_seq(self) -> int:
        with self._read() as db:
            return int(db.execute(sa.select(sa.func.max(t.journal.c.seq))).scalar() or 0)

    def changes(self, after: int, limit: int = 256) -> list[tuple[int, str, str, str]]:
        """Journal entries after a bookmark: (seq, owner, action, memory id)."""
        columns = (t.journal.c.seq, t.journal.c.owner, t.journal.c.action, t.journal.c.subject)
        query = sa.select(*columns).where(t.journal.c.seq > after).order_by(t.journal.c.seq).limit(limit)
        with self._read() as db:
            return [(row[0], row[1], row[2], row[3]) for row in db.execute(query)]

    def live(
        self, owner: str | None = None, *, ids: Collection[str] | None = None, kind: str | None = None
    ) -> Iterator[Stored]:
        """Live memories (not hidden), oldest first, with keys and sealed vectors."""
        if ids is not None:
            for chunk in chunks(ids):
                yield from self._select_live(owner, chunk, kind)
        else:
            yield from self._select_live(owner, None, kind)

    def _select_live(self, owner: str | None, ids: list[str] | None, kind: str | None) -> list[Stored]:
        joined = t.memories.join(
            t.payloads,
            sa.and_(t.payloads.c.memory == t.memories.c.id, t.payloads.c.version == t.memories.c.version),
        ).join(
            t.keys,
            t.keys.c.id
            == sa.literal("memory:") + t.memories.c.id + ":" + sa.cast(t.memories.c.version, sa.String),
        )
        query = sa.select(
            t.memories, t.payloads.c.sealed, t.payloads.c.vector, t.payloads.c.embedder, t.keys.c.wrapped
        ).select_from(joined)
        query = query.where(t.memories.c.forgetting.is_(None)).order_by(t.memories.c.id)
        if owner is not None:
            query = query.where(t.memories.c.owner == owner)
        if ids is not None:
            query = query.where(t.memories.c.id.in_(ids))
        if kind is not None:
            query = query.where(t.memories.c.kind == kind)
        with self._read() as db:
            return [_stored(row) for row in db.execute(query).mappings()]

    def page(self, owner: str, *, kind: str | None, offset: int, limit: int) -> tuple[list[str], int]:
        """Ids of live memories, newest first, and how many there are."""
        where = [t.memories.c.owner == owner, t.memories.c.forgetting.is_(None)]
        if kind is not None:
            where.append(t.memories.c.kind == kind)
        ids = (
            sa.select(t.memories.c.id)
            .where(*where)
            .order_by(t.memories.c.recorded_at.desc(), t.memories.c.id.desc())
        )
        with self._read() as db:
            total = int(
                db.execute(sa.select(sa.func.count()).select_from(t.memories).where(*where)).scalar_one()
            )
            return [row[0] for row in db.execute(ids.offset(offset).limit(limit))], total

    def counts(self, owner: str) -> dict[str, int]:
        query = (
            sa.select(t.memories.c.kind, sa.func.count())
            .where(t.memories.c.owner == owner, t.memories.c.forgetting.is_(None))
            .group_by(t.memories.c.kind)
        )
        with self._read() as db:
            return {row[0]: row[1] for row in db.execute(query)}

    def next_position(self, owner: str, session: int) -> int:
        query = sa.select(sa.func.max(t.memories.c.position)).where(
            t.memories.c.owner == owner, t.memories.c.session == session, t.memories.c.kind == "episode"
        )
        with self._read() as db:
            last = db.execute(query).scalar()
        return 0 if last is None else int(last) + 1

    def last_of_session(self, owner: str, session: int, limit: int) -> list[str]:
        """Ids of the last live episodes of a conversation."""
        c = t.memories.c
        query = sa.select(c.id).where(c.owner == owner, c.session == session, c.forgetting.is_(None))
        with self._read() as db:
            return list(db.execute(query.order_by(c.position.desc()).limit(limit)).scalars())

    def keep_vectors(self, vectors: Iterable[tuple[str, int, bytes]], embedder: str) -> None:
        """Keep sealed vectors (memory id, version, bytes) so that a reindex embeds nothing."""
        rows = [{"m": m, "v": v, "sealed_vector": b, "e": embedder} for m, v, b in vectors]
        if rows:
            query = (
                sa.update(t.payloads)
                .where(t.payloads.c.memory == sa.bindparam("m"), t.payloads.c.version == sa.bindparam("v"))
                .values(vector=sa.bindparam("sealed_vector"), embedder=sa.bindparam("e"))
            )
            with self._write() as db:
                db.execute(query, rows)

    # -- forgetting --------------------------------------------------------------------------

    def resting_only_on(self, owner: str, ids: Collection[str]) -> set[str]:
        """Live derived memories whose every source is among `ids`."""
        with self._read() as db:
            edges = db.execute(
                sa.select(t.sources.c.memory, t.sources.c.episode)
                .join(t.memories, t.memories.c.id == t.sources.c.memory)
                .where(t.memories.c.owner == owner, t.memories.c.forgetting.is_(None))
            ).all()
        by_memory: dict[str, set[str]] = {}
        for memory, episode in edges:
            by_memory.setdefault(memory, set()).add(episode)
        gone = set(ids)
        return {memory for memory, episodes in by_memory.items() if episodes <= gone} - gone

    def hide(self, row: ForgettingRow) -> None:
        """Take memories out of every answer at once; their keys live until `destroy`."""
        with self._write() as db:
            db.execute(sa.insert(t.forgettings).values(**_forgetting(row)))
            for ids in chunks(row.ids):
                db.execute(
                    sa.update(t.memories)
                    .where(t.memories.c.owner == row.owner, t.memories.c.id.in_(ids))
                    .values(forgetting=row.id)
                )
            for memory in row.ids:
                self._append(db, row.owner, "hidden", memory, 1, row.hidden_at, b"")

    def unhide(self, row: ForgettingRow, at: int) -> None:
        with self._write() as db:
            db.execute(sa.update(t.memories).where(t.memories.c.forgetting == row.id).values(forgetting=None))
            db.execute(sa.update(t.forgettings).where(t.forgettings.c.id == row.id).values(state="undone"))
            for memory in row.ids:
                self._append(db, row.owner, "undone", memory, 1, at, b"")

    def destroy(self, row: ForgettingRow, at: int) -> list[int]:
        """Destroy keys, payloads and rows; the vault values that nothing else uses are returned."""
        with self._write() as db:
            candidates: set[int] = set()
            for ids in chunks(row.ids):
                candidates |= set(
                    db.execute(
                        sa.select(t.vault_uses.c.value).where(t.vault_uses.c.holder.in_(ids))
                    ).scalars()
                )
                db.execute(sa.delete(t.vault_uses).where(t.vault_uses.c.holder.in_(ids)))
                named = sa.select(
                    sa.literal("memory:")
                    + t.payloads.c.memory
                    + ":"
                    + sa.cast(t.payloads.c.version, sa.String)
                ).where(t.payloads.c.memory.in_(ids))
                db.execute(sa.delete(t.keys).where(t.keys.c.id.in_(named)))
                db.execute(sa.delete(t.payloads).where(t.payloads.c.memory.in_(ids)))
                db.execute(sa.delete(t.sources).where(t.sources.c.memory.in_(ids)))
                db.execute(sa.delete(t.memories).where(t.memories.c.id.in_(ids)))
            db.execute(sa.update(t.forgettings).where(t.forgettings.c.id == row.id).values(state="destroyed"))
            for memory in row.ids:
                self._append(db, row.owner, "destroyed", memory, 1, at, b"")
            used = set(db.execute(sa.select(t.vault_uses.c.value).distinct()).scalars())
        self._truncate_wal()
        return sorted(candidates - used)

    def _truncate_wal(self) -> None:
        # secure_delete clears the pages; until the log is cut, the old bytes stand in it
        with self._writing, _as_storage_fault(), self._engine.connect() as db:
            db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()

    def keep_probes(self, forgetting: str, probes: Sequence[tuple[str, int]]) -> None:
        with self._write() as db:
            values = {"probes": json.dumps(list(probes))}
            db.execute(sa.update(t.forgettings).where(t.forgettings.c.id == forgetting).values(**values))

    def forgetting(self, forgetting: str) -> ForgettingRow | None:
        with self._read() as db:
            row = (
                db.execute(sa.select(t.forgettings).where(t.forgettings.c.id == forgetting))
                .mappings()
                .first()
            )
        return None if row is None else _forgetting_row(row)

    def pending_forgettings(self) -> list[ForgettingRow]:
        with self._read() as db:
            rows = db.execute(sa.select(t.forgettings).where(t.forgettings.c.state == "hidden")).mappings()
            return [_forgetting_row(row) for row in rows]

    # -- privacy.encryption.KeyStore ------------------------------------------------------------

    def get_key(self, key_id: str) -> bytes | None:
        with self._read() as db:
            return db.execute(sa.select(t.keys.c.wrapped).where(t.keys.c.id == key_id)).scalar()

    def put_key(self, key_id: str, owner: str, wrapped: bytes) -> None:
        with self._write() as db:
            row = {"id": key_id, "owner": owner, "wrapped": wrapped}
            db.execute(upsert(t.keys).values(**row).on_conflict_do_update(index_elements=["id"], set_=row))

    def delete_keys(self, key_ids: Sequence[str]) -> None:
        with self._write() as db:
            for ids in chunks(key_ids):
                db.execute(sa.delete(t.keys).where(t.keys.c.id.in_(ids)))
        self._truncate_wal()

    # -- privacy.vault.VaultStore ---------------------------------------------------------------

    def vault_rows(self, owner: str) -> list[VaultRow]:
        with self._read() as db:
            rows = db.execute(sa.select(t.vault).where(t.vault.c.owner == owner).order_by(t.vault.c.id))
            return [VaultRow(r.id, r.owner, r.label, r.number, r.lookup, r.sealed) for r in rows]

    def add_vault_row(self, owner: str, label: str, number: int, lookup: bytes, sealed: bytes) -> int:
        with self._write() as db:
            values = {"owner": owner, "label": label, "number": number, "lookup": lookup, "sealed": sealed}
            return int(db.execute(sa.insert(t.vault).values(**values)).inserted_primary_key[0])  # type: ignore[index]  # an insert always has one

    def delete_vault_rows(self, owner: str, ids: Sequence[int]) -> None:
        with self._write() as db:
            db.execute(sa.delete(t.vault).where(t.vault.c.owner == owner, t.vault.c.id.in_(list(ids))))
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

    # -- bookmarks --------------------------------------------------------------------------------------

    def bookmark(self, name: str) -> str:
        with self._read() as db:
            return db.execute(sa.select(t.bookmarks.c.seq).where(t.bookmarks.c.name == name)).scalar() or ""

    def set_bookmark(self, name: str, value: str) -> None:
        with self._write() as db:
            row = {"name": name, "seq": value}
            db.execute(
                upsert(t.bookmarks).values(**row).on_conflict_do_update(index_elements=["name"], set_=row)
            )


def _pragmas(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _locked(path: Path) -> IO[str]:
    """Hold the data directory for this process; the lock goes with the process, however it ends."""
    import fcntl

    handle = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.close()
        raise InUse(
            "Another Keepsake process is using this data directory. Stop it, or set KEEPSAKE_HOME to another one."
        ) from error
    return handle


@contextmanager
def _as_storage_fault() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        kind = str(getattr(error, "orig", "")).split("\n", 1)[0]
        raise StorageFault(
            f"The ledger could not be used ({kind}). Free some disk space or check the data directory; "
            "nothing was half-written."
        ) from None


def _entry(row: sa.RowMapping) -> dict[str, object]:
    names = ("at", "owner", "action", "subject", "version", "payload_hash")
    return {name: row[name] for name in names}


def _payload(item: Stored) -> dict[str, object]:
    return {
        "memory": item.id,
        "version": item.version,
        "sealed": item.sealed,
        "vector": item.vector,
        "embedder": item.embedder,
    }


def _key(item: Stored) -> dict[str, object]:
    return {"id": key_id(item.id, item.version), "owner": item.owner, "wrapped": item.wrapped}


_MEMORY_COLUMNS = (
    "id",
    "owner",
    "kind",
    "status",
    "version",
    "session",
    "position",
    "occurred_at",
    "recorded_at",
    "importance",
)


def _memory(item: Stored) -> dict[str, object]:
    return {name: getattr(item, name) for name in _MEMORY_COLUMNS}


def _stored(row: sa.RowMapping) -> Stored:
    plain = {name: row[name] for name in _MEMORY_COLUMNS}
    return Stored(
        **plain, sealed=row["sealed"], wrapped=row["wrapped"], vector=row["vector"], embedder=row["embedder"]
    )


def _forgetting(row: ForgettingRow) -> dict[str, object]:
    return {
        "id": row.id,
        "owner": row.owner,
        "state": row.state,
        "hidden_at": row.hidden_at,
        "undo_until": row.undo_until,
        "ids": json.dumps(row.ids),
        "probes": json.dumps(row.probes),
    }


def _forgetting_row(row: sa.RowMapping) -> ForgettingRow:
    return ForgettingRow(
        id=row["id"],
        owner=row["owner"],
        state=row["state"],
        hidden_at=row["hidden_at"],
        undo_until=row["undo_until"],
        ids=tuple(json.loads(row["ids"])),
        probes=tuple((name, count) for name, count in json.loads(row["probes"])),
    )
