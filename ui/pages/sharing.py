"""Sharing: who else may read what, what they see of it, and what others let this person read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from agent.giving import Terms
from agent.wiring import running
from memory.errors import BadInput
from memory.records import KINDS, Kind
from privacy.access import Grant
from privacy.identity import Scope

from ..person import Person
from .rendering import Me, page, render

PAGE = 50
SAMPLE = 5  # memories in a preview
router = APIRouter()


class Offer(BaseModel):
    """What somebody is about to share, as the form says it; empty: no limit."""

    reader: str = ""
    topic: str = ""
    kind: str = ""
    days: str = ""
    anonymised: bool = False


@router.get("/sharing", response_class=HTMLResponse)
async def sharing(request: Request, me: Me) -> HTMLResponse:
    received = await running().sharing.received(by=me.principal)
    values = {**await _given(me), "received": sorted({grant.owner for grant in received})}
    return await page(request, me, "privacy", values, name="sharing.html")


async def _given(me: Person) -> dict[str, Any]:
    now = datetime.now(UTC)
    given = await running().sharing.given(scope=me.scope, by=me.principal)
    return {
        "accounts": running().settings.auth == "password",
        "given": [grant for grant in given if grant.holds(now)],
        "over": [grant for grant in given if not grant.holds(now)],
        "kinds": KINDS[:4],
    }


@router.post("/sharing/preview", response_class=HTMLResponse)
async def preview(request: Request, me: Me, offer: Annotated[Offer, Form()]) -> HTMLResponse:
    """What somebody would see, before anything is shared."""
    name = await running().giving.reader(offer.reader)
    grant = Grant(
        id="",
        owner=me.scope.owner,
        reader=name,
        given_at=datetime.now(UTC),
        topic=offer.topic.strip(),
        kinds=_kinds(offer.kind),
        anonymised=offer.anonymised,
    )
    seen = await running().memory.seen_through(grant, scope=me.scope, by=me.principal, limit=SAMPLE)
    asked = offer.model_dump() | {"reader": name}
    return render(request, "share_preview.html", {"seen": seen, "asked": asked})


@router.post("/sharing/give", response_class=HTMLResponse)
async def give(request: Request, me: Me, offer: Annotated[Offer, Form()]) -> HTMLResponse:
    days = offer.days
    if days and not (days.isdecimal() and 0 < int(days) < 10_000):
        raise BadInput("Choose for how long this is shared, from the list.")
    terms = Terms(
        topic=offer.topic,
        kinds=_kinds(offer.kind),
        expires_at=datetime.now(UTC) + timedelta(days=int(days)) if days else None,
        anonymised=offer.anonymised,
    )
    await running().giving.give(offer.reader, terms, scope=me.scope, by=me.principal)
    return render(request, "grants.html", {**await _given(me), "given_now": True})


@router.post("/sharing/{grant}/revoke", response_class=HTMLResponse)
async def revoke(request: Request, me: Me, grant: str) -> HTMLResponse:
    """Nothing of it can be read any more."""
    await running().giving.end([grant], scope=me.scope, by=me.principal)
    return render(request, "grants.html", await _given(me))


@router.get("/shared/{owner}", response_class=HTMLResponse)
async def shared(
    request: Request,
    me: Me,
    owner: str,
    words: str = "",
    offset: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> HTMLResponse:
    """What somebody else lets this person read."""
    found = await running().memory.browse(
        scope=Scope(owner), by=me.principal, words=words, offset=offset, limit=PAGE
    )
    values = {
        "owner": owner,
        "words": words,
        "page": found,
        "following": offset + PAGE if offset + PAGE < found.total else None,
        "previous": max(0, offset - PAGE) if offset else None,
    }
    return await page(request, me, "privacy", values, name="shared.html")


def _kinds(kind: str) -> tuple[Kind, ...]:
    return tuple(one for one in KINDS if one == kind)
