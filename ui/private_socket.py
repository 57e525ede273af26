"""The terminal's way in: a Unix socket that only this computer's user can open.

Whoever can open it could read the files as well, so it is taken at its word who is speaking. While a server
is up, the terminal's commands go through here: one process at a time holds the data.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

import uvicorn
from fastapi import APIRouter, Body, FastAPI
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from agent.locking import lock, rotate_master_key, unlock
from agent.settings import Settings
from agent.wiring import running
from privacy.errors import KeepsakeError

from . import administration
from .api import Me
from .person import SPEAKER, on_behalf_of, who
from .rendezvous import HEADER, socket_path
from .rest import install

upkeep = APIRouter(prefix="/api/v1/upkeep")


@upkeep.post("/reindex")
async def reindex() -> dict[str, int]:
    return {"memories": await running().memory.reindex()}


@upkeep.get("/embedded")
async def embedded() -> dict[str, int]:
    """How many memories the embedder in force, or the one that is taking over, has read."""
    read, every = await running().memory.embedded()
    return {"read": read, "memories": every}


@upkeep.post("/settle")
async def settle() -> dict[str, str | None]:
    """Wait until what was said has been read for facts and is indexed."""
    app = running()
    await app.worker.drain()
    await app.memory.settle()
    return {"trouble": app.worker.last_error or app.memory.last_fault}


@upkeep.post("/verify")
async def verify(folder: Annotated[Path | None, Body(embed=True)] = None) -> dict[str, int | str]:
    app = running()
    found = await (app.memory.verify() if folder is None else app.memory.verify_backup(folder))
    return {**asdict(found), "model": app.model.name}


@upkeep.post("/backup")
async def backup(folder: Annotated[Path, Body(embed=True)]) -> dict[str, int]:
    return asdict(await running().memory.back_up(folder))


@upkeep.post("/rotate")
async def rotate() -> dict[str, int | str | bool]:
    return asdict(await asyncio.to_thread(rotate_master_key, running()))


@upkeep.post("/rotate-owner")
async def rotate_owner(me: Me) -> dict[str, int]:
    return {"keys": await running().memory.rotate_owner_key(scope=me.scope, by=me.principal)}


@upkeep.post("/lock")
async def lock_(passphrase: Annotated[str, Body(embed=True)]) -> dict[str, bool]:
    await asyncio.to_thread(lock, running(), passphrase)
    return {"locked": True}


@upkeep.post("/unlock")
async def unlock_() -> dict[str, bool]:
    return {"was_locked": await asyncio.to_thread(unlock, running())}


async def nobody_connected() -> None:
    """What is to be done when sign-ins end and no socket is open."""


def terminal_app(sign_ins_ended: Callable[[], Awaitable[None]]) -> ASGIApp:
    """REST and upkeep of the app that is running, for the terminal alone."""
    web = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    web.state.sign_ins_ended = sign_ins_ended
    install(web)
    web.include_router(upkeep)
    web.include_router(administration.router)
    return _Speaking(web)


class _Speaking:
    """Puts down who is speaking where no request from the network can."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        scope[SPEAKER] = unquote(headers.get(HEADER.encode(), b"").decode("ascii"))
        try:
            # whether a server is up has nothing to do with who asks
            person = None if scope["path"] == "/health" else await who(HTTPConnection(scope))
        except KeepsakeError as fault:
            await JSONResponse({"error": str(fault)}, 400)(scope, receive, send)
            return
        with on_behalf_of(person):
            await self._app(scope, receive, send)


class _Server(uvicorn.Server):
    """A server beside others: signals are the main one's business."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def listening(
    settings: Settings, sign_ins_ended: Callable[[], Awaitable[None]] = nobody_connected
) -> AsyncIterator[None]:
    """Serve the terminal for as long as this lasts. Call while the app is running."""
    path = socket_path(settings)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    path.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(str(path))
    os.chmod(path, 0o600)
    door.listen(64)  # from here on a caller waits in line instead of being refused
    config = uvicorn.Config(
        terminal_app(sign_ins_ended), lifespan="off", log_level="warning", access_log=False
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[door]), name="terminal-socket")
    try:
        yield
    finally:
        server.should_exit = True
        await serving
        path.unlink(missing_ok=True)
