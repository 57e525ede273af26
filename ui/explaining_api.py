"""REST for what explains: accounts of memories, previews of forgetting, comparisons, reservations, news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import StreamingResponse

from agent.comparison import Comparison, compared
from agent.reservations import Reservation
from agent.wiring import running
from memory.records import Kind, Origin, Status
from memory.shelf import Wanted
from memory.verbs.explaining import Reach
from memory.verbs.placing import Whereabouts

from .api import Me, Offset
from .languages import preferred
from .takes import in_media
from .wording import ABOUTS, ABSENCES, REASONS, glimpse

router = APIRouter(prefix="/api/v1")
LOOKS = 2.0  # seconds between two looks for news


@router.get("/words")
async def words(request: Request) -> dict[str, Any]:
    """The catalogue of the language that the browser asks for: the chat's elements speak it."""
    language = preferred(request.headers.get("accept-language", ""))
    locale = str(language.locale).replace("_", "-")
    return {
        "language": language.code,
        "locale": locale,
        "words": language.all_words(),
        "reasons": REASONS,
        "absences": ABSENCES,
        "abouts": ABOUTS,
    }


@router.get("/memories/{memory}/account")
async def account(me: Me, memory: str) -> dict[str, Any]:
    """All there is to say about a memory: its words, versions, what it was learned from and what it taught."""
    return asdict(await running().memory.account(memory, scope=me.scope, by=me.principal))


@router.get("/memories/{memory}/whereabouts")
async def whereabouts(me: Me, memory: str) -> Whereabouts:
    """How often a memory is found in each place, counted now."""
    return await running().memory.whereabouts(memory, scope=me.scope, by=me.principal)


@router.get("/memories/{memory}/related")
async def related(me: Me, memory: str) -> dict[str, Any]:
    """What is nearest to a memory in meaning."""
    found = await running().memory.related(memory, scope=me.scope, by=me.principal)
    return {"memories": [asdict(one) for one in found]}


@router.get("/memories/{memory}/looks")
async def looks(me: Me, memory: str) -> dict[str, Any]:
    """Who looked at a memory, or did something with it, the newest first."""
    app = running()
    await app.memory.get(memory, scope=me.scope, by=me.principal)
    found = await app.activity.events(scope=me.scope, by=me.principal, subject=memory)
    return {"events": [asdict(event) for event in found]}


@router.post("/memories/known")
async def known(
    me: Me,
    ids: Annotated[list[str], Body(max_length=10_000)],
    heard: Annotated[list[str], Body(max_length=10_000)] = [],  # noqa: B006  # FastAPI copies it
) -> dict[str, Any]:
    """What these memories say, as their owner reads it, and what was learned from those heard; all in one request.

    What was forgotten is simply not there.
    """
    memory = running().memory
    found = await memory.still_known([*ids, *heard], scope=me.scope, by=me.principal)
    taught = await memory.taught(heard, scope=me.scope, by=me.principal) if heard else {}
    learned = {said: [one.id for one in some if one.kind != "episode"] for said, some in taught.items()}
    everything = {**found, **{one.id: one for some in taught.values() for one in some}}
    return {"memories": {one.id: glimpse(one) for one in everything.values()}, "taught": learned}


@router.get("/memories/{memory}/uses")
async def uses(me: Me, memory: str) -> dict[str, Any]:
    """The answers that rested on a memory, the newest first."""
    await running().memory.get(memory, scope=me.scope, by=me.principal)
    found = await running().receipts.uses(memory, scope=me.scope, by=me.principal)
    return {"uses": [asdict(use) for use in found]}


@router.post("/forget/preview")
async def preview(me: Me, ids: Annotated[list[str], Body(embed=True, max_length=10_000)]) -> Reach:
    """What a forgetting would take along. Nothing is changed."""
    return await running().memory.reach(ids, scope=me.scope, by=me.principal)


@router.post("/receipts/{receipt}/again")
async def again(me: Me, receipt: str) -> Comparison:
    """The same question without memory, beside the answer that was given. Nothing of it is kept."""
    app = running()
    return await compared(receipt, app.assistant, app.receipts, app.memory, scope=me.scope, by=me.principal)


@router.post("/memories/{memory}/not-here")
async def not_here(
    me: Me, memory: str, receipt: Annotated[str, Body(embed=True, max_length=100)]
) -> Reservation:
    """Not to be used for the question that this receipt is about, nor for those like it."""
    return await running().reservations.make(memory, receipt, scope=me.scope, by=me.principal)


@router.get("/reservations")
async def reservations(me: Me) -> dict[str, Any]:
    found = await running().reservations.all(scope=me.scope, by=me.principal)
    return {"reservations": [asdict(one) for one in found]}


@router.delete("/reservations/{reservation}")
async def lift(me: Me, reservation: str) -> dict[str, bool]:
    await running().reservations.lift(reservation, scope=me.scope, by=me.principal)
    return {"lifted": True}


@router.get("/journal")
async def journal(
    me: Me,
    action: Annotated[str, Query(max_length=100)] = "",
    words: str = "",
    kind: Kind | None = None,
    origin: Origin | None = None,
    status: Status | None = None,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """What changed in a person's memory, newest first: ids and actions, no words. Of memories that fit, where asked."""
    wanted = Wanted(words=words, kind=kind, origin=origin, status=status)
    changes, total = await running().memory.events(
        scope=me.scope,
        by=me.principal,
        actions=(action,) if action else (),
        offset=offset,
        limit=limit,
        wanted=None if wanted == Wanted() else wanted,
    )
    return {"total": total, "entries": [asdict(change) for change in changes]}


@router.get("/events", response_class=StreamingResponse, responses=in_media("text/event-stream"))
async def events(me: Me, request: Request) -> StreamingResponse:
    """A line whenever a person's memory changed (server-sent events): which entry of the journal, no words.

    `asked`: how many deleted chats left something behind that is to be decided.
    """

    async def lines() -> AsyncIterator[str]:
        memory, last, asked = running().memory, None, None
        while not await request.is_disconnected():
            newest, _ = await memory.events(scope=me.scope, by=me.principal, limit=50)
            # that time to undo is over is no news: it was told when the memory was forgotten
            number = next((event.number for event in newest if event.action != "destroyed"), last or 0)
            kind = "now" if last is None else "changed"
            yield f"event: {kind}\ndata: {number}\n\n" if last != number else ": here\n\n"
            last = number
            # a chat that was deleted is no entry of the journal, and its question stands in Review
            left = len(await memory.remnants(scope=me.scope, by=me.principal))
            if asked is not None and asked != left:
                yield f"event: asked\ndata: {left}\n\n"
            asked = left
            await asyncio.sleep(LOOKS)

    return StreamingResponse(lines(), media_type="text/event-stream", headers={"cache-control": "no-store"})
