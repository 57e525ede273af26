"""Signing in and out, and a new password: Chainlit's routes of that kind, with a limit and a memory."""

from __future__ import annotations

import asyncio
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated, Any

import chainlit.server as chainlit_server
from chainlit.auth import create_jwt, get_current_user
from chainlit.auth.cookie import clear_auth_cookie, set_auth_cookie
from chainlit.config import config
from fastapi import APIRouter, Body, Depends, HTTPException, Query, Request, Response
from fastapi.security import OAuth2PasswordRequestForm

from agent.wiring import running
from memory.errors import BadInput
from memory.records import Forgetting
from privacy.accounts import account_name
from privacy.errors import BadAccount

from .accounts import sign_in_of, token_of, with_password, without_password
from .leaving import leave
from .person import Person, asking
from .sockets import close_ended
from .tries import Tries

router = APIRouter()
Me = Annotated[Person, Depends(asking)]
by_address = Tries(burst=20, every=3)
by_name = Tries(burst=10, every=20)
WRONG = "This name and this password do not belong together."
TOO_MANY = "Too many tries. Wait a minute, then try again."


@router.post("/login")
async def sign_in(
    request: Request, response: Response, form: Annotated[OAuth2PasswordRequestForm, Depends()]
) -> Any:
    keys = _counted(request, form.username)
    try:
        answer = await chainlit_server.login(request, response, form)
    except HTTPException as refused:
        if refused.status_code == 401:
            raise HTTPException(401, WRONG) from None
        raise
    _went_well(*keys)
    return answer


@router.get("/user")
async def signed_in_as(request: Request, response: Response) -> Any:
    """Who is signed in. Where there are no accounts, whoever sits here: Chainlit's page would first be told 401, twice."""
    token = token_of(request)
    if token is None and running().settings.auth == "none":
        token = create_jwt(await without_password(request.headers))
        set_auth_cookie(request, response, token)
    if token is None:
        raise HTTPException(401, "Not authenticated")
    return await get_current_user(token)


@router.post("/logout")
async def sign_out(request: Request, response: Response) -> Any:
    """The cookie goes from the browser, and a copy of it is worth nothing any more."""
    if gone := sign_in_of(token_of(request)):
        await asyncio.to_thread(running().accounts.sign_out, gone)
        await close_ended()
    return await chainlit_server.logout(request, response)


@router.post("/api/v1/password", status_code=204)
async def new_password(
    request: Request, me: Me, current: Annotated[str, Body()], new: Annotated[str, Body()]
) -> None:
    """Set one's own password. Every sign-in ends, this one too."""
    keys = _counted(request, me.name)
    if await with_password(me.name, current) is None:
        raise HTTPException(403, "This is not your current password.")
    _went_well(*keys)
    await asyncio.to_thread(running().accounts.change_password, me.name, new)
    await close_ended()


@router.post("/api/v1/account/delete")
async def delete_account(
    request: Request, response: Response, me: Me, password: Annotated[str, Body(embed=True)]
) -> Forgetting:
    """The account goes with everything that is known of its person, at once and without undo."""
    done = await deleted(request, me, password)
    clear_auth_cookie(request, response)
    return done


async def deleted(request: Request, me: Person, password: str) -> Forgetting:
    """With the password, for an open window must not be enough. Raises BadInput, HTTPException."""
    if running().settings.auth != "password":
        raise BadInput("There are no accounts here. To forget everything, see Privacy. Nothing was deleted.")
    await themself(request, me, password, "This is not your password. Nothing was deleted.")
    return await leave(me, close_ended)


async def themself(request: Request, me: Person, password: str, refused: str) -> None:
    """That it is the person and not only their open window; where there are no accounts, whoever sits there is.

    Raises BadInput with the sentence, HTTPException after too many tries.
    """
    if running().settings.auth != "password":
        return
    keys = _counted(request, me.name)
    if await with_password(me.name, password) is None:
        raise BadInput(refused)
    _went_well(*keys)


@router.get("/project/translations")
async def texts(language: Annotated[str, Query(pattern="^[A-Za-z0-9-]{2,35}$")] = "en-US") -> dict[str, Any]:
    """Chainlit's texts; its login page asks for an e-mail address, and ours for a name."""
    found = config.load_translation(language)
    login = found.get("auth", {}).get("login", {})
    login.get("form", {})["email"] = {"label": "Name", "required": "Type your name.", "placeholder": ""}
    # its page looks for the status as HTTP spells it
    login["errors"] = login.get("errors", {}) | {"unauthorized": WRONG, "too many requests": TOO_MANY}
    return {"translation": found}


def _counted(request: Request, name: str) -> tuple[str, str]:
    """Count a try; refuse it when there were too many. The same for a name that exists and one that does not."""
    try:
        name = account_name(name)
    except BadAccount:
        name = ""
    network = _network(request)
    if not (by_address.allow(network) and by_name.allow(name)):
        raise HTTPException(429, TOO_MANY, headers={"Retry-After": "60"})
    return network, name


def _went_well(network: str, name: str) -> None:
    by_address.give_back(network)
    by_name.give_back(name)


def _network(request: Request) -> str:
    """The address that asks; of IPv6 the network, for one machine has as many addresses as it likes."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else host
