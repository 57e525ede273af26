"""The model that comes along: SmolLM2 on a llama.cpp server of our own, on loopback, behind a random key."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import assets
from .openai import client, streamed
from .port import Place, Request

if TYPE_CHECKING:
    from openai import AsyncOpenAI


class EmbeddedModel:
    """Small talk without a network. It cannot read notes, so it is never given any."""

    name = "SmolLM2-135M (on this machine)"
    place: Place = "embedded"
    capable = False

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._server: Any = None
        self._client: AsyncOpenAI | None = None
        self._starting = asyncio.Lock()

    async def stream(self, request: Request) -> AsyncIterator[str]:
        async for piece in streamed(await self._connected(), "embedded", request):
            yield piece

    async def warm(self) -> None:
        await self._connected()

    async def _connected(self) -> AsyncOpenAI:
        async with self._starting:
            if self._client is None:
                key = secrets.token_urlsafe(24)
                self._server = await asyncio.to_thread(self._start, key)
                self._client = client(f"{self._server.listening_address}/v1", key, trust_env=False)
            return self._client

    def _start(self, key: str) -> Any:
        from xllamacpp import CommonParams, Server

        parameters = CommonParams()
        parameters.model.path = str(assets.require(assets.CHAT_MODEL, self._cache))
        parameters.n_ctx = 4096
        parameters.n_parallel = 2
        parameters.cpuparams.n_threads = 2
        parameters.api_keys = [key]
        parameters.verbosity = -1  # its log would hold the conversation
        return Server(parameters)

    async def aclose(self) -> None:
        if self._client is not None:
            await self._client.close()
        self._client = self._server = None
