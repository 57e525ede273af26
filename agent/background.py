"""What happens after the answer: new episodes are read for facts and preferences, from a bookmark."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from memory.facade import Memory
from memory.ports import Distiller
from memory.records import Shown
from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope

from .hearsay import Hearsay

log = logging.getLogger(__name__)

AT_ONCE, GENTLY = 32, 1  # episodes in one request to a model, and in one stretch of our own reading
KNOWN = 10  # memories a distiller is told about


def pause(failures: int) -> float:
    """Seconds until the next try: twice as long after each failure, ten minutes at most.

    >>> [pause(n) for n in (1, 2, 3, 20)]
    [5.0, 10.0, 20.0, 600.0]
    """
    return min(5.0 * 2.0 ** (min(failures, 10) - 1), 600.0)


def _size(distiller: Distiller) -> int:
    """How many episodes a reader gets at a time."""
    return AT_ONCE if distiller.name == "mem0" else GENTLY


class Worker:
    """One task and its readers, the sure ones first: what rules find is kept also while a model fails.

    A fault is kept as a sentence and tried again after a pause; the bookmark stays where it was.
    """

    def __init__(self, memory: Memory, distillers: Sequence[Distiller]) -> None:
        self._memory = memory
        self._distillers = tuple(distillers)
        self._queue: asyncio.Queue[tuple[Scope, Principal]] = asyncio.Queue()
        self._read_to: dict[tuple[str, Scope], str] = {}  # how far a reader is ahead of the bookmark
        self._heard: defaultdict[tuple[str, Scope], Hearsay] = defaultdict(Hearsay)
        self._failures: dict[Scope, int] = {}
        self._pauses: dict[Scope, asyncio.TimerHandle] = {}
        self._task = asyncio.create_task(self._run(), name="distiller")
        self.pause = pause
        self.last_error: str | None = None

    def nudge(self, scope: Scope, by: Principal) -> None:
        """There is something to read. While a pause lasts, the next try will read it."""
        if scope not in self._pauses:
            self._queue.put_nowait((scope, by))

    async def _give_way(self) -> None:
        if not self._memory.hush.free:
            await asyncio.to_thread(self._memory.hush.give_way)

    async def drain(self) -> None:
        """Wait until everything that was nudged was read or tried."""
        await self._queue.join()

    async def _run(self) -> None:
        while True:
            scope, by = await self._queue.get()
            try:
                await self._distil(scope, by)
                self._failures.pop(scope, None)
                self.last_error = None
            except KeepsakeError as fault:
                self._postpone(scope, by)
                self.last_error = str(fault)
                log.warning("learning waits: %s", fault)
            except Exception as fault:  # noqa: BLE001  # a mistake of ours must not end learning for everybody
                self._postpone(scope, by)
                self.last_error = (
                    f"Turns could not be read ({type(fault).__name__}). They are kept and tried again."
                )
                log.error("learning waits: %s", type(fault).__name__)  # its text could be a person's
            finally:
                self._queue.task_done()

    def _postpone(self, scope: Scope, by: Principal) -> None:
        self._failures[scope] = self._failures.get(scope, 0) + 1
        if scope in self._pauses:
            return

        def again() -> None:
            del self._pauses[scope]
            self.nudge(scope, by)

        loop = asyncio.get_running_loop()
        self._pauses[scope] = loop.call_later(self.pause(self._failures[scope]), again)

    async def _distil(self, scope: Scope, by: Principal) -> None:
        reach: str | None = None
        for distiller in self._distillers:
            reach = await self._read(distiller, scope, by, reach)
        await self._read_what_was_accepted(scope, by)

    async def _read_what_was_accepted(self, scope: Scope, by: Principal) -> None:
        """What waited for a yes when its time to be read came."""
        while accepted := await self._memory.accepted(scope, limit=AT_ONCE):
            own = [e for e in accepted if e.kind == "episode" and e.speaker != "assistant"]
            for distiller in self._distillers:
                size = _size(distiller)
                for some in (own[start : start + size] for start in range(0, len(own), size)):
                    await self._give_way()
                    drafts = await distiller.distil(some, scope=scope, known=Beliefs(self._memory, scope, by))
                    await self._memory.learn(drafts, scope=scope, by=by)
            await self._memory.mark_accepted_read(scope, [episode.id for episode in accepted])

    async def _read(self, distiller: Distiller, scope: Scope, by: Principal, reach: str | None) -> str:
        """Take one reader through what is new to it; how far it is. The last reader moves the bookmark.

        `reach`: how far the reader before it is. None reads beyond: what is said meanwhile is new to all of them.
        """
        place = (distiller.name, scope)
        limit = _size(distiller)
        while episodes := [
            episode
            for episode in await self._memory.undistilled(
                scope, after=self._read_to.get(place, ""), limit=limit
            )
            if reach is None or episode.id <= reach
        ]:
            await self._give_way()
            own = [episode for episode in episodes if episode.speaker != "assistant"]
            known = Beliefs(self._memory, scope, by)
            drafts = await distiller.distil(own, scope=scope, known=known) if own else []
            drafts = self._heard[place].sifted(drafts, episodes)
            if drafts:
                await self._memory.learn(drafts, scope=scope, by=by)
            # after the facts: a crash in between reads again, and what is known is not learned twice
            self._read_to[place] = episodes[-1].id
            if distiller is self._distillers[-1]:
                await self._memory.mark_distilled(scope, episodes[-1].id)
        return self._read_to.get(place, "")

    async def aclose(self) -> None:
        for handle in self._pauses.values():
            handle.cancel()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What is believed about one person, for those who read their new words."""

    memory: Memory
    scope: Scope
    by: Principal

    async def about(self, words: str) -> Sequence[Shown]:
        found = await self.memory.recall(
            words, scope=self.scope, by=self.by, limit=4 * KNOWN, purpose="answer"
        )
        learned = [hit.memory for hit in found.hits if hit.memory.kind in ("fact", "preference")]
        return [memory for memory in learned if memory.status == "active"][:KNOWN]

    async def people(self) -> Mapping[str, frozenset[str]]:
        return await self.memory.people(self.scope)
