"""REST for procedures and for feedback on answers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body

from agent.practice import Account
from agent.wiring import running
from memory.errors import UnknownMemory

from .api import Me
from .takes import Flag

router = APIRouter(prefix="/api/v1")
FIGURES = ("helpful", "harmful", "wanted", "success", "risk", "chats", "before", "history")
CANNOT_STEER = "The model that comes along cannot follow procedures. They are learned and kept; a capable model follows them."


@router.get("/procedures")
async def listed(me: Me) -> dict[str, Any]:
    app = running()
    accounts = await app.practice.accounts(scope=me.scope, by=me.principal)
    steers = app.model.capable
    return {
        "steers": steers,
        "small_changes": (await app.charters.holding(me.scope)).small_changes,
        "says": "" if steers else CANNOT_STEER,
        "procedures": [_body(account) for account in accounts],
    }


@router.get("/procedures/{procedure}")
async def one(me: Me, procedure: str) -> dict[str, Any]:
    return _body(await running().practice.account(procedure, scope=me.scope, by=me.principal))


@router.get("/procedures/{procedure}/replay")
async def replay(me: Me, procedure: str) -> dict[str, Any]:
    """What the last turns' prompts would hold with it in use."""
    return asdict(await running().practice.replay(procedure, scope=me.scope, by=me.principal))


@router.put("/small-changes")
async def small_changes(me: Me, wanted: Annotated[Flag, Body(embed=True)]) -> dict[str, bool]:
    """Whether a procedure that is only worded otherwise holds without being asked about. What acts never does."""
    charter = await running().charters.small_changes(wanted, scope=me.scope, by=me.principal)
    return {"small_changes": charter.small_changes}


@router.put("/procedures/{procedure}")
async def reword(
    me: Me, procedure: str, rule: Annotated[str, Body()], trigger: Annotated[str | None, Body()] = None
) -> dict[str, Any]:
    """Another version, which waits for approval; with what it would change."""
    practice = running().practice
    account = await practice.reword(procedure, rule, trigger, scope=me.scope, by=me.principal)
    tried = await practice.replay(account.procedure.id, scope=me.scope, by=me.principal)
    return _body(account) | {"replay": asdict(tried)}


@router.post("/procedures/{procedure}/approve")
async def approve(me: Me, procedure: str) -> dict[str, Any]:
    return _body(await running().practice.approve(procedure, scope=me.scope, by=me.principal))


@router.post("/procedures/{procedure}/reject")
async def reject(me: Me, procedure: str) -> dict[str, Any]:
    return _body(await running().practice.reject(procedure, scope=me.scope, by=me.principal))


@router.post("/procedures/{procedure}/retire")
async def retire(me: Me, procedure: str) -> dict[str, Any]:
    return _body(await running().practice.retire(procedure, scope=me.scope, by=me.principal))


@router.post("/procedures/{procedure}/rollback")
async def roll_back(me: Me, procedure: str) -> dict[str, Any]:
    return _body(await running().practice.roll_back(procedure, scope=me.scope, by=me.principal))


@router.post("/feedback")
async def feedback(
    me: Me, run: Annotated[str, Body()], good: Annotated[Flag, Body()], comment: Annotated[str, Body()] = ""
) -> dict[str, bool]:
    """A thumb for one answer, by its receipt. It may be given again: the last one counts."""
    judged = await running().learning.thumb(run, good, comment, scope=me.scope, by=me.principal)
    if not judged:
        raise UnknownMemory("There is no such answer, or it was given while memory was off.")
    return {"learned": judged}


def _body(account: Account) -> dict[str, Any]:
    """`decision`: what takes back what was decided just now, for an hour: POST /decisions/{decision}/undo."""
    counts = {name: getattr(account, name) for name in FIGURES}
    return asdict(account.procedure) | counts | ({"decision": account.decision} if account.decision else {})
