"""What every verb of memory stands on: the archive, one writer for each person, and the follower's bell."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from privacy.encryption import KeyRing
from privacy.identity import Scope

from ..archive import Archive
from ..arrivals import Arrivals
from ..backup import Backups
from ..beliefs import Beliefs
from ..blinding import Blinding
from ..charters import Charters
from ..conversations import Conversations
from ..erasure import Erasure
from ..errors import MemoryOff, UnknownMemory
from ..expecting import Expecting
from ..gate import Gate
from ..identifiers import is_identifier
from ..indexer import Indexer
from ..objections import Objections
from ..places import Map
from ..ports import VectorIndex
from ..profile import Setting
from ..records import (
    Record,
    Shown,
)
from ..remasking import Remasking
from ..remnants import Remnants
from ..retention import Retention
from ..retrieval import Retrieval
from ..shelf import Shelf
from ..sifting import Sifting
from ..stores.memories import Stored
from ..summaries import Quoted
from ..undoing import Decisions
from ..waiting import WaitingRoom

UNKNOWN = "There is no such memory. Look at the list for the ones there are."


class Desk:
    """The shared state of all verbs; `memory.facade.Memory` fills it."""

    _archive: Archive
    _blinding: Blinding
    _index: VectorIndex
    _clock: Callable[[], datetime]
    _gate: Gate
    _charters: Charters  # what each person decided
    _sifting: Sifting
    _waiting: WaitingRoom
    _arrivals: Arrivals
    _remnants: Remnants
    _decisions: Decisions
    _objections: Objections
    _indexer: Indexer
    _retrieval: Retrieval
    _beliefs: Beliefs
    _map: Map
    _shelf: Shelf
    _quoted: Quoted
    _erasure: Erasure
    _conversations: Conversations
    _retention: Retention
    _remasking: Remasking
    _backups: Backups
    _keyring: KeyRing
    _changed: asyncio.Event
    _loop: asyncio.AbstractEventLoop
    _expecting: Expecting
    # one for each person: positions in a conversation are read, then written, and a long text takes long
    _writing: defaultdict[Scope, asyncio.Lock]

    async def _require_on(self, scope: Scope) -> None:
        """Off means off, whoever asks: chat, learning, REST or terminal."""
        if not await self._charters.allows(scope, "remember"):
            raise MemoryOff(
                "Memory is off, so nothing new is kept. You can turn it on at the top of the memory page."
            )

    def _read_again(self, owner: str, ids: Sequence[str]) -> None:
        """These may be learned from now."""
        name, ledger = f"again:{owner}", self._archive.ledger
        ledger.set_bookmark(name, " ".join(dict.fromkeys([*ledger.bookmark(name).split(), *ids])))

    def _existing(self, ids: Sequence[str], scope: Scope) -> list[Record]:
        unknown = UnknownMemory(UNKNOWN)
        if not ids or not all(isinstance(memory, str) and is_identifier(memory) for memory in ids):
            raise unknown
        found = list(self._archive.live(self._archive.owner(scope), ids=set(ids)))
        if len(found) != len(set(ids)):
            raise unknown
        return found

    def _keep(self, records: Sequence[Record], changed: Sequence[tuple[str, Stored]] = ()) -> list[Shown]:
        stored = [self._archive.seal(record) for record in records]
        self._archive.ledger.remember(stored, changed=changed)
        self._indexer.note(stored)
        self._nudge()
        return self._archive.all_shown(records)

    def _settings(self, owner: str) -> dict[str, Setting]:
        """What the person switched off or locked, by aspect."""
        return {body["name"]: body["setting"] for _, body in self._conversations.every(owner, ["control"])}

    def _nudge(self) -> None:
        self._loop.call_soon_threadsafe(self._changed.set)
