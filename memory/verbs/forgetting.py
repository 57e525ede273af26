"""Forgetting: hidden at once, destroyed when the time to undo is over, told by a receipt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from privacy.identity import Principal, Scope

from ..records import (
    Forgetting,
    Record,
    Transcripts,
)
from ..tidying import Tidying, tidied
from .desk import Desk

UNDO_WINDOW = timedelta(seconds=10)
MOST_OF_A_SESSION = 100_000  # memories
TIDY_UNDO = timedelta(days=1)


class Forgetful(Desk):
    """Verbs that take away."""

    async def forget(
        self,
        ids: Sequence[str],
        *,
        scope: Scope,
        by: Principal,
        now: bool = False,
        transcripts: Transcripts = "keep",
        never: bool = False,
    ) -> Forgetting:
        """Hide memories and what rests on them at once; destroy them when the undo time is over, or `now`.

        `transcripts`: whether lines of the chat that say it go blank, or the conversations they stand in go. `never`: it is not learned again.
        """
        await self._gate.admit(by, "forget", scope, "forget")
        async with self._writing[scope]:
            records = await asyncio.to_thread(self._existing, ids, scope)
            window = timedelta(0) if now else UNDO_WINDOW
            hide = partial(self._erasure.hide, transcripts=transcripts, never=never)
            hidden = await asyncio.to_thread(hide, records, self._clock(), window)
        self._nudge()
        if now:
            return await asyncio.to_thread(self._erasure.destroy, hidden.id, self._clock())
        return hidden

    async def tidy(self, keep: int, *, scope: Scope, by: Principal, dry_run: bool = True) -> Tidying:
        """Keep so many messages, the most important ones; what goes can be taken back for a day."""
        await self._gate.admit(by, "forget", scope, "tidy")

        def plan() -> tuple[Tidying, list[Record]]:
            owner = self._archive.owner(scope)
            tidying = tidied(self._archive.all_shown(self._archive.live(owner)), keep)
            ids = [going.memory.id for going in tidying.going]
            return tidying, list(self._archive.live(owner, ids=ids)) if ids else []

        async with self._writing[scope]:
            tidying, records = await asyncio.to_thread(plan)
            if dry_run or not records:
                return tidying
            hidden = await asyncio.to_thread(self._erasure.hide, records, self._clock(), TIDY_UNDO)
        self._nudge()
        return replace(tidying, forgetting=hidden.id)

    async def forget_session(
        self, session: str, *, scope: Scope, by: Principal, now: bool = False
    ) -> Forgetting:
        """Take back all that one conversation brought, with what was learned from it. UnknownMemory when it brought nothing."""

        def said() -> list[str]:
            owner = self._archive.owner(scope)
            number = self._archive.session(owner, session)
            return self._archive.ledger.last_of_session(owner, number, MOST_OF_A_SESSION)

        await self._gate.admit(by, "forget", scope, "forget a session")
        return await self.forget(await asyncio.to_thread(said), scope=scope, by=by, now=now)

    async def forget_everything(self, *, scope: Scope, by: Principal) -> Forgetting:
        """Destroy the owner's key and every row of theirs, at once and without undo."""
        await self._gate.admit(by, "forget", scope, "forget_everything")
        async with self._writing[scope]:
            owner = self._archive.owner(scope)
            done = await asyncio.to_thread(self._erasure.everything, owner, self._clock())
        self._nudge()
        return done

    async def undo(self, forgetting_id: str, *, scope: Scope, by: Principal) -> Forgetting:
        """Take a forgetting back, as long as nothing was destroyed. BadInput when it is too late."""
        await self._gate.admit(by, "forget", scope, "undo")
        owner = self._archive.owner(scope)
        undone = await asyncio.to_thread(self._erasure.undo, forgetting_id, owner, self._clock())
        self._nudge()
        return undone

    async def finish_forgetting(self, forgetting_id: str, *, scope: Scope, by: Principal) -> Forgetting:
        """Do now what a destruction left to do (the index is written anew if it must be), and look again."""
        await self._gate.admit(by, "forget", scope, "finish_forgetting")
        owner = self._archive.owner(scope)
        return await asyncio.to_thread(self._erasure.finish_one, forgetting_id, owner)

    async def forgetting(self, forgetting_id: str, *, scope: Scope, by: Principal) -> Forgetting:
        await self._gate.admit(by, "read", scope, "forgetting")
        return await asyncio.to_thread(self._erasure.look_up, forgetting_id, self._archive.owner(scope))

    async def forgetting_receipt(self, forgetting_id: str, *, scope: Scope, by: Principal) -> dict[str, Any]:
        """What was destroyed, what the checks found and what is still to be done, signed."""
        await self._gate.admit(by, "read", scope, "forgetting_receipt")
        owner = self._archive.owner(scope)
        return await asyncio.to_thread(self._erasure.receipt, forgetting_id, owner, self._clock())

    def when_forgotten(self, tell: Callable[[Collection[str]], None]) -> None:
        """Have a cache told which memories were destroyed. Called from a worker thread."""
        self._erasure.forgotten.append(tell)
