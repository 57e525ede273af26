"""The terminal's client: to the server that is up, or to one that lives as long as the command."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

import httpx2

from agent.settings import Settings
from memory.errors import BadInput, InUse, MemoryFault, UnknownMemory

from .rendezvous import HEADER, socket_path

TIMEOUT = httpx2.Timeout(600, connect=5)  # a reindex takes its time
LONGEST_START = 15.0  # seconds in which a server that starts begins to listen
LOOKS = 0.5  # seconds between two looks whether it does


class Terminal:
    """REST as calls: a refusal is raised as the sentence that came with it."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def get(self, path: str, **query: Any) -> Any:
        given = {name: value for name, value in query.items() if value is not None}
        return _answer(await self._http.get(path, params=given))

    async def post(self, path: str, **body: Any) -> Any:
        return _answer(await self._http.post(path, json=body))

    async def download(self, path: str, file: Path, **body: Any) -> None:
        """Stream an answer into a file that only its owner can read. With a body it is asked for by POST."""
        async with self._http.stream("POST" if body else "GET", path, json=body or None) as answer:
            if answer.status_code != 200:
                await answer.aread()
                _answer(answer)
            with await asyncio.to_thread(_private, file) as written:
                async for piece in answer.aiter_bytes():
                    await asyncio.to_thread(written.write, piece)

    async def upload(self, path: str, file: Path, **query: Any) -> Any:
        try:
            content = await asyncio.to_thread(file.read_bytes)
        except OSError as error:
            raise BadInput(f"{file} cannot be read ({error.strerror}). Give another file.") from None
        return _answer(await self._http.post(path, params=query, content=content))

    async def put(self, path: str, **body: Any) -> Any:
        return _answer(await self._http.put(path, json=body))

    async def ask(self, text: str, thread: str) -> AsyncIterator[dict[str, Any]]:
        """The events of one turn, as they happen."""
        body = {"text": text, "thread": thread}
        async with self._http.stream("POST", "/api/v1/ask", json=body) as answer:
            if answer.status_code != 200:
                await answer.aread()
                _answer(answer)
            async for line in answer.aiter_lines():
                yield json.loads(line)


@asynccontextmanager
async def connected(settings: Settings, person: str) -> AsyncIterator[Terminal]:
    """Speak as this person to whoever holds the data; hold it ourselves when nobody does."""
    transport = httpx2.AsyncHTTPTransport(uds=str(socket_path(settings)))
    headers = {HEADER: quote(person)}
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://keepsake", headers=headers, timeout=TIMEOUT
    ) as http:
        if await _somebody_answers(http):
            yield Terminal(http)
            return
        # imported late: whoever speaks to a server that is up need not load what it has loaded
        from agent.wiring import open_app, set_running

        from .private_socket import listening

        try:
            app = await open_app(settings)
        except InUse:
            # a server that is starting holds the data before it listens
            if not await _comes_up(http):
                raise
            yield Terminal(http)
            return
        set_running(app)
        try:
            async with listening(settings):
                yield Terminal(http)
        finally:
            set_running(None)
            await app.worker.drain()
            await app.aclose()


def _private(file: Path) -> BinaryIO:
    return open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


async def _comes_up(http: httpx2.AsyncClient) -> bool:
    """Whether somebody answers before a start has surely failed."""
    for _ in range(int(LONGEST_START / LOOKS)):
        await asyncio.sleep(LOOKS)
        if await _somebody_answers(http):
            return True
    return False


async def _somebody_answers(http: httpx2.AsyncClient) -> bool:
    try:
        return (await http.get("/health")).status_code == 200
    except httpx2.TransportError:
        return False


def _answer(response: httpx2.Response) -> Any:
    if response.status_code < 400:
        return response.json()
    said = response.json()
    sentence = said.get("error") or f"This cannot be done: {said.get('detail')}"
    if response.status_code == 404:
        raise UnknownMemory(sentence)
    raise BadInput(sentence) if response.status_code in (400, 422) else MemoryFault(sentence)
