"""What waits for a yes: look, accept, refuse; and what becomes of it after a month."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from privacy.identity import Principal, Scope

from ..activity import SENT
from ..moments import microseconds
from ..records import Forgetting, Waiting
from ..waiting import UNDO
from .desk import Desk


class Consenting(Desk):
    """Verbs about what is not kept without a yes."""

    async def waiting(self, *, scope: Scope, by: Principal) -> Sequence[Waiting]:
        """Everything that waits, oldest first."""
        await self._gate.admit(by, "read", scope, "waiting")
        return await asyncio.to_thread(self._waiting.listed, self._archive.owner(scope))

    async def accept(self, id: str, *, scope: Scope, by: Principal) -> None:
        """Yes: a sentence goes back to where it was said, a memory can be recalled. UnknownMemory."""
        await self._gate.admit(by, "consent", scope, "accept")
        async with self._writing[scope]:
            await asyncio.to_thread(self._accept, id, self._archive.owner(scope))
        self._nudge()

    async def refuse(self, id: str, *, scope: Scope, by: Principal) -> None:
        """No: it goes for good, out of the chat's lines too. UnknownMemory."""
        await self._gate.admit(by, "consent", scope, "refuse")
        async with self._writing[scope]:
            await asyncio.to_thread(self._refuse, id, self._archive.owner(scope))
        self._nudge()

    async def refuse_soon(self, id: str, *, scope: Scope, by: Principal) -> Forgetting | None:
        """No, with ten seconds to take it back: by `undo` where all of a memory waited, else by `wait_again`."""
        await self._gate.admit(by, "consent", scope, "refuse")

        def refuse() -> Forgetting | None:
            owner, now = self._archive.owner(scope), self._clock()
            if self._waiting.one(id, owner).memory == id:
                return self._erasure.hide_only([id], owner, now, UNDO)
            self._waiting.refuse_later(id, owner, now)
            return None

        async with self._writing[scope]:
            hidden = await asyncio.to_thread(refuse)
        self._nudge()
        return hidden

    async def wait_again(self, id: str, *, scope: Scope, by: Principal) -> None:
        """Take back the no to a sentence."""
        await self._gate.admit(by, "consent", scope, "take_back")
        async with self._writing[scope]:
            await asyncio.to_thread(partial(self._waiting.wait_again, self._archive.owner(scope), id=id))

    def _accept(self, id: str, owner: str) -> None:
        waiting, ledger, at = self._waiting.one(id, owner), self._archive.ledger, microseconds(self._clock())
        self._read_again(owner, [waiting.memory])
        if waiting.memory == id:
            ledger.restate(owner, [id], "active", at, action="accepted")
            return
        with self._archive.vault(owner).steady:
            if (changed := self._waiting.taken_in(id, owner)) is not None:
                ledger.revise([changed], at)
                self._indexer.note([changed[1]])
            self._waiting.accepted(id, owner, self._clock())

    def _refuse(self, id: str, owner: str) -> None:
        waiting, now = self._waiting.one(id, owner), self._clock()
        if waiting.memory == id:
            self._destroy_now([id], owner)
            return
        if (changed := self._waiting.refuse(id, owner, now)) is not None:
            self._indexer.note([changed])
        self._backups.refresh()

    async def inventory(self, *, scope: Scope, by: Principal) -> dict[str, dict[str, int]]:
        """Everything that is held about a person, counted by place and kind, and to which models something was sent."""
        await self._gate.admit(by, "read", scope, "inventory")

        def count() -> dict[str, dict[str, int]]:
            owner, ledger = self._archive.owner(scope), self._archive.ledger
            index = {"rows": self._indexer.rows_of(owner)}
            return {
                **ledger.held(owner),
                "index": index,
                "sent to models elsewhere": ledger.sent_to(owner, SENT),
            }

        return await asyncio.to_thread(count)

    def _destroy_now(self, ids: Sequence[str], owner: str) -> None:
        """Forget these and what rests only on them, not what they rest on."""
        now = self._clock()
        hidden = self._erasure.hide_only(ids, owner, now)
        self._erasure.destroy(hidden.id, now)
