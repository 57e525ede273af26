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
from memory.records import Shown
from privacy.identity import Principal, Scope

from .context import Composed, Piece, shown
from .models.port import ChatModel, Place
from .turns import Role, Turn

HOLE = "[forgotten]"


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
    used: tuple[str, ...]
    complete: bool  # nothing of it was forgotten since


class Receipts:
    """Keeps receipts with the conversations they belong to, and opens them for their owner."""

    def __init__(self, conversations: Conversations, memory: Memory) -> None:
        self._conversations = conversations
        self._memory = memory

    async def keep(self, turn: Turn, model: ChatModel, sent: Composed | None, used: Sequence[str]) -> str:
        body = {
            "model": model.name,
            "place": model.place,
            "used": list(used),
            "messages": [
                {"role": part.role, "pieces": [_kept(piece) for piece in part.pieces]}
                for part in (sent.parts if sent else ())
            ],
        }
        receipt = uuid.uuid4().hex
        await self._conversations.put("receipt", receipt, body, scope=turn.scope, parent=turn.thread)
        return receipt

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
