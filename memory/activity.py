"""What happened to a person's memory: every look, share, export and decision, for its person to read. Never a word of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from privacy.access import require
from privacy.encryption import KeyRing
from privacy.identity import Principal, Scope

from .errors import StorageFault
from .moments import microseconds, moment
from .stores.audits import AuditRow
from .stores.ledger import Ledger

# what leaves for a model elsewhere, by what it is for: an answer, the index, a search
SENT = ("sent", "sent for the index", "sent for a search")
LEAVES_OUT = "unaudited"  # looks that went on while the disk was full, as one entry

PAGE = "page"  # what drawing a page looks at, as one entry
# while a page is drawn: the people whose look at it is written down already
_drawing: ContextVar[set[str] | None] = ContextVar("drawing", default=None)


def drawing_a_page() -> None:
    """From here on in this request, what a person looks at of their own is one entry: the page."""
    _drawing.set(set())


def noted_by_page(owner: str) -> bool | None:
    """Whether the page's one entry is written; None where no page is being drawn. Says so only once."""
    drawn = _drawing.get()
    if drawn is None:
        return None
    noted = owner in drawn
    drawn.add(owner)
    return noted


@dataclass(frozen=True, slots=True)
class Event:
    """One entry as its person reads it."""

    number: int
    at: datetime
    who: str  # "you", "a model for you", "somebody else"
    action: str
    subject: str
    count: int


class Activity:
    """Writes entries down and shows them. What is said here is on disk before the answer is given."""

    def __init__(self, ledger: Ledger, keyring: KeyRing, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._keyring = keyring
        self._clock = clock
        self._missed: dict[str, int] = {}  # by owner
        self._counting = threading.Lock()

    def note(
        self, action: str, scope: Scope, by: Principal, subject: str = "", *, may_fail: bool = True
    ) -> None:
        """One more entry; blocks. On a full disk looking goes on, is counted, and is written down later."""
        owner, actor = self._keyring.pseudonym(scope.owner), self._keyring.pseudonym(by.name)
        at = microseconds(self._clock())
        with self._counting:
            try:
                if missed := self._missed.get(owner, 0):
                    self._ledger.audit(AuditRow(at, owner, "", LEAVES_OUT, "", missed))
                    del self._missed[owner]
                self._ledger.audit(
                    AuditRow(at, owner, f"{actor} agent" if by.agent else actor, action, subject)
                )
            except StorageFault:
                if not may_fail:
                    raise
                self._missed[owner] = self._missed.get(owner, 0) + 1

    def swept(self, owner: str, what: str, count: int) -> None:
        """So many of these went because their time was over; blocks."""
        self._ledger.audit(AuditRow(microseconds(self._clock()), owner, "", "time is over", what, count))

    def read_elsewhere(self, owner: str, model: str, count: int) -> None:
        """So many memories are about to be read by an embedder elsewhere, for the index; blocks. Unwritten, none is."""
        self._ledger.audit(AuditRow(microseconds(self._clock()), owner, "", SENT[1], model, count))

    async def noted(
        self, action: str, scope: Scope, by: Principal, subject: str = "", *, may_fail: bool = True
    ) -> None:
        await asyncio.to_thread(self.note, action, scope, by, subject, may_fail=may_fail)

    async def events(
        self,
        *,
        scope: Scope,
        by: Principal,
        subject: str = "",
        actions: Collection[str] = (),
        before: int | None = None,
        limit: int = 100,
    ) -> tuple[Event, ...]:
        """The newest first; of one memory or some actions only, where these are given."""
        require(by, "read", scope)
        owner = self._keyring.pseudonym(scope.owner)
        rows = await asyncio.to_thread(
            self._ledger.audited, owner, subject=subject, actions=actions, before=before, limit=limit
        )
        return tuple(
            Event(row.seq, moment(row.at), _who(row), row.action, row.subject, row.count) for row in rows
        )

    async def verify(self) -> tuple[int, int]:
        """How many entries the journal and the audit log have. Raises ChainBroken naming the first broken one."""
        return (
            await asyncio.to_thread(self._ledger.verify),
            await asyncio.to_thread(self._ledger.verify_audit),
        )


def _who(row: AuditRow) -> str:
    if not row.actor:
        return "nobody"
    name, _, agent = row.actor.partition(" ")
    if name != row.owner:
        return "somebody else"
    return "a model for you" if agent else "you"
