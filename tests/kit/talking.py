"""A model server of the test's own, on loopback: it speaks the OpenAI protocol, as slowly as it is told to."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response, StreamingResponse


class Talking:
    """Says `answer` to everything, word by word. Keeps what it received in order to talk."""

    def __init__(self) -> None:
        self.answer = "Good morning."
        self.pause = 0.0  # seconds between two words
        self.requests: list[dict[str, Any]] = []

    async def words(self) -> AsyncIterator[str]:
        for piece in re.findall(r"\s*\S+", self.answer):
            yield _event({"content": piece})
            await asyncio.sleep(self.pause)
        yield _event({}, "stop")
        yield "data: [DONE]\n\n"


def _event(delta: dict[str, str], reason: str | None = None) -> str:
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "talking"}
    return f"data: {json.dumps(chunk | {'choices': [{'index': 0, 'delta': delta, 'finish_reason': reason}]})}\n\n"


def _nothing_found() -> dict[str, Any]:
    message = {"role": "assistant", "content": json.dumps({"memory": []})}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "talking", "choices": choices}


@contextmanager
def talking() -> Iterator[tuple[Talking, dict[str, str]]]:
    """The model, and the settings that make Keepsake use it."""
    model, web = Talking(), FastAPI()

    @web.post("/v1/chat/completions")
    async def complete(request: dict[str, Any]) -> Response:
        if not request.get("stream"):  # asked to read turns for facts, not to talk
            return JSONResponse(_nothing_found())
        model.requests.append(request)
        return StreamingResponse(model.words(), media_type="text/event-stream")

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
    server = uvicorn.Server(uvicorn.Config(web, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield model, {"OPENAI_BASE_URL": address, "KEEPSAKE_MODEL": "talking"}
    finally:
        server.should_exit = True
        thread.join(timeout=10)
