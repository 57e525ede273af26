"""The receipt of an answer: the exact request that was sent, kept as references and glue.

Never the text of a memory: what is forgotten later leaves a hole here too.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from memory.conversations import Conversations
from memory.errors import UnknownMemory
from memory.facade import Memory
from memory.procedural import Selection
from memory.records import Shown
from privacy.access import require
from privacy.identity import Principal, Scope

from .context import Composed, Piece, shown
from .models.port import ChatModel, Place
from .turns import Role, Turn

HOLE = "[forgotten]"
LOOKED_AT = 500  # receipts, the newest


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of the request as it was, holes where a memory was forgotten since."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was sent for one answer, to whom, and the memories it rests on."""

    id: str
    model: str
    place: Place
    messages: tuple[Sent, ...]  # empty: nothing was sent, the answer is a quotation
    used: tuple[str, ...]  # memories and procedures
    procedures: tuple[str, ...]
    withheld: tuple[str, ...]  # procedures left out to see whether they matter
    complete: bool  # nothing of it was forgotten since


@dataclass(frozen=True, slots=True)
class Run:
    """One turn as feedback needs it: what was asked, and which procedures were in the prompt or left out."""

    receipt: str
    asked: str  # the episode; empty: it was not kept
    applied: tuple[str, ...]
    withheld: tuple[str, ...]


class Receipts:
    """Keeps receipts with the conversations they belong to, and opens them for their owner."""

    def __init__(self, conversations: Conversations, memory: Memory) -> None:
        self._conversations = conversations
        self._memory = memory

    async def keep(
        self,
        turn: Turn,
        model: ChatModel,
        sent: Composed | None,
        used: Sequence[str],
        selection: Selection,
        asked: str,
    ) -> str:
        receipt = uuid.uuid4().hex
        body = {
            "id": receipt,
            "run": turn.run,
            "asked": asked,
            "procedures": [applied.memory.id for applied in selection.applied],
            "withheld": list(selection.withheld),
            "model": model.name,
            "place": model.place,
            "used": list(used),
            "messages": [
                {"role": part.role, "pieces": [_kept(piece) for piece in part.pieces]}
                for part in (sent.parts if sent else ())
            ],
        }
        await self._conversations.put("receipt", receipt, body, scope=turn.scope, parent=turn.thread)
        return receipt

    async def run(
        self, *, scope: Scope, by: Principal, thread: str | None = None, run: str = "", asked: str = ""
    ) -> Run | None:
        """The turn that the chat calls so (or whose receipt is called so), or that answered this episode."""
        require(by, "read", scope)
        for body in await self._conversations.list("receipt", scope=scope, parent=thread, limit=LOOKED_AT):
            names = {body.get("run"), body.get("id")} - {"", None}
            if (run and run in names) or (asked and body.get("asked") == asked):
                return Run(body["id"], body["asked"], tuple(body["procedures"]), tuple(body["withheld"]))
        return None

    async def latest(self, thread: str, *, scope: Scope, by: Principal) -> Receipt | None:
        """The receipt of the last answer in a conversation."""
        require(by, "read", scope)
        found = await self._conversations.list("receipt", scope=scope, parent=thread, limit=1)
        return await self.open(found[0]["id"], scope=scope, by=by) if found else None

    async def open(self, receipt: str, *, scope: Scope, by: Principal) -> Receipt:
        """Raises UnknownMemory for unknown and foreign receipts alike."""
        body = await self._conversations.get("receipt", receipt, scope=scope)
        if body is None:
            raise UnknownMemory("There is no such receipt.")
        wanted = {p["memory"] for m in body["messages"] for p in m["pieces"] if "memory" in p}
        live = await self._memory.still_known(sorted(wanted), scope=scope, by=by)
        messages = tuple(
            Sent(m["role"], "".join(_text(piece, live) for piece in m["pieces"])) for m in body["messages"]
        )
        return Receipt(
            id=receipt,
            model=body["model"],
            place=body["place"],
            messages=messages,
            used=tuple(body["used"]),
            procedures=tuple(body.get("procedures", ())),
            withheld=tuple(body.get("withheld", ())),
            complete=wanted <= set(live),
        )


def _kept(piece: Piece) -> dict[str, Any]:
    """A piece at rest: a reference, our own prose, or words under the key that gets masked."""
    if piece.kept is not None:
        shape = {"shape": piece.shape, "note": piece.note, "length": len(piece.text)}
        return {"memory": piece.kept.id, "version": piece.kept.version} | shape
    return {"prose" if piece.prose else "output": piece.text}


def _text(piece: Mapping[str, Any], live: Mapping[str, Shown]) -> str:
    if "memory" not in piece:
        return str(piece.get("prose", piece.get("output", "")))
    memory = live.get(piece["memory"])
    if memory is None or memory.version != piece["version"]:
        return HOLE
    return shown(piece["shape"], memory, number=piece["note"], length=piece["length"])
