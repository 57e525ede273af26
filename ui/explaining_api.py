"""REST for what explains: accounts of memories, previews of forgetting, comparisons, reservations, activity."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query

from agent.comparison import Comparison, compared
from agent.reservations import Reservation
from agent.wiring import running
from memory.verbs.explaining import Reach

from .api import Me

router = APIRouter(prefix="/api/v1")


@router.get("/memories/{memory}/account")
async def account(me: Me, memory: str) -> dict[str, Any]:
    """All there is to say about a memory: its words, versions, what it taught, and the answers that used it."""
    app = running()
    told = await app.memory.account(memory, scope=me.scope, by=me.principal)
    uses = await app.receipts.uses(memory, scope=me.scope, by=me.principal)
    return asdict(told) | {"uses": [asdict(use) for use in uses]}


@router.post("/forget/preview")
async def preview(me: Me, ids: Annotated[list[str], Body(embed=True, max_length=10_000)]) -> Reach:
    """What a forgetting would take along. Nothing is changed."""
    return await running().memory.reach(ids, scope=me.scope, by=me.principal)


@router.post("/receipts/{receipt}/again")
async def again(me: Me, receipt: str) -> Comparison:
    """The same question without memory, beside the answer that was given. Nothing of it is kept."""
    app = running()
    return await compared(receipt, app.assistant, app.receipts, app.memory, scope=me.scope, by=me.principal)


@router.post("/memories/{memory}/not-here")
async def not_here(
    me: Me, memory: str, receipt: Annotated[str, Body(embed=True, max_length=100)]
) -> Reservation:
    """Not to be used for the question that this receipt is about, nor for those like it."""
    return await running().reservations.make(memory, receipt, scope=me.scope, by=me.principal)


@router.get("/reservations")
async def reservations(me: Me) -> dict[str, Any]:
    found = await running().reservations.all(scope=me.scope, by=me.principal)
    return {"reservations": [asdict(one) for one in found]}


@router.delete("/reservations/{reservation}")
async def lift(me: Me, reservation: str) -> dict[str, bool]:
    await running().reservations.lift(reservation, scope=me.scope, by=me.principal)
    return {"lifted": True}


@router.get("/activity")
async def activity(
    me: Me,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """What happened to a person's memories, newest first: ids and actions, no words."""
    events, total = await running().memory.events(scope=me.scope, by=me.principal, offset=offset, limit=limit)
    return {"total": total, "events": [asdict(event) for event in events]}


@router.post("/activity/verify")
async def verify(me: Me) -> dict[str, Any]:
    """Check the whole journal's chain of hashes, every payload and every key."""
    checked = await running().memory.verify()
    return {"entries": checked.entries}
