"""One person who talks with the real assistant, and a model that says what it is told to say."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TypedDict

from agent.models.port import Place, Request
from agent.turns import Finished, Message, Noticed, Reference, Turn
from agent.wiring import App
from memory.records import Shown
from privacy.identity import Principal, Scope


class Owner(TypedDict):
    """Whose memory, and who asks."""

    scope: Scope
    by: Principal


class Reciting:
    """A capable model that recites its `answer`; keeps the last request."""

    name, capable = "reciting", True
    place: Place = "scripted"

    def __init__(self) -> None:
        self.answer = "Here you are."
        self.request: Request | None = None

    async def stream(self, request: Request) -> AsyncIterator[str]:
        self.request = request
        yield self.answer

    async def complete(self, request: Request) -> object:
        raise AssertionError("Nothing is asked of this model but talk.")

    async def warm(self) -> None:
        """Nothing to load."""

    async def aclose(self) -> None:
        """Nothing is open."""


@dataclass
class Talk:
    """A person of their own in one conversation after the other."""

    app: App
    model: Reciting
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    thread: str = field(default_factory=lambda: uuid.uuid4().hex)
    past: tuple[Message, ...] = ()
    notices: list[str] = field(default_factory=list)  # of the last turn

    @property
    def me(self) -> Owner:
        return {"scope": Scope(self.name), "by": Principal(self.name)}

    def anew(self) -> None:
        self.thread, self.past = uuid.uuid4().hex, ()

    async def say(self, text: str, answer: str = "Here you are.") -> Finished:
        self.model.answer = answer
        turn = Turn(
            principal=Principal(self.name),
            scope=Scope(self.name),
            thread=self.thread,
            text=text,
            history=self.past,
        )
        events = [event async for event in self.app.assistant.reply(turn)]
        finished = events[-1]
        if not isinstance(finished, Finished):
            raise TypeError("A turn ended without an end.")
        self.notices = [event.message for event in events if isinstance(event, Noticed)]
        heard, said = finished.remembered
        self.past += (
            Message("user", text, Reference(heard, 1)),
            Message("assistant", answer, Reference(said, 1)),
        )
        await self.app.worker.drain()
        return finished

    @property
    def ways(self) -> str:
        """The ways of answering in the last prompt."""
        system = self.model.request.messages[0].text if self.model.request else ""
        return system.partition("--- ways\n")[2].partition("\n--- end of ways")[0]

    async def procedures(self) -> list[Shown]:
        return list((await self.app.procedures.known(**self.me)).values())
