"""Connections: who and what hangs together, as a picture around one thing and as an equal table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from agent.wiring import running
from memory.graph import USER, Entity
from memory.verbs.connecting import Connections

from .rendering import Me, page

MOST = 150  # lines in one picture
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


def _spoken(relation: str) -> str:
    return relation.replace("_", " ")


@router.get("/connections", response_class=HTMLResponse)
async def connected(request: Request, me: Me, thing: str = USER, depth: int = 1) -> HTMLResponse:
    """Around one entity; what is unknown (or was forgotten since) is around the person."""
    memory, depth = running().memory, min(max(depth, 1), 3)
    everything = await memory.graph(scope=me.scope, by=me.principal)
    known = {entity.id: entity for entity in everything.entities}
    thing = thing if thing in known else USER
    near = (
        await memory.neighbours(thing, scope=me.scope, by=me.principal, steps=depth)
        if thing in known
        else everything
    )
    found = lines(near)
    values = {
        "you": USER,
        "thing": thing,
        "depth": depth,
        "entities": sorted((e for e in known.values() if e.id != USER), key=lambda e: e.name.casefold()),
        "shown": found[:MOST],
        "more": max(0, len(found) - MOST),
        "decisions": everything.decisions,
    }
    return await page(request, me, "connections", values)


@router.post("/connections/merge")
async def merge(me: Me, one: Annotated[str, Form()], other: Annotated[str, Form()] = "") -> Response:
    """The two are one; it can be taken back."""
    await running().memory.merge_entities(one, other, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})


@router.post("/connections/undo")
async def undo(me: Me, decision: Annotated[str, Form()]) -> Response:
    await running().memory.undo_identity(decision, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})
