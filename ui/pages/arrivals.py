"""What a file brought: look through it, keep all, some or none."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse

from agent.wiring import running
from memory.errors import UnknownMemory

from .rendering import Me, page, render

PAGE = 50
router = APIRouter()
Chosen = Annotated[list[str], Form(alias="memory", default_factory=list, max_length=PAGE)]


@router.get("/review/arrivals/{arrival}", response_class=HTMLResponse)
async def arrival(
    request: Request, me: Me, arrival: str, offset: Annotated[int, Query(ge=0, le=2**62)] = 0
) -> HTMLResponse:
    """One file's memories, page by page."""
    memory = running().memory
    found = await memory.arrived(arrival, scope=me.scope, by=me.principal, offset=offset, limit=PAGE)
    one = next((a for a in await memory.arrivals(scope=me.scope, by=me.principal) if a.id == arrival), None)
    if one is None:  # decided in another window, just now
        raise UnknownMemory("Nothing from that file waits for you any more. Review has what does.")
    values = {
        "arrival": one,
        "page": found,
        "following": offset + PAGE if offset + PAGE < found.total else None,
        "previous": max(0, offset - PAGE) if offset else None,
    }
    return await page(request, me, "review", values, name="arrival.html")


@router.post("/review/arrivals/{arrival}/accept", response_class=HTMLResponse)
async def accept(request: Request, me: Me, arrival: str, memory: Chosen) -> HTMLResponse:
    """Yes to what was chosen; without a choice to all that is left."""
    app = running()
    async with app.memory.undoable(scope=me.scope, by=me.principal) as undo:
        await app.memory.accept_arrival(arrival, memory or None, scope=me.scope, by=me.principal)
    app.worker.nudge(me.scope, me.principal)
    return render(request, "decided.html", {"sentence": "Kept.", "undo": undo.id, "gone": memory})


@router.post("/review/arrivals/{arrival}/refuse", response_class=HTMLResponse)
async def refuse(request: Request, me: Me, arrival: str, memory: Chosen) -> HTMLResponse:
    """No to what was chosen; without a choice to all that is left."""
    hidden = await running().memory.refuse_arrival(arrival, memory or None, scope=me.scope, by=me.principal)
    values = {"sentence": "Not kept. Gone for good in 10 seconds.", "forgetting": hidden.id, "gone": memory}
    return render(request, "decided.html", values)
