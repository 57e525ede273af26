"""Finds the memories that a command means: by words, as what was said last, or all about the person."""

from __future__ import annotations

from collections.abc import Sequence

from memory.facade import Memory
from memory.records import Shown

from ..turns import Turn
from .matching import Found, speaking_of

PAGE = 500


class Finding:
    """Looks in the memory of whoever the turn is of."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def speaking_of(self, words: str, language: str, turn: Turn) -> Found:
        """Every memory that holds the words; failing that, what comes to mind for them."""
        found = speaking_of(await self._all(turn), words, language)
        if found.memories:
            return found
        near = await self._memory.recall(words, scope=turn.scope, by=turn.principal, limit=3)
        own = [hit.memory for hit in near.hits if hit.memory.speaker != "assistant"]
        return Found(() if near.abstained else tuple(own), loosely=True)

    async def said_last(self, turn: Turn) -> Found:
        """The last message of the person's in this conversation."""
        said = await self._memory.conversation(turn.thread, scope=turn.scope, by=turn.principal)
        own = [memory for memory in said if memory.speaker != "assistant"]
        return Found(tuple(own[-1:]), loosely=True)

    async def about_the_person(self, turn: Turn) -> tuple[Shown, ...]:
        """What was learned about the person; failing that, all that they said."""
        found = [
            memory
            for memory in await self._all(turn, ("fact", "preference"))
            if memory.subject in ("", "user")
        ]
        return tuple(found) or tuple(m for m in await self._all(turn, ("episode",)) if m.speaker == "user")

    async def _all(self, turn: Turn, kinds: Sequence[str] = ("episode", "fact", "preference")) -> list[Shown]:
        found: list[Shown] = []
        while True:
            page = await self._memory.browse(
                scope=turn.scope, by=turn.principal, offset=len(found), limit=PAGE
            )
            found += page.memories
            if not page.memories or len(found) >= page.total:
                return [memory for memory in found if memory.kind in kinds]
