"""What a person set aside, and until when they want memories kept. Neither makes a new version: no word changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from . import tables as t
from .database import chunks
from .journal import Journal

ASIDE = "paused"
WAITS = "quarantined"  # for a yes: it is in no use that could be stopped


class Terms(Journal):
    """Pause, use again, keep until; each is an entry of the journal."""

    def pause(self, owner: str, ids: Collection[str], at: int) -> list[str]:
        """Those that are set aside now and were not before."""
        m = t.memories.c
        return self._change(
            owner, ids, m.status.not_in((ASIDE, WAITS)), {"was": m.status, "status": ASIDE}, ASIDE, at
        )

    def resume(self, owner: str, ids: Collection[str], at: int) -> list[str]:
        """Those that count again as what they counted as before."""
        m = t.memories.c
        as_before = {"status": sa.func.coalesce(m.was, "active")}
        return self._change(owner, ids, m.status == ASIDE, as_before, "resumed", at)

    def keep_until(self, owner: str, ids: Collection[str], until: int | None, at: int) -> list[str]:
        """Those that are kept until another moment now."""
        differs = t.memories.c.keep_until.is_distinct_from(until)
        return self._change(owner, ids, differs, {"keep_until": until}, "dated", at)

    def _change(
        self,
        owner: str,
        ids: Collection[str],
        where: sa.ColumnElement[bool],
        values: Mapping[str, object],
        action: str,
        at: int,
    ) -> list[str]:
        m, changed = t.memories.c, list[str]()
        with self._write() as db:
            for some in chunks(ids):
                mine = sa.and_(m.owner == owner, m.forgetting.is_(None), m.id.in_(some), where)
                found = list(db.execute(sa.select(m.id).where(mine).order_by(m.id)).scalars())
                db.execute(sa.update(t.memories).where(mine).values(**values))
                changed += found
            self._append_all(db, owner, action, changed, at)
        return changed

    def dated(self, owner: str) -> dict[str, int]:
        """Until when live memories are kept, of those that have such a moment."""
        m = t.memories.c
        query = sa.select(m.id, m.keep_until).where(
            m.owner == owner, m.forgetting.is_(None), m.keep_until.is_not(None)
        )
        with self._read() as db:
            return {row[0]: int(row[1]) for row in db.execute(query)}

    def past_their_term(self, now: int) -> list[tuple[str, str]]:
        """Owner and id of every live memory that was to be kept until now."""
        m = t.memories.c
        query = sa.select(m.owner, m.id).where(m.keep_until <= now, m.forgetting.is_(None))
        with self._read() as db:
            return [(row[0], row[1]) for row in db.execute(query.order_by(m.owner, m.id))]
