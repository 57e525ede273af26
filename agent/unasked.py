"""What is said unasked, below an answer: how it came about, what came up, how something went that was planned."""

from __future__ import annotations

from memory.facade import Memory
from memory.procedural import Selection
from memory.records import Recollection

from .languages import language_of
from .notices import Notices, carried_over
from .turns import Turn
from .wording import wording


class Unasked:
    """Says each thing once, and nothing while memory is not used."""

    def __init__(self, memory: Memory, notices: Notices) -> None:
        self._memory = memory
        self._notices = notices

    async def sentences(self, turn: Turn, selection: Selection, found: Recollection) -> list[str]:
        """What the person should know about how they were answered, and at most one thing more."""
        if not turn.uses:
            return []
        waiting = await self._notices.take(scope=turn.scope, by=turn.principal)
        more = await self._opening(turn) or await self._reminder(turn, found)
        return [*carried_over(selection), *waiting, *more]

    async def _opening(self, turn: Turn) -> list[str]:
        """When a conversation begins: how something went that was coming, in the person's own words and once; else a
        milestone of the shared history."""
        if turn.history or not turn.keeps:
            return []
        if loop := await self._memory.open_loop(scope=turn.scope, by=turn.principal, thread=turn.thread):
            words = wording(language_of(loop.text) or "en")
            return [words.how_did_it_go(loop.occurred_at, loop.text)]
        if history := await self._memory.milestone(scope=turn.scope, by=turn.principal):
            words = wording(language_of(turn.text) or "en")
            return [words.together(history.since, history.conversations)]
        return []

    async def _reminder(self, turn: Turn, found: Recollection) -> list[str]:
        """What the talk has come to: something open, two things that differ, a date that has come. One a conversation."""
        if not turn.keeps:
            return []
        about = await self._memory.reminder(found, turn.thread, scope=turn.scope, by=turn.principal)
        if about is None:
            return []
        told = [(memory.occurred_at, memory.text) for memory in about.memories]
        return [wording(language_of(turn.text) or "en").reminder(about.occasion, told)]
