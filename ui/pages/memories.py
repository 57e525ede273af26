"""Memories: look through them, look into one, say what is so, forget."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from agent.wiring import running
from memory.errors import BadInput
from memory.records import KINDS, Origin, Status, Transcripts
from memory.shelf import Wanted

from ..person import Person
from .rendering import Me, at_noon, is_fragment, page, render

PAGE = 50
router = APIRouter()
Ids = Annotated[list[str], Form(alias="memory", default_factory=list, max_length=10_000)]


@router.get("", response_class=HTMLResponse)
async def memory_page(
    request: Request,
    me: Me,
    words: str = "",
    kind: str = "",
    origin: str = "",
    status: str = "",
    used: str = "",
    sort: str = "",
    memory: str = "",
    offset: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> HTMLResponse:
    """The list; or, where `memory` names one, that one alone."""
    asked = {"words": words, "kind": kind, "origin": origin, "status": status, "used": used, "sort": sort}
    wanted = await _wanted(me, asked, only=memory)
    found = await running().memory.find(wanted, scope=me.scope, by=me.principal, offset=offset, limit=PAGE)
    values = {
        "page": found,
        "asked": asked,
        "only": memory,
        "searching": any(asked[name] for name in ("words", "kind", "origin", "status", "used")),
        "following": offset + PAGE if offset + PAGE < found.total else None,
        "previous": max(0, offset - PAGE) if offset else None,
        "used": await running().memory.use_counts(
            [m.id for m in found.memories], scope=me.scope, by=me.principal
        ),
        "choice": await running().choices.of(scope=me.scope, by=me.principal),
    }
    if is_fragment(request):
        return render(request, "memory_list.html", values)
    return await page(request, me, "memories", values, name="memory.html")


async def _wanted(me: Person, asked: dict[str, str], *, only: str) -> Wanted:
    """What the fields of the page ask for; a value that none of them offers asks for nothing."""
    if only:
        return Wanted(among=frozenset([only]))
    used: frozenset[str] = frozenset()
    if asked["used"]:
        used = await running().receipts.used(scope=me.scope, by=me.principal)
    return Wanted(
        words=asked["words"],
        kind=next((kind for kind in KINDS if kind == asked["kind"]), None),
        origin=cast(Origin, asked["origin"]) if asked["origin"] in get_args(Origin) else None,
        status=cast(Status, asked["status"]) if asked["status"] in get_args(Status) else None,
        among=used if asked["used"] == "ever" else None,
        but=used if asked["used"] == "never" else frozenset(),
        oldest_first=asked["sort"] == "oldest",
    )


@router.get("/forgotten", response_class=HTMLResponse)
async def forgotten(request: Request, me: Me, forgetting: str) -> HTMLResponse:
    """What the notice says once the time for undo is over: what the checks found."""
    done = await running().memory.forgetting(forgetting, scope=me.scope, by=me.principal)
    return render(request, "destroyed.html", {"done": done})


@router.post("/ask", response_class=HTMLResponse)
async def ask(request: Request, me: Me, question: Annotated[str, Form(max_length=2000)] = "") -> HTMLResponse:
    """The list itself answers, with links; no model is asked."""
    if not question.strip():
        raise BadInput("There is nothing in this question. Write something first.")
    told = await running().asking.ask(question, scope=me.scope, by=me.principal)
    return render(request, "asked.html", {"told": told})


@router.get("/{memory}", response_class=HTMLResponse)
async def one(request: Request, me: Me, memory: str) -> HTMLResponse:
    """All there is to say about one memory."""
    app = running()
    account = await app.memory.account(memory, scope=me.scope, by=me.principal)
    uses = await app.receipts.uses(memory, scope=me.scope, by=me.principal)
    return await page(
        request,
        me,
        "memories",
        {"account": account, "memory": account.memory, "uses": uses},
        name="account.html",
    )


# -- saying what is so ---------------------------------------------------------------------------------


@router.post("/{memory}/confirm")
async def confirm(request: Request, me: Me, memory: str) -> Response:
    await running().memory.confirm(memory, scope=me.scope, by=me.principal)
    return _anew()


@router.post("/{memory}/correct")
async def correct(
    request: Request, me: Me, memory: str, value: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    await running().memory.correct(memory, value, scope=me.scope, by=me.principal)
    return _said(request, memory, "Corrected.")


@router.post("/{memory}/ended")
async def ended(request: Request, me: Me, memory: str, until: Annotated[str, Form()] = "") -> Response:
    """It was true until that day, or until now."""
    moment = at_noon(until) or datetime.now(UTC)
    await running().memory.ended(memory, moment, scope=me.scope, by=me.principal)
    return _said(request, memory, "It is no longer so.")


@router.post("/{memory}/not-mine")
async def not_mine(request: Request, me: Me, memory: str) -> Response:
    await running().memory.not_mine(memory, scope=me.scope, by=me.principal)
    return _said(request, memory, "It is not about you.")


def _said(request: Request, memory: str, sentence: str) -> Response:
    return render(request, "changed.html", {"memory": memory, "sentence": sentence})


def _anew() -> Response:
    """Where things belong now, a fresh page knows."""
    return Response(headers={"HX-Refresh": "true"})


# -- forgetting ----------------------------------------------------------------------------------------


@router.post("/forget/preview", response_class=HTMLResponse)
async def preview(request: Request, me: Me, ids: Ids, one: Annotated[bool, Form()] = False) -> HTMLResponse:
    """What would go, before anything goes."""
    if not ids:
        raise BadInput("Choose at least one memory first.")
    reach = await running().memory.reach(ids, scope=me.scope, by=me.principal)
    return render(request, "forget.html", {"reach": reach, "ids": ids, "one": one})


@router.post("/forget", response_class=HTMLResponse)
async def forget(
    request: Request,
    me: Me,
    ids: Ids,
    transcripts: Annotated[Transcripts, Form()] = "keep",
    never: Annotated[bool, Form()] = False,
    one: Annotated[bool, Form()] = False,
) -> HTMLResponse:
    """Hidden at once. The notice takes the place of the `one` row, or of what asked."""
    if not ids:
        raise BadInput("Choose at least one memory first.")
    done = await running().memory.forget(
        ids, scope=me.scope, by=me.principal, transcripts=transcripts, never=never
    )
    return render(request, "forgotten.html", {"done": done, "memory": ids[0], "one": one})


@router.post("/undo")
async def undo(me: Me, forgetting: Annotated[str, Form()]) -> Response:
    await running().memory.undo(forgetting, scope=me.scope, by=me.principal)
    return _anew()
