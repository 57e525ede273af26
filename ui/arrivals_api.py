"""REST for files that are brought in: what is in them waits until its person says yes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request

from agent.wiring import running
from memory.arrivals import Arrival, BroughtIn
from memory.bundles import LARGEST_PACKED
from memory.errors import BadInput
from memory.records import Forgetting

from .api import Me, Offset
from .takes import takes_media
from .uploads import TOO_LARGE

router = APIRouter(prefix="/api/v1")
Chosen = Annotated[list[str] | None, Body(embed=True, max_length=200_000)]


@router.post("/import", openapi_extra=takes_media("application/octet-stream"))
async def bring_in(
    me: Me, request: Request, dry_run: bool = False, name: Annotated[str, Query(max_length=300)] = ""
) -> BroughtIn:
    """A file as the body of the request: our own export, ChatGPT's, Claude's, Markdown or plain text."""
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > LARGEST_PACKED:
            raise BadInput(TOO_LARGE)
    return await running().memory.bring_in(bytes(raw), name, scope=me.scope, by=me.principal, dry_run=dry_run)


@router.get("/arrivals")
async def arrivals(me: Me) -> dict[str, Any]:
    """The files of which something waits, oldest first."""
    found = await running().memory.arrivals(scope=me.scope, by=me.principal)
    return {"arrivals": [_shown(arrival) for arrival in found]}


@router.get("/arrivals/{arrival}")
async def arrived(
    me: Me, arrival: str, offset: Offset = 0, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> dict[str, Any]:
    """What of one file waits."""
    page = await running().memory.arrived(
        arrival, scope=me.scope, by=me.principal, offset=offset, limit=limit
    )
    return {"total": page.total, "offset": page.offset, "memories": [asdict(m) for m in page.memories]}


@router.post("/arrivals/{arrival}/accept")
async def accept(me: Me, arrival: str, ids: Chosen = None) -> dict[str, int]:
    """Yes to these, or to all that is left of it."""
    app = running()
    accepted = await app.memory.accept_arrival(arrival, ids, scope=me.scope, by=me.principal)
    app.worker.nudge(me.scope, me.principal)
    return {"accepted": accepted}


@router.post("/arrivals/{arrival}/refuse")
async def refuse(me: Me, arrival: str, ids: Chosen = None) -> Forgetting:
    """No to these, or to all that is left of it. It can be undone for ten seconds."""
    return await running().memory.refuse_arrival(arrival, ids, scope=me.scope, by=me.principal)


def _shown(arrival: Arrival) -> dict[str, Any]:
    return {
        "id": arrival.id,
        "name": arrival.name,
        "source": arrival.source,
        "at": arrival.at,
        "until": arrival.until,
        "memories": len(arrival.becomes),
    }
