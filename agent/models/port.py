"""What the assistant needs of a language model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal, Protocol

from privacy.identity import Scope

from ..turns import Message

Place = Literal["embedded", "here", "elsewhere", "scripted"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request, whole, and whose it is: the guard toward a model elsewhere needs to know."""

    messages: tuple[Message, ...]
    scope: Scope
    max_tokens: int = 800
    temperature: float = 0.7
    incognito: bool = False  # nothing of it may stay anywhere, not even what placeholders stand for


class ChatModel(Protocol):
    """Answers in words or in data. Raises ModelUnavailable with a sentence for the person."""

    name: str
    place: Place
    capable: bool  # whether it can be trusted to read its notes

    def stream(self, request: Request) -> AsyncIterator[str]: ...
    async def complete(self, request: Request) -> object: ...  # the JSON object answered; None: it was none
    async def warm(self) -> None: ...  # load now what the first answer would wait for
    async def aclose(self) -> None: ...
