"""Ways of doing things: adopt one, and change its station."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from privacy.identity import Principal, Scope

from ..editions import procedure_of
from ..errors import UnknownMemory
from ..moments import microseconds
from ..records import (
    Proposal,
    Shown,
    Status,
)
from .desk import Desk


class Practising(Desk):
    """Verbs about procedures."""

    async def adopt(self, proposal: Proposal, *, scope: Scope, by: Principal) -> Shown | None:
        """Keep a procedure; None when its episode is gone or does not say what it rests on."""
        await self._gate.admit(by, "write", scope, "adopt")
        await self._require_on(scope)

        def keep() -> Shown | None:
            owner = self._archive.owner(scope)
            with self._archive.vault(owner).steady:
                for episode in self._archive.live(owner, ids=[proposal.episode], kind="episode"):
                    record = procedure_of(proposal, episode, self._archive, self._clock())
                    return self._keep([record])[0] if record else None
            return None

        async with self._writing[scope]:
            return await asyncio.to_thread(keep)

    async def restate(
        self, ids: Sequence[str], status: Status, *, scope: Scope, by: Principal, why: str = "restate"
    ) -> None:
        """Change the station of procedures: trial, active, retired. UnknownMemory if one is not there.

        `why`: what the audit log calls it, where nobody was asked.
        """
        await self._gate.admit(by, "write", scope, why, ids[0] if len(ids) == 1 else "")

        def change() -> None:
            records = self._existing(ids, scope)
            if any(record.kind != "procedure" for record in records):
                raise UnknownMemory("There is no such procedure. `keepsake skills list` names them.")
            owner, at = self._archive.owner(scope), microseconds(self._clock())
            self._archive.ledger.restate(owner, [record.id for record in records], status, at)

        async with self._writing[scope]:
            await asyncio.to_thread(change)
        self._nudge()
