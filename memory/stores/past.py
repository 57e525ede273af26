"""What the journal and the old payloads tell of the past: versions, what happened, and what rests on what."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from . import tables as t
from .database import chunks
from .keys import key_id_of
from .memories import COLUMNS, Memories, Stored

Entry = tuple[int, int, str, str, int]  # number, at, action, memory, version

TOUCHING = ("remembered", "confirmed", "resumed", "accepted", "undone", "reverted")


class Past(Memories):
    """Look back. What is hidden or destroyed has no versions here, only entries without words."""

    def versions(self, owner: str, ids: Collection[str]) -> list[Stored]:
        """Every version of live memories, the first one first; plain columns are those of today."""
        m, p = t.memories.c, t.payloads.c
        joined = t.memories.join(t.payloads, p.memory == m.id).join(
            t.keys, t.keys.c.id == key_id_of(m.id, p.version)
        )
        query = sa.select(t.memories, p.version.label("of"), p.sealed, t.keys.c.wrapped).select_from(joined)
        found = []
        for some in chunks(ids):
            mine = (m.owner == owner, m.forgetting.is_(None), m.id.in_(some))
            with self._read() as db:
                for row in db.execute(query.where(*mine).order_by(m.id, p.version)).mappings():
                    plain = {name: row[name] for name in COLUMNS} | {"version": row["of"]}
                    found.append(Stored(**plain, sealed=row["sealed"], wrapped=row["wrapped"]))
        return found

    def entries(
        self,
        owner: str,
        *,
        memory: str = "",
        actions: Collection[str] = (),
        since: int = 0,
        until: int | None = None,
        offset: int = 0,
        limit: int = 100,
    ) -> tuple[list[Entry], int]:
        """One owner's journal entries, newest first, and how many there are."""
        c = t.journal.c
        where = [c.owner == owner, c.at >= since]
        where += [c.subject == memory] if memory else []
        where += [c.action.in_(actions)] if actions else []
        where += [c.at < until] if until is not None else []
        page = sa.select(c.seq, c.at, c.action, c.subject, c.version).where(*where).order_by(c.seq.desc())
        count = sa.select(sa.func.count()).select_from(t.journal).where(*where)
        with self._read() as db:
            total = int(db.execute(count).scalar_one())
            return [tuple(row) for row in db.execute(page.offset(offset).limit(limit))], total

    def days(self, owner: str) -> dict[int, int]:
        """How much happened on each day, counted from 1970."""
        day = (t.journal.c.at // 86_400_000_000).label("day")
        query = sa.select(day, sa.func.count()).where(t.journal.c.owner == owner).group_by("day")
        with self._read() as db:
            return {int(row[0]): row[1] for row in db.execute(query)}

    def last_touched(self, owner: str, ids: Collection[str]) -> dict[str, int]:
        """When these were last said, confirmed, brought back or used in an answer."""
        j, m, s = t.journal.c, t.memories.c, t.sources.c
        used = sa.select(s.episode, sa.func.max(m.recorded_at)).join(t.memories, m.id == s.memory)
        told = sa.select(j.subject, sa.func.max(j.at))
        found = dict[str, int]()
        with self._read() as db:
            for some in chunks(ids):
                mine = (j.owner == owner, j.action.in_(TOUCHING), j.subject.in_(some))
                rows = list(db.execute(told.where(*mine).group_by(j.subject)))
                answers = (m.owner == owner, m.kind == "episode", m.forgetting.is_(None), s.episode.in_(some))
                rows += list(db.execute(used.where(*answers).group_by(s.episode)))
                for memory, at in rows:
                    found[memory] = max(int(at), found.get(memory, 0))
        return found

    def resting_on(self, owner: str, ids: Collection[str], *, kind: str | None = None) -> set[str]:
        """Live memories (of a kind) that have one of these among their sources."""
        c, found = t.sources.c, set[str]()
        joined = sa.select(c.memory).join(t.memories, t.memories.c.id == c.memory)
        for some in chunks(ids):
            mine = [t.memories.c.owner == owner, t.memories.c.forgetting.is_(None), c.episode.in_(some)]
            mine += [] if kind is None else [t.memories.c.kind == kind]
            with self._read() as db:
                found |= set(db.execute(joined.where(*mine)).scalars())
        return found

    def in_state(self, owner: str, states: Collection[str]) -> list[str]:
        """Live memories that count as one of these."""
        c = t.memories.c
        mine = (c.owner == owner, c.forgetting.is_(None), c.status.in_(states))
        with self._read() as db:
            return list(db.execute(sa.select(c.id).where(*mine)).scalars())

    def standing(self, owner: str) -> Sequence[tuple[str, int, str]]:
        """Every live memory's id, version and status, newest first: what a list is brought up to date by."""
        c = t.memories.c
        query = sa.select(c.id, c.version, c.status).where(c.owner == owner, c.forgetting.is_(None))
        with self._read() as db:
            return [tuple(row) for row in db.execute(query.order_by(c.id.desc()))]
