"""Setting memories aside, and saying until when they are kept. Nothing is rewritten; both can be taken back at any time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from privacy.identity import Principal, Scope

from ..errors import BadInput
from ..moments import microseconds
from ..records import Record
from .desk import Desk

Change = Callable[[str, list[Record], int], list[str]]


@dataclass(frozen=True, slots=True)
class Changed:
    """What was asked for and changed, and what changed along: the words it rests on, and what rests on those alone."""

    asked: tuple[str, ...]
    along: tuple[str, ...] = ()


class SettingAside(Desk):
    """Verbs between keeping and forgetting."""

    async def pause(self, ids: Sequence[str], *, scope: Scope, by: Principal) -> Changed:
        """Keep these and use them in no answer, with the words they rest on, which would say it all the same."""
        await self._gate.admit(by, "write", scope, "pause")

        def change(owner: str, records: list[Record], at: int) -> list[str]:
            return self._archive.ledger.pause(owner, self._erasure.going(records), at)

        return await self._set(ids, change, scope)

    async def resume(self, ids: Sequence[str], *, scope: Scope, by: Principal) -> Changed:
        """Use them again, as what they counted as before; of words that taught nothing yet, learn now."""
        await self._gate.admit(by, "write", scope, "resume")

        def change(owner: str, records: list[Record], at: int) -> list[str]:
            ledger = self._archive.ledger
            resumed = ledger.resume(owner, self._erasure.going(records), at)
            said = [
                record.id for record in self._archive.live(owner, ids=resumed) if record.kind == "episode"
            ]
            self._read_again(owner, [id for id in said if not ledger.resting_on(owner, {id})])
            return resumed

        return await self._set(ids, change, scope)

    async def keep_until(
        self, ids: Sequence[str], until: datetime | None, *, scope: Scope, by: Principal
    ) -> Changed:
        """Forget these at that moment, by themselves and for good; None: only when their person says so."""
        await self._gate.admit(by, "write", scope, "keep_until")
        if until is not None and until <= self._clock():
            raise BadInput("That day is over. Choose a later one, or forget it now.")
        moment = None if until is None else microseconds(until)

        def change(owner: str, records: list[Record], at: int) -> list[str]:
            ids = [record.id for record in records]
            return self._archive.ledger.keep_until(owner, ids, moment, at)

        return await self._set(ids, change, scope)

    async def _set(self, ids: Sequence[str], change: Change, scope: Scope) -> Changed:
        def work() -> Changed:
            records = self._existing(ids, scope)
            changed = change(records[0].owner, records, microseconds(self._clock()))
            asked = {record.id for record in records}
            return Changed(
                tuple(memory for memory in changed if memory in asked),
                tuple(memory for memory in changed if memory not in asked),
            )

        async with self._writing[scope]:
            done = await asyncio.to_thread(work)
        self._nudge()
        return done
