"""The model that comes along: SmolLM2 on a llama.cpp server of our own, on loopback, behind a random key."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

from privacy.identity import Scope

from .. import assets
from ..turns import Message
from .openai import Line
from .port import Place, Request, words_of


class EmbeddedModel:
    """Small talk without a network. It cannot read notes, so it is never given any."""

    name = "SmolLM2-135M (on this machine)"
    place: Place = "embedded"
    capable = False

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._server: Any = None
        self._line: Line | None = None
        self._starting = asyncio.Lock()

    async def stream(self, request: Request) -> AsyncIterator[str]:
        line = await self._connected()
        async with aclosing(words_of(line.stream(request))) as pieces:
            async for piece in pieces:
                yield piece

    async def complete(self, request: Request) -> object:
        return await (await self._connected()).complete(request)

    async def warm(self) -> None:
        """Say one word to nobody: what only the first request loads is loaded then."""
        line = await self._connected()
        await line.complete(
            Request((Message("user", "Good morning."),), Scope("(warm-up)"), max_tokens=1, temperature=0.0)
        )

    async def _connected(self) -> Line:
        async with self._starting:
            if self._line is None:
                key = secrets.token_urlsafe(24)
                self._server = await asyncio.to_thread(self._start, key)
                self._line = Line(
                    f"{self._server.listening_address}/v1", key, "embedded", patience=60, trust_env=False
                )
            return self._line

    def _start(self, key: str) -> Any:
        from xllamacpp import CommonParams, Server

        parameters = CommonParams()
        parameters.model.path = str(assets.require(assets.CHAT_MODEL, self._cache))
        parameters.n_ctx = 4096
        parameters.n_parallel = 2
        # several wait for each other awake: beside other programs that costs ten times the processor time
        parameters.cpuparams.n_threads = 1
        parameters.api_keys = [key]
        parameters.verbosity = -1  # its log would hold the conversation
        return Server(parameters)

    async def aclose(self) -> None:
        if self._line is not None:
            await self._line.aclose()
        self._line = self._server = None
