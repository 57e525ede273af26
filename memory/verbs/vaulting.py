"""The vault of personal details: destroyed at its person's wish, without touching a memory."""

from __future__ import annotations

import asyncio

from privacy.identity import Principal, Scope

from .. import lexical
from .tending import Tending


class Vaulting(Tending):
    """Verbs of the vault as a whole; what it holds is told by `placeholders`."""

    async def destroy_vault(self, *, scope: Scope, by: Principal) -> int:
        """No placeholder can be turned back any more, in no memory, chat, receipt, search or backup; how many there were.

        Memories stay, with their placeholders. Details that are said from now on get new numbers.
        """
        await self._gate.admit(by, "forget", scope, "destroy_vault")
        owner = self._archive.owner(scope)

        def destroy() -> int:
            vault = self._archive.vault(owner)
            with vault.steady:
                gone = self._archive.ledger.destroy_vault(owner)
                vault.close()
            self._archive.ledger.cut_log()
            self._shelf.close(owner)
            self._tended.pop(owner, None)
            self._retrieval.let_go()
            lexical.let_go()
            if gone:
                self._backups.refresh()  # with today's key file no backup opens them either
                self._erasure.rebuild_index()  # their hashes leave the search index
            return gone

        async with self._writing[scope]:
            gone = await asyncio.to_thread(destroy)
        self._nudge()
        return gone
