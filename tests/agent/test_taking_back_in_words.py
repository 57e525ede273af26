""" "undo" in the chat: after a restart and in another conversation it reaches what pages and words decided, for an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.giving import Terms
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Turn
from agent.wiring import App, open_app
from memory.records import Utterance
from privacy.identity import Principal, Scope
from tests.kit.clock import Clock

LIVES = "The user lives in Lyon."
as_ada: dict[str, Any] = {"scope": Scope("ada"), "by": Principal("ada")}
as_ben: dict[str, Any] = {"scope": Scope("ben"), "by": Principal("ben")}


class Stopped(Clock):
    """Moves only when a test says so, and a little at each look: restarting takes no time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = super().__call__()

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now + self.later


class Days:
    """One home, opened again and again, and a clock that is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder / "home", config_home=folder / "config", masking=False)
        self.clock = Stopped()
        self.app: App | None = None

    async def restarted(self) -> App:
        await self.aclose()
        model = ScriptedModel(["I see."] * 50, capable=False)
        self.app = await open_app(self.settings, model=model, clock=self.clock)
        return self.app

    async def aclose(self) -> None:
        if self.app is not None:
            await self.app.aclose()
            self.app = None


@pytest.fixture
async def days(tmp_path: Path):
    home = Days(tmp_path)
    await home.restarted()
    yield home
    await home.aclose()


async def say(app: App, text: str, thread: str = "first", who: dict[str, Any] = as_ada) -> str:
    turn = Turn(principal=who["by"], scope=who["scope"], thread=thread, text=text)
    said = [event.text async for event in app.assistant.reply(turn) if isinstance(event, Finished)]
    await app.worker.drain()
    return said[0]


async def standing(app: App) -> dict[str, tuple[str, Any]]:
    """What is believed, what it counts as, and until when it is kept."""
    found = (await app.memory.browse(kind="fact", limit=100, **as_ada)).memories
    return {memory.text: (memory.status, memory.keep_until) for memory in found}


@pytest.mark.parametrize(
    "order",
    [
        "It is no longer true that I live in Lyon.",
        "It's not about me that I live in Lyon.",
        "Change that I live in Lyon to Porto.",
        "Pause that I live in Lyon.",
        "Keep that I live in Lyon until the end of June.",
        "Forget that I live in Lyon.",
        "Turn memory off.",
    ],
)
async def test_whatever_was_said_is_taken_back_after_a_restart_and_elsewhere(days: Days, order: str) -> None:
    """Said in one conversation, taken back in another after a restart: as it was before, and named."""
    app = await days.restarted()
    await say(app, "I live in Lyon.")
    before = await standing(app), (await app.choices.of(**as_ada)).remember
    assert LIVES in before[0]
    told = await say(app, order)
    assert (await standing(app), (await app.choices.of(**as_ada)).remember) != before, told
    app = await days.restarted()
    days.clock.later += timedelta(seconds=5)
    assert (await say(app, "undo", who=as_ben)) == "There is nothing to take back."
    told = await say(app, "undo", "second")
    assert told == "I remember it again." if order.startswith("Turn") else "Lyon" in told
    after = await standing(app)
    assert {text: after[text] for text in before[0]} == before[0]
    assert (await app.choices.of(**as_ada)).remember
    assert [status for text, (status, _) in after.items() if "Porto" in text] in ([], ["superseded"])
    assert (await say(app, "undo", "second")) == "There is nothing to take back."


async def test_the_last_thing_of_this_conversation_comes_first(days: Days) -> None:
    """What was done meanwhile in another conversation stays; after it comes what was done before it."""
    app = await days.restarted()
    await say(app, "I live in Lyon.")
    await say(app, "Pause that I live in Lyon.")
    days.clock.later += timedelta(minutes=1)
    await say(app, "Turn memory off.", "second")
    app = await days.restarted()
    assert (await say(app, "undo")) == "I remember it again."
    assert (await standing(app))[LIVES][0] == "active"
    assert not (await app.choices.of(**as_ada)).remember
    await say(app, "undo")
    assert (await app.choices.of(**as_ada)).remember


async def test_what_a_page_did_is_taken_back_in_words_while_there_is_time(days: Days) -> None:
    """A forgetting of the page for ten seconds, a decision of Review for an hour, also over a restart; then no more."""
    app = await days.restarted()
    kept = (await app.memory.remember(Utterance(text="I live in Lyon."), **as_ada))[0]
    app.worker.nudge(as_ada["scope"], as_ada["by"])
    await app.worker.drain()
    fact = (await app.memory.browse(kind="fact", **as_ada)).memories[0]
    async with app.memory.undoable(**as_ada):
        await app.memory.not_mine(fact.id, **as_ada)
    days.clock.later += timedelta(minutes=1)
    await app.memory.forget([kept.id], **as_ada)
    app = await days.restarted()
    days.clock.later += timedelta(seconds=9)
    assert "Lyon" in await say(app, "undo")
    assert (await standing(app))[LIVES][0] == "archived"
    days.clock.later += timedelta(minutes=50)
    app = await days.restarted()
    assert "You live in Lyon" in await say(app, "undo")
    assert (await standing(app))[LIVES][0] == "active"
    async with app.memory.undoable(**as_ada):
        await app.memory.not_mine(fact.id, **as_ada)
    days.clock.later += timedelta(minutes=61)
    assert (await say(app, "undo")) == "There is nothing to take back."
    await say(app, "Forget that I live in Lyon.")
    days.clock.later += timedelta(seconds=11)
    await app.memory.settle()
    assert "too late" in await say(app, "undo")
    assert await standing(app) == {}


async def test_who_is_who_and_skills_and_shares_of_anywhere_are_taken_back(days: Days) -> None:
    """Decided on a page, over REST or on the terminal, and taken back in words after a restart: as it was, once each."""
    days.settings = days.settings.model_copy(update={"auth": "password"})
    app = await days.restarted()
    for name in ("ada", "ben"):
        app.accounts.add(name, "a boat needs no garden")
    for said in ("My friend Marta lives in Oslo.", "My friend Tilda plays the cello."):
        await say(app, said)
    await say(app, "From now on, when I ask for a recipe, always use grams.")
    before = await decided(app)
    people = {entity.name: entity.id for entity in (await app.memory.graph(**as_ada)).entities}
    (rule,) = (account.procedure.id for account in await app.practice.accounts(**as_ada))
    merged = await app.memory.merge_entities(people["Marta"], people["Tilda"], **as_ada)
    await app.memory.undo_identity(merged, **as_ada)  # on the page: it is not in the way of what was before
    states = [before]
    await app.memory.merge_entities(people["Marta"], people["Tilda"], **as_ada)
    states.append(await decided(app))
    await app.practice.retire(rule, **as_ada)
    states.append(await decided(app))
    await app.practice.roll_back(rule, **as_ada)
    states.append(await decided(app))
    worded = await app.practice.reword(rule, "always use ounces", None, **as_ada)
    states.append(await decided(app))
    await app.practice.approve(worded.procedure.id, **as_ada)
    states.append(await decided(app))
    (given,) = (await app.giving.give("Ben", Terms(topic="cello"), **as_ada)).grants
    states.append(await decided(app))
    await app.giving.end([given.id], **as_ada)
    assert len({str(state) for state in states}) == len(states) - 1  # the rule was given up and used again
    app = await days.restarted()
    days.clock.later += timedelta(minutes=30)
    assert "nothing" in await say(app, "undo", who=as_ben)
    told = list[str]()
    for state in reversed(states):
        told.append(await say(app, "undo", "second"))
        assert await decided(app) == state, told
    assert (await say(app, "undo", "second")) == "There is nothing to take back."
    assert told[0] == "Shared again, as it was before: ben can read it."
    assert told[1].startswith("Shared no more")
    assert "When I ask for a recipe" in told[2]
    assert told[3] == told[6] == "Taken back: it is as it was before."


async def decided(app: App) -> tuple[list[str], dict[str, str], list[str]]:
    """Who there is, what each rule counts as, and who may read."""
    people = [entity.name for entity in (await app.memory.graph(**as_ada)).entities]
    rules = {a.procedure.rule: a.procedure.status for a in await app.practice.accounts(**as_ada)}
    shares = await app.sharing.given(**as_ada)
    return (
        sorted(people),
        rules,
        [share.reader for share in shares if not share.revoked_at],
    )


async def test_nobody_new_of_an_old_name_is_shared_with_again(days: Days) -> None:
    """A share is given again to whom it was given to, and not to whoever took the name since."""
    days.settings = days.settings.model_copy(update={"auth": "password"})
    app = await days.restarted()
    for name in ("ada", "ben"):
        app.accounts.add(name, "a boat needs no garden")
    (given,) = (await app.giving.give("ben", Terms(), **as_ada)).grants
    await app.giving.end([given.id], **as_ada)
    app.accounts.remove("ben")
    app.accounts.add("ben", "another boat needs no garden")
    assert "somebody else now" in await say(app, "undo")
    assert await app.sharing.received(by=as_ben["by"]) == ()


async def test_what_changed_since_is_not_overruled(days: Days) -> None:
    """A later word of the person about the same memory stands."""
    app = await days.restarted()
    await say(app, "I live in Lyon.")
    await say(app, "It is no longer true that I live in Lyon.")
    fact = (await app.memory.browse(kind="fact", **as_ada)).memories[0]
    await app.memory.not_mine(fact.id, **as_ada)
    assert "too late" in await say(app, "undo", "second")
    assert (await standing(app))[LIVES][0] == "archived"


async def test_no_words_of_it_are_kept_for_that(days: Days) -> None:
    """What can be taken back lies sealed: ids, a verb, a day; and it goes with the memory that it is about."""
    app = await days.restarted()
    await say(app, "I live in Lyon.")
    await say(app, "Keep that I live in Lyon until the end of June.")

    async def kept() -> list[dict[str, Any]]:
        found = await app.conversations.at_rest(scope=as_ada["scope"])
        return [body for kind, body in found if kind == "decision"]

    (body,) = await kept()
    assert set(body) == {"changes", "thread", "back"}
    assert "Lyon" not in str(body)
    fact = (await app.memory.browse(kind="fact", **as_ada)).memories[0]
    await app.memory.forget([fact.id], now=True, **as_ada)
    assert await kept() == []
