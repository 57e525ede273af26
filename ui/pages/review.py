"""Review: what waits for a decision, one card each. Every decision can be taken back."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from agent.wiring import running

from .rendering import Me, page, render, review_count

router = APIRouter()


@router.get("/review", response_class=HTMLResponse)
async def review(request: Request, me: Me) -> HTMLResponse:
    """What is to be decided now, and what was put off."""
    cards = await running().review.cards(scope=me.scope, by=me.principal)
    later = await running().review.later(scope=me.scope, by=me.principal)
    return await page(request, me, "review", {"cards": cards, "later": later})


@router.get("/review/count", response_class=HTMLResponse)
async def count(request: Request, me: Me) -> HTMLResponse:
    """The number beside the tab, as it is now."""
    return render(request, "count.html", {"waiting": await review_count(me)})


@router.post("/review/later", response_class=HTMLResponse)
async def later(request: Request, me: Me, card: Annotated[str, Form(max_length=1000)]) -> HTMLResponse:
    """Not now."""
    until = await running().review.put_off(card, scope=me.scope, by=me.principal)
    return render(request, "decided.html", {"sentence": "Put off for a week.", "card": card, "until": until})


@router.post("/review/now")
async def now(me: Me, card: Annotated[str, Form(max_length=1000)]) -> Response:
    """What was put off, now after all."""
    await running().review.take_up(card, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})


@router.post("/review/settle", response_class=HTMLResponse)
async def settle(request: Request, me: Me, card: Annotated[str, Form(max_length=1000)]) -> HTMLResponse:
    """It stays as it is, and is not asked about again."""
    await running().review.settle(card, scope=me.scope, by=me.principal)
    return render(request, "decided.html", {"sentence": "Both stay as they are.", "card": card})


@router.post("/review/both", response_class=HTMLResponse)
async def both(
    request: Request, me: Me, ids: Annotated[list[str], Form(alias="memory", max_length=100)]
) -> HTMLResponse:
    """They do not contradict each other."""
    held = running().memory.hold_both(ids, scope=me.scope, by=me.principal)
    return await _decided(request, me, held, "Both are so.")


@router.post("/review/undo")
async def undo(
    me: Me,
    decision: Annotated[str, Form()] = "",
    forgetting: Annotated[str, Form()] = "",
    waiting: Annotated[str, Form()] = "",
    card: Annotated[str, Form(max_length=1000)] = "",
    remnant: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """As if it had not been decided."""
    memory = running().memory
    if forgetting:
        await memory.undo(forgetting, scope=me.scope, by=me.principal)
    elif card:
        await running().review.take_up(card, scope=me.scope, by=me.principal)
    elif remnant:
        await memory.ask_again(remnant, scope=me.scope, by=me.principal)
    elif waiting:
        await memory.wait_again(waiting, scope=me.scope, by=me.principal)
    else:
        await memory.take_back(decision, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})


@router.post("/review/remnants/{remnant}/forget", response_class=HTMLResponse)
async def forget_remnant(request: Request, me: Me, remnant: str) -> HTMLResponse:
    """What a deleted chat left behind goes too."""
    done = await running().memory.forget_remnant(remnant, scope=me.scope, by=me.principal)
    values = {"sentence": "Forgotten. Gone for good in 10 seconds.", "forgetting": done.id}
    return render(request, "decided.html", values)


@router.post("/review/remnants/{remnant}/keep", response_class=HTMLResponse)
async def keep_remnant(request: Request, me: Me, remnant: str) -> HTMLResponse:
    """It stays, though the chat is gone."""
    await running().memory.keep_remnant(remnant, scope=me.scope, by=me.principal)
    return render(request, "decided.html", {"sentence": "Kept.", "remnant": remnant})


@router.post("/review/{waiting}/accept", response_class=HTMLResponse)
async def accept(request: Request, me: Me, waiting: str) -> HTMLResponse:
    """Yes, it may be kept."""
    app = running()
    answer = await _decided(request, me, app.memory.accept(waiting, scope=me.scope, by=me.principal), "Kept.")
    app.worker.nudge(me.scope, me.principal)
    return answer


@router.post("/review/{waiting}/refuse", response_class=HTMLResponse)
async def refuse(request: Request, me: Me, waiting: str) -> HTMLResponse:
    """No: it goes for good, unless that is taken back."""
    hidden = await running().memory.refuse_soon(waiting, scope=me.scope, by=me.principal)
    back = {"forgetting": hidden.id} if hidden else {"waiting": waiting}
    values = {"sentence": "Not kept. Gone for good in 10 seconds.", **back}
    return render(request, "decided.html", values)


@router.post("/review/{memory}/holds", response_class=HTMLResponse)
async def holds(request: Request, me: Me, memory: str) -> HTMLResponse:
    """This one is so; what contradicts it is not."""
    confirmed = running().memory.confirm(memory, scope=me.scope, by=me.principal)
    return await _decided(request, me, confirmed, "It is so.")


@router.post("/review/{memory}/over", response_class=HTMLResponse)
async def over(request: Request, me: Me, memory: str) -> HTMLResponse:
    """It was so, and is no longer."""
    ended = running().memory.ended(memory, datetime.now(UTC), scope=me.scope, by=me.principal)
    return await _decided(request, me, ended, "It is no longer so.")


@router.post("/review/{memory}/merge", response_class=HTMLResponse)
async def merge(
    request: Request, me: Me, memory: str, others: Annotated[list[str], Form(alias="memory", max_length=100)]
) -> HTMLResponse:
    """They are one; this one stays in use."""
    merged = running().memory.merge(memory, others, scope=me.scope, by=me.principal)
    return await _decided(request, me, merged, "Merged: one of them is used from now on.")


@router.post("/review/{memory}/not-so", response_class=HTMLResponse)
async def not_so(request: Request, me: Me, memory: str) -> HTMLResponse:
    withdrawn = running().memory.not_mine(memory, scope=me.scope, by=me.principal)
    return await _decided(request, me, withdrawn, "It is not so.")


@router.post("/review/{memory}/approve", response_class=HTMLResponse)
async def approve(request: Request, me: Me, memory: str) -> HTMLResponse:
    approved = await running().practice.approve(memory, scope=me.scope, by=me.principal)
    return render(request, "decided.html", {"sentence": "Approved.", "undo": approved.decision})


@router.post("/review/{memory}/reject", response_class=HTMLResponse)
async def reject(request: Request, me: Me, memory: str) -> HTMLResponse:
    rejected = await running().practice.reject(memory, scope=me.scope, by=me.principal)
    return render(request, "decided.html", {"sentence": "Rejected.", "undo": rejected.decision})


async def _decided(request: Request, me: Me, deciding: Awaitable[object], sentence: str) -> HTMLResponse:
    async with running().memory.undoable(scope=me.scope, by=me.principal) as undo:
        await deciding
    return render(request, "decided.html", {"sentence": sentence, "undo": undo.id})
