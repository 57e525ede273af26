"""Connections: who and what is connected with whom, as a picture around one thing and as an equal table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from agent.wiring import running
from memory.records import Shown

from .rendering import Me, page

YOU = "user"
MOST = 150  # connections in one picture
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Connection:
    """One fact as a line between two things."""

    memory: str
    start: str
    relation: str
    end: str


def connections(facts: Iterable[Shown]) -> list[Connection]:
    """What facts say, as lines between somebody and something."""
    return [
        Connection(f.id, f.subject or YOU, f.relation.replace("_", " "), f.object)
        for f in facts
        if f.kind == "fact" and f.relation and f.object
    ]


def around(found: Iterable[Connection], thing: str, depth: int) -> list[Connection]:
    """The connections of one thing, and of what is connected with it.

    >>> line = [Connection("1", "user", "sister", "Anna"), Connection("2", "Anna", "lives in", "Oslo")]
    >>> len(around(line, "user", 1)), len(around(line, "user", 2))
    (1, 2)
    """
    everything, reached, kept = list(found), {thing.casefold()}, dict[str, Connection]()
    for _ in range(depth):
        near = [c for c in everything if {c.start.casefold(), c.end.casefold()} & reached]
        kept |= {c.memory: c for c in near}
        reached |= {name.casefold() for c in near for name in (c.start, c.end)}
    return list(kept.values())


@router.get("/connections", response_class=HTMLResponse)
async def connected(request: Request, me: Me, thing: str = YOU, depth: int = 2) -> HTMLResponse:
    facts = await running().memory.facts(scope=me.scope, by=me.principal)
    everything = connections(facts)
    shown = around(everything, thing, min(max(depth, 1), 3))
    values = {
        "you": YOU,
        "thing": thing,
        "depth": depth,
        "things": sorted({name for c in everything for name in (c.start, c.end)} - {YOU}, key=str.casefold),
        "shown": shown[:MOST],
        "more": max(0, len(shown) - MOST),
    }
    return await page(request, me, "connections", values)
