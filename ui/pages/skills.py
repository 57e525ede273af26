"""Skills: ways of answering that were learned; how they did, what a change would do, and who decides."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from agent.wiring import running

from ..procedures_api import CANNOT_STEER
from .rendering import Me, page, render

router = APIRouter()
TRIED_AT_ONCE = 5  # proposals that are tried on the past without being asked


@router.get("/skills", response_class=HTMLResponse)
async def skills(request: Request, me: Me) -> HTMLResponse:
    app = running()
    accounts = await app.practice.accounts(scope=me.scope, by=me.principal)
    told = [
        await app.practice.account(one.procedure.id, scope=me.scope, by=me.principal)
        if one.procedure.edition > 1
        else one
        for one in accounts
    ]
    cannot = "" if app.model.capable else CANNOT_STEER
    asked = [one.procedure.id for one in accounts if one.procedure.needs_approval][:TRIED_AT_ONCE]
    tried = {skill: await app.practice.replay(skill, scope=me.scope, by=me.principal) for skill in asked}
    charter = await app.charters.holding(me.scope)
    values = {
        "accounts": told,
        "cannot": cannot,
        "tried": tried,
        "small": charter.small_changes,
        "since": charter.dates.get("small changes"),
    }
    return await page(request, me, "skills", values)


@router.post("/skills/small-changes")
async def small_changes(me: Me, wanted: Annotated[bool, Form()]) -> Response:
    """Whether what is only worded otherwise holds without being asked about."""
    await running().charters.small_changes(wanted, scope=me.scope, by=me.principal)
    return _anew()


@router.get("/skills/{skill}/replay", response_class=HTMLResponse)
async def replay(request: Request, me: Me, skill: str) -> HTMLResponse:
    """What it would have changed in the last turns."""
    tried = await running().practice.replay(skill, scope=me.scope, by=me.principal)
    return render(request, "replay.html", {"replay": tried})


@router.post("/skills/{skill}/approve")
async def approve(me: Me, skill: str) -> Response:
    await running().practice.approve(skill, scope=me.scope, by=me.principal)
    return _anew()


@router.post("/skills/{skill}/reject")
async def reject(me: Me, skill: str) -> Response:
    await running().practice.reject(skill, scope=me.scope, by=me.principal)
    return _anew()


@router.post("/skills/{skill}/retire")
async def retire(me: Me, skill: str) -> Response:
    await running().practice.retire(skill, scope=me.scope, by=me.principal)
    return _anew()


@router.post("/skills/{skill}/rollback")
async def roll_back(me: Me, skill: str) -> Response:
    await running().practice.roll_back(skill, scope=me.scope, by=me.principal)
    return _anew()


@router.post("/skills/{skill}/reword")
async def reword(
    me: Me, skill: str, rule: Annotated[str, Form()] = "", trigger: Annotated[str, Form()] = ""
) -> Response:
    """Another edition, which waits for approval."""
    await running().practice.reword(skill, rule, trigger, scope=me.scope, by=me.principal)
    return _anew()


def _anew() -> Response:
    return Response(headers={"HX-Refresh": "true"})
