"""The one model client: anything that speaks the OpenAI protocol."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2  # what the openai client itself is built on

from ..errors import ModelRefuses, ModelUnavailable
from ..settings import Settings, is_loopback
from ..turns import Call, Message
from .json_answer import json_object
from .port import Place, Request, Tool

if TYPE_CHECKING:
    import openai
    from openai import AsyncOpenAI


class OpenAIModel:
    """A capable model, here or elsewhere."""

    capable = True

    def __init__(self, settings: Settings) -> None:
        url = settings.openai_base_url or "https://api.openai.com/v1"
        self.host = host = urlsplit(url).hostname or ""
        here = is_loopback(host) if settings.model_place == "auto" else settings.model_place == "here"
        self.place: Place = "here" if here else "elsewhere"
        self.name = f"{settings.model} ({'on this machine' if here else host})"
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
        # loopback never goes through a proxy
        self._line = Line(
            url, key, settings.model, patience=settings.model_timeout, trust_env=not is_loopback(host)
        )

    def stream(self, request: Request) -> AsyncIterator[str | Call]:
        return self._line.stream(request)

    async def complete(self, request: Request) -> object:
        return await self._line.complete(request)

    async def warm(self) -> None:
        """Nothing to load: nobody is asked before the person says something."""

    async def aclose(self) -> None:
        await self._line.aclose()


class Line:
    """A line to one model of one server. Every failure is a sentence without text of the request."""

    def __init__(self, url: str, key: str, model: str, *, patience: float, trust_env: bool) -> None:
        from openai import AsyncOpenAI

        self._model = model
        self._patience = patience
        self._toolless = False  # it refused to hear of tools: it is not told of them again
        timeout = httpx2.Timeout(patience, connect=min(5.0, patience))  # between two pieces of an answer
        http = httpx2.AsyncClient(timeout=timeout, trust_env=trust_env)
        # no retries: a person who waits decides, and the worker has a pace of its own
        self._client: AsyncOpenAI = AsyncOpenAI(base_url=url, api_key=key, http_client=http, max_retries=0)

    async def stream(self, request: Request) -> AsyncGenerator[str | Call, None]:
        """The pieces of an answer, and at its end the tools it asks for.

        Whoever stops listening closes the connection, and the model stops too.
        """
        finished, asked = False, AskedFor()
        with _as_sentences():
            async with await self._ask(request, {}, stream=True) as answer:
                async for chunk in answer:
                    piece, last = _read(chunk.choices, "delta")
                    finished = finished or last
                    if piece:
                        yield piece
                    if chunk.choices:
                        asked.hear(getattr(chunk.choices[0].delta, "tool_calls", None) or ())
        if not finished:
            raise ModelUnavailable(BROKEN_OFF)
        for call in asked.calls():
            yield call

    async def complete(self, request: Request) -> object:
        """The JSON object that is answered; None when the answer is none. It takes `patience` at most."""
        with _as_sentences():
            async with asyncio.timeout(self._patience):
                wish = {"response_format": {"type": "json_object"}}
                answer = await self._ask(request, wish, stream=False)
            return json_object(_read(answer.choices, "message")[0])

    async def _ask(self, request: Request, wishes: dict[str, Any], *, stream: bool) -> Any:
        import openai

        messages: Any = [_message(message) for message in request.messages]
        wishes = {"max_tokens": request.max_tokens, "temperature": request.temperature, **wishes}
        tools = {} if self._toolless else _offer(request)
        create: Any = self._client.chat.completions.create  # its overloads know neither wishes nor a choice
        while True:
            try:
                answer = await create(model=self._model, messages=messages, stream=stream, **wishes, **tools)
            except openai.APIStatusError as refusal:
                # some servers know not all wishes, some models refuse one or all tools: then less and less is asked
                bad = refusal.status_code == 400
                if tools and (_is_about_tools(refusal) or (bad and not wishes)):
                    tools = {}
                elif bad and wishes:
                    wishes = {}
                else:
                    raise
            else:
                self._toolless = self._toolless or (bool(request.tools) and not tools)
                return answer

    async def aclose(self) -> None:
        await self._client.close()


class AskedFor:
    """The tools that a streamed answer asks for: their parts come piece by piece."""

    def __init__(self) -> None:
        self._parts: list[dict[str, Any]] = []

    def hear(self, pieces: Sequence[Any]) -> None:
        for piece in pieces:
            part = self._part(getattr(piece, "index", None), getattr(piece, "id", None) or "")
            function = getattr(piece, "function", None)
            if function is not None:
                part["tool"] += getattr(function, "name", None) or ""
                part["arguments"] += getattr(function, "arguments", None) or ""

    def _part(self, index: Any, id: str) -> dict[str, Any]:
        """The call that a piece belongs to; some servers give all calls one index, but never one id."""
        for part in self._parts:
            if part["index"] == index and id in ("", part["id"]):
                return part
        self._parts.append({"index": index, "id": id, "tool": "", "arguments": ""})
        return self._parts[-1]

    def calls(self) -> list[Call]:
        return [
            Call(part["id"] or f"call_{number}", part["tool"], part["arguments"])
            for number, part in enumerate(self._parts, start=1)
        ]


def _message(message: Message) -> dict[str, Any]:
    """A message as the protocol has it."""
    said: dict[str, Any] = {"role": message.role, "content": message.text}
    if message.calls:
        said["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.tool, "arguments": call.arguments}}
            for call in message.calls
        ]
    return said | ({"tool_call_id": message.answers} if message.role == "tool" else {})


def _offer(request: Request) -> dict[str, Any]:
    """What a request says of tools: nothing where none are offered."""
    if not request.tools:
        return {}
    return {
        "tools": [_function(tool) for tool in request.tools],
        "tool_choice": "none" if request.closing else "auto",
    }


def _function(tool: Tool) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": function}


def _is_about_tools(refusal: openai.APIStatusError) -> bool:
    """Whether it is the tools that a server does not take: it says so, with one status or another."""
    return refusal.status_code in (400, 404, 422, 500, 501) and bool(
        re.search(r"\btools?\b|tool_choice", refusal.message, re.IGNORECASE)
    )


def _read(choices: Any, part: str) -> tuple[str, bool]:
    """The words of an answer or a piece of one, and whether it is the end."""
    if not choices:
        return "", False
    return getattr(choices[0], part).content or "", bool(choices[0].finish_reason)


TOO_LATE = (
    "The model did not answer in time. Your message is kept; try again, or raise KEEPSAKE_MODEL_TIMEOUT."
)
UNREACHED = "The model cannot be reached. Check OPENAI_BASE_URL and that it is running; your message is kept."
BROKEN_OFF = "The model broke off its answer. Your message is kept; try again."
NOT_THE_PROTOCOL = (
    "What answers there does not speak the OpenAI protocol. Check OPENAI_BASE_URL (it usually ends in /v1); "
    "your message is kept."
)
REFUSALS = {
    401: "The model refused the key. Check OPENAI_API_KEY; your message is kept.",
    403: "The model refused the key. Check OPENAI_API_KEY; your message is kept.",
    404: "There is no such model at that address. Check KEEPSAKE_MODEL and OPENAI_BASE_URL (it usually ends in /v1); "
    "your message is kept.",
    429: "The model has too much to do, or the quota is used up. Wait a little and try again; your message is kept.",
}


@contextmanager
def _as_sentences() -> Iterator[None]:
    import openai

    try:
        yield
    except (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError):
        raise ModelUnavailable(TOO_LATE) from None
    except openai.APIConnectionError as error:
        never = isinstance(
            error.__cause__, httpx2.ConnectError | httpx2.ProxyError | httpx2.UnsupportedProtocol
        )
        raise ModelUnavailable(UNREACHED if never else BROKEN_OFF) from None
    except openai.APIStatusError as error:
        status = error.status_code
        if status in (400, 413, 422):
            raise ModelRefuses(
                f"The model refused this request ({status}). Shorten it, or check KEEPSAKE_MODEL; your message is kept."
            ) from None
        unknown = (
            f"The model answered with an error ({status}). Try again in a while, or check OPENAI_BASE_URL; "
            "your message is kept."
        )
        raise ModelUnavailable(REFUSALS.get(status, unknown)) from None
    except httpx2.HTTPError:
        raise ModelUnavailable(BROKEN_OFF) from None
    except openai.APIError:  # an error inside the stream
        raise ModelUnavailable(BROKEN_OFF) from None
    except (AttributeError, TypeError, ValueError, LookupError):  # what came could not be taken apart
        raise ModelUnavailable(NOT_THE_PROTOCOL) from None
