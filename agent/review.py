"""What a person has to decide: what waits for a yes, contradictions, doubts, ways of answering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from memory.arrivals import Arrival
from memory.facade import Memory
from memory.records import Shown, Waiting
from memory.verbs.explaining import about_the_same
from privacy.identity import Principal, Scope

# arrival: what a file brought; asked: it is kept only with a yes; conflict: two that cannot both be so; doubt: what it rested on is no longer so
Sort = Literal["arrival", "asked", "conflict", "doubt", "skill"]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to decide: the memories that it is about, the newest first, or what waits for a yes: by itself, or with its file."""

    sort: Sort
    memories: tuple[Shown, ...] = ()
    waiting: Waiting | None = None
    arrival: Arrival | None = None


def sorted_out(found: Sequence[Shown]) -> tuple[Card, ...]:
    """Memories in doubt as things to decide: those about the same belong together."""
    left, cards = sorted(found, key=lambda memory: memory.id, reverse=True), list[Card]()
    while left:
        memory = left.pop(0)
        if memory.kind == "procedure":
            cards += [Card("skill", (memory,))] if memory.needs_approval else []
        else:
            others = [other for other in left if other.status == "disputed" and about_the_same(memory, other)]
            left = [other for other in left if other not in others]
            cards.append(Card("conflict" if others else "doubt", (memory, *others)))
    return tuple(cards)


class Review:
    """A list made anew at each look: what was decided or forgotten meanwhile is not in it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def cards(self, *, scope: Scope, by: Principal) -> tuple[Card, ...]:
        """What waits for a yes first: it goes after a month."""
        waiting = await self._memory.waiting(scope=scope, by=by)
        arrivals = await self._memory.arrivals(scope=scope, by=by)
        found = await self._memory.in_state(("disputed", "trial"), scope=scope, by=by)
        asked = [Card("asked", waiting=one) for one in waiting]
        return (*(Card("arrival", arrival=one) for one in arrivals), *asked, *sorted_out(found))
