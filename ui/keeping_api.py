"""REST for what is between keeping and forgetting: pause, use again, keep until a day, take some along."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated

from fastapi import APIRouter, Body
from fastapi.responses import StreamingResponse

from agent.wiring import running
from memory.verbs.setting_aside import Changed

from .api import Me
from .takes import Moment, in_media

router = APIRouter(prefix="/api/v1")
Ids = Annotated[list[str], Body(embed=True, max_length=10_000)]


@router.post("/pause")
async def pause(me: Me, ids: Ids) -> Changed:
    """Keep these and use them in no answer, with the words they rest on."""
    return await running().memory.pause(ids, scope=me.scope, by=me.principal)


@router.post("/resume")
async def resume(me: Me, ids: Ids) -> Changed:
    """Use them again."""
    done = await running().memory.resume(ids, scope=me.scope, by=me.principal)
    running().worker.nudge(me.scope, me.principal)
    return done


@router.post("/keep-until")
async def keep_until(me: Me, ids: Ids, until: Annotated[Moment | None, Body()] = None) -> Changed:
    """Forget these at that moment, by themselves; without one only when their person says so."""
    moment = until.replace(tzinfo=UTC) if until and not until.tzinfo else until
    return await running().memory.keep_until(ids, moment, scope=me.scope, by=me.principal)


@router.post("/export", response_class=StreamingResponse, responses=in_media("application/zip"))
async def export_some(me: Me, ids: Ids) -> StreamingResponse:
    """These memories alone, as a zip file that can be brought in elsewhere."""
    return packed(me, ids)


def packed(me: Me, ids: list[str] | None) -> StreamingResponse:
    """A zip file with these memories, or with everything."""
    file = running().portability.export(scope=me.scope, by=me.principal, only=ids)
    named = {"content-disposition": 'attachment; filename="keepsake.zip"', "cache-control": "no-store"}
    return StreamingResponse(file, media_type="application/zip", headers=named)
