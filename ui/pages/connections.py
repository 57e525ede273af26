"""Connections: who and what hangs together, as a picture around one thing and as an equal table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from agent.wiring import running
from memory.graph import USER, Entity
from memory.verbs.connecting import Connections

from .rendering import Me, page

MOST = 150  # lines in one picture, and things: what is more is shown by how it is connected
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Line:
    """A relation between two entities: a fact, or what follows from facts."""

    start: Entity
    relation: str
    end: Entity
    fact: str = ""  # empty: it follows
    because: tuple[str, ...] = ()


def lines(found: Connections) -> list[Line]:
    """Facts first, then what follows from them."""
    known = {entity.id: entity for entity in found.entities}
    said = [
        Line(known[link.subject], _spoken(link.relation), known[link.object], fact=link.fact)
        for link in found.links
        if link.subject in known and link.object in known
    ]
    follows = [
        Line(known[c.subject], _spoken(c.relation), known[c.object], because=c.steps)
        for c in found.concluded
        if c.subject in known and c.object in known
    ]
    return said + follows


@dataclass(frozen=True, slots=True)
class Cluster:
    """Many lines of one sort, as one."""

    relation: str
    lines: int


def clusters(found: Sequence[Line]) -> list[Cluster]:
    """Lines by how they connect, the most first; none where they can all be shown.

    >>> clusters([])
    []
    """
    things = {id for line in found for id in (line.start.id, line.end.id)}
    if len(things) <= MOST and len(found) <= MOST:
        return []
    counted = Counter(line.relation for line in found)
    return [Cluster(relation, count) for relation, count in counted.most_common()]


def _spoken(relation: str) -> str:
    return relation.replace("_", " ")


@router.get("/connections", response_class=HTMLResponse)
async def connected(
    request: Request, me: Me, thing: str = USER, depth: int = 1, relation: str = ""
) -> HTMLResponse:
    """Around one entity; what is unknown (or was forgotten since) is around the person. `relation`: only lines of it."""
    memory, depth = running().memory, min(max(depth, 1), 3)
    everything = await memory.graph(scope=me.scope, by=me.principal)
    known = {entity.id: entity for entity in everything.entities}
    thing = thing if thing in known else USER
    near = (
        await memory.neighbours(thing, scope=me.scope, by=me.principal, steps=depth)
        if thing in known
        else everything
    )
    hidden = await memory.hidden(scope=me.scope, by=me.principal)
    all_lines = [line for line in lines(near) if not {line.start.id, line.end.id} & hidden]
    found = [line for line in all_lines if relation in ("", line.relation)] or all_lines
    grouped = clusters(found) if not relation else []
    if len(grouped) == 1:
        grouped = []
    about = known.get(thing) if thing != USER else None
    about_it = dict.fromkeys(mention.fact for mention in about.mentions) if about else {}
    values = {
        "about": about,
        "facts": list(about_it),
        "told": [fact for fact in everything.facts if fact.id in about_it],
        "hidden": [known[id] for id in sorted(hidden) if id in known],
        "relation": relation,
        "relations": sorted({line.relation for line in all_lines}),
        "clusters": grouped,
        "you": USER,
        "thing": thing,
        "depth": depth,
        "entities": sorted(
            (e for e in known.values() if e.id != USER and e.id not in hidden),
            key=lambda e: e.name.casefold(),
        ),
        "shown": [] if grouped else found[:MOST],
        "more": 0 if grouped else max(0, len(found) - MOST),
        "decisions": everything.decisions,
        "places": await memory.places(scope=me.scope, by=me.principal),
    }
    return await page(request, me, "connections", values)


@router.post("/connections/merge")
async def merge(me: Me, one: Annotated[str, Form()], other: Annotated[str, Form()] = "") -> Response:
    """The two are one; it can be taken back."""
    await running().memory.merge_entities(one, other, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})


@router.post("/connections/split")
async def split(
    me: Me, entity: Annotated[str, Form()], facts: Annotated[list[str] | None, Form()] = None
) -> Response:
    """What these facts say is about somebody else of the same name; it can be taken back."""
    await running().memory.split_entity(entity, facts or [], scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})


@router.post("/connections/hide")
async def hide(me: Me, entity: Annotated[str, Form()], shown: Annotated[bool, Form()] = False) -> Response:
    """Out of the picture, or back in it; it is known and used all the same."""
    memory = running().memory
    change = memory.show_entity if shown else memory.hide_entity
    await change(entity, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Redirect": "/memory/connections"})


@router.post("/connections/anew")
async def anew(me: Me) -> Response:
    """Laid out as if nothing had ever been moved."""
    await running().memory.unplace(scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})


@router.post("/connections/undo")
async def undo(me: Me, decision: Annotated[str, Form()]) -> Response:
    await running().memory.undo_identity(decision, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})
