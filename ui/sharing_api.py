"""REST for sharing and for the audit log."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query

from agent.giving import Given, Terms
from agent.wiring import running
from memory.records import Kind
from privacy.access import Grant
from privacy.identity import Scope

from .api import Before, Me, Offset
from .takes import Count, Flag, Moment

router = APIRouter(prefix="/api/v1")


@router.get("/shares")
async def shares(me: Me) -> dict[str, Any]:
    """What you share, and what others share with you now."""
    sharing = running().sharing
    given = await sharing.given(scope=me.scope, by=me.principal)
    received = await sharing.received(by=me.principal)
    now = datetime.now(UTC)
    return {"given": [_shown(g, now) for g in given], "received": [_shown(g, now) for g in received]}


@router.post("/shares")
async def share(
    me: Me,
    reader: Annotated[str, Body()],
    topic: Annotated[str, Body()] = "",
    kinds: Annotated[list[Kind] | None, Body()] = None,
    since: Annotated[Moment | None, Body()] = None,
    until: Annotated[Moment | None, Body()] = None,
    expires_at: Annotated[Moment | None, Body()] = None,
    anonymised: Annotated[Flag, Body()] = False,
) -> dict[str, Any]:
    """Let somebody with an account here read: all, or what is about a topic, of some kinds, of some time."""
    terms = Terms(
        topic=topic,
        kinds=tuple(kinds or ()),
        since=_in_utc(since),
        until=_in_utc(until),
        expires_at=_in_utc(expires_at),
        anonymised=anonymised,
    )
    return _done(await running().giving.give(reader, terms, scope=me.scope, by=me.principal))


@router.post("/shares/{grant}/revoke")
async def revoke(me: Me, grant: str) -> dict[str, Any]:
    return _done(await running().giving.end([grant], scope=me.scope, by=me.principal))


@router.get("/shared/{owner}/memories")
async def memories(
    me: Me,
    owner: str,
    words: str = "",
    kind: Kind | None = None,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """What somebody else shares with you."""
    page = await running().memory.browse(
        scope=Scope(owner), by=me.principal, words=words, kind=kind, offset=offset, limit=limit
    )
    return {"total": page.total, "offset": page.offset, "memories": [asdict(m) for m in page.memories]}


@router.post("/shared/{owner}/recall")
async def recall(
    me: Me,
    owner: str,
    question: Annotated[str, Body()],
    limit: Annotated[Count, Body(ge=1, le=100)] = 8,
) -> dict[str, Any]:
    found = await running().memory.recall(question, scope=Scope(owner), by=me.principal, limit=limit)
    return asdict(found)


@router.get("/activity")
async def activity(
    me: Me,
    before: Before = None,
    action: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> dict[str, Any]:
    """What happened to your memory, the newest first: looks, shares, exports, decisions, models elsewhere."""
    actions = (action,) if action else ()
    found = await running().activity.events(
        scope=me.scope, by=me.principal, actions=actions, before=before, limit=limit
    )
    return {"events": [asdict(event) for event in found]}


@router.get("/activity/verify")
async def verify(me: Me) -> dict[str, int]:
    """Whether journal and audit log are as they were written; 503 with the first broken entry if not."""
    journal, audited = await running().activity.verify()
    return {"journal": journal, "audit": audited}


def _done(given: Given) -> dict[str, Any]:
    """The share as it is now. Undo, for an hour: POST /decisions/{decision}/undo."""
    return {**_shown(given.grants[0], datetime.now(UTC)), "decision": given.decision}


def _shown(grant: Grant, now: datetime) -> dict[str, Any]:
    return {**asdict(grant), "holds": grant.holds(now)}


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment
