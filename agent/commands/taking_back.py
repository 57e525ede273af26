"""What "undo" takes back: what was said last in this conversation, or what its person decided last anywhere, for an hour."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.choices import Choices
from memory.errors import UnknownMemory
from memory.facade import Memory
from memory.records import Shown
from memory.undoing import Back, Decision
from memory.verbs.connecting import WHO_IS_WHO
from privacy.access import Grant
from privacy.identity import Principal, Scope

from ..giving import END_AGAIN, GIVE_AGAIN, Giving
from ..practice import COUNT_AGAIN, UNWORD, Practice
from ..reservations import Reservations

Work = Callable[[Back, Scope, Principal], Awaitable[Sequence[Grant] | None]]
# what changed statuses too: these are made as they were first
WITH_STATUSES = (COUNT_AGAIN, UNWORD)


class OverAlready(UnknownMemory):
    """It was taken back some other way: there is nothing left of it to undo."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What is as it was before. `here`: it was done in this conversation, so nobody needs to be told what it is."""

    here: bool
    about: tuple[Shown, ...] = ()
    verb: str = ""  # what took it back, where that is more than versions and statuses
    shares: tuple[Grant, ...] = ()  # as they are now


class TakingBack:
    """The decisions lie sealed in memory, so that they outlive a restart and are known in every conversation."""

    def __init__(
        self,
        memory: Memory,
        reservations: Reservations,
        choices: Choices,
        practice: Practice,
        giving: Giving,
    ) -> None:
        self._memory = memory
        self._reservations = reservations
        self._choices = choices
        self._practice = practice
        self._giving = giving
        self._by_verb: dict[str, Work] = {
            "undo": self._undo,
            "confirm": self._confirm,
            "pause": self._pause,
            "resume": self._resume,
            "keep until": self._keep_until,
            "lift": self._lift,
            "switch": self._switch,
            WHO_IS_WHO: self._who_is_who,
            COUNT_AGAIN: self._count_again,
            UNWORD: self._unword,
            END_AGAIN: self._end_again,
            GIVE_AGAIN: self._give_again,
        }

    async def last(self, thread: str, *, scope: Scope, by: Principal) -> TakenBack | None:
        """Take back what was done last; None where there is nothing. BadInput when it is too late."""
        while (done := await self._memory.last_decision(thread, scope=scope, by=by)) is not None:
            try:
                return await self._back(done, thread, scope, by)
            except OverAlready:
                continue  # it is in the list no more
        return None

    async def one(self, decision: str, *, scope: Scope, by: Principal) -> TakenBack:
        """Take back what was decided, by its id. UnknownMemory where there is nothing; BadInput when it is too late."""
        done = await self._memory.decision(decision, scope=scope, by=by)
        return await self._back(done, done.thread, scope, by)

    async def _back(self, done: Decision, thread: str, scope: Scope, by: Principal) -> TakenBack:
        here, about = done.thread == thread, await self._about(done, scope, by)
        if done.back is None or done.back.verb in WITH_STATUSES:
            await self._memory.take_back(done.id, scope=scope, by=by)
        else:
            await self._memory.settled(done, scope=scope, by=by)
        if done.back is None:
            return TakenBack(here, about)
        shares = await self._by_verb[done.back.verb](done.back, scope, by)
        live = await self._memory.still_known([memory.id for memory in about], scope=scope, by=by)
        if done.back.verb == "undo":  # it is known again only now
            live = {memory.id: memory for memory in await self._about(done, scope, by)}
        return TakenBack(here, tuple(live.values()), done.back.verb, tuple(shares or ()))

    async def _about(self, done: Decision, scope: Scope, by: Principal) -> tuple[Shown, ...]:
        ids = [*(done.back.ids if done.back else ()), *(change.memory for change in done.changes)]
        if done.back and done.back.verb == "undo":
            forgetting = await self._memory.forgetting(ids[0], scope=scope, by=by)
            ids = [*forgetting.memories]
        live = await self._memory.still_known(ids, scope=scope, by=by)
        return tuple(live.values())

    async def _undo(self, back: Back, scope: Scope, by: Principal) -> None:
        await self._memory.undo(back.ids[0], scope=scope, by=by)

    async def _confirm(self, back: Back, scope: Scope, by: Principal) -> None:
        await self._memory.confirm(back.ids[0], scope=scope, by=by)

    async def _pause(self, back: Back, scope: Scope, by: Principal) -> None:
        await self._memory.pause(back.ids, scope=scope, by=by)

    async def _resume(self, back: Back, scope: Scope, by: Principal) -> None:
        await self._memory.resume(back.ids, scope=scope, by=by)

    async def _keep_until(self, back: Back, scope: Scope, by: Principal) -> None:
        until = datetime.fromisoformat(back.value) if back.value else None
        await self._memory.keep_until(back.ids, until, scope=scope, by=by)

    async def _lift(self, back: Back, scope: Scope, by: Principal) -> None:
        await self._reservations.lift(back.value, scope=scope, by=by)

    async def _switch(self, back: Back, scope: Scope, by: Principal) -> None:
        await self._choices.choose(back.value == "on", scope=scope, by=by)

    async def _who_is_who(self, back: Back, scope: Scope, by: Principal) -> None:
        try:
            await self._memory.undo_identity(back.value, scope=scope, by=by)
        except UnknownMemory as gone:
            raise OverAlready(str(gone)) from gone

    async def _count_again(self, back: Back, scope: Scope, by: Principal) -> None:
        await self._practice.count_again(back, scope=scope, by=by)

    async def _unword(self, back: Back, scope: Scope, by: Principal) -> None:
        await self._practice.unword(back, scope=scope, by=by)

    async def _end_again(self, back: Back, scope: Scope, by: Principal) -> Sequence[Grant]:
        return _some(await self._giving.end_again(back, scope=scope, by=by))

    async def _give_again(self, back: Back, scope: Scope, by: Principal) -> Sequence[Grant]:
        return _some(await self._giving.give_again(back, scope=scope, by=by))


def _some(shares: Sequence[Grant]) -> Sequence[Grant]:
    if not shares:
        raise OverAlready("This was taken back already.")
    return shares
