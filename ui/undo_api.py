"""REST for taking back what was decided: one thing by its id, or the last one, whichever way it was decided."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from agent.commands.taking_back import TakenBack
from agent.wiring import running
from memory.errors import BadInput
from memory.voices import told

from .api import Me

router = APIRouter(prefix="/api/v1")


@router.post("/undo")
async def undo(me: Me) -> dict[str, Any]:
    """Take back what was decided last, as "undo" does in the chat."""
    done = await running().taking_back.last("", scope=me.scope, by=me.principal)
    if done is None:
        raise BadInput("There is nothing to take back.")
    return _shown(done)


@router.post("/decisions/{decision}/undo")
async def undo_one(me: Me, decision: str) -> dict[str, Any]:
    """Take back one decision, for an hour."""
    return _shown(await running().taking_back.one(decision, scope=me.scope, by=me.principal))


def _shown(done: TakenBack) -> dict[str, Any]:
    """The memories and the shares that are as they were before."""
    return {
        "memories": [{"id": memory.id, "says": told(memory)} for memory in done.about],
        "shares": [{"id": share.id, "reader": share.reader} for share in done.shares],
    }
