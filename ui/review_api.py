"""REST for what waits for a decision: look, put off, settle; merge what says the same, hold what does not contradict."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body

from agent.review import Card
from agent.wiring import running

from .api import Me
from .takes import Count

router = APIRouter(prefix="/api/v1")
Name = Annotated[str, Body(max_length=1000)]
Ids = Annotated[list[str], Body(embed=True, max_length=100)]


@router.get("/review")
async def review(me: Me) -> dict[str, Any]:
    """What is to be decided now, and what was put off."""
    app = running()
    now = await app.review.cards(scope=me.scope, by=me.principal)
    later = await app.review.later(scope=me.scope, by=me.principal)
    return {"cards": [_shown(card) for card in now], "later": [_shown(card) for card in later]}


@router.post("/review/later")
async def put_off(me: Me, card: Name, days: Annotated[Count, Body(ge=1, le=365)] = 7) -> dict[str, Any]:
    """Not now: it is back after so many days."""
    until = await running().review.put_off(card, scope=me.scope, by=me.principal, time=timedelta(days=days))
    return {"card": card, "until": until}


@router.post("/review/now")
async def take_up(me: Me, card: Annotated[str, Body(embed=True, max_length=1000)]) -> dict[str, Any]:
    """Now after all; or asked again, though it was settled."""
    await running().review.take_up(card, scope=me.scope, by=me.principal)
    return {"card": card}


@router.post("/review/settle")
async def settle(me: Me, card: Annotated[str, Body(embed=True, max_length=1000)]) -> dict[str, Any]:
    """It stays as it is, and is not asked about again."""
    await running().review.settle(card, scope=me.scope, by=me.principal)
    return {"card": card}


@router.post("/memories/{memory}/merge")
async def merge(me: Me, memory: str, others: Ids) -> dict[str, Any]:
    """The others say the same: this one is used from now on, they lead to it."""
    return asdict(await running().memory.merge(memory, others, scope=me.scope, by=me.principal))


@router.post("/memories/both")
async def both(me: Me, ids: Ids) -> dict[str, Any]:
    """Each of these is so: they do not contradict each other."""
    held = await running().memory.hold_both(ids, scope=me.scope, by=me.principal)
    return {"memories": [asdict(one) for one in held]}


def _shown(card: Card) -> dict[str, Any]:
    return {**asdict(card), "card": card.key}
