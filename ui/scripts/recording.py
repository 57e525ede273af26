"""A model server that says what it is told and keeps what it was sent: real HTTP, on loopback only.

    with RecordingModel(["Good morning."]) as model:
        settings = Settings(openai_base_url=model.url, ...)

It runs in a thread of its own, so a test may block. Extractions are the requests that ask for JSON; without an
answer of their own they find nothing.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from .steps import Scripted

NOTHING_FOUND = '{"memory": []}'
GONE = 410  # a client may try again after others: without its wishes, or a little later
PIECE = 7  # characters: so short that placeholders arrive in pieces
_PLACEHOLDER = re.compile(r"\[([A-Z_]+)_\d+(?:_[0-9a-f]+)?\]")


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came in."""

    kind: Literal["chat", "extraction"]
    text: str  # all messages, one below the other
    body: dict[str, Any]


class RecordingModel:
    """Answers in order. Requests beyond the script are refused and counted in `unexpected`."""

    def __init__(
        self, answers: Iterable[Scripted | str] = (), extraction: Iterable[Scripted | str] = ()
    ) -> None:
        self.answers = deque(_scripted(answers))
        self.extraction = deque(_scripted(extraction))
        self.received: list[Received] = []
        self.unexpected: list[Received] = []
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()  # from now on a client may connect: it waits until the server runs
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"
        config = uvicorn.Config(self._app(), log_config=None, access_log=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="recording-model", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()

    def _app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        @app.get("/v1/models")
        async def models() -> dict[str, Any]:
            return {"object": "list", "data": [{"id": "scripted", "object": "model"}]}

        @app.post("/v1/chat/completions")
        async def complete(request: Request) -> Response:
            return self._answered(await request.json())

        return app

    def _answered(self, body: dict[str, Any]) -> Response:
        received = Received("extraction" if wants_json(body) else "chat", text_of(body), body)
        self.received.append(received)
        waiting = self.extraction if received.kind == "extraction" else self.answers
        if waiting:
            answer = waiting.popleft()
        elif received.kind == "extraction":
            answer = Scripted(0, NOTHING_FOUND)
        else:
            self.unexpected.append(received)
            answer = Scripted(0, status=GONE)
        if answer.status != 200:
            error = {"error": {"message": "The script says so.", "type": "scripted"}}
            return JSONResponse(error, answer.status, headers={"x-should-retry": "false"})
        words = with_placeholders(answer.text, received.text)
        if body.get("stream"):
            return StreamingResponse(_events(words), media_type="text/event-stream")
        return JSONResponse(_completion({"message": {"role": "assistant", "content": words}}, "stop"))


def wants_json(body: dict[str, Any]) -> bool:
    """Whether a request asks for JSON, as extractions do.

    >>> wants_json({"response_format": {"type": "json_object"}}), wants_json({})
    (True, False)
    """
    wanted = body.get("response_format") or {}
    return str(wanted.get("type", "text")).startswith("json")


def text_of(body: dict[str, Any]) -> str:
    """All words of a request; a message may also be made of parts."""
    texts = []
    for message in body.get("messages", []):
        content = message.get("content") or ""
        if isinstance(content, list):
            content = "\n".join(str(part.get("text", "")) for part in content)
        texts.append(str(content))
    return "\n".join(texts)


def with_placeholders(answer: str, request: str) -> str:
    """What a model would write that repeats what it was sent: [PERSON_1] is the first person of the request.

    >>> with_placeholders("Hello [PERSON_1]!", "My name is [PERSON_4_0a1b2c3d].")
    'Hello [PERSON_4_0a1b2c3d]!'
    """
    sent: dict[str, list[str]] = {}
    for match in _PLACEHOLDER.finditer(request):
        of_label = sent.setdefault(match.group(1), [])
        if match.group() not in of_label:
            of_label.append(match.group())

    def meant(match: re.Match[str]) -> str:
        of_label, number = sent.get(match.group(1), []), int(match.group(2))
        return of_label[number - 1] if 1 <= number <= len(of_label) else match.group()

    return re.sub(r"\[([A-Z_]+)_(\d+)\]", meant, answer)


def _scripted(answers: Iterable[Scripted | str]) -> Iterator[Scripted]:
    for answer in answers:
        yield Scripted(0, answer) if isinstance(answer, str) else answer


def _events(words: str) -> Iterator[str]:
    """The answer as a stream of server-sent events."""
    for start in range(0, len(words), PIECE):
        piece = _completion(
            {"delta": {"content": words[start : start + PIECE]}}, None, "chat.completion.chunk"
        )
        yield f"data: {json.dumps(piece)}\n\n"
    yield f"data: {json.dumps(_completion({'delta': {}}, 'stop', 'chat.completion.chunk'))}\n\n"
    yield "data: [DONE]\n\n"


def _completion(choice: dict[str, Any], reason: str | None, kind: str = "chat.completion") -> dict[str, Any]:
    return {
        "id": "scripted",
        "object": kind,
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "finish_reason": reason, **choice}],
    }
