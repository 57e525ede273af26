"""Activity: who looked, decided and sent, and what changed; and whether both logs are whole."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from agent.wiring import running
from privacy.errors import ChainBroken

from ..looks import LOOKS, in_lines
from .rendering import ACTIONS, Me, page, render

PAGE = 100
LOOKS_READ = 500  # entries; as lines they are far fewer
router = APIRouter()


@router.get("/activity", response_class=HTMLResponse)
async def activity(
    request: Request, me: Me, what: str = "", before: Annotated[int | None, Query(ge=1, le=2**62)] = None
) -> HTMLResponse:
    """Looks, shares, exports, decisions and models elsewhere; or what of them is called so."""
    called = tuple(verb for verb, word in LOOKS.items() if word == what)
    found = await running().activity.events(
        scope=me.scope, by=me.principal, actions=called, before=before, limit=LOOKS_READ
    )
    values = {
        "looks": in_lines(found),
        "older": found[-1].number if len(found) == LOOKS_READ else None,
        "what": what if called else "",
        "whats": sorted(set(LOOKS.values())),
        "log": "looks",
    }
    return await page(request, me, "activity", values)


@router.get("/activity/changes", response_class=HTMLResponse)
async def changes(
    request: Request, me: Me, action: str = "", offset: Annotated[int, Query(ge=0, le=2**62)] = 0
) -> HTMLResponse:
    """Every change to memory, as the journal has it."""
    chosen = (action,) if action in ACTIONS else ()
    events, total = await running().memory.events(
        scope=me.scope, by=me.principal, actions=chosen, offset=offset, limit=PAGE
    )
    values = {
        "log": "changes",
        "events": events,
        "total": total,
        "action": action,
        "following": offset + PAGE if offset + PAGE < total else None,
        "previous": max(0, offset - PAGE) if offset else None,
    }
    return await page(request, me, "activity", values)


@router.post("/activity/verify", response_class=HTMLResponse)
async def verify(request: Request, me: Me) -> HTMLResponse:
    """Both chains of hashes, and every payload of the journal."""
    try:
        journal, audit = await running().activity.verify()
    except ChainBroken as broken:
        return render(request, "verified.html", {"broken": str(broken)})
    return render(request, "verified.html", {"journal": journal, "audit": audit})
