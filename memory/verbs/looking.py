"""Recalling and looking things up; nothing here changes memory."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from privacy.access import require
from privacy.identity import Principal, Scope

from ..identifiers import is_identifier
from ..records import (
    Kind,
    Page,
    Recollection,
    Record,
    Shown,
)
from ..when import around
from .dating import Dating

MOST_PROCEDURES = 1000  # of one person


class Looking(Dating):
    """Verbs that read."""

    async def recall(
        self,
        question: str,
        *,
        scope: Scope,
        by: Principal,
        limit: int = 8,
        thread: str | None = None,
        exclude: Collection[str] = (),
        at: datetime | None = None,
        purpose: Literal["look", "answer"] = "look",
    ) -> Recollection:
        """What comes to mind for a question, best first. For an `answer`, as far as its person lets it be used."""
        require(by, "read", scope)
        question = question.encode("utf-8", "replace").decode()  # half an emoji would stop the embedder
        if not question.strip():
            return Recollection(question=question, abstained=True)

        def search() -> Recollection:
            owner = self._archive.owner(scope)
            left_out = frozenset(exclude).union(self._archive.ledger.with_status(owner, "quarantined"))
            if purpose == "answer":
                charter = self._charters.of_owner(owner)
                if not charter.allows("answer"):
                    return Recollection(question=question, abstained=True)
                left_out |= self._objections.excluded(question, charter, scope, left_out)
            when, zone = self._when(question, scope, at)
            asked = question
            if when.event is not None:  # "before the trip": when was that?
                found = self._retrieval.recall(when.event.words, scope, limit=1, exclude=left_out)
                if found.hits and not found.abstained:
                    asked = question.replace(when.event.words, "")
                    period = around(when.event, found.hits[0], at or self._clock(), zone)
                    when = replace(when, period=period)
            found = self._retrieval.recall(asked, scope, limit=limit, exclude=left_out, when=when, zone=zone)
            return replace(found, question=question)

        return await asyncio.to_thread(search)

    async def browse(
        self,
        *,
        scope: Scope,
        by: Principal,
        words: str = "",
        kind: Kind | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page:
        """One page of what is remembered, newest first; `words` are matched in the opened text."""
        require(by, "read", scope)
        return await asyncio.to_thread(
            self._browse, scope, words, kind, max(0, offset), max(1, min(limit, 500))
        )

    def _browse(self, scope: Scope, words: str, kind: Kind | None, offset: int, limit: int) -> Page:
        owner = self._archive.owner(scope)
        if words.strip():
            wanted = words.casefold().split()
            shown = [self._archive.shown(record) for record in self._archive.live(owner, kind=kind)]
            found = [m for m in reversed(shown) if all(word in m.text.casefold() for word in wanted)]
            return Page(memories=tuple(found[offset : offset + limit]), total=len(found), offset=offset)
        ids, total = self._archive.ledger.page(owner, kind=kind, offset=offset, limit=limit)
        by_id = {record.id: record for record in self._archive.live(owner, ids=ids)}
        shown_page = tuple(self._archive.shown(by_id[memory]) for memory in ids if memory in by_id)
        return Page(memories=shown_page, total=total, offset=offset)

    async def get(self, memory_id: str, *, scope: Scope, by: Principal) -> Shown:
        """One memory. UnknownMemory for unknown, foreign and malformed ids alike."""
        require(by, "read", scope)
        found = await asyncio.to_thread(self._existing, [memory_id], scope)
        return await asyncio.to_thread(self._archive.shown, found[0])

    async def still_known(self, ids: Sequence[str], *, scope: Scope, by: Principal) -> dict[str, Shown]:
        """Those of these memories that are live; what was forgotten is simply not there."""
        require(by, "read", scope)

        def read() -> dict[str, Shown]:
            wanted = {memory for memory in ids if is_identifier(memory)}
            found = self._archive.live(self._archive.owner(scope), ids=wanted) if wanted else ()
            return {record.id: self._archive.shown(record) for record in found}

        return await asyncio.to_thread(read)

    async def conversation(
        self, session: str, *, scope: Scope, by: Principal, limit: int = 20
    ) -> list[Shown]:
        """The last things said in one conversation that are still remembered, oldest first."""
        require(by, "read", scope)

        def read() -> list[Shown]:
            owner = self._archive.owner(scope)
            ids = self._archive.ledger.last_of_session(owner, self._archive.session(owner, session), limit)
            return [self._archive.shown(record) for record in self._archive.live(owner, ids=ids)]

        return await asyncio.to_thread(read)

    async def at_rest(self, *, scope: Scope, by: Principal) -> tuple[Record, ...]:
        """Every memory as it lies sealed, opened but not restored: placeholders and no names."""
        require(by, "read", scope)
        return await asyncio.to_thread(lambda: tuple(self._archive.live(self._archive.owner(scope))))

    async def counts(self, *, scope: Scope, by: Principal) -> dict[str, int]:
        require(by, "read", scope)
        owner = self._archive.owner(scope)
        return await asyncio.to_thread(self._archive.ledger.counts, owner)
