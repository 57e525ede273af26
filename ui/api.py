"""REST under /api/v1, for the chat's elements, the pages and scripts alike."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query

from agent.receipts import Receipt
from agent.wiring import running
from memory.records import Forgetting, Kind, Utterance

from .person import LOCAL, LOCAL_SCOPE

router = APIRouter(prefix="/api/v1")


@router.get("/memories")
async def memories(
    words: str = "",
    kind: Kind | None = None,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    page = await running().memory.browse(
        scope=LOCAL_SCOPE, by=LOCAL, words=words, kind=kind, offset=offset, limit=limit
    )
    return {"total": page.total, "offset": page.offset, "memories": [asdict(m) for m in page.memories]}


@router.get("/memories/{memory}")
async def one(memory: str) -> dict[str, Any]:
    return asdict(await running().memory.get(memory, scope=LOCAL_SCOPE, by=LOCAL))


@router.post("/memories")
async def remember(text: Annotated[str, Body(embed=True)]) -> dict[str, Any]:
    kept = await running().memory.remember(
        Utterance(text=text, session="by hand"), scope=LOCAL_SCOPE, by=LOCAL
    )
    return {"memories": [asdict(memory) for memory in kept]}


@router.post("/recall")
async def recall(
    question: Annotated[str, Body()], limit: Annotated[int, Body(ge=1, le=100)] = 8
) -> dict[str, Any]:
    found = await running().memory.recall(question, scope=LOCAL_SCOPE, by=LOCAL, limit=limit)
    return asdict(found)


@router.post("/forget")
async def forget(
    ids: Annotated[list[str], Body(max_length=10_000)], now: Annotated[bool, Body()] = False
) -> Forgetting:
    return await running().memory.forget(ids, scope=LOCAL_SCOPE, by=LOCAL, now=now)


@router.get("/forgettings/{forgetting}")
async def forgetting(forgetting: str) -> Forgetting:
    return await running().memory.forgetting(forgetting, scope=LOCAL_SCOPE, by=LOCAL)


@router.post("/forgettings/{forgetting}/undo")
async def undo(forgetting: str) -> Forgetting:
    return await running().memory.undo(forgetting, scope=LOCAL_SCOPE, by=LOCAL)


@router.get("/receipts/{receipt}")
async def receipt(receipt: str) -> Receipt:
    """What was sent for one answer; a memory forgotten since is a hole in it."""
    return await running().receipts.open(receipt, scope=LOCAL_SCOPE, by=LOCAL)


@router.get("/status")
async def status() -> dict[str, Any]:
    app = running()
    return {
        "model": app.model.name,
        "place": app.model.place,
        "capable": app.model.capable,
        "memories": await app.memory.counts(scope=LOCAL_SCOPE, by=LOCAL),
        "indexed": await app.memory.indexed(),
    }
