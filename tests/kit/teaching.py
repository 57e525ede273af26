"""Somebody who talks to a capable model that says what it is told to say, and teaches it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from agent.background import Beliefs
from agent.models.port import Place, Request
from agent.settings import Settings
from agent.turns import Finished, Message, Noticed, Reference, Turn
from agent.wiring import App, open_app
from memory.records import Shown
from privacy.identity import Principal, Scope


class Willing:
    """A capable model that says what it is told to say; keeps every request."""

    name, capable = "willing", True
    place: Place = "scripted"

    def __init__(self) -> None:
        self.answer = "Here you are."
        self.lessons: object = None
        self.requests: list[Request] = []

    async def stream(self, request: Request) -> AsyncIterator[str]:
        self.requests.append(request)
        yield self.answer

    async def complete(self, request: Request) -> object:
        self.requests.append(request)
        return self.lessons

    async def warm(self) -> None: ...

    async def aclose(self) -> None: ...


@dataclass
class Talk:
    """One person in one conversation."""

    app: App
    model: Willing
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    thread: str = field(default_factory=lambda: uuid.uuid4().hex)
    past: tuple[Message, ...] = ()
    notices: list[str] = field(default_factory=list)

    @property
    def me(self) -> dict[str, object]:
        return {"scope": Scope(self.name), "by": Principal(self.name)}

    @property
    def believed(self) -> Beliefs:
        return Beliefs(self.app.memory, Scope(self.name), Principal(self.name))

    async def say(self, text: str, answer: str = "Here you are.") -> Finished:
        self.model.answer = answer
        turn = Turn(
            principal=Principal(self.name), scope=Scope(self.name), thread=self.thread, text=text, history=self.past
        )  # fmt: skip
        events = [event async for event in self.app.assistant.reply(turn)]
        finished = events[-1]
        assert isinstance(finished, Finished)
        self.notices += [event.message for event in events if isinstance(event, Noticed)]
        heard, *said = finished.remembered  # a fixed sentence of ours is no memory
        self.past += (
            Message("user", text, Reference(heard, 1)),
            Message("assistant", answer, Reference(said[0], 1) if said else None),
        )
        await self.app.worker.drain()
        assert self.app.worker.last_error is None
        return finished

    async def thumb(self, finished: Finished, good: bool, comment: str = "") -> bool:
        return await self.app.learning.thumb(finished.receipt, good, comment, **self.me)

    def anew(self) -> None:
        self.thread, self.past = uuid.uuid4().hex, ()

    @property
    def told(self) -> str:
        """The ways of answering in the last prompt."""
        system = self.model.requests[-1].messages[0].text
        return system.partition("--- ways\n")[2].partition("\n--- end of ways")[0]

    async def known(self) -> list[Shown]:
        return list((await self.app.procedures.known(**self.me)).values())


@asynccontextmanager
async def taught(folder: Path) -> AsyncIterator[tuple[App, Willing]]:
    """One real app for all tests of a file; each test is somebody else. Masking has a test of its own."""
    model = Willing()
    settings = Settings(home=folder / "home", config_home=folder / "config", masking=False)
    app = await open_app(settings, model=model, rng=Random(5))
    yield app, model
    await app.aclose()
