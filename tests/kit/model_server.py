"""A server on loopback that speaks the OpenAI protocol, answers from a script and keeps what it was asked."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from .serving import free_port


@dataclass(frozen=True)
class Refuses:
    """An answer with a status that is no success. The body repeats the question, as careless servers do."""

    status: int
    because: str = ""  # what the body says instead


@dataclass(frozen=True)
class Hangs:
    """Says something, if anything, and then nothing more."""

    after: str = ""


@dataclass(frozen=True)
class BreaksOff:
    """Says something, and the connection is gone."""

    after: str = "Well, I"


@dataclass(frozen=True)
class Raw:
    """A body as it is, whatever it is."""

    body: str
    type: str = "application/json"


@dataclass(frozen=True)
class Asks:
    """Tools that the model wants used, each with its arguments as it writes them; and what it says before."""

    calls: tuple[tuple[str, str], ...]
    before: str = ""


Step = str | Refuses | Hangs | BreaksOff | Raw | Asks


@dataclass
class ModelServer:
    """Two scripts: `words` for streamed answers, `data` for whole ones. A script that is used up answers `rest`."""

    url: str
    words: list[Step] = field(default_factory=list)
    data: list[Step] = field(default_factory=list)
    rest: Step = '{"memory": []}'
    bodies: list[dict[str, Any]] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)  # what vectors were asked of
    embeds_at_most: int | None = None  # texts; then it refuses
    dimensions: int = 48
    hung_up: int = 0  # callers that went away before the answer was over

    def asked(self, *, stream: bool) -> list[str]:
        """The text of each request, all messages in one."""
        return [
            "\n".join(message["content"] for message in body["messages"])
            for body in self.bodies
            if body.get("stream", False) is stream
        ]

    def facts(self, *texts: str) -> None:
        """The next whole answer: these sentences, in the shape that is asked for."""
        entries = [{"text": text, "attributed_to": "user"} for text in texts]
        self.data.append(json.dumps({"memory": entries}))

    def next(self, stream: bool) -> Step:
        script = self.words if stream else self.data
        return script.pop(0) if script else self.rest


@contextmanager
def model_server() -> Iterator[ModelServer]:
    port = free_port()
    model = ModelServer(f"http://127.0.0.1:{port}/v1")
    server = uvicorn.Server(uvicorn.Config(_web(model), port=port, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started
    try:
        yield model
    finally:
        server.force_exit = server.should_exit = True
        thread.join(timeout=10)


def _web(model: ModelServer) -> FastAPI:
    web = FastAPI()

    @web.post("/v1/embeddings")
    async def embeddings(request: Request) -> Response:
        body = await request.json()
        model.embedded += body["input"]
        if model.embeds_at_most is not None and len(model.embedded) > model.embeds_at_most:
            return JSONResponse({"error": {"message": json.dumps(body)}}, 503)
        vectors = [_by_letters(text, model.dimensions) for text in body["input"]]
        data = [{"object": "embedding", "index": n, "embedding": v} for n, v in enumerate(vectors)]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return JSONResponse({"object": "list", "model": body["model"], "data": data, "usage": usage})

    @web.post("/v1/chat/completions")
    async def completions(request: Request) -> Response:
        body = await request.json()
        model.bodies.append(body)
        stream = bool(body.get("stream"))
        match model.next(stream):
            case Refuses(status, because):
                return JSONResponse({"error": {"message": because or json.dumps(body)}}, status)
            case Raw(text, kind):
                return Response(text, media_type=kind)
            case Hangs("") as step if not stream or not step.after:
                while not await request.is_disconnected():
                    await asyncio.sleep(0.02)
                model.hung_up += 1
                return Response()
            case Asks() as step:
                return StreamingResponse(_wishes(step), media_type="text/event-stream")
            case step if stream:
                return StreamingResponse(_pieces(model, step), media_type="text/event-stream")
            case BreaksOff(after):
                return StreamingResponse(_broken(after), media_type="application/json")
            case step:
                return JSONResponse(_whole(str(step)))

    return web


async def _pieces(model: ModelServer, step: Step) -> AsyncIterator[str]:
    text = step if isinstance(step, str) else step.after  # type: ignore[union-attr]  # the others do not stream
    try:
        for word in text.split(" "):
            yield _event({"content": word + " "})
        if isinstance(step, BreaksOff):
            raise ConnectionError
        if isinstance(step, Hangs):
            await asyncio.sleep(600)
        yield _event({}, "stop")
        yield "data: [DONE]\n\n"
    except asyncio.CancelledError:
        model.hung_up += 1
        raise


async def _wishes(step: Asks) -> AsyncIterator[str]:
    """Arguments come in pieces, and only the first of them names the call."""
    if step.before:
        yield _event({"content": step.before})
    for index, (tool, arguments) in enumerate(step.calls):
        call = {"index": index, "id": f"call_{index}", "type": "function"}
        yield _event({"tool_calls": [call | {"function": {"name": tool, "arguments": ""}}]})
        for start in range(0, len(arguments), 7):
            piece = {"index": index, "function": {"arguments": arguments[start : start + 7]}}
            yield _event({"tool_calls": [piece]})
    yield _event({}, "tool_calls")
    yield "data: [DONE]\n\n"


async def _broken(after: str) -> AsyncIterator[str]:
    yield after
    raise ConnectionError


def _by_letters(text: str, dimensions: int) -> list[float]:
    """A vector by the pairs of letters of a text: what is spelled alike is near."""
    vector = [0.01] * dimensions
    for one, other in zip(text.casefold(), text.casefold()[1:], strict=False):
        vector[(31 * ord(one) + ord(other)) % dimensions] += 1.0
    return vector


def _event(delta: dict[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return "data: " + json.dumps(_frame("chat.completion.chunk", choice)) + "\n\n"


def _whole(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return _frame("chat.completion", {"index": 0, "message": message, "finish_reason": "stop"})


def _frame(kind: str, choice: dict[str, Any]) -> dict[str, Any]:
    return {"id": "x", "object": kind, "created": 0, "model": "scripted", "choices": [choice]}
