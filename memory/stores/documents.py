"""Sealed documents of the ledger: threads, steps, receipts, accounts. It never opens one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from . import tables as t
from .database import chunks
from .vault import release

Connect = Callable[[], AbstractContextManager[sa.Connection]]

BY_ARRIVAL: sa.ColumnElement[int] = sa.literal_column(
    "documents.rowid"
)  # times are no order: a clock may be put back


@dataclass(frozen=True, slots=True)
class Document:
    """One sealed document (a thread, a step, a receipt, an account)."""

    kind: str
    id: str
    owner: str
    parent: str
    created_at: int
    updated_at: int
    body: bytes
    key: str = ""  # empty: it was sealed with its owner's key
    wrapped: bytes | None = None  # None with a key: that key was destroyed


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A document of which words were taken out: its new body, under a new key, and the values it still uses."""

    kind: str
    id: str
    owner: str
    body: bytes
    key: str
    wrapped: bytes
    uses: frozenset[int]


class Documents:
    """Put, get, list and delete; what a body holds is its writer's business. All calls block."""

    def __init__(self, reading: Connect, writing: Connect) -> None:
        self._reading = reading
        self._writing = writing

    def put(
        self,
        kind: str,
        id: str,
        owner: str,
        body: bytes,
        *,
        parent: str = "",
        at: int,
        key: str = "",
        wrapped: bytes = b"",
        uses: Collection[int] = (),
    ) -> set[int]:
        """Keep a document, with the key it was sealed with; the ids of vault values that nothing uses any more."""
        row = {"kind": kind, "id": id, "owner": owner, "parent": parent, "updated_at": at, "body": body}
        row["key"] = key
        query = upsert(t.documents).values(**row, created_at=at)
        with self._writing() as db:
            db.execute(query.on_conflict_do_update(index_elements=["kind", "id"], set_=row))
            if key:
                _keep_key(db, key, owner, wrapped)
            return release(db, [id], {id: uses})

    def get(self, kind: str, id: str) -> Document | None:
        with self._reading() as db:
            row = db.execute(_found().where(t.documents.c.kind == kind, t.documents.c.id == id)).first()
        return None if row is None else Document(**row._mapping)

    def list(
        self,
        kind: str,
        owner: str,
        *,
        parent: str | None = None,
        newest_first: bool = True,
        before: int | None = None,
        limit: int = 100,
    ) -> Sequence[Document]:
        c = t.documents.c
        query = _found().where(c.kind == kind, c.owner == owner)
        if parent is not None:
            query = query.where(c.parent == parent)
        if before is not None:
            query = query.where(c.updated_at < before)
        order = sa.desc(BY_ARRIVAL) if newest_first else BY_ARRIVAL
        if newest_first and parent is None:  # such as conversations: the one last written in comes first
            query = query.order_by(c.updated_at.desc())
        with self._reading() as db:
            return [Document(**row._mapping) for row in db.execute(query.order_by(order).limit(limit))]

    def delete(self, kind: str, ids: Sequence[str]) -> set[int]:
        """The ids of vault values that nothing uses any more: they went along."""
        with self._writing() as db:
            return _deleted(db, kind, ids)

    def delete_children(self, kind: str, parent: str) -> set[int]:
        mine = sa.and_(t.documents.c.kind == kind, t.documents.c.parent == parent)
        with self._writing() as db:
            return _deleted(db, kind, db.execute(sa.select(t.documents.c.id).where(mine)).scalars().all())

    def rewrite(self, changed: Sequence[Rewritten]) -> set[int]:
        """Put these bodies in the place of the old ones; the ids of vault values that nothing uses any more."""
        with self._writing() as db:
            rewrite(db, changed)
            return release(db, [one.id for one in changed], {one.id: one.uses for one in changed})

    def owners(self, kind: str) -> Sequence[str]:
        """Who has documents of a kind."""
        c = t.documents.c
        with self._reading() as db:
            return list(db.execute(sa.select(c.owner).where(c.kind == kind).distinct()).scalars())

    def everybody(self, kind: str, *, parent: str | None = None) -> Sequence[Document]:
        """All documents of a kind, whosever they are, oldest first."""
        query = _found().where(t.documents.c.kind == kind)
        if parent is not None:
            query = query.where(t.documents.c.parent == parent)
        with self._reading() as db:
            found = db.execute(query.order_by(BY_ARRIVAL))
            return [Document(**row._mapping) for row in found]


def rewrite(db: sa.Connection, changed: Sequence[Rewritten]) -> None:
    """Put these bodies in the place of the old ones, whose keys go. Their uses are the caller's."""
    for one in changed:
        mine = sa.and_(t.documents.c.kind == one.kind, t.documents.c.id == one.id)
        db.execute(sa.delete(t.keys).where(t.keys.c.id.in_(sa.select(t.documents.c.key).where(mine))))
        if db.execute(sa.update(t.documents).where(mine).values(body=one.body, key=one.key)).rowcount:
            _keep_key(db, one.key, one.owner, one.wrapped)


def _found() -> sa.Select[Any]:
    joined = t.documents.outerjoin(t.keys, t.keys.c.id == t.documents.c.key)
    return sa.select(t.documents, t.keys.c.wrapped).select_from(joined)


def _keep_key(db: sa.Connection, key: str, owner: str, wrapped: bytes) -> None:
    row = {"id": key, "owner": owner, "wrapped": wrapped}
    db.execute(upsert(t.keys).values(**row).on_conflict_do_update(index_elements=["id"], set_=row))


def _deleted(db: sa.Connection, kind: str, ids: Sequence[str]) -> set[int]:
    for some in chunks(ids):
        mine = sa.and_(t.documents.c.kind == kind, t.documents.c.id.in_(some))
        db.execute(sa.delete(t.keys).where(t.keys.c.id.in_(sa.select(t.documents.c.key).where(mine))))
        db.execute(sa.delete(t.documents).where(mine))
    return release(db, ids)
