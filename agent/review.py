"""What a person has to decide: what waits for a yes, contradictions, doubts, ways of answering; and, seldom, what nobody
asked for: what lay unused for long, and what may be there twice."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from memory.arrivals import Arrival
from memory.conversations import Conversations
from memory.errors import UnknownMemory
from memory.facade import Memory
from memory.records import Shown, Waiting
from memory.remnants import Remnant
from memory.verbs.explaining import about_the_same
from memory.verbs.tending import Tended
from privacy.access import require
from privacy.identity import Principal, Scope

from .nagging import WEEK, Asked, admitted

# arrival: what a file brought; asked: it is kept only with a yes; left: what a deleted chat left behind; conflict: two that cannot both be so; doubt: what it
# rested on is no longer so; outdated: not used for half a year; duplicate: two that may be one
Sort = Literal["arrival", "asked", "left", "conflict", "doubt", "skill", "outdated", "duplicate"]
UNASKED: tuple[Sort, ...] = ("outdated", "duplicate")
LATER = timedelta(days=7)
DOCUMENT: Literal["review"] = "review"


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to decide: the memories that it is about, the newest first, or what waits for a yes: by itself, with its file, or after its chat."""

    sort: Sort
    memories: tuple[Shown, ...] = ()
    waiting: Waiting | None = None
    arrival: Arrival | None = None
    remnant: Remnant | None = None
    later: datetime | None = None  # until then its person put it off

    @property
    def key(self) -> str:
        """What it is called when it is put off: the same as long as it is about the same."""
        if self.waiting is not None:
            return f"{self.sort}:{self.waiting.id}"
        if self.arrival is not None:
            return f"{self.sort}:{self.arrival.id}"
        if self.remnant is not None:
            return f"{self.sort}:{self.remnant.id}"
        return f"{self.sort}:{'+'.join(sorted(memory.id for memory in self.memories))}"


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


def unasked(tended: Tended) -> tuple[Card, ...]:
    """What may be there twice first: it is in every answer."""
    twice = [Card("duplicate", pair) for pair in tended.twice]
    return (*twice, *(Card("outdated", (memory,)) for memory in tended.unused))


class Review:
    """A list made anew at each look: what was decided or forgotten meanwhile is not in it."""

    def __init__(self, memory: Memory, conversations: Conversations, clock: Callable[[], datetime]) -> None:
        self._memory = memory
        self._conversations = conversations
        self._clock = clock
        self._noting: defaultdict[Scope, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def cards(self, *, scope: Scope, by: Principal) -> tuple[Card, ...]:
        """What is to be decided now; what waits for a yes first, as it goes after a month."""
        return tuple(card for card in await self._all(scope, by) if card.later is None)

    async def later(self, *, scope: Scope, by: Principal) -> tuple[Card, ...]:
        """What was put off, and until when."""
        return tuple(card for card in await self._all(scope, by) if card.later is not None)

    async def put_off(self, card: str, *, scope: Scope, by: Principal, time: timedelta = LATER) -> datetime:
        """Not now: it is back after a while. Raises UnknownMemory."""
        await self._known(card, scope, by)
        until = self._clock() + time
        await self._note(scope, by, lambda asked: asked.put_off(card, until))
        return until

    async def take_up(self, card: str, *, scope: Scope, by: Principal) -> None:
        """Now after all; or asked again, though it was settled."""
        await self._note(scope, by, lambda asked: asked.taken_up(card).undone(card))

    async def settle(self, card: str, *, scope: Scope, by: Principal) -> None:
        """It stays as it is, and nobody asks about it again. Raises UnknownMemory."""
        await self._known(card, scope, by)
        await self._note(scope, by, lambda asked: asked.done(card))

    async def _known(self, card: str, scope: Scope, by: Principal) -> None:
        if card not in {one.key for one in await self._all(scope, by)}:
            raise UnknownMemory("There is nothing of that name to decide. Look at Review for what there is.")

    async def _all(self, scope: Scope, by: Principal) -> tuple[Card, ...]:
        waiting = await self._memory.waiting(scope=scope, by=by)
        arrivals = await self._memory.arrivals(scope=scope, by=by)
        found = await self._memory.in_state(("disputed", "trial"), scope=scope, by=by)
        came = [Card("arrival", arrival=one) for one in arrivals]
        left = [Card("left", remnant=one) for one in await self._memory.remnants(scope=scope, by=by)]
        asked_for = (*came, *(Card("asked", waiting=one) for one in waiting), *left, *sorted_out(found))
        extra = unasked(await self._memory.untended(scope=scope, by=by))
        now, asked = self._clock(), await self._asked(scope)
        shown, noted = admitted([card.key for card in extra], asked, now)
        if noted != asked:
            await self._note(scope, by, lambda before: admitted([c.key for c in extra], before, now)[1])
        put_off = {card: until for card, until in asked.later.items() if now < until}
        open_ones = [*asked_for, *(c for c in extra if c.key in shown or c.key in put_off)]
        return tuple(replace(card, later=put_off.get(card.key)) for card in open_ones)

    async def _asked(self, scope: Scope) -> Asked:
        found = await self._conversations.list(DOCUMENT, scope=scope, limit=1)
        return _opened(found[0]) if found else Asked()

    async def _note(self, scope: Scope, by: Principal, change: Callable[[Asked], Asked]) -> None:
        require(by, "read", scope)
        async with self._noting[scope]:
            asked = _still_of_use(change(await self._asked(scope)), self._clock())
            id = f"review-{self._conversations.owner(scope)}"
            await self._conversations.put(DOCUMENT, id, _body(asked), scope=scope)


def _still_of_use(asked: Asked, now: datetime) -> Asked:
    """Without times that are over. What is shown week after week was asked in the first of them."""
    return replace(asked, later={card: at for card, at in asked.later.items() if now - at < WEEK})


def _body(asked: Asked) -> dict[str, Any]:
    return {
        "shown": {card: at.isoformat() for card, at in asked.shown.items()},
        "later": {card: at.isoformat() for card, at in asked.later.items()},
        "settled": sorted(asked.settled),
    }


def _opened(body: dict[str, Any]) -> Asked:
    def moments(kept: dict[str, str]) -> dict[str, datetime]:
        return {card: datetime.fromisoformat(at) for card, at in kept.items()}

    return Asked(moments(body["shown"]), moments(body["later"]), frozenset(body["settled"]))
