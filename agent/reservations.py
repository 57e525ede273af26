"""Reservations: a memory stays, but is not used for questions like one it was wrongly used for."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from memory.conversations import Conversations
from memory.errors import BadInput, UnknownMemory
from memory.facade import Memory
from memory.records import Recollection
from privacy.access import require
from privacy.identity import Principal, Scope

from .procedures import Procedures
from .receipts import Receipts

MOST = 200  # of one person, the newest
ALIKE = 0.5  # a cosine at which two questions are about the same topic, not only about the same person


@dataclass(frozen=True, slots=True)
class Reservation:
    """A memory, and the question that it is kept away from, with all that are like it."""

    id: str
    memory: str
    question: str


class Reservations:
    """Kept as ids: when the memory or the question is forgotten, a reservation says nothing any more."""

    def __init__(
        self, conversations: Conversations, memory: Memory, receipts: Receipts, procedures: Procedures
    ) -> None:
        self._conversations = conversations
        self._memory = memory
        self._receipts = receipts
        self._procedures = procedures

    async def make(self, memory: str, receipt: str, *, scope: Scope, by: Principal) -> Reservation:
        """Not for the question that this receipt is about, nor for those like it."""
        require(by, "write", scope)
        await self._memory.get(memory, scope=scope, by=by)
        asked = (await self._receipts.open(receipt, scope=scope, by=by)).asked
        live = await self._memory.still_known([asked], scope=scope, by=by) if asked else {}
        if asked not in live:
            raise BadInput(
                "What was asked was not kept, so what is like it cannot be known. Nothing was changed."
            )
        for known in await self.all(scope=scope, by=by):
            if (known.memory, known.question) == (memory, live[asked].text):
                return known
        body = {"id": uuid.uuid4().hex, "memory": memory, "asked": asked}
        await self._conversations.put("reservation", body["id"], body, scope=scope)
        return Reservation(body["id"], memory, live[asked].text)

    async def lift(self, reservation: str, *, scope: Scope, by: Principal) -> None:
        require(by, "write", scope)
        if not await self._conversations.delete("reservation", reservation, scope=scope):
            raise UnknownMemory("There is no such reservation.")

    async def all(self, *, scope: Scope, by: Principal) -> tuple[Reservation, ...]:
        """Those that still say something, the newest first."""
        require(by, "read", scope)
        kept = await self._conversations.list("reservation", scope=scope, limit=MOST)
        if not kept:
            return ()
        ids = [body[name] for body in kept for name in ("memory", "asked")]
        live = await self._memory.still_known(ids, scope=scope, by=by)
        return tuple(
            Reservation(body["id"], body["memory"], live[body["asked"]].text)
            for body in kept
            if body["memory"] in live and body["asked"] in live
        )

    async def respected(self, found: Recollection, *, scope: Scope, by: Principal) -> Recollection:
        """What came to mind, without what its person does not want used for a question like this."""
        came = {hit.memory.id for hit in found.hits}
        away = await self.kept_away(found.question, came, scope=scope, by=by)
        return replace(found, hits=tuple(hit for hit in found.hits if hit.memory.id not in away))

    async def kept_away(
        self, question: str, memories: Collection[str], *, scope: Scope, by: Principal
    ) -> frozenset[str]:
        """Those of the memories that are not to be used for a question like this."""
        meant = [one for one in await self.all(scope=scope, by=by) if one.memory in memories]
        if not meant:
            return frozenset()
        like = await self._procedures.likenesses(question, [one.question for one in meant], scope)
        return frozenset(one.memory for one, likeness in zip(meant, like, strict=True) if likeness >= ALIKE)
