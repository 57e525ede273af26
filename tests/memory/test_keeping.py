"""What goes when space is asked for, and what was coming: tidy and open loops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Noticed, Turn
from agent.wiring import open_app
from memory.errors import BadInput
from memory.records import Utterance
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
START = datetime(2026, 5, 4, 9, tzinfo=UTC)  # a Monday


class Clock:
    now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def app(tmp_path, clock):
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False)
    app = await open_app(settings, clock=clock, model=ScriptedModel(["Good."] * 9))
    yield app
    await app.aclose()


async def said(app) -> list[str]:
    page = await app.memory.browse(kind="episode", limit=500, **as_ada)
    return [memory.text for memory in page.memories]


async def test_tidy_lets_the_least_important_go_and_brings_it_back(app, clock) -> None:
    """A dry run changes nothing; what goes is passing talk, never what taught something; a day to undo."""
    texts = [
        "ok thanks",
        "We had pizza for lunch.",
        "My father died last night.",
        "I live in Lyon.",
        "hmm, right",
    ]
    await app.memory.remember([Utterance(text=text) for text in texts], **as_ada)
    app.worker.nudge(as_ada["scope"], as_ada["by"])
    await app.worker.drain()
    planned = await app.memory.tidy(2, **as_ada)
    assert {going.memory.text for going in planned.going} == {
        "ok thanks",
        "We had pizza for lunch.",
        "hmm, right",
    }
    assert all(going.reasons for going in planned.going)
    assert len(await said(app)) == 5
    done = await app.memory.tidy(2, dry_run=False, **as_ada)
    assert set(await said(app)) == {"My father died last night.", "I live in Lyon."}
    assert [fact.object for fact in await app.memory.facts(**as_ada)] == ["Lyon"]
    clock.now += timedelta(hours=20)
    await app.memory.undo(done.forgetting, **as_ada)
    assert set(await said(app)) == set(texts)
    gone = await app.memory.tidy(2, dry_run=False, **as_ada)
    clock.now += timedelta(hours=25)
    await app.memory.settle()
    with pytest.raises(BadInput):
        await app.memory.undo(gone.forgetting, **as_ada)


async def notices(app, text: str, thread: str) -> list[str]:
    turn = Turn(principal=as_ada["by"], scope=as_ada["scope"], thread=thread, text=text)
    events = [event async for event in app.assistant.reply(turn)]
    return [event.message for event in events if isinstance(event, Noticed)]


async def test_an_open_loop_is_asked_about_once_and_never_twice(app, clock) -> None:
    """What was coming is asked about when it is over, in the person's own words, when a talk begins, and only once."""
    assert await notices(app, "I have a job interview on Friday.", "a") == []
    clock.now = START + timedelta(days=2)
    assert await notices(app, "Good morning.", "b") == []  # it is not over
    clock.now = START + timedelta(days=7)
    (asked,) = await notices(app, "Good morning.", "c")
    assert "I have a job interview on Friday." in asked
    assert "How did it go?" in asked
    assert await notices(app, "Good evening.", "d") == []


async def test_what_was_told_since_is_not_asked_about(app, clock) -> None:
    """Who told how it went is not asked; who forgot it is not reminded."""
    await notices(app, "I have a job interview on Friday.", "a")
    await notices(app, "We're flying to Oslo on Saturday.", "a")
    clock.now = START + timedelta(days=6)
    await app.memory.remember(Utterance(text="The job interview was a disaster."), **as_ada)
    page = await app.memory.browse(words="Oslo", **as_ada)
    await app.memory.forget([m.id for m in page.memories if m.kind == "episode"], now=True, **as_ada)
    assert await notices(app, "Good morning.", "b") == []


async def test_what_the_talk_comes_to_is_brought_up_once(app, clock) -> None:
    """A date that has come, when it is spoken of and not before; once, one thing a conversation, and not with it off."""
    await notices(app, "My sister's wedding is on Saturday.", "a")
    await notices(app, "I have an exam in chemistry on Saturday.", "a")
    wear = "What do I wear to the wedding of my sister?"
    clock.now = START + timedelta(days=3)
    assert await notices(app, wear, "b") == []
    clock.now = START + timedelta(days=5)
    assert await notices(app, "The train was late.", "c") == []
    (told,) = await notices(app, wear, "c")
    assert "My sister's wedding is on Saturday." in told
    assert "The time has come." in told
    assert await notices(app, "And the exam in chemistry?", "c") == []
    assert await notices(app, wear, "d") == []
    await app.memory.set_aspect("reminders", "off", **as_ada)
    assert await notices(app, "How do I prepare for the exam in chemistry?", "e") == []


async def test_two_beliefs_that_do_not_go_together_are_asked_about(app) -> None:
    """Both are quoted when the talk comes to what they are about."""
    for said in ("My birthday is on 3 May 1990.", "My birthday is on 5 June 1990."):
        await app.memory.remember(Utterance(text=said), **as_ada)
    app.worker.nudge(as_ada["scope"], as_ada["by"])
    await app.worker.drain()
    (told,) = await notices(app, "When is my birthday?", "a")
    assert "3 May" in told
    assert "5 June" in told
    assert "Which is right?" in told


async def test_a_milestone_is_told_once_and_can_be_switched_off(app, clock) -> None:
    """When the first day comes round, a new conversation begins with since when there are any; not with the aspect off."""
    await notices(app, "I keep bees.", "a")
    for thread in "bc":
        await notices(app, "Good morning.", thread)
    clock.now = START + timedelta(days=200)
    assert await notices(app, "Good morning.", "d") == []
    clock.now = START + timedelta(days=367)
    (told,) = await notices(app, "Good morning.", "e")
    assert f"We have talked since {START.day} " in told
    assert "conversation number 5" in told
    assert await notices(app, "Good morning.", "f") == []
    clock.now = START + timedelta(days=2 * 366)
    await app.memory.set_aspect("milestones", "off", **as_ada)
    assert await notices(app, "Good morning.", "g") == []
