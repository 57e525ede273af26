"""The world a script is played in: the real app in a folder of its own, its people, and a clock that can be moved."""

from __future__ import annotations

import asyncio
import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from agent.settings import Settings
from agent.turns import Finished, Recalled, Trouble, Turn
from agent.wiring import App, open_app
from memory.records import Forgetting, Recollection
from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope

from .recording import Received, RecordingModel
from .steps import Scripted
from .traces import Opened, files_with, opened

A_TURN = timedelta(seconds=2)  # what saying something takes; undo works for ten seconds


class Clock:
    """Stands still until it is moved."""

    def __init__(self, starts: datetime) -> None:
        self._now = starts

    def __call__(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by


@dataclass(slots=True)
class Talk:
    """One person's conversation as it stands."""

    thread: str = field(default_factory=lambda: uuid.uuid4().hex)
    question: str = ""  # the last thing said
    kept: tuple[str, ...] = ()  # the memories made of it and of its answer
    receipt: str = ""  # of that answer


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back when somebody spoke."""

    who: str
    answer: str = ""
    trouble: str | None = None
    recollection: Recollection | None = None


class Stage:
    """Everything a step can do or look at. `app` is replaced by a restart."""

    def __init__(self, settings: Settings, clock: Clock, model: RecordingModel | None, app: App) -> None:
        self.settings = settings
        self.clock = clock
        self.model = model
        self.app = app
        self.talks: dict[str, Talk] = {}
        self.heard: Heard | None = None
        self._forgettings: dict[str, Forgetting] = {}  # the last of each person
        self._received_before = 0

    async def rest(self) -> None:
        """Wait for what happens after an answer: learning, indexing, destroying what is due."""
        await self.app.worker.drain()
        if self.app.worker.last_error:
            raise KeepsakeError(self.app.worker.last_error)
        await self.app.memory.settle()

    async def restart(self) -> None:
        await self.app.aclose()
        self.app = await open_app(self.settings, clock=self.clock)

    # -- talking -----------------------------------------------------------------------------------

    async def say(self, who: str, text: str, scripted: tuple[Scripted, ...] = ()) -> Heard:
        if self.model:
            self._received_before = len(self.model.received)
            self.model.answers.extend(scripted)
        self.clock.move(A_TURN)
        talk = self.talks.setdefault(who, Talk())
        before = await self.app.assistant.said_before(talk.thread, **_of_memory(who))
        turn = Turn(**_of(who), thread=talk.thread, text=text, history=before)
        heard, kept = Heard(who), tuple[str, ...]()
        try:
            async for event in self.app.assistant.reply(turn):
                match event:
                    case Recalled(recollection):
                        heard = replace(heard, recollection=recollection)
                    case Finished():
                        heard, kept = replace(heard, answer=event.text), event.remembered
                        talk.receipt = event.receipt
                    case Trouble(sentence):
                        heard = replace(heard, trouble=sentence)
        except KeepsakeError as refusal:
            heard = replace(heard, trouble=str(refusal))
        talk.question, talk.kept = text, kept
        self.heard = heard
        return heard

    def begin_anew(self, who: str) -> None:
        """The last question stays known: “recalls” may still be about it."""
        old = self.talks.get(who, Talk())
        self.talks[who] = Talk(question=old.question, kept=old.kept, receipt=old.receipt)

    async def give_feedback(self, who: str, good: bool, comment: str) -> None:
        """Kept as the chat keeps it: a value, a comment, and the answer it is about."""
        talk = self.talks.get(who, Talk())
        about = talk.kept[-1] if talk.kept else talk.thread
        body = {"forId": about, "value": int(good), "comment": comment}
        await self.app.conversations.put(
            "feedback", f"feedback-{about}", body, scope=Scope(_name(who)), parent=talk.thread
        )
        if talk.receipt:
            await self.app.learning.thumb(talk.receipt, good, comment, **_of_memory(who))

    # -- memory ------------------------------------------------------------------------------------

    async def recall(self, who: str, asked: str | None) -> Recollection:
        """What comes to mind now: for a question, or for what the person said last."""
        talk = self.talks.get(who, Talk())
        left_out = talk.kept if asked is None else ()
        return await self.app.memory.recall(asked or talk.question, exclude=left_out, **_of_memory(who))

    async def forget(self, who: str, words: str) -> int:
        """Forget what holds these words, else what comes to mind first for them; the number of memories."""
        page = await self.app.memory.browse(words=words, limit=500, **_of_memory(who))
        ids = [memory.id for memory in page.memories]
        if not ids:
            recollection = await self.app.memory.recall(words, limit=1, **_of_memory(who))
            ids = [] if recollection.abstained else [hit.memory.id for hit in recollection.hits]
        if not ids:
            return 0
        self._forgettings[who] = await self.app.memory.forget(ids, **_of_memory(who))
        return len(self._forgettings[who].memories)

    async def undo(self, who: str) -> bool:
        """Take the person's last forgetting back; False when there is none."""
        if who not in self._forgettings:
            return False
        await self.app.memory.undo(self._forgettings[who].id, **_of_memory(who))
        return True

    # -- looking behind the curtain ----------------------------------------------------------------

    async def at_rest(self) -> list[Opened]:
        """Every opened record and document of everybody who spoke."""
        found: list[Opened] = []
        for who in self.talks:
            found += await opened(self.app, Scope(_name(who)), Principal(_name(who)))
        return found

    async def files_with(self, text: str) -> list[str]:
        """The files of the data directory that hold this text in the clear."""
        return await asyncio.to_thread(files_with, self.settings.home, text)

    def received(self, *, ever: bool = False) -> list[Received]:
        """What the model server was sent since somebody last spoke."""
        everything = self.model.received if self.model else []
        return everything if ever else everything[self._received_before :]


@asynccontextmanager
async def staged(
    settings: Settings, clock: Clock, model: RecordingModel | None, people: tuple[str, ...] = ()
) -> AsyncIterator[Stage]:
    """`people`: who has an account, where several do."""
    stage = Stage(settings, clock, model, await open_app(settings, clock=clock))
    try:
        for who in people if settings.auth == "password" else ():
            await asyncio.to_thread(stage.app.accounts.add, _name(who), secrets.token_urlsafe())
        yield stage
    finally:
        await stage.app.aclose()


def own_settings(folder: Path, environment: Settings, **more: Any) -> Settings:
    """The defaults, in a folder of its own: only the model files come from the person's environment."""
    return Settings.model_construct(
        home=folder / "home", config_home=folder / "config", cache_home=environment.cache_home, **more
    )


def _name(who: str) -> str:
    return who.casefold()


def _of(who: str) -> dict[str, Any]:
    return {"principal": Principal(_name(who)), "scope": Scope(_name(who))}


def _of_memory(who: str) -> dict[str, Any]:
    return {"by": Principal(_name(who)), "scope": Scope(_name(who))}
