"""Memories as they are now: written in the transaction of their journal entry, read without replaying it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from privacy.errors import ChainBroken

from . import tables as t
from .database import chunks, inserting
from .journal import Journal
from .keys import key_id, key_id_of
from .vault import VaultValues, note_uses, release

QUOTATION = "quotation"
COLUMNS = (
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
    "keep_until",
)
KEEP = inserting(t.memories, COLUMNS)
KEEP_PAYLOAD = inserting(t.payloads, ("memory", "version", "sealed", "vector", "embedder"))
KEEP_KEY = inserting(t.keys, ("id", "owner", "wrapped"))


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
    keep_until: int | None = None
    sources: tuple[str, ...] = ()
    vault_values: tuple[int, ...] = ()


class Memories(Journal, VaultValues):
    """Keep and look up; what is hidden by a forgetting is not there."""

    def remember(self, new: Sequence[Stored], *, changed: Sequence[tuple[str, Stored]] = ()) -> None:
        """Append memories with their keys in one transaction, with new versions of those that they change."""
        with self._write() as db:
            for item in new:
                self._append(
                    db,
                    item.owner,
                    "remembered",
                    item.id,
                    item.recorded_at,
                    version=item.version,
                    payload=item.sealed,
                )
            db.exec_driver_sql(KEEP_PAYLOAD, [_payload(item) for item in new])
            db.exec_driver_sql(KEEP_KEY, [_key(item) for item in new])
            db.exec_driver_sql(KEEP, [tuple(getattr(item, name) for name in COLUMNS) for item in new])
            edges = [{"memory": item.id, "episode": source} for item in new for source in item.sources]
            if edges:
                db.execute(sa.insert(t.sources), edges)
            note_uses(db, {item.id: item.vault_values for item in new})
            self._revise(db, changed, max((item.recorded_at for item in new), default=0))

    def revise(self, changed: Sequence[tuple[str, Stored]], at: int) -> None:
        """Append new versions of memories, each with the action that made it."""
        with self._write() as db:
            self._revise(db, changed, at)

    def _revise(self, db: sa.Connection, changed: Sequence[tuple[str, Stored]], at: int) -> None:
        for action, item in changed:
            self._append(db, item.owner, action, item.id, at, version=item.version, payload=item.sealed)
            db.exec_driver_sql(KEEP_PAYLOAD, _payload(item))
            db.exec_driver_sql(KEEP_KEY, _key(item))
            row = {"status": item.status, "version": item.version}
            db.execute(sa.update(t.memories).where(t.memories.c.id == item.id).values(**row))
            note_uses(db, {item.id: item.vault_values})

    def supersede(self, changed: Sequence[tuple[str, Stored]], at: int) -> set[int]:
        """New versions in the place of all older ones, whose keys go; the ids of vault values that nothing uses any more."""
        with self._write() as db:
            for _, item in changed:
                older = sa.and_(t.payloads.c.memory == item.id, t.payloads.c.version < item.version)
                named = sa.select(key_id_of(t.payloads.c.memory, t.payloads.c.version)).where(older)
                db.execute(sa.delete(t.keys).where(t.keys.c.id.in_(named)))
                db.execute(sa.delete(t.payloads).where(older))
            self._revise(db, changed, at)
            return release(db, [item.id for _, item in changed], {i.id: i.vault_values for _, i in changed})

    def verify_rows(self) -> None:
        """Whether what is live is what the journal says, no more, no less and in its last version. Raises ChainBroken."""
        j, m = t.journal.c, t.memories.c
        history = sa.select(j.owner, j.action, j.subject, j.version).order_by(j.seq)
        rows = sa.select(m.owner, m.id, m.version).where(m.forgetting.is_(None))
        with self._read() as db:
            told = told_live(tuple(row) for row in db.execute(history))
            kept = {(row[0], row[1]): row[2] for row in db.execute(rows)}
        if kept != told:
            raise ChainBroken(
                "What is kept is not what the journal says: memories are missing, too many or in another version. "
                "Restore the data directory from a backup."
            )

    def restate(self, owner: str, ids: Sequence[str], status: str, at: int, *, action: str = "") -> None:
        """Change what these memories count as. The journal has an entry for each, named like the status if not otherwise."""
        with self._write() as db:
            for chunk in chunks(ids):
                mine = sa.and_(t.memories.c.owner == owner, t.memories.c.id.in_(chunk))
                db.execute(sa.update(t.memories).where(mine).values(status=status))
            self._append_all(db, owner, action or status, ids, at)

    def live(
        self,
        owner: str | None = None,
        *,
        ids: Collection[str] | None = None,
        kind: str | None = None,
        vectors: bool = True,
    ) -> Iterator[Stored]:
        """Live memories (not hidden), oldest first, with keys and, if they are wanted, sealed vectors."""
        if ids is not None:
            for chunk in chunks(ids):
                yield from self._select_live(owner, chunk, kind, vectors)
        else:
            yield from self._select_live(owner, None, kind, vectors)

    def hidden_by(self, forgetting: str) -> list[Stored]:
        """What a forgetting hides, as long as it is not destroyed."""
        return self._select(t.memories.c.forgetting == forgetting)

    def _select_live(
        self, owner: str | None, ids: list[str] | None, kind: str | None, vectors: bool
    ) -> list[Stored]:
        m = t.memories.c
        where: list[sa.ColumnElement[bool]] = [m.forgetting.is_(None)]
        where += [] if owner is None else [m.owner == owner]
        where += [] if ids is None else [m.id.in_(ids)]
        where += [] if kind is None else [m.kind == kind]
        return self._select(*where, vectors=vectors)

    def without_next(self, embedder: str, limit: int) -> list[Stored]:
        """Live memories, oldest first, for which the embedder that is taking over has made no vectors yet."""
        m, p = t.memories.c, t.payloads.c
        return self._select(m.forgetting.is_(None), p.next_embedder.is_distinct_from(embedder), limit=limit)

    def count_without_next(self, embedder: str) -> int:
        m, p = t.memories.c, t.payloads.c
        joined = t.memories.join(t.payloads, sa.and_(p.memory == m.id, p.version == m.version))
        waits = sa.and_(m.forgetting.is_(None), p.next_embedder.is_distinct_from(embedder))
        with self._read() as db:
            return int(db.execute(sa.select(sa.func.count()).select_from(joined).where(waits)).scalar_one())

    def _select(
        self, *where: sa.ColumnElement[bool], limit: int | None = None, vectors: bool = True
    ) -> list[Stored]:
        m, p = t.memories.c, t.payloads.c
        joined = t.memories.join(t.payloads, sa.and_(p.memory == m.id, p.version == m.version)).join(
            t.keys, t.keys.c.id == key_id_of(m.id, m.version)
        )
        plain = [m[name] for name in COLUMNS]
        more = [p.vector, p.embedder] if vectors else []  # most of the bytes
        query = sa.select(*plain, p.sealed, t.keys.c.wrapped, *more).select_from(joined)
        query = query.where(*where).order_by(m.id).limit(limit)
        with self._read() as db:
            return [Stored(**row) for row in db.execute(query).mappings()]

    def page(self, owner: str, *, kind: str | None, offset: int, limit: int) -> tuple[list[str], int]:
        """Ids of live memories, newest first, and how many there are; quotations are none of their own."""
        m = t.memories.c
        where = [m.owner == owner, m.forgetting.is_(None), m.status != QUOTATION]
        if kind is not None:
            where.append(m.kind == kind)
        ids = sa.select(m.id).where(*where).order_by(m.id.desc())  # the clock may have been put back
        count = sa.select(sa.func.count()).select_from(t.memories).where(*where)
        with self._read() as db:
            total = int(db.execute(count).scalar_one())
            return [row[0] for row in db.execute(ids.offset(offset).limit(limit))], total

    def newest(self) -> str:
        """The id that was made last, of what was not destroyed; empty when there is none."""
        with self._read() as db:
            return str(db.execute(sa.select(sa.func.max(t.memories.c.id))).scalar() or "")

    def with_status(self, owner: str, status: str) -> list[str]:
        """Ids of live memories that count as this."""
        m = t.memories.c
        query = sa.select(m.id).where(m.owner == owner, m.status == status, m.forgetting.is_(None))
        with self._read() as db:
            return list(db.execute(query.order_by(m.id)).scalars())

    def uses(self, owner: str) -> list[tuple[str, str, int]]:
        """Which memories answers rested on: memory, answer, and when it was given."""
        m, s = t.memories.c, t.sources.c
        query = sa.select(s.episode, m.id, m.recorded_at).where(
            s.memory == m.id, m.owner == owner, m.kind == "episode", m.forgetting.is_(None)
        )
        with self._read() as db:
            return [(row[0], row[1], row[2]) for row in db.execute(query)]

    def use_counts(self, owner: str, ids: Collection[str]) -> dict[str, int]:
        """In how many answers each of these was used; those in none are not in it."""
        m, s, found = t.memories.c, t.sources.c, dict[str, int]()
        joined = sa.select(s.episode, sa.func.count()).join(t.memories, m.id == s.memory)
        for some in chunks(ids):
            mine = (m.owner == owner, m.kind == "episode", m.forgetting.is_(None), s.episode.in_(some))
            with self._read() as db:
                found |= {row[0]: row[1] for row in db.execute(joined.where(*mine).group_by(s.episode))}
        return found

    def counts(self, owner: str) -> dict[str, int]:
        query = (
            sa.select(t.memories.c.kind, sa.func.count())
            .where(
                t.memories.c.owner == owner,
                t.memories.c.forgetting.is_(None),
                t.memories.c.status != QUOTATION,
            )
            .group_by(t.memories.c.kind)
        )
        with self._read() as db:
            return {row[0]: row[1] for row in db.execute(query)}

    def live_count(self) -> int:
        """How many live memories there are, of all owners."""
        query = sa.select(sa.func.count()).select_from(t.memories).where(t.memories.c.forgetting.is_(None))
        with self._read() as db:
            return int(db.execute(query).scalar_one())

    def next_position(self, owner: str, session: int) -> int:
        query = sa.select(sa.func.max(t.memories.c.position)).where(
            t.memories.c.owner == owner, t.memories.c.session == session, t.memories.c.kind == "episode"
        )
        with self._read() as db:
            last = db.execute(query).scalar()
        return 0 if last is None else int(last) + 1

    def conversations(self, owner: str) -> tuple[str, int]:
        """The id of the oldest live episode ("" for none), and in how many conversations the live ones were said."""
        c = t.memories.c
        where = (c.owner == owner, c.kind == "episode", c.forgetting.is_(None))
        query = sa.select(sa.func.min(c.id), sa.func.count(sa.distinct(c.session))).where(*where)
        with self._read() as db:
            first, count = db.execute(query).one()
            return first or "", int(count)

    def following(self, owner: str, after: str, limit: int) -> list[str]:
        """Ids of the next live episodes after one, oldest first, without those in quarantine and those set aside."""
        c = t.memories.c
        where = (
            c.owner == owner,
            c.kind == "episode",
            c.forgetting.is_(None),
            c.status.not_in(("quarantined", "paused")),
            c.id > after,
        )
        with self._read() as db:
            return list(db.execute(sa.select(c.id).where(*where).order_by(c.id).limit(limit)).scalars())

    def last_of_session(self, owner: str, session: int, limit: int) -> list[str]:
        """Ids of the last live episodes of a conversation."""
        c = t.memories.c
        query = sa.select(c.id).where(c.owner == owner, c.session == session, c.forgetting.is_(None))
        with self._read() as db:
            return list(db.execute(query.order_by(c.position.desc()).limit(limit)).scalars())

    def has_session(self, owner: str, session: int) -> bool:
        """Whether anything of a conversation is kept, be it hidden."""
        c = t.memories.c
        query = sa.select(c.id).where(c.owner == owner, c.session == session).limit(1)
        with self._read() as db:
            return db.execute(query).first() is not None

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

    def keep_next(self, vectors: Iterable[tuple[str, int, bytes | None]], embedder: str) -> None:
        """Keep what the embedder that is taking over made of memories; None where it may not read one."""
        rows = [{"m": m, "v": v, "sealed_vector": b} for m, v, b in vectors]
        query = (
            sa.update(t.payloads)
            .where(t.payloads.c.memory == sa.bindparam("m"), t.payloads.c.version == sa.bindparam("v"))
            .values(next_vector=sa.bindparam("sealed_vector"), next_embedder=embedder)
        )
        with self._write() as db:
            db.execute(query, rows)

    def take_over(self, embedder: str, bookmarks: Mapping[str, str]) -> None:
        """What the next embedder made is what is searched from now on, all at once."""
        p = t.payloads.c
        with self._write() as db:
            db.execute(
                sa.update(t.payloads)
                .where(p.next_embedder == embedder)
                .values(vector=p.next_vector, embedder=embedder, next_vector=None, next_embedder=None)
            )
            for name, value in bookmarks.items():
                db.execute(sa.update(t.bookmarks).where(t.bookmarks.c.name == name).values(seq=value))


def told_live(history: Iterable[tuple[str, str, str, int]]) -> dict[tuple[str, str], int]:
    """What a journal's entries (owner, action, memory, version) leave live, each in its last version.

    >>> told_live([("ada", "remembered", "1", 1), ("ada", "hidden", "1", 1)])
    {}
    """
    versions: dict[tuple[str, str], int] = {}
    hidden: set[tuple[str, str]] = set()
    for owner, action, memory, version in history:
        one = owner, memory
        match action:
            case "hidden":
                hidden.add(one)
            case "undone":
                hidden.discard(one)
            case "destroyed":
                versions.pop(one, None)
                hidden.discard(one)
            case "erased":
                versions = {key: kept for key, kept in versions.items() if key[0] != owner}
            case _ if action == "remembered" or one in versions:
                versions[one] = max(version, versions.get(one, 0))
    return {one: version for one, version in versions.items() if one not in hidden}


def _payload(item: Stored) -> tuple[object, ...]:
    return item.id, item.version, item.sealed, item.vector, item.embedder


def _key(item: Stored) -> tuple[object, ...]:
    return key_id(item.id, item.version), item.owner, item.wrapped
