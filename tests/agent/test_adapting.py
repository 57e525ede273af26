"""The prompt is adapted to the person: what matters is in it, what does not is not, and their controls hold at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.adapting import Weighed, fitting
from agent.distillers.instructions import expertise
from agent.models.scripted import ScriptedModel
from agent.personalization import explanation
from agent.settings import Settings
from agent.turns import Finished, Turn
from agent.wiring import open_app
from benchmarks.personalize import read, wrong_for
from memory.records import Draft, Shown, Utterance
from memory.relations import sentence_of
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}


@pytest.fixture
async def app(tmp_path):
    folder = tmp_path
    app = await open_app(
        Settings(home=folder / "home", config_home=folder / "config", masking=False), model=ScriptedModel()
    )
    yield app
    await app.aclose()


async def test_the_prompt_holds_what_matters_and_lacks_what_does_not(app) -> None:
    """Lists written by hand before they were tried: thirty people and ten requests in the benchmark, five people here."""
    lists = read()
    assert (len(lists["people"]), len(lists["requests"])) == (30, 10)
    wrong = {number: await wrong_for(app, number, lists) for number in range(25, 30)}
    assert {number: found for number, found in wrong.items() if found} == {}


async def learned(app, relation: str, value: str) -> str:
    """Something about Ada, learned from what she says."""
    text = sentence_of("user", relation, value)
    (said,) = await app.memory.remember(Utterance(text=text), **as_ada)
    draft = Draft(kind="fact", text=text, episode=said.id, quote=text, relation=relation, object=value)
    (fact,) = await app.memory.learn([draft], **as_ada)
    return fact.id


async def say(app, text: str) -> tuple[str, Finished]:
    """What the model was sent before the history, and how the turn ended."""
    app.model.add("Gladly.")
    turn = Turn(principal=as_ada["by"], scope=as_ada["scope"], thread="a", text=text, mode="dont_learn")
    events = [event async for event in app.assistant.reply(turn)]
    return app.model.requests[-1].messages[0].text, next(e for e in events if isinstance(e, Finished))


async def test_the_off_switch_holds_from_the_very_next_prompt(app) -> None:
    """Switched off, an aspect is in no line and no note, and nothing is learned of it; on again, it is back."""
    fact = await learned(app, "diet", "vegetarian")
    request = "I need an idea for dinner tonight."
    prompt, finished = await say(app, request)
    assert "vegetarian" in prompt
    assert fact in finished.used
    await app.memory.set_aspect("diet", "off", **as_ada)
    prompt, finished = await say(app, request)
    assert "vegetarian" not in prompt
    assert fact not in finished.used
    (said,) = await app.memory.remember(Utterance(text="I eat no pork."), **as_ada)
    draft = Draft(
        kind="fact", text="x", episode=said.id, quote="I eat no pork.", relation="diet", object="no pork"
    )
    assert await app.memory.learn([draft], **as_ada) == []
    await app.memory.set_aspect("diet", "on", **as_ada)
    assert "vegetarian" in (await say(app, request))[0]


async def test_what_is_locked_stays_and_what_is_edited_counts(app) -> None:
    """A newer statement does not change a locked aspect; a value given by hand does, and says so."""
    await learned(app, "lives_in", "Oslo")
    await app.memory.set_aspect("lives_in", "locked", **as_ada)
    (said,) = await app.memory.remember(Utterance(text="I live in Rome."), **as_ada)
    draft = Draft(
        kind="fact",
        text="The user lives in Rome.",
        episode=said.id,
        quote=said.text,
        relation="lives_in",
        object="Rome",
    )
    assert await app.memory.learn([draft], **as_ada) == []
    edited = await app.memory.express("lives_in", "Bergen", **as_ada)
    traits = {t.memory.object: t.setting for t in (await app.memory.profile(**as_ada)).traits}
    assert traits == {"Bergen": "locked"}
    assert explanation(edited).startswith("You live in Bergen. Because you said on")


async def test_the_receipt_names_every_trait_that_was_sent(app) -> None:
    """What was taken into account is in the receipt, word for word as it was sent."""
    fact = await learned(app, "allergy", "peanuts")
    prompt, finished = await say(app, "What shall we cook for our guests?")
    receipt = await app.receipts.open(finished.receipt, **as_ada)
    assert fact in receipt.used
    assert receipt.messages[0].text == prompt


def test_a_budget_is_kept_and_grave_things_come_first() -> None:
    """Of more than fits, an allergy stays before what is only liked."""
    food = frozenset({"food"})
    liked = [Weighed(shown(f"l{n}", "likes", f"dish {n} " + "x" * 100), food, 0.9) for n in range(20)]
    allergy = Weighed(shown("a", "allergy", "peanuts"), food, 0.1)
    kept = fitting(food, [*liked, allergy], budget=500)
    assert kept[0].id == "a"
    assert sum(len(memory.text) for memory in kept) <= 500


def test_a_scope_keeps_a_trait_to_its_situations() -> None:
    """What is wanted when writing code is not told when cooking."""
    wish = Weighed(shown("w", "wants_answers", "comments"), frozenset({"computers"}), 0.5, scope=False)
    assert fitting({"computers"}, [wish]) == ()


def shown(id: str, relation: str, value: str) -> Shown:
    now = datetime(2026, 5, 3, tzinfo=UTC)
    return Shown(
        id=id, kind="fact", text=sentence_of("user", relation, value), occurred_at=now, recorded_at=now, origin="said",
        status="active", version=1, importance=0.5, confidence=1.0, relation=relation, object=value,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "value", "topic"),
    [
        ("I'm a complete beginner in Python.", "beginner", "Python"),
        ("I'm new to gardening.", "beginner", "gardening"),
        ("I know nothing about wine.", "beginner", "wine"),
        ("I'm an expert on medieval history.", "expert", "medieval history"),
    ],
)
def test_how_much_somebody_knows_is_learned_by_topic(sentence: str, value: str, topic: str) -> None:
    """Expertise is kept for its topic, with the sentence that says it."""
    (draft,) = expertise(sentence, shown("e", "likes", "x"))
    assert (draft.aspect, draft.object, draft.scope, draft.quote) == ("expertise", value, topic, sentence)
