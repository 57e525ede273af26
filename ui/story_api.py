"""REST for a person's story: timeline, summaries, and who is who."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query

from agent.wiring import running
from memory.experience import Experience
from memory.places import MOST, Place
from memory.timeline import By

from .api import Me
from .takes import Count, Flag, Measure, Moment

router = APIRouter(prefix="/api/v1")


@router.get("/timeline")
async def timeline(
    me: Me,
    by: By = "day",
    when: Annotated[str, Query(max_length=200)] = "",
    kind: Experience | None = None,
    limit: Annotated[int, Query(ge=1, le=5000)] = 500,
) -> dict[str, Any]:
    """What was told, by day, topic or person; `when` is a time in words."""
    found = await running().memory.timeline(
        scope=me.scope, by=me.principal, order=by, when=when, kind=kind, limit=limit
    )
    return {"stretches": [asdict(stretch) for stretch in found]}


@router.get("/experiences")
async def experiences(me: Me) -> dict[str, int]:
    """How much there is of each kind: plans, events, decisions, questions, problems solved, feelings."""
    return await running().memory.experiences(scope=me.scope, by=me.principal)


@router.get("/summaries/{thread}")
async def summary(me: Me, thread: str) -> dict[str, Any]:
    """A conversation in a few of its own sentences."""
    return asdict(await running().memory.summary(thread, scope=me.scope, by=me.principal))


@router.get("/graph")
async def graph(me: Me, as_of: Moment | None = None) -> dict[str, Any]:
    """Entities, the facts that relate them, and what follows; now or at an earlier moment."""
    moment = as_of.replace(tzinfo=UTC) if as_of and not as_of.tzinfo else as_of
    return asdict(await running().memory.graph(scope=me.scope, by=me.principal, as_of=moment))


@router.get("/graph/paths")
async def paths(me: Me, one: str, other: str) -> dict[str, Any]:
    """How two entities hang together."""
    found = await running().memory.paths(one, other, scope=me.scope, by=me.principal)
    return {"paths": [[asdict(link) for link in path] for path in found]}


@router.get("/graph/places")
async def places(me: Me) -> dict[str, dict[str, Place]]:
    """Where entities lie in the picture of Connections, as far as they were placed."""
    return {"places": await running().memory.places(scope=me.scope, by=me.principal)}


@router.put("/graph/places")
async def place(
    me: Me,
    places: Annotated[dict[str, tuple[Measure, Measure]], Body(embed=True, max_length=MOST)],
) -> dict[str, dict[str, Place]]:
    """Lay these entities there; others stay where they are. Answers with all places."""
    return {"places": await running().memory.place(places, scope=me.scope, by=me.principal)}


@router.delete("/graph/places")
async def unplace(me: Me) -> dict[str, dict[str, Place]]:
    """Forget where everything lies: the picture is laid out anew."""
    await running().memory.unplace(scope=me.scope, by=me.principal)
    return {"places": {}}


@router.get("/graph/{entity}")
async def neighbours(me: Me, entity: str, steps: Annotated[int, Query(ge=1, le=4)] = 1) -> dict[str, Any]:
    return asdict(await running().memory.neighbours(entity, scope=me.scope, by=me.principal, steps=steps))


@router.post("/graph/merge")
async def merge(me: Me, one: Annotated[str, Body()], other: Annotated[str, Body()]) -> dict[str, str]:
    """The two are one somebody."""
    return {"decision": await running().memory.merge_entities(one, other, scope=me.scope, by=me.principal)}


@router.post("/graph/split")
async def split(
    me: Me, entity: Annotated[str, Body()], facts: Annotated[list[str], Body(max_length=1000)]
) -> dict[str, str]:
    """These facts are about somebody else of the same name."""
    return {"decision": await running().memory.split_entity(entity, facts, scope=me.scope, by=me.principal)}


@router.put("/graph/{entity}/hidden")
async def hide(me: Me, entity: str, hidden: Annotated[Flag, Body(embed=True)]) -> dict[str, list[str]]:
    """Not shown in Connections, or shown again; it is known and used all the same. Answers with all that are hidden."""
    memory = running().memory
    change = memory.hide_entity if hidden else memory.show_entity
    await change(entity, scope=me.scope, by=me.principal)
    return {"hidden": sorted(await memory.hidden(scope=me.scope, by=me.principal))}


@router.post("/graph/decisions/{decision}/undo")
async def undo(me: Me, decision: str) -> dict[str, str]:
    await running().memory.undo_identity(decision, scope=me.scope, by=me.principal)
    return {"undone": decision}


@router.post("/tidy")
async def tidy(
    me: Me, keep: Annotated[Count, Body(ge=0)], dry_run: Annotated[Flag, Body()] = True
) -> dict[str, Any]:
    """Keep so many messages, the most important ones. Undo, for a day: POST /forgettings/{forgetting}/undo."""
    return asdict(await running().memory.tidy(keep, scope=me.scope, by=me.principal, dry_run=dry_run))
