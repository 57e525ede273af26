"""Privacy: what is chosen, what is masked, taking along, bringing in, forgetting everything."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from agent.wiring import running
from memory.errors import BadInput
from memory.portability import LARGEST_PACKED

from ..api import EVERYTHING
from .rendering import Me, page, render

router = APIRouter()


@router.get("/privacy", response_class=HTMLResponse)
async def privacy(request: Request, me: Me) -> HTMLResponse:
    app, scope, by = running(), me.scope, me.principal
    reserved = await app.reservations.all(scope=scope, by=by)
    live = await app.memory.still_known([one.memory for one in reserved], scope=scope, by=by)
    values = {
        "choice": await app.choices.of(scope=scope, by=by),
        "reserved": [(one, live[one.memory]) for one in reserved if one.memory in live],
        "placeholders": await app.memory.placeholders(scope=scope, by=by),
        "counts": await app.memory.counts(scope=scope, by=by),
        "everything": EVERYTHING,
    }
    return await page(request, me, "privacy", values)


@router.post("/choice", response_class=HTMLResponse)
async def choose(request: Request, me: Me, remember: Annotated[bool, Form()]) -> HTMLResponse:
    choice = await running().choices.choose(remember, scope=me.scope, by=me.principal)
    return render(request, "switch.html", {"choice": choice})


@router.get("/privacy/values", response_class=HTMLResponse)
async def values(request: Request, me: Me) -> HTMLResponse:
    """What the placeholders stand for, for their owner."""
    found = await running().memory.placeholders(scope=me.scope, by=me.principal)
    return render(request, "placeholders.html", {"placeholders": found, "shown": True})


@router.post("/privacy/lift")
async def lift(me: Me, reservation: Annotated[str, Form()]) -> Response:
    await running().reservations.lift(reservation, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})


@router.post("/privacy/import", response_class=HTMLResponse)
async def bring_in(
    request: Request, me: Me, file: Annotated[UploadFile, File()], really: Annotated[bool, Form()] = False
) -> HTMLResponse:
    """First what it would bring; then, said once more, bring it."""
    packed = await file.read(LARGEST_PACKED + 1)
    if len(packed) > LARGEST_PACKED:
        raise BadInput("This file is too large to bring in at once. Nothing was brought in.")
    brought = await running().portability.bring_in(
        packed, scope=me.scope, by=me.principal, dry_run=not really
    )
    return render(request, "brought.html", {"brought": brought, "really": really})


@router.post("/privacy/everything", response_class=HTMLResponse)
async def everything(request: Request, me: Me, confirm: Annotated[str, Form()] = "") -> HTMLResponse:
    if confirm.strip().casefold() != EVERYTHING:
        raise BadInput(f'To forget everything, type "{EVERYTHING}". Nothing was forgotten.')
    done = await running().memory.forget_everything(scope=me.scope, by=me.principal)
    return render(request, "everything.html", {"done": done})
