"""Recalling and looking things up; nothing here changes memory."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Literal

from privacy.access import Grant
from privacy.identity import Principal, Scope

from ..budget import Room
from ..errors import UnknownMemory
from ..identifiers import is_identifier
from ..records import (
    Absence,
    Kind,
    LeftOut,
    Page,
    Recollection,
    Record,
    Shown,
)
from ..shelf import Wanted
from ..times.when import around
from ..views import View
from .dating import Dating
from .desk import UNKNOWN

MOST_PROCEDURES = 1000  # of one person


class Looking(Dating):
    """Verbs that read."""

    async def expect(self, *, scope: Scope, by: Principal) -> None:
        """Somebody has come: begin to load what recalling for them needs, so that their first question need not wait.

        Raises Forbidden.
        """
        self._gate.greet(by, scope)
        self._expecting.expect(scope)

    def _load_ahead(self, scope: Scope) -> None:
        owner = self._archive.owner(scope)
        if self._charters.of_owner(owner).allows("answer"):
            self._indexer.load_ahead(owner)

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
        room: Room | None = None,
    ) -> Recollection:
        """What comes to mind for a question, best first. For an `answer`, as far as its person lets it be used.

        With `room` those of the `limit` best that fit in.
        """
        view = await self._gate.view(by, scope, "recall")
        question = question.encode("utf-8", "replace").decode()  # half an emoji would stop the embedder
        if not question.strip():
            return Recollection(question=question, abstained=True)

        def search() -> Recollection:
            owner, now = self._archive.owner(scope), at or self._clock()
            waiting = frozenset(self._archive.ledger.with_status(owner, "quarantined"))
            said_again = self._archive.ledger.with_status(owner, "quotation")  # what it quotes comes to mind
            left_out, unwanted = waiting.union(exclude, said_again), frozenset[str]()
            if not view.whole:
                left_out |= self._unseen(view, owner)
            if purpose == "answer" or not view.whole:
                charter = self._charters.of_owner(owner)
                if not charter.allows("answer"):
                    why: Absence = "consent" if view.whole else "access"
                    return Recollection(question=question, abstained=True, left_out=(LeftOut(why=why),))
                unwanted = self._objections.excluded(question, charter, scope, left_out) - left_out
                unwanted |= frozenset(self._archive.ledger.with_status(owner, "paused")) - left_out
                left_out |= unwanted
            when, zone = self._when(question, scope, at)
            if when.event is not None:  # "before the trip": when was that?
                found = self._retrieval.recall(when.event.words, scope, limit=1, exclude=left_out, now=now)
                if found.hits and not found.abstained:
                    # its words stay in the question: what came after an accident mostly speaks of it
                    when = replace(when, period=around(when.event, found.hits[0], now, zone))
            mind = thread if view.whole else None  # what its owner was asking is nobody else's
            found = self._retrieval.recall(
                question,
                scope,
                limit=limit,
                exclude=left_out,
                now=now,
                when=when,
                zone=zone,
                thread=mind,
                room=room,
                again=True,
            )
            if not view.whole:
                return self._as_seen(found, view, owner)
            return replace(
                found, left_out=(*found.left_out, *_kept_out({"consent": unwanted, "waiting": waiting}))
            )

        return await asyncio.to_thread(search)

    def _unseen(self, view: View, owner: str) -> frozenset[str]:
        """The memories that a grant does not show. Left out before anything is ranked: not even their number is told."""
        every = list(self._archive.live(owner))
        shown = self._archive.all_shown(every)
        return frozenset(r.id for r, memory in zip(every, shown, strict=True) if view.of(r, memory) is None)

    def _as_seen(self, found: Recollection, view: View, owner: str) -> Recollection:
        records = {r.id: r for r in self._archive.live(owner, ids=[hit.memory.id for hit in found.hits])}
        seen = ((hit, view.of(records[hit.memory.id], hit.memory)) for hit in found.hits)
        hits = tuple(replace(hit, memory=memory) for hit, memory in seen if memory is not None)
        return replace(
            found,
            hits=hits,
            considered=len(hits),
            near_misses=(),
            left_out=(LeftOut(why="access"),),  # that there is more, not how much
        )

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
        view = await self._gate.view(by, scope, "browse")
        browse = self._browse if view.whole else partial(self._browse_seen, view)
        return await asyncio.to_thread(browse, scope, words, kind, max(0, offset), max(1, min(limit, 500)))

    async def seen_through(
        self, grant: Grant, *, scope: Scope, by: Principal, offset: int = 0, limit: int = 50
    ) -> Page:
        """What a grant would show of one's own memory, before it is given."""
        await self._gate.admit(by, "share", scope, "seen_through")
        view = View((grant,))
        return await asyncio.to_thread(self._browse_seen, view, scope, "", None, offset, limit)

    def _browse_seen(
        self, view: View, scope: Scope, words: str, kind: Kind | None, offset: int, limit: int
    ) -> Page:
        """The same through a grant: what it shows is searched, and nothing else."""
        wanted = words.casefold().split()
        every = list(self._archive.live(self._archive.owner(scope), kind=kind))
        shown = zip(every, self._archive.all_shown(every), strict=True)
        seen = [memory for record, whole in shown if (memory := view.of(record, whole)) is not None]
        found = [m for m in reversed(seen) if all(word in m.text.casefold() for word in wanted)]
        return Page(memories=tuple(found[offset : offset + limit]), total=len(found), offset=offset)

    def _browse(self, scope: Scope, words: str, kind: Kind | None, offset: int, limit: int) -> Page:
        owner = self._archive.owner(scope)
        if words.strip():
            found = self._shelf.look(owner, Wanted(words=words, kind=kind))
            return Page(memories=tuple(found[offset : offset + limit]), total=len(found), offset=offset)
        ids, total = self._archive.ledger.page(owner, kind=kind, offset=offset, limit=limit)
        by_id = {memory.id: memory for memory in self._archive.all_shown(self._archive.live(owner, ids=ids))}
        return Page(memories=tuple(by_id[id] for id in ids if id in by_id), total=total, offset=offset)

    async def get(self, memory_id: str, *, scope: Scope, by: Principal) -> Shown:
        """One memory. UnknownMemory for unknown, foreign and malformed ids alike."""
        view = await self._gate.view(by, scope, "get", memory_id if is_identifier(memory_id) else "")

        def read() -> Shown:
            record = self._existing([memory_id], scope)[0]
            seen = view.of(record, self._archive.shown(record))
            if seen is None:
                raise UnknownMemory(UNKNOWN)
            return seen

        return await asyncio.to_thread(read)

    async def still_known(self, ids: Sequence[str], *, scope: Scope, by: Principal) -> dict[str, Shown]:
        """Those of these memories that are live; what was forgotten is simply not there."""
        await self._gate.admit(by, "read", scope, "still_known")

        def read() -> dict[str, Shown]:
            wanted = {memory for memory in ids if is_identifier(memory)}
            found = self._archive.live(self._archive.owner(scope), ids=wanted) if wanted else ()
            return {memory.id: memory for memory in self._archive.all_shown(found)}

        return await asyncio.to_thread(read)

    async def conversation(
        self, session: str, *, scope: Scope, by: Principal, limit: int = 20
    ) -> list[Shown]:
        """The last things said in one conversation that are still remembered, oldest first."""
        await self._gate.admit(by, "read", scope, "conversation")

        def read() -> list[Shown]:
            owner = self._archive.owner(scope)
            ids = self._archive.ledger.last_of_session(owner, self._archive.session(owner, session), limit)
            return self._archive.all_shown(self._archive.live(owner, ids=ids))

        return await asyncio.to_thread(read)

    async def at_rest(self, *, scope: Scope, by: Principal) -> tuple[Record, ...]:
        """Every memory as it lies sealed, opened but not restored: placeholders and no names."""
        await self._gate.admit(by, "read", scope, "at_rest")
        return await asyncio.to_thread(lambda: tuple(self._archive.live(self._archive.owner(scope))))

    async def counts(self, *, scope: Scope, by: Principal) -> dict[str, int]:
        await self._gate.admit(by, "read", scope, "counts")
        owner = self._archive.owner(scope)
        return await asyncio.to_thread(self._archive.ledger.counts, owner)


def _kept_out(without: Mapping[Absence, frozenset[str]]) -> tuple[LeftOut, ...]:
    """What was not looked at, for each reason that there was."""
    return tuple(LeftOut(why=why, memories=tuple(sorted(ids))) for why, ids in without.items() if ids)
