"""What the assistant needs of a language model."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from privacy.identity import Scope

from ..turns import Call, Message

Place = Literal["embedded", "here", "elsewhere", "scripted"]


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that a model may ask to have done. All of it is ours: it holds nothing about anybody."""

    name: str
    description: str
    parameters: Mapping[str, Any] = field(hash=False)  # a JSON schema


@dataclass(frozen=True, slots=True)
class Request:
    """One request, whole, and whose it is: the guard toward a model elsewhere needs to know."""

    messages: tuple[Message, ...]
    scope: Scope
    max_tokens: int = 800
    temperature: float = 0.7
    incognito: bool = False  # nothing of it may stay anywhere, not even what placeholders stand for
    tools: tuple[Tool, ...] = ()
    closing: bool = False  # tools were used enough: now it is to answer


class ChatModel(Protocol):
    """Answers in words or in data. Raises ModelUnavailable with a sentence for the person."""

    name: str
    place: Place
    capable: bool  # whether it can be trusted to read its notes

    def stream(self, request: Request) -> AsyncIterator[str | Call]: ...  # words, then what tools it wants
    async def complete(self, request: Request) -> object: ...  # the JSON object answered; None: it was none
    async def warm(self) -> None: ...  # load now what the first answer would wait for
    async def aclose(self) -> None: ...


async def words_of(pieces: AsyncIterator[str | Call]) -> AsyncGenerator[str, None]:
    """An answer for which no tools were offered: its words."""
    async with aclosing(pieces) as heard:  # type: ignore[type-var]  # all of ours are generators
        async for piece in heard:
            if isinstance(piece, str):
                yield piece
