"""The person's last word on what is believed: confirm, correct, ended, not mine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from privacy.identity import Principal, Scope

from ..beliefs import corrected
from ..errors import BadInput
from ..learning import record_of
from ..moments import microseconds
from ..records import (
    Draft,
    Record,
    Shown,
    Utterance,
)
from ..semantic import resting_on
from ..stores.memories import Stored
from ..voices import as_said
from .looking import Looking
from .remembering import Remembering


class Revising(Remembering, Looking):
    """Verbs that change what is believed; a correction is remembered as said."""

    async def confirm(self, memory_id: str, *, scope: Scope, by: Principal) -> Shown:
        """It is so. Settles a dispute; takes back an end, a correction or "not about me"."""
        return await self._revise(memory_id, scope, by, self._beliefs.confirm)

    async def ended(self, memory_id: str, until: datetime, *, scope: Scope, by: Principal) -> Shown:
        """It was true until then."""
        return await self._revise(
            memory_id, scope, by, lambda record, known: self._beliefs.ended(record, until, known)
        )

    async def not_mine(self, memory_id: str, *, scope: Scope, by: Principal) -> Shown:
        """It is not about this person: it is kept out of answers and not learned again from its source."""
        return await self._revise(memory_id, scope, by, self._beliefs.withdrawn)

    async def correct(self, memory_id: str, value: str, *, scope: Scope, by: Principal) -> Shown:
        """It is otherwise. What the person says is kept as said, and closes what it corrects."""
        if not value.strip():
            raise BadInput("A correction needs a value. Say what is right.")
        await self._gate.admit(by, "write", scope, "correct")
        old = await self.get(memory_id, scope=scope, by=by)
        if old.kind not in ("fact", "preference"):
            raise BadInput("Only facts and preferences can be corrected. What was said stays as it was said.")
        draft = corrected(old, value.strip(), "", "")
        said = (
            await self.remember(Utterance(text=as_said(draft.text), session="by hand"), scope=scope, by=by)
        )[0]
        async with self._writing[scope]:
            return await asyncio.to_thread(
                self._correct, old, replace(draft, episode=said.id, quote=said.text), scope
            )

    def _correct(self, old: Shown, draft: Draft, scope: Scope) -> Shown:
        owner = self._archive.owner(scope)
        episode = self._existing([draft.episode], scope)[0]
        with self._archive.vault(owner).steady:
            record = record_of(draft, episode, self._archive, self._clock())
            if record is None:
                raise BadInput("This correction could not be read. Say it in plain words.")
            closed = self._beliefs.changed(owner, [old.id], "superseded", episode.occurred_at)
            resting = resting_on([old.id], self._beliefs.known(owner))
            doubted = self._beliefs.changed(owner, resting, "disputed", None)
            changed = [("superseded", stored) for stored in closed]
            return self._keep([record], [*changed, *(("disputed", stored) for stored in doubted)])[0]

    async def _revise(
        self,
        memory_id: str,
        scope: Scope,
        by: Principal,
        change: Callable[[Record, Sequence[Shown]], list[tuple[str, Stored]]],
    ) -> Shown:
        await self._gate.admit(by, "write", scope, "revise")

        def revise() -> Shown:
            record = self._existing([memory_id], scope)[0]
            with self._archive.vault(record.owner).steady:
                changed = change(record, self._beliefs.known(record.owner))
                self._archive.ledger.revise(changed, microseconds(self._clock()))
            self._indexer.note([stored for _, stored in changed])
            return self._archive.shown(self._existing([memory_id], scope)[0])

        async with self._writing[scope]:
            shown = await asyncio.to_thread(revise)
        self._nudge()
        return shown

    async def facts(self, *, scope: Scope, by: Principal, as_of: datetime | None = None) -> list[Shown]:
        """What is believed, or what was believed at a moment."""
        await self._gate.admit(by, "read", scope, "facts")
        owner = self._archive.owner(scope)
        return await asyncio.to_thread(self._beliefs.as_of, owner, as_of or self._clock())

    async def unsupported(self, *, scope: Scope, by: Principal) -> list[Shown]:
        """The facts whose source does not say them any more."""
        await self._gate.admit(by, "read", scope, "unsupported")
        return await asyncio.to_thread(self._beliefs.unsupported, self._archive.owner(scope))
