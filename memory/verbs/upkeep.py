"""Keeping the promises: the index follows the journal, due forgettings are destroyed, copies are made."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope

from .. import lexical
from ..backup import Verified, verify, verify_backup
from ..retention import EVERY
from .desk import Desk

log = logging.getLogger(__name__)

LONGEST_WAIT = 60.0  # seconds between two tries to reach an index that stays away


class Upkeep(Desk):
    """Verbs of the house, and the follower behind them."""

    _follower: asyncio.Task[None]
    last_fault: str | None

    async def settle(self) -> None:
        """Wait until the index is up with the journal and due destructions are done."""
        await asyncio.to_thread(self._upkeep)

    async def reindex(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Rebuild the index from the journal, without embedding again; the number of memories.

        Where another embedder is taking over, wait until it has: it reads everything, and people go on searching.
        """
        await asyncio.to_thread(self._indexer.succeed, progress)
        return await asyncio.to_thread(self._erasure.rebuild_index, progress)

    async def verify(self) -> Verified:
        """Check the journal's chain, every payload and every key. Raises ChainBroken naming the first broken entry."""
        return await asyncio.to_thread(verify, self._archive.ledger, self._keyring)

    async def back_up(self, folder: Path) -> Verified:
        """Write a backup, and keep its key file as it should be from now on."""
        return await asyncio.to_thread(self._backups.make, folder, self._clock())

    async def verify_backup(self, folder: Path) -> Verified:
        return await asyncio.to_thread(verify_backup, folder, self._keyring)

    async def rotate_owner_key(self, *, scope: Scope, by: Principal) -> int:
        """A new key for one person: all their keys are wrapped anew, and the index is written anew under it.

        Reading goes on meanwhile. Interrupted, everything opens as before; said again, it goes on. How many keys.
        """
        await self._gate.admit(by, "write", scope, "new owner's key")

        def rotate() -> int:
            owner = self._archive.owner(scope)
            self._backups.stale()
            with self._archive.vault(owner).steady:
                count = self._keyring.rotate_owner(owner)
                self._indexer.let_go()
            self._erasure.rebuild_index()
            self._backups.refresh()
            return count

        async with self._writing[scope]:
            return await asyncio.to_thread(rotate)

    def put_away(self) -> None:
        """Keep nothing readable in memory: the keys were put away."""
        self._indexer.let_go()
        lexical.let_go()

    async def embedded(self) -> tuple[int, int]:
        """How many memories the embedder in force, or the one that is taking over, has read, and how many there are."""
        return await asyncio.to_thread(self._indexer.succeeded)

    async def indexed(self) -> bool:
        return await asyncio.to_thread(self._indexer.behind) == 0

    def _upkeep(self) -> None:
        self._finish_due()
        self._sweep()
        self._bring_up()

    def _finish_due(self) -> None:
        """What can no longer be taken back is done to the end."""
        self._erasure.destroy_due(self._clock())
        self._decisions.clear(self._clock())
        due = self._waiting.due(self._clock())
        for owner, id in due:
            if (changed := self._waiting.finish(id, owner, self._clock())) is not None:
                self._indexer.note([changed])
        if due:
            self._backups.refresh()

    def _sweep(self) -> None:
        """What is older than its person wants goes, and what is stored is masked as its person wants."""
        self._retention.sweep(self._clock())
        self._remasking.catch_up(self._clock())

    def _bring_up(self) -> None:
        self._indexer.catch_up()
        self._indexer.check()
        if self._indexer.succeed_a_step():
            self._nudge()  # some more after what is due
        self._erasure.finish()

    async def _follow(self) -> None:
        """Keep the promises of forgetting every second, and the index up; a fault waits longer each time."""
        patience, index_again, index_fault, sweep_again = 1.0, 0.0, None, 0.0
        while True:
            fault = await _fault_of(self._finish_due)
            if time.monotonic() >= sweep_again:
                fault = fault or await _fault_of(self._sweep)
                sweep_again = time.monotonic() + EVERY
            if time.monotonic() >= index_again:
                index_fault = await _fault_of(self._bring_up)
                patience = min(patience * 2, LONGEST_WAIT) if index_fault else 1.0
                index_again = time.monotonic() + patience if index_fault else 0.0
            self._note_fault(fault or index_fault)
            try:
                async with asyncio.timeout(1.0):
                    await self._changed.wait()
            except TimeoutError:
                pass  # time itself makes forgettings due
            self._changed.clear()

    def _note_fault(self, fault: str | None) -> None:
        if fault and fault != self.last_fault:
            log.warning("memory upkeep waits: %s", fault)
        self.last_fault = fault

    async def aclose(self) -> None:
        """Stop following. What is not indexed yet is caught up at the next start."""
        self._follower.cancel()
        await asyncio.gather(self._follower, return_exceptions=True)
        await asyncio.to_thread(self._indexer.stop)  # a thread is not cancelled with its task
        await asyncio.to_thread(self._expecting.close)


async def _fault_of(upkeep: Callable[[], object]) -> str | None:
    """The sentence of a failure. The follower outlives every one: who else would try again?"""
    try:
        await asyncio.to_thread(upkeep)
    except KeepsakeError as fault:
        return str(fault)
    except Exception as error:  # noqa: BLE001  # ours to mend; its text may hold what was said, its name does not
        return f"Memory upkeep met an error of its own ({type(error).__name__}). It is tried again."
    return None
