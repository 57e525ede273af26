"""Memory on or off, as its person chose: obeyed at the one door."""

from __future__ import annotations

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Turn
from agent.wiring import open_app
from memory.choices import Choice
from memory.errors import MemoryOff
from memory.records import Draft, Utterance
from privacy.errors import Forbidden
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
as_bob = {"scope": Scope("bob"), "by": Principal("bob")}


def opening(tmp_path, answers=()):
    return open_app(
        Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=ScriptedModel(answers)
    )


async def say(app, text):
    turn = Turn(scope=Scope("ada"), principal=Principal("ada"), thread="a", text=text)
    *_, finished = [event async for event in app.assistant.reply(turn)]
    assert isinstance(finished, Finished)
    return finished


async def test_off_keeps_nothing_and_uses_nothing(tmp_path):
    """Off: neither side of a turn is kept, nothing is learned or read for learning, no memory is in the request."""
    app = await opening(tmp_path, ["Noted.", "Hm."])
    try:
        told = await say(app, "My boat is called Marguerite.")
        await app.choices.choose(False, **as_ada)
        finished = await say(app, "What is my boat called?")
        assert (finished.remembered, finished.used) == ((), ())
        assert "Marguerite" not in "".join(m.text for m in app.model.requests[-1].messages)
        assert await app.assistant.said_before("a", **as_ada) == ()
        assert await app.memory.undistilled(Scope("ada")) == []
        with pytest.raises(MemoryOff, match="turn it on"):
            await app.memory.remember(Utterance(text="I sail."), **as_ada)
        draft = Draft(kind="fact", text="The user sails.", episode=told.remembered[0], quote="boat")
        with pytest.raises(MemoryOff):
            await app.memory.learn([draft], **as_ada)
        assert (await app.memory.browse(words="Marguerite", **as_ada)).total >= 1  # looking goes on
        await app.memory.forget([told.remembered[0]], now=True, **as_ada)  # and so does forgetting
        await app.choices.choose(True, **as_ada)
        assert await app.memory.remember(Utterance(text="I sail."), **as_ada)
    finally:
        await app.aclose()


async def test_a_choice_is_dated_lasts_and_is_one_s_own(tmp_path):
    """It holds over a restart; nobody else's memory is touched by it, and nobody else can make it."""
    app = await opening(tmp_path)
    assert await app.choices.of(**as_ada) == Choice(remember=True, chosen_at=None)
    made = await app.choices.choose(False, **as_ada)
    await app.aclose()
    app = await opening(tmp_path)
    try:
        assert await app.choices.of(**as_ada) == made
        assert made.chosen_at is not None
        assert (await app.choices.of(**as_bob)).remember
        assert await app.memory.remember(Utterance(text="I sail."), **as_bob)
        with pytest.raises(Forbidden):
            await app.choices.choose(False, scope=Scope("ada"), by=Principal("bob"))
        with pytest.raises(Forbidden):
            await app.choices.of(scope=Scope("ada"), by=Principal("bob"))
    finally:
        await app.aclose()
