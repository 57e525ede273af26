"""What a decision changed, kept sealed for a while so that it can be taken back. All of it blocks."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Collection
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from privacy.errors import KeyDestroyed, Unreadable

from .conversations import Conversations
from .errors import StorageFault
from .moments import microseconds, moment
from .stores.ledger import Ledger

log = logging.getLogger(__name__)
FOR = timedelta(hours=1)  # so long a decision can be taken back
_SPAN = FOR // timedelta(microseconds=1)
MOST = 200  # decisions of one person that are kept

Standing = dict[str, tuple[int, str]]  # of each memory its version and what it counts as


@dataclass(frozen=True, slots=True)
class Change:
    """One memory before and after a decision: version and status."""

    memory: str
    before: tuple[int, str]
    after: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Back:
    """What takes something back that changed more than versions and statuses: a verb, and the ids it is about."""

    verb: str
    ids: tuple[str, ...] = ()
    value: str = ""


@dataclass(slots=True)
class Decision:
    """Something that was decided; its `id` takes it back, or what `back` says."""

    owner: str
    at: datetime
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    changes: tuple[Change, ...] = ()
    thread: str = ""  # the conversation in which it was said; empty: it was decided elsewhere
    back: Back | None = None


def is_over(at: int, now: int) -> bool:
    """Whether what was decided `at` stands by `now`; so it does when the clock was put back to before it.

    >>> hour = 3600 * 1_000_000
    >>> is_over(0, hour - 1), is_over(0, hour), is_over(5, 4)
    (False, True, True)
    """
    return not at <= now < at + _SPAN


class Decisions:
    """The last ones, as sealed documents: which memories were how, and no words. They outlive a restart."""

    def __init__(self, ledger: Ledger, conversations: Conversations) -> None:
        self._documents = ledger.documents
        self._conversations = conversations
        self._steady = threading.Lock()
        # when each was decided, by owner and id, oldest first; None: not looked up yet. The follower asks every second
        self._times: dict[tuple[str, str], int] | None = None

    def keep(self, decision: Decision, before: Standing, after: Standing) -> None:
        decision.changes = tuple(
            Change(memory, before[memory], after[memory])
            for memory in before.keys() & after.keys()
            if before[memory] != after[memory]
        )
        body: dict[str, Any] = {"changes": [astuple(change) for change in decision.changes]}
        if decision.thread:
            body["thread"] = decision.thread
        if decision.back is not None:
            body["back"] = astuple(decision.back)
        at = microseconds(decision.at)
        try:
            self._conversations.write("decision", decision.id, body, decision.owner, at=at)
        except StorageFault as fault:  # it is decided all the same, and only cannot be taken back
            log.warning("a decision cannot be taken back: %s", fault)
            return
        with self._steady:
            times = self._known()
            times[decision.owner, decision.id] = at
            own = [key for key in times if key[0] == decision.owner]
        self._drop(own[:-MOST])

    def find(self, id: str, owner: str, now: datetime) -> Decision | None:
        """A decision of this person's, while there is time to take it back."""
        with self._steady:
            at = self._known().get((owner, id))
        body = None if at is None or is_over(at, microseconds(now)) else self._body(owner, id)
        if at is None or body is None:
            return None
        changes = (Change(memory, (*before,), (*after,)) for memory, before, after in body["changes"])
        return Decision(
            owner,
            moment(at),
            id,
            tuple(changes),
            thread=body.get("thread", ""),
            back=_back(*body["back"]) if "back" in body else None,
        )

    def all(self, owner: str, now: datetime) -> list[Decision]:
        """What this person can still take back, the newest first."""
        with self._steady:
            ids = [id for of, id in self._known() if of == owner]
        found = [self.find(id, owner, now) for id in ids]
        return sorted((one for one in found if one), key=lambda one: one.at, reverse=True)

    def taken_back(self, decision: Decision) -> None:
        """Once is enough."""
        self._drop([(decision.owner, decision.id)])

    def forget(self, memories: Collection[str]) -> None:
        """What was decided about these goes with them: it could not be taken back any more."""
        gone = set(memories)
        with self._steady:
            keys = list(self._known())
        for owner, id in keys:
            body = self._body(owner, id)
            if body is None or gone.intersection(_about(body)):
                self._drop([(owner, id)])

    def clear(self, now: datetime) -> None:
        """What can no longer be taken back goes."""
        with self._steady:
            over = [key for key, at in self._known().items() if is_over(at, microseconds(now))]
        self._drop(over)

    def _drop(self, keys: Collection[tuple[str, str]]) -> None:
        for key in keys:
            with self._steady:
                known = self._known().pop(key, None)
            if known is not None:
                self._conversations.remove("decision", key[1], key[0])

    def _body(self, owner: str, id: str) -> dict[str, Any] | None:
        try:
            return self._conversations.read("decision", id, owner)
        except (Unreadable, KeyDestroyed):
            return None

    def _known(self) -> dict[tuple[str, str], int]:
        if self._times is None:
            found = self._documents.everybody("decision")
            self._times = {(document.owner, document.id): document.updated_at for document in found}
        return self._times


def _back(verb: str, ids: list[str], value: str) -> Back:
    return Back(verb, tuple(ids), value)


def _about(body: dict[str, Any]) -> list[str]:
    """The memories that a decision changed or names."""
    return [*(change[0] for change in body["changes"]), *(body["back"][1] if "back" in body else ())]
