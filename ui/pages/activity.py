"""Activity: every change to memory, as the journal has it, and whether the journal is whole."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from agent.wiring import running
from privacy.errors import ChainBroken

from .rendering import ACTIONS, Me, page, render

PAGE = 100
router = APIRouter()


@router.get("/activity", response_class=HTMLResponse)
async def activity(
    request: Request, me: Me, action: str = "", offset: Annotated[int, Query(ge=0)] = 0
) -> HTMLResponse:
    chosen = (action,) if action in ACTIONS else ()
    events, total = await running().memory.events(
        scope=me.scope, by=me.principal, actions=chosen, offset=offset, limit=PAGE
    )
    values = {
        "events": events,
        "total": total,
        "action": action,
        "following": offset + PAGE if offset + PAGE < total else None,
        "previous": max(0, offset - PAGE) if offset else None,
    }
    return await page(request, me, "activity", values)


@router.post("/activity/verify", response_class=HTMLResponse)
async def verify(request: Request, me: Me) -> HTMLResponse:
    """The chain of hashes, every payload and every key."""
    try:
        checked = await running().memory.verify()
    except ChainBroken as broken:
        return render(request, "verified.html", {"broken": str(broken)})
    return render(request, "verified.html", {"checked": checked})
