"""REST under /api/v1, for the chat's elements, the pages and scripts alike."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, assert_never

from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.responses import StreamingResponse

from agent.receipts import Receipt
from agent.turns import Finished, Noticed, Recalled, ReplyEvent, Rests, Said, Trouble, Turn
from agent.wiring import running
from memory.budget import Room
from memory.choices import Choice
from memory.errors import BadInput
from memory.records import Forgetting, Kind, Origin, Status, Transcripts, Utterance
from memory.shelf import Wanted
from privacy.errors import KeepsakeError

from .languages import preferred
from .person import Person, asking
from .takes import Count, Flag, Moment, in_media
from .wording import model_limits, model_line

Me = Annotated[Person, Depends(asking)]
# what SQLite can count; more would be an error of the database instead of a sentence
Offset = Annotated[int, Query(ge=0, le=2**62)]
Before = Annotated[int | None, Query(ge=1, le=2**62)]
router = APIRouter(prefix="/api/v1")
EVERYTHING = "forget everything"  # what somebody types who means it
VAULT = "destroy the vault"


@router.get("/memories")
async def memories(
    me: Me,
    words: str = "",
    kind: Kind | None = None,
    origin: Origin | None = None,
    status: Status | None = None,
    dated: bool = False,
    oldest_first: bool = False,
    by_use: bool = False,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    wanted = Wanted(
        words=words,
        kind=kind,
        origin=origin,
        status=status,
        dated=dated,
        oldest_first=oldest_first,
        by_use=by_use,
    )
    page = await running().memory.find(wanted, scope=me.scope, by=me.principal, offset=offset, limit=limit)
    return {"total": page.total, "offset": page.offset, "memories": [asdict(m) for m in page.memories]}


@router.get("/memories/{memory}")
async def one(me: Me, memory: str) -> dict[str, Any]:
    return asdict(await running().memory.get(memory, scope=me.scope, by=me.principal))


@router.post("/memories/{memory}/confirm")
async def confirm(me: Me, memory: str) -> dict[str, Any]:
    """It is so: settles a dispute, and takes back an end, a correction or "not mine"."""
    return asdict(await running().memory.confirm(memory, scope=me.scope, by=me.principal))


@router.post("/memories/{memory}/correct")
async def correct(
    me: Me, memory: str, value: Annotated[str, Body(embed=True, max_length=2000)]
) -> dict[str, Any]:
    return asdict(await running().memory.correct(memory, value, scope=me.scope, by=me.principal))


@router.post("/memories/{memory}/ended")
async def ended(
    me: Me, memory: str, until: Annotated[Moment | None, Body(embed=True)] = None
) -> dict[str, Any]:
    """It was true until then, or until now."""
    moment = _in_utc(until) if until else datetime.now(UTC)
    return asdict(await running().memory.ended(memory, moment, scope=me.scope, by=me.principal))


@router.post("/memories/{memory}/not-mine")
async def not_mine(me: Me, memory: str) -> dict[str, Any]:
    return asdict(await running().memory.not_mine(memory, scope=me.scope, by=me.principal))


@router.get("/facts")
async def facts(me: Me, as_of: Moment | None = None) -> dict[str, Any]:
    """What is believed, or was believed at a moment."""
    moment = _in_utc(as_of) if as_of else None
    found = await running().memory.facts(scope=me.scope, by=me.principal, as_of=moment)
    return {"facts": [asdict(fact) for fact in found]}


@router.get("/facts/unsupported")
async def unsupported(me: Me) -> dict[str, Any]:
    """The facts whose source does not say them any more."""
    found = await running().memory.unsupported(scope=me.scope, by=me.principal)
    return {"facts": [asdict(fact) for fact in found]}


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@router.post("/memories")
async def remember(me: Me, text: Annotated[str, Body(embed=True)]) -> dict[str, Any]:
    app = running()
    kept = await app.memory.remember(Utterance(text=text, session="by hand"), scope=me.scope, by=me.principal)
    app.worker.nudge(me.scope, me.principal)
    return {"memories": [asdict(memory) for memory in kept]}


@router.post("/memories/ask")
async def ask_memory(me: Me, question: Annotated[str, Body(embed=True, max_length=2000)]) -> dict[str, Any]:
    """What the memories themselves say to a question, without any model; nothing of it is kept."""
    if not question.strip():
        raise BadInput("There is nothing in this question. Write something first.")
    told = await running().asking.ask(question, scope=me.scope, by=me.principal)
    return {"text": told.text, "memories": told.memories, "closest": [asdict(m) for m in told.closest]}


@router.post("/ask", response_class=StreamingResponse, responses=in_media("application/x-ndjson"))
async def ask(
    me: Me, text: Annotated[str, Body()], thread: Annotated[str, Body(max_length=200)] = "by hand"
) -> StreamingResponse:
    """One turn of a conversation: a line of JSON for each event, as it happens."""
    if not text.strip():
        raise BadInput("There is nothing in this message. Write something first.")
    turn = Turn(
        principal=me.principal,
        scope=me.scope,
        thread=thread,
        text=text,
        history=await running().assistant.said_before(thread, scope=me.scope, by=me.principal),
    )

    async def lines() -> AsyncIterator[str]:
        try:
            async for event in running().assistant.reply(turn):
                yield _line(event)
        except KeepsakeError as fault:  # the answer has begun: its status can no longer tell
            yield _line(Trouble(str(fault)))

    return StreamingResponse(lines(), media_type="application/x-ndjson")


def _line(event: ReplyEvent) -> str:
    return json.dumps(_event(event), default=str, ensure_ascii=False) + "\n"


def _event(event: ReplyEvent) -> dict[str, Any]:
    match event:
        case Recalled(recollection):
            return {"event": "recalled", "considered": recollection.considered}
        case Rests(used):
            return {"event": "rests", "used": used}
        case Said(piece):
            return {"event": "said", "piece": piece}
        case Trouble(message):
            return {"event": "trouble", "message": message}
        case Noticed(message):
            return {"event": "noticed", "message": message}
        case Finished():
            return {"event": "finished", **asdict(event)}
    assert_never(event)


@router.post("/recall")
async def recall(
    me: Me,
    question: Annotated[str, Body()],
    limit: Annotated[Count, Body(ge=1, le=100)] = 8,
    tokens: Annotated[Count | None, Body(ge=1, le=1_000_000)] = None,
) -> dict[str, Any]:
    """What comes to mind, best first. With `tokens`: of the best `limit` those for which there is room, no two alike first."""
    room = Room(tokens) if tokens else None
    found = await running().memory.recall(question, scope=me.scope, by=me.principal, limit=limit, room=room)
    return asdict(found)


@router.post("/forget")
async def forget(
    me: Me,
    ids: Annotated[list[str], Body(max_length=10_000)],
    now: Annotated[Flag, Body()] = False,
    transcripts: Annotated[Transcripts, Body()] = "keep",
    never: Annotated[Flag, Body()] = False,
) -> Forgetting:
    return await running().memory.forget(
        ids, scope=me.scope, by=me.principal, now=now, transcripts=transcripts, never=never
    )


@router.post("/forget/session")
async def forget_session(
    me: Me, session: Annotated[str, Body(max_length=200)], now: Annotated[Flag, Body()] = False
) -> Forgetting:
    """Take back all that one conversation brought, with what was learned from it."""
    return await running().memory.forget_session(session, scope=me.scope, by=me.principal, now=now)


@router.post("/forget/everything")
async def forget_everything(me: Me, confirm: Annotated[str, Body(embed=True)]) -> Forgetting:
    if confirm.strip().casefold() != EVERYTHING:
        raise BadInput(f'To forget everything, type "{EVERYTHING}". Nothing was forgotten.')
    return await running().memory.forget_everything(scope=me.scope, by=me.principal)


@router.get("/forgettings/{forgetting}")
async def forgetting(me: Me, forgetting: str) -> Forgetting:
    return await running().memory.forgetting(forgetting, scope=me.scope, by=me.principal)


@router.get("/forgettings/{forgetting}/receipt")
async def forgetting_receipt(me: Me, forgetting: str) -> dict[str, Any]:
    """Signed: `keepsake verify-receipt` and any Ed25519 library can check it."""
    return await running().memory.forgetting_receipt(forgetting, scope=me.scope, by=me.principal)


@router.post("/forgettings/{forgetting}/finish")
async def finish(me: Me, forgetting: str) -> Forgetting:
    """Do now what is still to be done, and look again."""
    return await running().memory.finish_forgetting(forgetting, scope=me.scope, by=me.principal)


@router.post("/forgettings/{forgetting}/undo")
async def undo(me: Me, forgetting: str) -> Forgetting:
    return await running().memory.undo(forgetting, scope=me.scope, by=me.principal)


@router.get("/export", response_class=StreamingResponse, responses=in_media("application/zip"))
async def export(me: Me) -> StreamingResponse:
    """Everything that is kept about a person, as a zip file."""
    packed = running().portability.export(scope=me.scope, by=me.principal)
    named = {"content-disposition": 'attachment; filename="keepsake.zip"', "cache-control": "no-store"}
    return StreamingResponse(packed, media_type="application/zip", headers=named)


@router.get("/receipts/{receipt}")
async def receipt(me: Me, receipt: str) -> Receipt:
    """What was sent for one answer; a memory forgotten since is a hole in it."""
    return await running().receipts.open(receipt, scope=me.scope, by=me.principal)


@router.get("/choices")
async def choices(me: Me) -> Choice:
    return await running().choices.of(scope=me.scope, by=me.principal)


@router.put("/choices")
async def choose(me: Me, remember: Annotated[Flag, Body(embed=True)]) -> Choice:
    return await running().choices.choose(remember, scope=me.scope, by=me.principal)


@router.get("/status")
async def status(me: Me, request: Request) -> dict[str, Any]:
    app = running()
    spoken = preferred(request.headers.get("accept-language", ""))
    return {
        "model": app.model.name,
        "says": model_line(app.model, spoken.say),
        "limits": model_limits(app.model),
        "place": app.model.place,
        "capable": app.model.capable,
        "memories": await app.memory.counts(scope=me.scope, by=me.principal),
        "indexed": await app.memory.indexed(),
    }
