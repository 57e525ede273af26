"""What happens after the answer: new episodes are read for facts and preferences, from a bookmark."""

from __future__ import annotations

import asyncio
import logging

from memory.facade import Memory
from memory.ports import Distiller
from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope

log = logging.getLogger(__name__)


class Worker:
    """One task; a fault is kept as a sentence and tried again at the next nudge."""

    def __init__(self, memory: Memory, distiller: Distiller) -> None:
        self._memory = memory
        self._distiller = distiller
        self._queue: asyncio.Queue[tuple[Scope, Principal]] = asyncio.Queue()
        self._task = asyncio.create_task(self._run(), name="distiller")
        self.last_error: str | None = None

    def nudge(self, scope: Scope, by: Principal) -> None:
        self._queue.put_nowait((scope, by))

    async def drain(self) -> None:
        """Wait until everything that was nudged is done."""
        await self._queue.join()

    async def _run(self) -> None:
        while True:
            scope, by = await self._queue.get()
            try:
                await self._distil(scope, by)
                self.last_error = None
            except KeepsakeError as fault:
                self.last_error = str(fault)
                log.warning("learning waits: %s", fault)
            finally:
                self._queue.task_done()

    async def _distil(self, scope: Scope, by: Principal) -> None:
        while episodes := await self._memory.undistilled(scope):
            own = [episode for episode in episodes if episode.speaker != "assistant"]
            drafts = await self._distiller.distil(own, scope=scope)
            await self._memory.learn(drafts, scope=scope, by=by)
            # after the facts: a crash in between reads again, and what is known is not learned twice
            await self._memory.mark_distilled(scope, episodes[-1].id)

    async def aclose(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
