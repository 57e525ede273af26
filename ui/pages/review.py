"""Review: what waits for a decision, one card each."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from agent.wiring import running

from .rendering import Me, page, render

router = APIRouter()


@router.get("/review", response_class=HTMLResponse)
async def review(request: Request, me: Me) -> HTMLResponse:
    cards = await running().review.cards(scope=me.scope, by=me.principal)
    return await page(request, me, "review", {"cards": cards})


@router.post("/review/{waiting}/accept", response_class=HTMLResponse)
async def accept(request: Request, me: Me, waiting: str) -> HTMLResponse:
    """Yes, it may be kept."""
    app = running()
    await app.memory.accept(waiting, scope=me.scope, by=me.principal)
    app.worker.nudge(me.scope, me.principal)
    return _decided(request, "Kept.")


@router.post("/review/{waiting}/refuse", response_class=HTMLResponse)
async def refuse(request: Request, me: Me, waiting: str) -> HTMLResponse:
    """No: it goes for good."""
    await running().memory.refuse(waiting, scope=me.scope, by=me.principal)
    return _decided(request, "Not kept. It is gone for good.")


@router.post("/review/{memory}/holds", response_class=HTMLResponse)
async def holds(request: Request, me: Me, memory: str) -> HTMLResponse:
    """This one is so; what contradicts it is not."""
    await running().memory.confirm(memory, scope=me.scope, by=me.principal)
    return _decided(request, "It is so.")


@router.post("/review/{memory}/not-so", response_class=HTMLResponse)
async def not_so(request: Request, me: Me, memory: str) -> HTMLResponse:
    await running().memory.not_mine(memory, scope=me.scope, by=me.principal)
    return _decided(request, "It is not so.")


@router.post("/review/{memory}/approve", response_class=HTMLResponse)
async def approve(request: Request, me: Me, memory: str) -> HTMLResponse:
    await running().practice.approve(memory, scope=me.scope, by=me.principal)
    return _decided(request, "Approved.")


@router.post("/review/{memory}/reject", response_class=HTMLResponse)
async def reject(request: Request, me: Me, memory: str) -> HTMLResponse:
    await running().practice.reject(memory, scope=me.scope, by=me.principal)
    return _decided(request, "Rejected.")


def _decided(request: Request, sentence: str) -> HTMLResponse:
    return render(request, "decided.html", {"sentence": sentence})
