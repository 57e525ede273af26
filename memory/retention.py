"""What is older than its person wants goes for good, and so does what waited a month for a yes. All of it blocks."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from privacy.governance import Charter

from .activity import Activity
from .archive import Archive
from .arrivals import Arrivals
from .charters import Charters
from .conversations import Conversations
from .erasure import Erasure
from .moments import microseconds
from .remnants import Remnants
from .waiting import WaitingRoom

EVERY = 60.0  # seconds between two sweeps
HISTORY = "history"  # whole conversations


class Retention:
    """One sweep over everybody who decided something, or for whom something waits."""

    def __init__(
        self,
        archive: Archive,
        erasure: Erasure,
        waiting: WaitingRoom,
        arrivals: Arrivals,
        remnants: Remnants,
        conversations: Conversations,
        charters: Charters,
        activity: Activity,
    ) -> None:
        self._archive = archive
        self._erasure = erasure
        self._waiting = waiting
        self._arrivals = arrivals
        self._remnants = remnants
        self._conversations = conversations
        self._charters = charters
        self._activity = activity
        self._one_sweep = threading.Lock()

    def sweep(self, now: datetime) -> int:
        """How many things went."""
        with self._one_sweep:
            return self._past_their_term(now) + sum(self._sweep(owner, now) for owner in self._owners())

    def _past_their_term(self, now: datetime) -> int:
        """What its person wanted to keep until now is forgotten as if they asked for it: with the words it rests on."""
        by_owner = defaultdict[str, list[str]](list)
        for owner, memory in self._archive.ledger.past_their_term(microseconds(now)):
            by_owner[owner].append(memory)
        gone = 0
        for owner, ids in by_owner.items():
            if records := list(self._archive.live(owner, ids=ids)):
                hidden = self._erasure.hide(records, now, timedelta(0))
                self._erasure.destroy(hidden.id, now)
                self._activity.swept(owner, "kept until today", len(hidden.memories))
                gone += len(hidden.memories)
        return gone

    def _owners(self) -> Iterator[str]:
        ledger = self._archive.ledger
        kept = {
            d.owner
            for kind in ("choice", "waiting", "arrival", "remnant")
            for d in ledger.documents.everybody(kind)
        }
        yield from sorted(kept.union(ledger.owners_with("quarantined")))

    def _sweep(self, owner: str, now: datetime) -> int:
        charter = self._charters.of_owner(owner)
        return self._old(owner, charter, now) + self._waited(owner, now)

    def _old(self, owner: str, charter: Charter, now: datetime) -> int:
        gone = 0
        for kind, days in charter.keep_days.items():
            before = microseconds(now - timedelta(days=days))
            if kind == HISTORY:
                went = self._old_chats(owner, before)
            else:
                ids = self._archive.ledger.older_than(owner, kind, before)
                went = len(ids)
                if ids:
                    self._erasure.destroy(self._erasure.hide_only(ids, owner, now).id, now)
            if went:
                self._activity.swept(owner, kind, went)
            gone += went
        return gone

    def _old_chats(self, owner: str, before: int) -> int:
        threads = self._archive.ledger.documents.list("thread", owner, before=before, limit=100_000)
        for thread in threads:
            self._conversations.remove("thread", thread.id, owner)
        return len(threads)

    def _waited(self, owner: str, now: datetime) -> int:
        overdue = list(self._waiting.overdue(owner, now))
        for one in overdue:
            if one.memory == one.id:
                self._erasure.destroy(self._erasure.hide_only([one.id], owner, now).id, now)
            else:
                self._waiting.refuse(one.id, owner, now)
        if came := self._arrivals.overdue(owner, now):
            self._erasure.destroy(self._erasure.hide_only(came, owner, now).id, now)
        if gone := len(overdue) + len(came):
            self._activity.swept(owner, "waiting", gone)
        self._arrivals.clear(owner, now)
        self._remnants.clear(owner, now)
        return gone
