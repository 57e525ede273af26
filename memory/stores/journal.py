"""The journal: every change to memory is one entry in a chain of hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

import sqlalchemy as sa

from privacy import audit
from privacy.errors import ChainBroken

from . import tables as t
from .database import inserting
from .heads import Heads

PAGE = 1000
SIGNED = ("at", "owner", "action", "subject", "version", "payload_hash")
APPEND = inserting(t.journal, (*SIGNED, "hash"))
LAST = "SELECT hash FROM journal ORDER BY seq DESC LIMIT 1"
NEWEST = "SELECT max(seq) FROM journal"


class Journal(Heads):
    """Append, follow and verify. Entries are never changed and never removed."""

    def _append(
        self,
        db: sa.Connection,
        owner: str,
        action: str,
        subject: str,
        at: int,
        *,
        version: int = 1,
        payload: bytes = b"",
    ) -> None:
        self._append_all(db, owner, action, [subject], at, version=version, payload=payload)

    def _append_all(
        self,
        db: sa.Connection,
        owner: str,
        action: str,
        subjects: Collection[str],
        at: int,
        *,
        version: int = 1,
        payload: bytes = b"",
    ) -> None:
        """One entry for each, linked in order; the end of the chain is sealed once."""
        if not subjects:
            return
        link, rows = db.exec_driver_sql(LAST).scalar() or audit.GENESIS, list[tuple[object, ...]]()
        for subject in subjects:
            entry = {
                "at": at,
                "owner": owner,
                "action": action,
                "subject": subject,
                "version": version,
                "payload_hash": hashlib.sha256(payload).hexdigest() if payload else "",
            }
            link = audit.link(link, entry)
            rows.append((*entry.values(), link))
        db.exec_driver_sql(APPEND, rows)
        self._seal_head(db, "journal", int(db.exec_driver_sql(NEWEST).scalar_one()), link)

    def verify(self) -> int:
        """Check the whole chain and every payload that is still there; the number of entries."""
        payloads = sa.select(t.payloads.c.memory, t.payloads.c.version, t.payloads.c.sealed)
        with self._read() as db:
            rows = db.execute(sa.select(t.journal).order_by(t.journal.c.seq)).mappings().all()
            kept = {
                (row.memory, row.version): hashlib.sha256(row.sealed).hexdigest()
                for row in db.execute(payloads)
            }
        audit.verify(({name: row[name] for name in SIGNED}, row["hash"]) for row in rows)
        if not self._ends("journal", *((rows[-1]["seq"], rows[-1]["hash"]) if rows else (0, b""))):
            return self.verify()  # it was gone on with meanwhile
        for row in rows:
            held = kept.get((row["subject"], row["version"]))
            if row["payload_hash"] and held not in (None, row["payload_hash"]):
                raise ChainBroken(
                    f"The payload of journal entry {row['seq']} was changed. Restore the data directory from a backup."
                )
        return len(rows)

    def last_seq(self) -> int:
        with self._read() as db:
            return int(db.execute(sa.select(sa.func.max(t.journal.c.seq))).scalar() or 0)

    def history(self, owner: str) -> list[tuple[int, str, str]]:
        """One owner's entries, oldest first: (at, action, memory id)."""
        c = t.journal.c
        query = sa.select(c.at, c.action, c.subject).where(c.owner == owner).order_by(c.seq)
        with self._read() as db:
            return [(row[0], row[1], row[2]) for row in db.execute(query)]

    def head(self) -> tuple[int, str]:
        """The last entry: its number and its hash, which stands for all before it."""
        query = sa.select(t.journal.c.seq, t.journal.c.hash).order_by(t.journal.c.seq.desc()).limit(1)
        with self._read() as db:
            row = db.execute(query).first()
        return (0, "") if row is None else (int(row.seq), row.hash.hex())

    def entries_of(self, owner: str) -> Iterator[dict[str, object]]:
        """What happened to one owner's memories, in ids and hashes."""
        after, mine = 0, sa.select(t.journal).where(t.journal.c.owner == owner).order_by(t.journal.c.seq)
        while True:  # in pages: whoever reads slowly must not keep the log from being cut
            with self._read() as db:
                page = db.execute(mine.where(t.journal.c.seq > after).limit(PAGE)).mappings().all()
            if not page:
                return
            for row in page:
                yield {name: value.hex() if name == "hash" else value for name, value in row.items()}
            after = page[-1]["seq"]

    def changes(self, after: int, limit: int = 256) -> list[tuple[int, str, str, str]]:
        """Journal entries after a bookmark: (seq, owner, action, memory id)."""
        columns = (t.journal.c.seq, t.journal.c.owner, t.journal.c.action, t.journal.c.subject)
        query = sa.select(*columns).where(t.journal.c.seq > after).order_by(t.journal.c.seq).limit(limit)
        with self._read() as db:
            return [(row[0], row[1], row[2], row[3]) for row in db.execute(query)]
