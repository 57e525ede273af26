"""What a decision changed, kept in mind for a while so that it can be taken back."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

MOST = 200  # decisions that are kept in mind

Standing = dict[str, tuple[int, str]]  # of each memory its version and what it counts as


@dataclass(frozen=True, slots=True)
class Change:
    """One memory before and after a decision: version and status."""

    memory: str
    before: tuple[int, str]
    after: tuple[int, str]


@dataclass(slots=True)
class Decision:
    """Something that was decided; its `id` takes it back."""

    owner: str
    at: datetime
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    changes: tuple[Change, ...] = ()


class Decisions:
    """The last ones, in memory only: after a restart nothing is taken back."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Decision] = OrderedDict()

    def keep(self, decision: Decision, before: Standing, after: Standing) -> None:
        decision.changes = tuple(
            Change(memory, before[memory], after[memory])
            for memory in before.keys() & after.keys()
            if before[memory] != after[memory]
        )
        self._known[decision.id] = decision
        if len(self._known) > MOST:
            self._known.popitem(last=False)

    def take(self, id: str, owner: str) -> Decision | None:
        """A decision of this person's, once."""
        if id in self._known and self._known[id].owner == owner:
            return self._known.pop(id)
        return None
