"""Who may sign in, for the terminal's private socket alone: adding people is not for the network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request

from agent.wiring import running
from privacy.accounts import Account, Accounts

from .leaving import leave
from .person import Person

router = APIRouter(prefix="/api/v1/accounts")
Text = Annotated[str, Body()]
Name = Annotated[str, Body(embed=True)]


@router.get("")
async def listed() -> dict[str, Any]:
    found = await asyncio.to_thread(running().accounts.list)
    return {"accounts": [_shown(account) for account in found]}


@router.post("/add")
async def add(name: Text, password: Text) -> dict[str, Any]:
    return _shown(await asyncio.to_thread(running().accounts.add, name, password))


@router.post("/remove")
async def remove(request: Request, name: Text, erase: Annotated[bool, Body()] = False) -> dict[str, Any]:
    if erase:
        account = await asyncio.to_thread(running().accounts.known, name)
        await leave(Person.named(account.name), request.app.state.sign_ins_ended)
        return _shown(account)
    return await _changed(request, lambda accounts: accounts.remove(name))


@router.post("/password")
async def password(request: Request, name: Text, password: Text) -> dict[str, Any]:
    return await _changed(request, lambda accounts: accounts.change_password(name, password))


@router.post("/disable")
async def disable(request: Request, name: Name) -> dict[str, Any]:
    return await _changed(request, lambda accounts: accounts.set_disabled(name, True))


@router.post("/enable")
async def enable(request: Request, name: Name) -> dict[str, Any]:
    return await _changed(request, lambda accounts: accounts.set_disabled(name, False))


async def _changed(request: Request, change: Callable[[Accounts], Account]) -> dict[str, Any]:
    """Make a change that ends sign-ins, and see to it that open sockets notice."""
    account = await asyncio.to_thread(change, running().accounts)
    await request.app.state.sign_ins_ended()
    return _shown(account)


def _shown(account: Account) -> dict[str, Any]:
    return {"name": account.name, "created": account.created, "disabled": account.disabled}
