"""How much of one owner lies in each table."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from . import tables as t
from .database import Database
from .vault import DESTROYED


class Inventory(Database):
    """Counts, never contents."""

    def held(self, owner: str) -> dict[str, dict[str, int]]:
        """By table and by kind."""
        grouped = {
            "memories": (t.memories, t.memories.c.kind),
            "states": (t.memories, t.memories.c.status),
            "documents": (t.documents, t.documents.c.kind),
            "details": (t.vault, t.vault.c.label),
            "journal": (t.journal, t.journal.c.action),
            "activity": (t.audit, t.audit.c.action),
            "forgettings": (t.forgettings, t.forgettings.c.state),
        }
        found = {}
        with self._read() as db:
            for name, (table, column) in grouped.items():
                query = sa.select(column, sa.func.count()).where(table.c.owner == owner).group_by(column)
                if table is t.vault:  # of what was destroyed only the number is left
                    query = query.where(t.vault.c.key != DESTROYED)
                found[name] = {row[0]: row[1] for row in db.execute(query)}
            for name, table in (("keys", t.keys), ("marks never to learn again", t.tombstones)):
                count = sa.select(sa.func.count()).select_from(table).where(table.c.owner == owner)
                found[name] = {"all": int(db.execute(count).scalar_one())}
        return found

    def sent_to(self, owner: str, actions: Collection[str]) -> dict[str, int]:
        """The models elsewhere that something was sent to, and how much."""
        c = t.audit.c
        query = sa.select(c.subject, sa.func.sum(c.count)).where(c.owner == owner, c.action.in_(actions))
        with self._read() as db:
            return {row[0]: int(row[1]) for row in db.execute(query.group_by(c.subject))}

    def older_than(self, owner: str, kind: str, recorded_before: int) -> list[str]:
        """Live memories of a kind from before a moment."""
        m = t.memories.c
        query = sa.select(m.id).where(
            m.owner == owner, m.kind == kind, m.recorded_at < recorded_before, m.forgetting.is_(None)
        )
        with self._read() as db:
            return list(db.execute(query.order_by(m.id)).scalars())

    def owners_with(self, status: str) -> list[str]:
        """Whose memories count as this."""
        query = sa.select(t.memories.c.owner).where(t.memories.c.status == status).distinct()
        with self._read() as db:
            return list(db.execute(query).scalars())
