"""What was decided can be taken back: statuses, versions, sentences aside; what was learned from a yes goes with it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.errors import BadInput
from memory.records import Utterance
from privacy.identity import Principal, Scope
from tests.kit.clock import Clock

ANSWERS = ["I see."] * 20
as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def house(tmp_path_factory):
    folder, clock = tmp_path_factory.mktemp("back"), Clock()
    settings = Settings(home=folder / "home", config_home=folder / "config")
    app = await open_app(settings, model=ScriptedModel(), clock=clock)
    yield app, clock
    await app.aclose()


async def everything(app):
    """All that is said of each memory, but for its number of versions."""
    page = await app.memory.browse(limit=500, **as_ada)
    waiting = await app.memory.waiting(**as_ada)
    return {(m.id, m.text, m.status, m.valid_until) for m in page.memories} | {
        (w.id, w.text) for w in waiting
    }


async def learned(app):
    app.worker.nudge(as_ada["scope"], as_ada["by"])
    await app.worker.drain()


async def decided(app, deciding):
    async with app.memory.undoable(**as_ada) as undo:
        await deciding
    return undo.id


async def test_each_decision_is_taken_back(house):
    """Confirmed, not so, a yes to a sentence, a yes to a whole memory: afterwards everything is as it was before."""
    app, _ = house
    memory = app.memory
    for text in ("I was born in Braga.", "I was born in Porto.", "I was diagnosed with diabetes. I row."):
        await memory.remember(Utterance(text=text), **as_ada)
    await learned(app)
    await memory.remember(Utterance(text="I live in Metz.", origin="web"), **as_ada)
    facts = await memory.facts(**as_ada)
    disputed = next(m for m in facts if m.status == "disputed")
    waiting = {w.memory == w.id: w for w in await memory.waiting(**as_ada)}
    decisions = [
        lambda: memory.confirm(disputed.id, **as_ada),
        lambda: memory.not_mine(disputed.id, **as_ada),
        lambda: memory.accept(waiting[False].id, **as_ada),
        lambda: memory.accept(waiting[True].id, **as_ada),
    ]
    before = await everything(app)
    for decide in decisions:
        undo = await decided(app, decide())
        after = await everything(app)
        assert after != before
        await learned(app)
        await memory.take_back(undo, **as_ada)
        assert await everything(app) == before
        with pytest.raises(BadInput, match="too late"):
            await memory.take_back(undo, **as_ada)


async def state_of(app):
    """A hash of all that a person can find: every memory whole, what is believed, connected, waits, and comes to mind."""
    memory = app.memory
    page = await memory.browse(limit=500, **as_ada)
    found = (
        sorted(map(repr, page.memories)),
        sorted(map(repr, await memory.facts(**as_ada))),
        sorted(map(repr, (await memory.graph(**as_ada)).links)),
        sorted(map(repr, await memory.waiting(**as_ada))),
        [hit.memory.id for hit in (await memory.recall("Where do I keep bees?", **as_ada)).hits],
        sorted(repr(document) for document in await app.conversations.at_rest(scope=as_ada["scope"])),
    )
    return hashlib.sha256(repr(found).encode()).hexdigest()


async def test_a_forgetting_that_is_undone_leaves_the_very_same_state(house):
    """By its hash: words, versions, beliefs, connections, what waits, what comes to mind, what is kept beside."""
    app, _ = house
    (said,) = await app.memory.remember(Utterance(text="I keep bees in Arles."), **as_ada)
    await learned(app)
    before = await state_of(app)
    hidden = await app.memory.forget([said.id], **as_ada)
    assert await state_of(app) != before
    await app.memory.undo(hidden.id, **as_ada)
    await app.memory.settle()
    assert await state_of(app) == before


async def test_a_no_is_taken_back_for_ten_seconds(house):
    """A refused sentence and a refused memory are back at once when wanted; after ten seconds they are gone everywhere."""
    app, clock = house
    memory = app.memory
    for one in await memory.waiting(**as_ada):
        before = await everything(app)
        hidden = await memory.refuse_soon(one.id, **as_ada)
        assert one.id not in {w.id for w in await memory.waiting(**as_ada)}
        await (memory.undo(hidden.id, **as_ada) if hidden else memory.wait_again(one.id, **as_ada))
        assert await everything(app) == before
        await memory.refuse_soon(one.id, **as_ada)
    clock.later += timedelta(seconds=11)
    await memory.settle()
    assert await memory.waiting(**as_ada) == []
    texts = [m.text for m in (await memory.browse(limit=500, **as_ada)).memories]
    assert "I live in Metz." not in texts
    assert "[not kept: health] I row." in texts
    assert not any("diabetes" in text for text in texts)


async def test_it_is_too_late_once_something_changed(house):
    """A later decision about the same memory stands; somebody else's decision is nobody's to take back."""
    app, _ = house
    fact = next(m for m in await app.memory.facts(**as_ada) if m.status == "disputed")
    undo = await decided(app, app.memory.confirm(fact.id, **as_ada))
    with pytest.raises(BadInput, match="too late"):
        await app.memory.take_back(undo, scope=Scope("bob"), by=Principal("bob"))
    await app.memory.not_mine(fact.id, **as_ada)
    with pytest.raises(BadInput, match="too late"):
        await app.memory.take_back(undo, **as_ada)


async def test_a_decision_outlives_a_restart_within_its_time(tmp_path):
    """Sealed and without words it is there after a restart, once; an hour later, or with a memory of it gone, it is not."""
    clock, settings = Clock(), Settings(home=tmp_path / "home", config_home=tmp_path / "config")

    async def opened():
        return await open_app(settings, model=ScriptedModel(ANSWERS), clock=clock)

    async def kept(app):
        return [
            body
            for kind, body in await app.conversations.at_rest(scope=as_ada["scope"])
            if kind == "decision"
        ]

    app = await opened()
    await app.memory.remember(Utterance(text="I was diagnosed with diabetes. I row."), **as_ada)
    await app.memory.remember(Utterance(text="I live in Metz.", origin="web"), **as_ada)
    sentence, whole = sorted(await app.memory.waiting(**as_ada), key=lambda w: w.memory == w.id)
    before = await everything(app)
    undo = await decided(app, app.memory.accept(sentence.id, **as_ada))
    late = await decided(app, app.memory.accept(whole.id, **as_ada))
    for body in await kept(app):
        assert set(body) == {"changes"}
        for memory, was, now in body["changes"]:
            assert memory in {sentence.memory, whole.id}
            assert [type(part) for part in (*was, *now)] == [int, str, int, str]
    await app.aclose()
    for file in (tmp_path / "home").rglob("*"):
        assert not file.is_file() or b"diabetes" not in file.read_bytes()

    clock.later += timedelta(minutes=50)
    app = await opened()
    await app.memory.settle()
    await app.memory.take_back(undo, **as_ada)
    assert sentence.id in {w.id for w in await app.memory.waiting(**as_ada)}
    with pytest.raises(BadInput, match="too late"):
        await app.memory.take_back(undo, **as_ada)
    await app.memory.take_back(late, **as_ada)
    assert await everything(app) == before

    gone = await decided(app, app.memory.accept(whole.id, **as_ada))
    late = await decided(app, app.memory.accept(sentence.id, **as_ada))
    await app.memory.forget([whole.id], now=True, **as_ada)
    assert len(await kept(app)) == 1
    with pytest.raises(BadInput, match="too late"):
        await app.memory.take_back(gone, **as_ada)
    await app.aclose()

    clock.later += timedelta(minutes=61)
    app = await opened()
    await app.memory.settle()
    assert await kept(app) == []
    with pytest.raises(BadInput, match="too late"):
        await app.memory.take_back(late, **as_ada)
    await app.aclose()


async def test_outside_of_a_conversation_the_last_of_all_is_taken_back(house):
    """In a conversation its own last decision comes first; elsewhere the newest does, wherever it was made."""
    app, clock = house
    cy = {"scope": Scope("cy"), "by": Principal("cy")}

    async def decides(thread):
        async with app.memory.undoable(thread=thread, **cy) as decision:
            clock.later += timedelta(seconds=1)
        return decision.id

    async def last(thread):
        return (await app.memory.last_decision(thread, **cy)).id

    await decides("")
    in_chat = await decides("a chat")
    assert [await last(thread) for thread in ("", "a chat", "another")] == [in_chat] * 3
    elsewhere = await decides("")
    assert [await last(thread) for thread in ("", "a chat", "another")] == [elsewhere, in_chat, elsewhere]
