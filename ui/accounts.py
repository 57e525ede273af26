"""Who is signed in. Imports Chainlit, so only after `ui.server` has set the stage."""

from __future__ import annotations

import asyncio
from typing import Any

import chainlit as cl
from chainlit.auth.cookie import get_token_from_cookies
from chainlit.auth.jwt import decode_jwt
from chainlit.context import context_var
from fastapi.security.utils import get_authorization_scheme_param
from jwt import InvalidTokenError
from starlette.requests import HTTPConnection

from agent.wiring import running
from privacy.accounts import SignIn

from .person import LOCAL, Person, asked

# one check of a password takes 64 MiB: a flood of them must not take the machine
_checking = asyncio.Semaphore(2)


async def signed_in(token: str | None) -> Person | None:
    """The person of a token whose sign-in is still good: not expired, signed out, removed or overtaken."""
    sign_in = sign_in_of(token)
    if sign_in is None or not await asyncio.to_thread(running().accounts.holds, sign_in):
        return None
    return Person.named(sign_in.name)


def token_of(connection: HTTPConnection) -> str | None:
    """The token that Chainlit would go by: of the cookie first, else of the header."""
    kept: str | None = get_token_from_cookies(connection.cookies)
    if kept:
        return kept
    scheme, token = get_authorization_scheme_param(connection.headers.get("authorization"))
    return token if scheme.lower() == "bearer" and token else None


def sign_in_of(token: str | None) -> SignIn | None:
    """What a token of ours says, signed by our own secret; None for any other text."""
    try:
        user = decode_jwt(token or "")
    except (InvalidTokenError, TypeError, KeyError, ValueError):
        return None
    return SignIn(user.identifier, str(user.metadata.get("sign_in", "")))


def present() -> Person:
    """For whom Chainlit works right now: the person of its chat session, else of the request."""
    chat = context_var.get(None)
    if chat is not None and chat.session.user is not None:
        return Person.named(chat.session.user.identifier)
    return asked()


async def with_password(username: str, password: str) -> cl.User | None:
    """Chainlit's login page asks this."""
    async with _checking:
        sign_in = await asyncio.to_thread(running().accounts.sign_in, username, password)
    if sign_in is None:
        return None
    return cl.User(identifier=sign_in.name, display_name=sign_in.name, metadata={"sign_in": sign_in.id})


async def without_password(headers: Any) -> cl.User | None:
    """Chainlit's page asks this when there are no accounts: whoever sits at this computer."""
    return cl.User(identifier=LOCAL.name, display_name="You")
