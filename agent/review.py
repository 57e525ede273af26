"""What waits for a person's decision: contradictions, doubts, what came from outside, ways of answering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from memory.facade import Memory
from memory.records import Shown
from memory.verbs.explaining import about_the_same
from privacy.identity import Principal, Scope

# conflict: two that cannot both be so; doubt: what it rested on is no longer so; outside: not from the person's own words
Sort = Literal["conflict", "doubt", "outside", "skill"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide, and the memories that it is about, the newest first."""

    sort: Sort
    memories: tuple[Shown, ...]

    @property
    def id(self) -> str:
        return self.memories[0].id


def sorted_out(found: Sequence[Shown]) -> tuple[Waiting, ...]:
    """Memories in doubt as things to decide: those about the same belong together."""
    left, waiting = sorted(found, key=lambda memory: memory.id, reverse=True), list[Waiting]()
    while left:
        memory = left.pop(0)
        if memory.kind == "procedure":
            waiting += [Waiting("skill", (memory,))] if memory.needs_approval else []
        elif memory.status == "quarantined":
            waiting.append(Waiting("outside", (memory,)))
        else:
            others = [other for other in left if other.status == "disputed" and about_the_same(memory, other)]
            left = [other for other in left if other not in others]
            waiting.append(Waiting("conflict" if others else "doubt", (memory, *others)))
    return tuple(waiting)


class Review:
    """A list made anew at each look: what was decided or forgotten meanwhile is not in it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def waiting(self, *, scope: Scope, by: Principal) -> tuple[Waiting, ...]:
        found = await self._memory.in_state(("disputed", "quarantined", "trial"), scope=scope, by=by)
        return sorted_out(found)
