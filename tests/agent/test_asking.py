"""A question to one's memory from its page: answered as the chat answers, and never out of what is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Turn
from agent.wiring import App, open_app
from privacy.identity import Principal, Scope

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[App]:
    """One real app for all tests here; each test is somebody else."""
    folder = tmp_path_factory.mktemp("asking")
    settings = Settings(home=folder / "home", config_home=folder / "config", masking=False)
    app = await open_app(settings, model=ScriptedModel(["I see."] * 50, capable=False))
    yield app
    await app.aclose()


class Somebody:
    """Who talks in the chat and asks on the memory page."""

    def __init__(self, app: App, name: str) -> None:
        self.app = app
        self.mine: dict[str, Any] = {"scope": Scope(name), "by": Principal(name)}

    async def says(self, text: str, thread: str = "talk") -> Finished:
        turn = Turn(principal=self.mine["by"], scope=self.mine["scope"], thread=thread, text=text)
        (done,) = [event async for event in self.app.assistant.reply(turn) if isinstance(event, Finished)]
        await self.app.worker.drain()
        return done

    async def asks(self, question: str) -> str:
        """What the memory page answers, with the memories it shows beside."""
        told = await self.app.asking.ask(question, **self.mine)
        return "\n".join([told.text, *(memory.text for memory in told.closest)])


@pytest.mark.parametrize(
    ("name", "order", "question"),
    [
        ("ended", "It is no longer true that I live in Lyon.", "Where do I live?"),
        ("not mine", "It's not about me that I live in Lyon.", "Where do I live?"),
        ("listed", "It is no longer true that I live in Lyon.", "What do you know about Lyon?"),
        ("in French", "It is no longer true that I live in Lyon.", "Et alors, c'est Lyon ?"),
    ],
)
async def test_what_was_withdrawn_answers_nothing(house: App, name: str, order: str, question: str) -> None:
    """Over, or never theirs: neither quoted nor shown as what comes closest."""
    ada = Somebody(house, name)
    await ada.says("I live in Lyon.")
    assert "I live in Lyon" in await ada.asks(question)
    await ada.says(order)
    told = await ada.asks(question)
    assert "I live in Lyon" not in told


async def test_what_was_corrected_is_quoted_as_it_is_now(house: App) -> None:
    """The page says what the chat says."""
    ada = Somebody(house, "corrected")
    await ada.says("I live in Lyon.")
    await ada.says("Change that I live in Lyon to Porto.")
    said = await ada.says("Where do I live?", "later")
    told = await ada.asks("Where do I live?")
    assert "Porto" in told
    assert told == said.text


async def test_what_is_kept_away_from_a_topic_is_still_there_to_be_looked_at(house: App) -> None:
    """ "Don't use that for this topic" is about the chat's answers; whoever looks at their own memory finds it."""
    ada = Somebody(house, "reserved")
    await ada.says("My canoe is called Petrel.")
    assert "Petrel" in (await ada.says("What is my canoe called?", "later")).text
    await ada.says("Don't use that for this topic.", "later")
    assert "Petrel" not in (await ada.says("What is my canoe called?", "last")).text
    assert "Petrel" in await ada.asks("What is my canoe called?")
