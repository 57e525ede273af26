"""REST for what deleted chats left behind: look, forget it, keep it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body

from agent.wiring import running
from memory.records import Forgetting

from .api import Me
from .takes import Flag

router = APIRouter(prefix="/api/v1/remnants")


@router.get("")
async def remnants(me: Me) -> dict[str, Any]:
    """What came from chats that were deleted, and from them alone, until it is decided what becomes of it."""
    found = await running().memory.remnants(scope=me.scope, by=me.principal)
    return {"remnants": [asdict(one) for one in found]}


@router.post("/{remnant}/forget")
async def forget(me: Me, remnant: str, now: Annotated[Flag, Body(embed=True)] = False) -> Forgetting:
    """Forget all of it; as any forgetting it can be undone for ten seconds, if not `now`."""
    return await running().memory.forget_remnant(remnant, scope=me.scope, by=me.principal, now=now)


@router.post("/{remnant}/keep")
async def keep(me: Me, remnant: str) -> dict[str, bool]:
    """Keep it, though the chat is gone; nobody asks again."""
    await running().memory.keep_remnant(remnant, scope=me.scope, by=me.principal)
    return {"kept": True}


@router.post("/{remnant}/ask")
async def ask(me: Me, remnant: str) -> dict[str, bool]:
    """Take that back: it waits for a decision again."""
    await running().memory.ask_again(remnant, scope=me.scope, by=me.principal)
    return {"kept": False}
