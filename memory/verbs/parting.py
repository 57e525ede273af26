"""Deleting a chat, and what becomes of the memories that came from it alone: its person is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from privacy.identity import Principal, Scope

from ..records import Forgetting
from ..remnants import Remnant
from .forgetting import Forgetful


class Parting(Forgetful):
    """Verbs around a chat that goes."""

    async def delete_chat(self, thread: str, *, scope: Scope, by: Principal) -> Remnant | None:
        """Delete a chat with all that hangs below it. What it leaves behind stays until its person decides; None: nothing."""
        await self._gate.admit(by, "forget", scope, "delete_chat")
        if await self._conversations.get("thread", thread, scope=scope) is None:
            return None
        owner, now = self._archive.owner(scope), self._clock()
        # noted before it goes: nothing can come in between that leaves the memories without a question
        left = await asyncio.to_thread(self._remnants.note, thread, owner, now)
        await self._conversations.delete("thread", thread, scope=scope)
        return left

    async def remnants(self, *, scope: Scope, by: Principal) -> Sequence[Remnant]:
        """What deleted chats left behind, as far as it is to be decided."""
        await self._gate.admit(by, "read", scope, "remnants")
        return await asyncio.to_thread(self._remnants.all, self._archive.owner(scope))

    async def forget_remnant(
        self, remnant: str, *, scope: Scope, by: Principal, now: bool = False
    ) -> Forgetting:
        """Forget what came from that chat alone; it can be undone as any forgetting. Raises UnknownMemory."""
        await self._gate.admit(by, "forget", scope, "forget a session")
        ids = await asyncio.to_thread(self._remnants.going, remnant, self._archive.owner(scope))
        return await self.forget(ids, scope=scope, by=by, now=now)

    async def keep_remnant(self, remnant: str, *, scope: Scope, by: Principal) -> None:
        """They stay, though the chat is gone. Raises UnknownMemory."""
        await self._gate.admit(by, "write", scope, "keep_remnant")
        await asyncio.to_thread(self._remnants.keep, remnant, self._archive.owner(scope), self._clock())

    async def ask_again(self, remnant: str, *, scope: Scope, by: Principal) -> None:
        """Take that back. Raises UnknownMemory when it is too late."""
        await self._gate.admit(by, "write", scope, "take_back")
        await asyncio.to_thread(self._remnants.ask_again, remnant, self._archive.owner(scope))
