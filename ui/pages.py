"""The memory page: what is remembered, and forgetting it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from agent.wiring import running
from memory.records import KINDS, Kind, Page

from .person import Person, asking
from .wording import model_limits, model_line

PAGE = 50
WORDS = {"episode": "conversation", "fact": "fact", "preference": "preference"}
ORIGINS = {
    "said": "you said",
    "inferred": "inferred",
    "imported": "imported",
    "web": "from a web page",
    "tool": "from a tool",
}

Me = Annotated[Person, Depends(asking)]
router = APIRouter(prefix="/memory")
templates = Jinja2Templates(Path(__file__).parent / "templates")
templates.env.globals |= {"kind_words": WORDS, "origin_words": ORIGINS}


@router.get("", response_class=HTMLResponse)
async def memory_page(
    request: Request,
    me: Me,
    words: str = "",
    kind: str = "",
    memory: str = "",
    offset: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """The list; or, where `memory` names one, that one alone."""
    chosen: Kind | None = next((k for k in KINDS if k == kind), None)
    app = running()
    if memory:
        live = await app.memory.still_known([memory], scope=me.scope, by=me.principal)
        page = Page(memories=tuple(live.values()), total=len(live))
    else:
        page = await app.memory.browse(
            scope=me.scope, by=me.principal, words=words, kind=chosen, offset=offset, limit=PAGE
        )
    values = {
        "page": page,
        "words": words,
        "kind": kind,
        "only": memory,
        "following": offset + PAGE if offset + PAGE < page.total else None,
        "previous": max(0, offset - PAGE) if offset else None,
        "says": model_line(app.model),
        "limits": model_limits(app.model),
        "choice": await app.choices.of(scope=me.scope, by=me.principal),
    }
    name = "memory_list.html" if "hx-request" in request.headers else "memory.html"
    return templates.TemplateResponse(request, name, values)


@router.post("/choice", response_class=HTMLResponse)
async def choose(request: Request, me: Me, remember: Annotated[bool, Form()]) -> HTMLResponse:
    choice = await running().choices.choose(remember, scope=me.scope, by=me.principal)
    return templates.TemplateResponse(request, "switch.html", {"choice": choice})


@router.post("/forget", response_class=HTMLResponse)
async def forget(request: Request, me: Me, memory: Annotated[str, Form()]) -> HTMLResponse:
    done = await running().memory.forget([memory], scope=me.scope, by=me.principal)
    return templates.TemplateResponse(request, "forgotten.html", {"done": done, "memory": memory})


@router.post("/undo")
async def undo(me: Me, forgetting: Annotated[str, Form()]) -> Response:
    """Everything that went is back; where each belongs in the list, a fresh page knows."""
    await running().memory.undo(forgetting, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})


@router.get("/forgotten", response_class=HTMLResponse)
async def forgotten(request: Request, me: Me, forgetting: str) -> HTMLResponse:
    """What the notice says once the time for undo is over: what the checks found."""
    done = await running().memory.forgetting(forgetting, scope=me.scope, by=me.principal)
    return templates.TemplateResponse(request, "destroyed.html", {"done": done})
