"""Who is asking: a person who uses this installation, by cookie, by the terminal, or alone on this computer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from agent.wiring import running
from privacy.errors import BadAccount, KeepsakeError
from privacy.identity import Principal, Scope

SPEAKER = "keepsake.speaker"  # in an ASGI scope: who speaks through the private socket; nothing else sets it


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, and whose memory is meant: without sharing, the same person twice."""

    principal: Principal
    scope: Scope

    @classmethod
    def named(cls, name: str) -> Person:
        return cls(Principal(name), Scope(name))

    @property
    def name(self) -> str:
        return self.principal.name


# the one person of an installation without accounts; an account named "local" takes over what was remembered
LOCAL = Person.named("local")


class SignInFirst(KeepsakeError):
    """Nobody is signed in, and accounts are on."""


async def who(connection: HTTPConnection) -> Person | None:
    """Who is asking by this request or web socket. Everything that answers somebody goes by this decision."""
    if SPEAKER in connection.scope:
        return await asyncio.to_thread(_speaking, connection.scope[SPEAKER])
    if running().settings.auth == "none":
        return LOCAL
    from .accounts import signed_in, token_of  # Chainlit's cookie, so only where Chainlit is

    return await signed_in(token_of(connection))


def _speaking(name: str) -> Person | None:
    """Whom the terminal means: it may speak for everybody, but for nobody unheard of. Raises BadAccount."""
    app = running()
    if app.settings.auth == "password":
        return Person.named(app.accounts.known(name).name) if name else None
    if name and name != LOCAL.name:
        raise BadAccount("There are no accounts here. Leave out --user, or set KEEPSAKE_AUTH=password.")
    return LOCAL


_asking: ContextVar[Person | None] = ContextVar("asking", default=None)


@contextmanager
def on_behalf_of(person: Person | None) -> Iterator[None]:
    """While this request is answered, `asking` says this person. Set where requests come in, and only there."""
    token = _asking.set(person)
    try:
        yield
    finally:
        _asking.reset(token)


async def asking() -> Person:
    """The person for whom this request is answered (a FastAPI dependency). Raises SignInFirst."""
    return asked()


def asked() -> Person:
    person = _asking.get()
    if person is None:
        raise SignInFirst("Sign in first: open /login in the browser. On the terminal, say --user NAME.")
    return person
