"""Where a memory lies, what is like it, and who looked at it: what its person may want to know before it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from privacy.identity import Principal, Scope

from ..errors import IndexFault
from ..graph import graph_of
from ..records import Shown
from ..shelf import Wanted
from .explaining import Explaining

ALIKE = 0.4  # cosine from which a memory counts as related
SHARED = 0.15  # or the share of its rare words that the other holds
LONGEST_QUESTION = 500  # characters
MOST_RELATED = 5


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How often a memory is found in each place. `index`: None when it cannot be asked now."""

    versions: int  # in the journal, each sealed under a key of its own
    index: int | None
    connections: int  # relations that rest on it
    summaries: int  # sentences of the summary of its conversation
    lines: int  # of the chats, which say it


class Placing(Explaining):
    """Verbs that tell where; nothing here changes anything."""

    async def whereabouts(self, memory_id: str, *, scope: Scope, by: Principal) -> Whereabouts:
        """Counted now, not noted before. UnknownMemory for unknown, foreign and malformed ids alike."""
        await self._gate.admit(by, "read", scope, "account")

        def read() -> Whereabouts:
            record = self._existing([memory_id], scope)[0]
            believed = self._shelf.look(record.owner, Wanted(kind="fact"))
            return Whereabouts(
                versions=len(self._archive.versions(record.owner, [memory_id])),
                index=self._rows([memory_id], record.owner),
                connections=sum(link.fact == memory_id for link in graph_of(believed).links),
                summaries=self._sentences([memory_id, *record.sources], record.owner),
                lines=self._erasure.reach([record])[1],  # and what goes with it
            )

        return await asyncio.to_thread(read)

    async def related(self, memory_id: str, *, scope: Scope, by: Principal) -> tuple[Shown, ...]:
        """What it brings to mind by sense or by rare words, but for what it was learned from or taught."""
        await self._gate.admit(by, "read", scope, "account")

        def read() -> tuple[Shown, ...]:
            record = self._existing([memory_id], scope)[0]
            kin = {memory_id, *record.sources, *self._archive.ledger.resting_on(record.owner, [memory_id])}
            said = self._archive.shown(record).text[:LONGEST_QUESTION]
            found = self._retrieval.recall(
                said, scope, limit=MOST_RELATED, exclude=frozenset(kin), now=self._clock()
            )
            return tuple(h.memory for h in found.hits if h.meaning >= ALIKE or h.coverage >= SHARED)

        return await asyncio.to_thread(read)

    def _rows(self, ids: Sequence[str], owner: str) -> int | None:
        try:
            return self._indexer.found(owner, ids)
        except IndexFault:
            return None
