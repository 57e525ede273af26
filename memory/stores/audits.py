"""Who did what to whose memory, in a chain of its own: reads, shares, exports, decisions, models elsewhere. No text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from privacy import audit

from . import tables as t
from .database import inserting
from .heads import Heads

SIGNED = ("at", "owner", "actor", "action", "subject", "count")
APPEND = inserting(t.audit, (*SIGNED, "hash"))
LAST = "SELECT hash FROM audit ORDER BY seq DESC LIMIT 1"
PAGE = 10_000


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry. Owner and actor are pseudonyms; the subject is an id, a verb, or a model's name."""

    at: int
    owner: str
    actor: str
    action: str
    subject: str = ""
    count: int = 1
    seq: int = 0


class Audits(Heads):
    """Append, list and verify. Entries are never changed and never removed."""

    def audit(self, row: AuditRow) -> None:
        entry = {name: getattr(row, name) for name in SIGNED}
        with self._write() as db:
            hash = audit.link(db.exec_driver_sql(LAST).scalar() or audit.GENESIS, entry)
            done = db.exec_driver_sql(APPEND, (*entry.values(), hash))
            self._seal_head(db, "audit", done.lastrowid, hash)

    def audited(
        self,
        owner: str,
        *,
        subject: str = "",
        actions: Collection[str] = (),
        before: int | None = None,
        limit: int = 100,
    ) -> list[AuditRow]:
        """One owner's entries, the newest first; of one subject or some actions only, where these are given."""
        c = t.audit.c
        query = sa.select(t.audit).where(c.owner == owner)
        if subject:
            query = query.where(c.subject == subject)
        if actions:
            query = query.where(c.action.in_(actions))
        if before is not None:
            query = query.where(c.seq < before)
        with self._read() as db:
            found = db.execute(query.order_by(c.seq.desc()).limit(limit)).mappings()
            return [AuditRow(**{n: row[n] for n in (*SIGNED, "seq")}) for row in found]

    def last_audit(self) -> int:
        """The number of the last entry; 0 where there is none."""
        with self._read() as db:
            return db.execute(sa.select(sa.func.max(t.audit.c.seq))).scalar() or 0

    def reached(self, moment: int, after: int) -> bool:
        """Whether an entry after this one was written at that moment or later, whatever the clock says now."""
        c = t.audit.c
        query = sa.select(c.seq).where(c.at >= moment, c.seq > after).limit(1)
        with self._read() as db:
            return db.execute(query).first() is not None

    def audit_of(self, owner: str) -> Iterator[dict[str, object]]:
        """All of one owner's entries, the newest first, page by page."""
        before = None
        while page := self.audited(owner, before=before, limit=PAGE):
            yield from ({name: getattr(row, name) for name in (*SIGNED, "seq")} for row in page)
            before = page[-1].seq

    def verify_audit(self) -> int:
        """Check the whole chain and its sealed end; the number of entries. Raises ChainBroken naming the first broken one."""
        last: list[tuple[int, bytes]] = [(0, b"")]
        return audit.verify(self._chain(last), "audit log")

    def _chain(self, last: list[tuple[int, bytes]]) -> Iterator[tuple[dict[str, object], bytes]]:
        """All entries in order up to the sealed end, page by page: whoever verifies must not keep the log from being cut."""
        columns, after = ", ".join(SIGNED), 0
        query = f"SELECT {columns}, hash, seq FROM audit WHERE seq > ? ORDER BY seq LIMIT {PAGE}"  # noqa: S608  # our own names
        while True:
            with self._read() as db:
                page = db.exec_driver_sql(query, (after,)).fetchall()
            for *values, hash, seq in page:
                yield dict(zip(SIGNED, values, strict=True)), hash
                after = seq
                last[0] = (seq, hash)
            if not page and self._ends("audit", *last[0]):
                return
