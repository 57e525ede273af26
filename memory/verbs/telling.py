"""A person's story as it can be told: by day, topic or person, and conversations in short."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import get_args

import numpy as np

from privacy.access import require
from privacy.identity import Principal, Scope

from ..errors import BadInput
from ..experience import EXPERIENCES, Experience
from ..graph import graph_of
from ..loops import open_loops
from ..milestones import ASPECT, SharedHistory, milestone
from ..ports import Vector
from ..records import Recollection, Shown
from ..reminding import ASPECT as REMINDERS
from ..reminding import Reminder, reminder_of
from ..summaries import Summary, summarised
from ..timeline import By, Moment, Stretch, by_day, by_person, by_topic, moment_of, within
from ..times.periods import Period, period_of, until_of
from .dating import Dating


class Telling(Dating):
    """Verbs that tell what happened. Nothing they tell is stored, so nothing of it can outlive what it was told from."""

    async def timeline(
        self,
        *,
        scope: Scope,
        by: Principal,
        order: By = "day",
        when: str = "",
        kind: Experience | None = None,
        limit: int = 500,
    ) -> tuple[Stretch, ...]:
        """What the person told, in stretches; `when`: of a time in words ("last week"); `kind`: plans, events, ..."""
        await self._gate.admit(by, "read", scope, "timeline")
        if order not in get_args(By):
            raise BadInput("A timeline goes by day, topic or person.")
        return await asyncio.to_thread(self._timeline, scope, order, when, kind, limit)

    def _timeline(
        self, scope: Scope, order: By, when: str, kind: Experience | None, limit: int
    ) -> tuple[Stretch, ...]:
        moments = within(self._moments(scope), self._period(when, scope))
        moments = [m for m in moments if kind is None or kind in m.kinds][-limit:]
        if order == "topic":
            return by_topic(moments, self._vectors(scope, [m.memory.id for m in moments]))
        return by_day(moments) if order == "day" else by_person(moments)

    async def experiences(self, *, scope: Scope, by: Principal) -> dict[str, int]:
        """How much there is of each kind of experience."""
        await self._gate.admit(by, "read", scope, "experiences")
        moments = await asyncio.to_thread(self._moments, scope)
        counts = Counter(kind for moment in moments for kind in moment.kinds)
        return {kind: counts[kind] for kind in EXPERIENCES}

    async def summary(self, session: str, *, scope: Scope, by: Principal) -> Summary:
        """A conversation in a few of its own sentences, in layers that name what they cover."""
        await self._gate.admit(by, "read", scope, "summary")

        def read() -> Summary:
            owner = self._archive.owner(scope)
            ids = self._archive.ledger.last_of_session(owner, self._archive.session(owner, session), 100_000)
            said = self._archive.all_shown(self._archive.live(owner, ids=ids))
            return summarised([memory for memory in said if memory.speaker != "assistant"])

        return await asyncio.to_thread(read)

    async def open_loop(self, *, scope: Scope, by: Principal, thread: str = "") -> Shown | None:
        """Something that was coming and is over, to ask about. It is noted as asked before it is told: never twice.

        `thread`: the conversation in which it is asked; nothing else is brought up in it unasked.
        """
        await self._gate.admit(by, "read", scope, "open_loop")
        if self._settings(self._archive.owner(scope)).get(REMINDERS) == "off":
            return None
        offered = {
            body["memory"] for body in await self._conversations.list("loop", scope=scope, limit=100_000)
        }

        def find() -> list[Moment]:
            told = [moment for moment in self._moments(scope) if moment.memory.status != "paused"]
            return open_loops(told, self._clock(), offered)

        found = await asyncio.to_thread(find)
        if not found:
            return None
        memory = found[0].memory
        await self._note_told([memory], thread, scope)
        return memory

    async def reminder(
        self, found: Recollection, thread: str, *, scope: Scope, by: Principal
    ) -> Reminder | None:
        """Something that the talk has come to and that its person may want to hear of unasked.

        At most one in a conversation, nothing twice, and none at all when its person does not want any.
        """
        await self._gate.admit(by, "read", scope, "reminder")
        owner = self._archive.owner(scope)
        off = self._settings(owner).get(REMINDERS) == "off"
        if (
            off
            or found.abstained
            or await self._conversations.list("loop", scope=scope, parent=thread, limit=1)
        ):
            return None
        offered = {
            body["memory"] for body in await self._conversations.list("loop", scope=scope, limit=100_000)
        }
        reminder = reminder_of(found.hits, self._clock(), self._zone(scope), offered)
        if reminder is not None:
            await self._note_told(reminder.memories, thread, scope)
        return reminder

    async def _note_told(self, memories: Sequence[Shown], thread: str, scope: Scope) -> None:
        for memory in memories:
            body = {"memory": memory.id}
            await self._conversations.put("loop", f"loop-{memory.id}", body, scope=scope, parent=thread)

    async def shared_history(self, *, scope: Scope, by: Principal) -> SharedHistory | None:
        """Since when there are conversations, and how many; None before the first."""
        await self._gate.admit(by, "read", scope, "shared_history")
        owner = self._archive.owner(scope)

        def read() -> SharedHistory | None:
            first, conversations = self._archive.ledger.conversations(owner)
            oldest = next(iter(self._archive.live(owner, ids=[first])), None) if first else None
            if oldest is None:
                return None
            return SharedHistory(oldest.occurred_at.astimezone(self._zone(scope)).date(), conversations)

        return await asyncio.to_thread(read)

    async def milestone(self, *, scope: Scope, by: Principal) -> SharedHistory | None:
        """The shared history, when it reaches a milestone. It is noted as told before it is told: never twice."""
        history = await self.shared_history(scope=scope, by=by)
        if history is None or self._settings(self._archive.owner(scope)).get(ASPECT) == "off":
            return None
        told = {body["name"] for body in await self._conversations.list("milestone", scope=scope)}
        name = milestone(history, self._clock().astimezone(self._zone(scope)).date(), told)
        if not name:
            return None
        id = f"milestone-{self._archive.owner(scope)}-{name}"
        await self._conversations.put("milestone", id, {"name": name}, scope=scope)
        return history

    async def moment_named(self, words: str, *, scope: Scope, by: Principal) -> datetime:
        """When "last May" or "3 May 2025" begins, where the person is; a day is taken at noon. BadInput: it is no time."""
        require(by, "read", scope)
        found = await asyncio.to_thread(self._period, words, scope)
        if found is None:
            raise BadInput("Say until when: “until 3 May 2026”.")
        return found.start + min(found.end - found.start, timedelta(days=1)) / 2

    async def term_named(self, words: str, *, scope: Scope, by: Principal) -> datetime:
        """Noon of the day until which something is kept: "Friday" is the next one, "June" its first day, "the end of June"
        its last. BadInput: it is no time."""
        require(by, "read", scope)
        found = await asyncio.to_thread(self._period, words, scope, ahead=True)
        if found is None:
            raise BadInput("Say until when: “until 3 May 2026”.")
        return until_of(found, self._clock())

    def _period(self, when: str, scope: Scope, *, ahead: bool = False) -> Period | None:
        if not when.strip():
            return None
        zone = self._zone(scope)
        now: datetime = self._clock()
        found = period_of(when, now, zone, ahead=ahead)
        if found is None:
            raise BadInput(
                f"“{when}” is no time that can be read. Try “last week”, “in March” or “on 3 May 2026”."
            )
        return found

    def _moments(self, scope: Scope) -> list[Moment]:
        owner, zone = self._archive.owner(scope), self._zone(scope)
        people = [
            e.name for e in graph_of(self._beliefs.known(owner)).entities.values() if e.kind == "person"
        ]
        told = self._archive.all_shown(self._archive.live(owner, kind="episode"))
        return [moment_of(memory, zone, dict.fromkeys(people)) for memory in told if _told(memory)]

    def _vectors(self, scope: Scope, ids: list[str]) -> dict[str, Vector]:
        """The meaning of memories, as far as they are embedded by now."""
        found: dict[str, Vector] = {}
        stored = self._archive.stored(self._archive.owner(scope), ids=ids) if ids else ()
        for item in stored:
            if (vector := self._indexer.vector(item)) is not None:
                found[item.id] = np.asarray(vector, dtype=np.float32)
        return found


def _told(memory: Shown) -> bool:
    return memory.speaker != "assistant" and bool(memory.text.strip())
