"""Memories: look through them, look into one, say what is so, forget."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from agent.wiring import running
from memory.errors import BadInput
from memory.records import KINDS, Origin, Status, Transcripts
from memory.shelf import Wanted
from memory.verbs.setting_aside import Changed

from ..keeping_api import packed
from ..looks import in_lines
from ..person import Person
from .rendering import Me, at_noon, is_fragment, page, render

PAGE = 50
router = APIRouter()
Ids = Annotated[list[str], Form(alias="memory", default_factory=list, max_length=10_000)]


def _fields(
    words: str = "", kind: str = "", origin: str = "", status: str = "", used: str = ""
) -> dict[str, str]:
    return {"words": words, "kind": kind, "origin": origin, "status": status, "used": used}


Fields = Annotated[dict[str, str], Depends(_fields)]  # by which a list is narrowed, as they were filled in


@router.get("", response_class=HTMLResponse)
async def memory_page(
    request: Request,
    me: Me,
    fields: Fields,
    until: str = "",
    sort: str = "",
    memory: str = "",
    offset: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> HTMLResponse:
    """The list; or, where `memory` names one, that one alone."""
    asked = fields | {"until": until, "sort": sort}
    wanted = await wanted_of(me, asked, only=memory)
    found = await running().memory.find(wanted, scope=me.scope, by=me.principal, offset=offset, limit=PAGE)
    values = {
        "page": found,
        "asked": asked,
        "only": memory,
        "searching": any(asked[name] for name in ("words", "kind", "origin", "status", "used", "until")),
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


async def wanted_of(me: Person, asked: Mapping[str, str], *, only: str = "") -> Wanted:
    """What the fields of the page ask for; a value that none of them offers asks for nothing."""
    if only:
        return Wanted(among=frozenset([only]))
    used: frozenset[str] = frozenset()
    if asked["used"]:
        # procedures are told to a model, which only receipts know
        told = await running().receipts.used(scope=me.scope, by=me.principal)
        used = told | frozenset(await running().memory.last_used(scope=me.scope, by=me.principal))
    return Wanted(
        words=asked["words"],
        kind=next((kind for kind in KINDS if kind == asked["kind"]), None),
        origin=cast(Origin, asked["origin"]) if asked["origin"] in get_args(Origin) else None,
        status=cast(Status, asked["status"]) if asked["status"] in get_args(Status) else None,
        among=used if asked["used"] == "ever" else None,
        but=used if asked["used"] == "never" else frozenset(),
        dated=asked.get("until") == "day",
        oldest_first=asked.get("sort") == "oldest",
        by_use=asked.get("sort") == "used",
    )


@router.get("/forgotten", response_class=HTMLResponse)
async def forgotten(request: Request, me: Me, forgetting: str) -> HTMLResponse:
    """What the notice says once the time for undo is over: what the checks found."""
    done = await running().memory.forgetting(forgetting, scope=me.scope, by=me.principal)
    return render(request, "destroyed.html", {"done": done})


@router.post("/forgotten/again", response_class=HTMLResponse)
async def forgotten_again(request: Request, me: Me, forgetting: Annotated[str, Form()]) -> HTMLResponse:
    """What was still to be done or was found again: once more, and what the checks find now."""
    done = await running().memory.finish_forgetting(forgetting, scope=me.scope, by=me.principal)
    return render(request, "destroyed.html", {"done": done})


@router.post("/ask", response_class=HTMLResponse)
async def ask(request: Request, me: Me, question: Annotated[str, Form(max_length=2000)] = "") -> HTMLResponse:
    """The list itself answers, with links; no model is asked."""
    if not question.strip():
        raise BadInput("There is nothing in this question. Write something first.")
    told = await running().asking.ask(question, scope=me.scope, by=me.principal)
    return render(request, "asked.html", {"told": told})


@router.get("/{memory}", response_class=HTMLResponse)
async def one(request: Request, me: Me, memory: str, whole: bool = False) -> HTMLResponse:
    """All there is to say about one memory. What takes longest comes afterwards, or with the rest where `whole` is asked for."""
    app, scope, by = running(), me.scope, me.principal
    account = await app.memory.account(memory, scope=scope, by=by)
    uses, looks = await asyncio.gather(  # each waits for something else
        app.receipts.uses(memory, scope=scope, by=by),
        app.activity.events(scope=scope, by=by, subject=memory),
    )
    values = {
        "account": account,
        "memory": account.memory,
        "uses": uses,
        "received": sorted({use.model for use in uses if use.place == "elsewhere"}),
        "looks": in_lines(looks),
    }
    further = await _further(me, memory) if whole else {}
    return await page(request, me, "memories", values | further, name="account.html")


@router.get("/{memory}/further", response_class=HTMLResponse)
async def further(request: Request, me: Me, memory: str) -> HTMLResponse:
    """What the page of one memory fetches once it is there."""
    return render(request, "further.html", await _further(me, memory))


async def _further(me: Person, memory: str) -> dict[str, object]:
    """Where it lies, counted now, and what is like it."""
    places, related = await asyncio.gather(
        running().memory.whereabouts(memory, scope=me.scope, by=me.principal),
        running().memory.related(memory, scope=me.scope, by=me.principal),
    )
    return {"places": places, "related": related}


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


# -- between keeping and forgetting --------------------------------------------------------------------


@router.post("/pause")
async def pause(request: Request, me: Me, ids: Ids, anew: Annotated[bool, Form()] = False) -> Response:
    """Kept, and used in no answer. `anew`: the page of one memory shows itself as it is then."""
    done = await running().memory.pause(_some(ids), scope=me.scope, by=me.principal)
    return _anew() if anew else await _set_aside(request, me, done, "paused")


@router.post("/resume")
async def resume(request: Request, me: Me, ids: Ids, anew: Annotated[bool, Form()] = False) -> Response:
    done = await running().memory.resume(_some(ids), scope=me.scope, by=me.principal)
    running().worker.nudge(me.scope, me.principal)
    return _anew() if anew else await _set_aside(request, me, done, "resumed")


@router.post("/until/ask", response_class=HTMLResponse)
async def ask_until(
    request: Request, me: Me, ids: Ids, here: Annotated[bool, Form()] = False
) -> HTMLResponse:
    """Which day? `here`: the answer takes the place of what asked."""
    memory = await running().memory.get(_some(ids)[0], scope=me.scope, by=me.principal)
    tomorrow = (datetime.now().astimezone() + timedelta(days=1)).date()
    values = {"ids": ids, "here": here, "until": memory.keep_until, "tomorrow": tomorrow}
    return render(request, "until.html", values)


@router.post("/until", response_class=HTMLResponse)
async def keep_until(
    request: Request,
    me: Me,
    ids: Ids,
    until: Annotated[str, Form()] = "",
    always: Annotated[bool, Form()] = False,
) -> HTMLResponse:
    """Forgotten by itself on that day; or, with `always`, only when its person says so."""
    moment = None if always else at_noon(until)
    if moment is None and not always:
        raise BadInput("Choose the day on which it is to be forgotten.")
    done = await running().memory.keep_until(_some(ids), moment, scope=me.scope, by=me.principal)
    return await _set_aside(request, me, done, "dated", until=moment)


@router.post("/export")
async def export_some(me: Me, ids: Ids) -> Response:
    """The chosen memories alone, as a zip file."""
    return packed(me, _some(ids))


def _some(ids: list[str]) -> list[str]:
    if not ids:
        raise BadInput("Choose at least one memory first.")
    return ids


async def _set_aside(
    request: Request, me: Person, done: Changed, what: str, *, until: datetime | None = None
) -> HTMLResponse:
    """What was done, with its undo, and the rows as they are now."""
    ids = [*done.asked, *done.along]
    memory = running().memory
    live = await memory.still_known(ids, scope=me.scope, by=me.principal)
    used = await memory.use_counts(ids, scope=me.scope, by=me.principal)
    values = {"done": done, "what": what, "until": until, "changed": list(live.values()), "used": used}
    return render(request, "set_aside.html", values)


# -- forgetting ----------------------------------------------------------------------------------------


@router.post("/forget/preview", response_class=HTMLResponse)
async def preview(request: Request, me: Me, ids: Ids, one: Annotated[bool, Form()] = False) -> HTMLResponse:
    """What would go, before anything goes."""
    reach = await running().memory.reach(_some(ids), scope=me.scope, by=me.principal)
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
    done = await running().memory.forget(
        _some(ids), scope=me.scope, by=me.principal, transcripts=transcripts, never=never
    )
    return render(request, "forgotten.html", {"done": done, "memory": ids[0], "one": one})


@router.post("/undo")
async def undo(me: Me, forgetting: Annotated[str, Form()]) -> Response:
    await running().memory.undo(forgetting, scope=me.scope, by=me.principal)
    return _anew()
