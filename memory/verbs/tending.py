"""Tending to what is believed: what lay unused, what is there twice, and what the person decides about it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from privacy.identity import Principal, Scope

from ..beliefs import BELIEFS
from ..errors import BadInput
from ..moments import microseconds, moment
from ..records import Record, Shown
from ..sameness import duplicates, unused
from ..shelf import Wanted
from .revising import Revising

MOST = 50  # of each: nobody is asked about more at a time


@dataclass(frozen=True, slots=True)
class Tended:
    """What may want a decision: not used for half a year; pairs that may be one, the fuller first."""

    unused: tuple[Shown, ...] = ()
    twice: tuple[tuple[Shown, Shown], ...] = ()


class Tending(Revising):
    """Verbs about beliefs that nobody asked about. They are looked for anew when something has changed, or the day."""

    _tended: dict[
        str, tuple[tuple[int, date], Tended]
    ]  # by owner, as of which entry of the journal and which day

    async def untended(self, *, scope: Scope, by: Principal) -> Tended:
        """Looked for among what is in use."""
        await self._gate.admit(by, "read", scope, "untended")

        def look() -> Tended:
            owner, now = self._archive.owner(scope), self._clock()
            state = self._archive.ledger.last_seq(), now.date()
            kept = self._tended.get(owner)
            if kept is not None and kept[0] == state:
                return kept[1]
            found = self._untended(owner, now)
            self._tended[owner] = state, found
            return found

        return await asyncio.to_thread(look)

    def _untended(self, owner: str, now: datetime) -> Tended:
        beliefs = [
            memory
            for kind in BELIEFS
            for memory in self._shelf.look(owner, Wanted(kind=kind, status="active"))  # type: ignore[arg-type]
        ]
        old = unused(beliefs, {}, now)
        touched = self._archive.ledger.last_touched(owner, [memory.id for memory in old]) if old else {}
        moments = {memory: moment(at) for memory, at in touched.items()}
        return Tended(tuple(unused(old, moments, now)[:MOST]), tuple(duplicates(beliefs)[:MOST]))

    async def merge(self, keep: str, others: Sequence[str], *, scope: Scope, by: Principal) -> Shown:
        """These are one: `keep` is used from now on, the others lead to it and are used no more."""
        if not others or keep in others:
            raise BadInput("Say which memory stays, and which others are the same as it.")
        await self._gate.admit(by, "write", scope, "merge")

        def change() -> Shown:
            record, *same = self._in_order([keep, *others], scope)
            with self._archive.vault(record.owner).steady:
                merged = self._beliefs.merged(record, same)
                self._archive.ledger.revise(merged, microseconds(self._clock()))
            self._indexer.note([stored for _, stored in merged])
            return self._archive.shown(record)

        async with self._writing[scope]:
            kept = await asyncio.to_thread(change)
        self._nudge()
        return kept

    async def hold_both(self, ids: Sequence[str], *, scope: Scope, by: Principal) -> tuple[Shown, ...]:
        """Each of these is so, at its time or in its place: they do not contradict each other."""
        await self._gate.admit(by, "write", scope, "hold_both")

        def change() -> tuple[Shown, ...]:
            records = self._existing(ids, scope)
            with self._archive.vault(records[0].owner).steady:
                held = self._beliefs.both(records)
                self._archive.ledger.revise(held, microseconds(self._clock()))
            self._indexer.note([stored for _, stored in held])
            return tuple(self._archive.all_shown(self._existing(ids, scope)))

        async with self._writing[scope]:
            shown = await asyncio.to_thread(change)
        self._nudge()
        return shown

    def _in_order(self, ids: Sequence[str], scope: Scope) -> list[Record]:
        found = {record.id: record for record in self._existing(ids, scope)}
        return [found[memory] for memory in dict.fromkeys(ids)]
