"""Sealed documents of the ledger: threads, steps, receipts, accounts. It never opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from . import tables as t
from .database import chunks

Connect = Callable[[], AbstractContextManager[sa.Connection]]


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


class Documents:
    """Put, get, list and delete; what a body holds is its writer's business. All calls block."""

    def __init__(self, reading: Connect, writing: Connect) -> None:
        self._reading = reading
        self._writing = writing

    def put(self, kind: str, id: str, owner: str, body: bytes, *, parent: str = "", at: int) -> None:
        row = {"kind": kind, "id": id, "owner": owner, "parent": parent, "updated_at": at, "body": body}
        query = upsert(t.documents).values(**row, created_at=at)
        with self._writing() as db:
            db.execute(query.on_conflict_do_update(index_elements=["kind", "id"], set_=row))

    def get(self, kind: str, id: str) -> Document | None:
        with self._reading() as db:
            row = db.execute(
                sa.select(t.documents).where(t.documents.c.kind == kind, t.documents.c.id == id)
            ).first()
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
        query = sa.select(t.documents).where(c.kind == kind, c.owner == owner)
        if parent is not None:
            query = query.where(c.parent == parent)
        if before is not None:
            query = query.where(c.updated_at < before)
        order = (c.updated_at.desc(), c.id.desc()) if newest_first else (c.created_at, c.id)
        with self._reading() as db:
            return [Document(**row._mapping) for row in db.execute(query.order_by(*order).limit(limit))]

    def delete(self, kind: str, ids: Sequence[str]) -> None:
        with self._writing() as db:
            for chunk in chunks(ids):
                db.execute(
                    sa.delete(t.documents).where(t.documents.c.kind == kind, t.documents.c.id.in_(chunk))
                )
                db.execute(sa.delete(t.vault_uses).where(t.vault_uses.c.holder.in_(chunk)))

    def delete_children(self, kind: str, parent: str) -> None:
        with self._writing() as db:
            mine = sa.and_(t.documents.c.kind == kind, t.documents.c.parent == parent)
            ids = db.execute(sa.select(t.documents.c.id).where(mine)).scalars().all()
            db.execute(sa.delete(t.documents).where(mine))
            for chunk in chunks(ids):
                db.execute(sa.delete(t.vault_uses).where(t.vault_uses.c.holder.in_(chunk)))
