"""Memory: remember, learn, recall, browse, forget. The one door; access is decided here, in its verbs."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from privacy.categories import Judge
from privacy.encryption import KeyRing
from privacy.vault import Vaults

from .activity import Activity
from .archive import Archive
from .arrivals import Arrivals
from .backup import Backups
from .beliefs import Beliefs
from .blinding import Blinding
from .charters import Charters
from .conversations import Conversations
from .embedding import Embedding, MayRead
from .erasure import Erasure
from .expecting import Expecting
from .gate import Gate
from .hush import Hush
from .indexer import Indexer
from .injections import Injections
from .moments import utc_now
from .objections import Objections
from .places import Map
from .ports import Embedder, Reranker, VectorIndex
from .ranking import RankingPolicy
from .remasking import Remasking
from .remnants import Remnants
from .retention import Retention
from .retrieval import Retrieval
from .shelf import Shelf
from .sifting import Sifting
from .summaries import Quoted
from .undoing import Decisions
from .verbs.arriving import Arriving
from .verbs.connecting import Connecting
from .verbs.deciding import Deciding
from .verbs.knowing import Knowing
from .verbs.parting import Parting
from .verbs.placing import Placing
from .verbs.practising import Practising
from .verbs.setting_aside import SettingAside
from .verbs.telling import Telling
from .verbs.tending import Tended
from .verbs.upkeep import Upkeep
from .verbs.vaulting import Vaulting
from .waiting import WaitingRoom


class Memory(
    Knowing,
    Practising,
    Connecting,
    Telling,
    Arriving,
    Deciding,
    Placing,
    SettingAside,
    Parting,
    Vaulting,
    Upkeep,
):
    """What one installation remembers, for all its people. Open it inside a running event loop."""

    def __init__(
        self,
        archive: Archive,
        blinding: Blinding,
        index: VectorIndex,
        embedder: Embedder,
        vaults: Vaults,
        conversations: Conversations,
        backups: Backups,
        keyring: KeyRing,
        charters: Charters,
        gate: Gate,
        activity: Activity,
        judge: Judge,
        injections: Injections,
        *,
        clock: Callable[[], datetime] = utc_now,
        ranking: RankingPolicy | None = None,
        reranker: Reranker | None = None,
        reads: Embedder | None = None,
        successor: Embedder | None = None,
        may_read: MayRead = lambda owner, embedder, text, details: True,
        will_read: Callable[[str, Embedder, int], None] = lambda owner, embedder, count: None,
    ) -> None:
        """`embedder` compares texts; `reads` makes the vectors of the index, until its `successor` has read everything."""
        self._archive = archive
        self._blinding = blinding
        self._index = index
        self._clock = clock
        self._charters = charters
        self._gate = gate
        self._sifting = Sifting(charters, judge, injections)
        self._decisions = Decisions(archive.ledger, conversations)
        self._tended: dict[str, tuple[tuple[int, date], Tended]] = {}
        self._arrivals = Arrivals(archive, conversations)
        self._shelf = Shelf(archive)
        self._remnants = Remnants(archive, conversations, self._shelf)
        self._waiting = WaitingRoom(archive, conversations, self._arrivals, injections)
        conversations.sieve = self._sifting
        self.hush = Hush()
        embedding = partial(Embedding, archive, blinding, self.hush, may_read, will_read)
        following = embedding(successor) if successor else None
        self._indexer = Indexer(archive, blinding, index, embedding(reads or embedder), following)
        self._retrieval = Retrieval(archive, blinding, self._indexer, ranking or RankingPolicy(), reranker)
        self._objections = Objections(archive, self._retrieval, embedder)
        self._beliefs = Beliefs(archive)
        self._map = Map(conversations)
        self._erasure = Erasure(
            archive, blinding, self._indexer, conversations, backups, vaults, keyring, self._map
        )
        self._remasking = Remasking(archive, conversations, charters)
        self._retention = Retention(
            archive,
            self._erasure,
            self._waiting,
            self._arrivals,
            self._remnants,
            conversations,
            charters,
            activity,
        )
        self._erasure.forgotten.append(lambda _: self._retrieval.let_go())
        self._conversations = conversations
        self._quoted = Quoted()
        self._erasure.forgotten.append(self._shelf.let_go)
        self._erasure.forgotten.append(self._decisions.forget)
        self._backups = backups
        self._keyring = keyring
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._writing = defaultdict(asyncio.Lock)
        self._expecting = Expecting(self._load_ahead)
        self.last_fault = None
        self._follower = asyncio.create_task(self._follow(), name="memory-follower")
