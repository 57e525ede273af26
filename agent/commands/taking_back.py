"""What "undo" takes back: what was said last in this conversation, or what its person decided last anywhere, for an hour."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from memory.choices import Choices
from memory.facade import Memory
from memory.records import Shown
from memory.undoing import Back, Decision

from ..reservations import Reservations
from ..turns import Turn
from .telling_apart import TELL_APART

Work = Callable[[Back, Turn], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What is as it was before. `here`: it was done in this conversation, so nobody needs to be told what it is."""

    here: bool
    about: tuple[Shown, ...] = ()


class TakingBack:
    """The decisions lie sealed in memory, so that they outlive a restart and are known in every conversation."""

    def __init__(self, memory: Memory, reservations: Reservations, choices: Choices) -> None:
        self._memory = memory
        self._reservations = reservations
        self._choices = choices
        self._by_verb: dict[str, Work] = {
            "undo": self._undo,
            "confirm": self._confirm,
            "pause": self._pause,
            "resume": self._resume,
            "keep until": self._keep_until,
            "lift": self._lift,
            "switch": self._switch,
            TELL_APART: self._who_is_who,
        }

    async def last(self, turn: Turn) -> TakenBack | None:
        """Take back what was done last; None where there is nothing. BadInput when it is too late."""
        done = await self._memory.last_decision(turn.thread, scope=turn.scope, by=turn.principal)
        if done is None:
            return None
        if done.back is None:
            await self._memory.take_back(done.id, scope=turn.scope, by=turn.principal)
        else:
            await self._memory.settled(done, scope=turn.scope, by=turn.principal)
            await self._by_verb[done.back.verb](done.back, turn)
        return TakenBack(done.thread == turn.thread, await self._about(done, turn))

    async def _about(self, done: Decision, turn: Turn) -> tuple[Shown, ...]:
        ids = [*(done.back.ids if done.back else ()), *(change.memory for change in done.changes)]
        if done.back and done.back.verb == "undo":
            forgetting = await self._memory.forgetting(ids[0], scope=turn.scope, by=turn.principal)
            ids = [*forgetting.memories]
        live = await self._memory.still_known(ids, scope=turn.scope, by=turn.principal)
        return tuple(live.values())

    async def _undo(self, back: Back, turn: Turn) -> None:
        await self._memory.undo(back.ids[0], scope=turn.scope, by=turn.principal)

    async def _confirm(self, back: Back, turn: Turn) -> None:
        await self._memory.confirm(back.ids[0], scope=turn.scope, by=turn.principal)

    async def _pause(self, back: Back, turn: Turn) -> None:
        await self._memory.pause(back.ids, scope=turn.scope, by=turn.principal)

    async def _resume(self, back: Back, turn: Turn) -> None:
        await self._memory.resume(back.ids, scope=turn.scope, by=turn.principal)

    async def _keep_until(self, back: Back, turn: Turn) -> None:
        until = datetime.fromisoformat(back.value) if back.value else None
        await self._memory.keep_until(back.ids, until, scope=turn.scope, by=turn.principal)

    async def _lift(self, back: Back, turn: Turn) -> None:
        await self._reservations.lift(back.value, scope=turn.scope, by=turn.principal)

    async def _switch(self, back: Back, turn: Turn) -> None:
        await self._choices.choose(back.value == "on", scope=turn.scope, by=turn.principal)

    async def _who_is_who(self, back: Back, turn: Turn) -> None:
        await self._memory.undo_identity(back.value, scope=turn.scope, by=turn.principal)
