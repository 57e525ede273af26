"""What is paused is kept and used in nothing; what is kept until a day is forgotten on that day, to the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Turn
from agent.wiring import open_app
from memory.errors import BadInput, UnknownMemory
from memory.records import Draft, LeftOut, Utterance
from memory.shelf import Wanted
from privacy.identity import Principal, Scope
from tests.kit.clock import Clock

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("aside")
    settings = Settings(home=folder / "home", config_home=folder / "config")
    opened = await open_app(settings, model=ScriptedModel(), clock=Clock())
    yield opened
    await opened.aclose()


@pytest.fixture
def me(request):
    name = request.node.name
    return {"scope": Scope(name), "by": Principal(name)}


async def said(app, me, text):
    (kept,) = await app.memory.remember(Utterance(text=text, session="a"), **me)
    return kept


async def learned(app, me, text):
    """Something said, and the fact that was learned from it."""
    kept = await said(app, me, text)
    app.worker.nudge(me["scope"], me["by"])
    await app.worker.drain()
    (fact,) = (await app.memory.find(Wanted(kind="fact"), **me)).memories
    return kept, fact


async def used_for(app, me, question):
    found = await app.memory.recall(question, purpose="answer", **me)
    return {hit.memory.id for hit in found.hits}, found.left_out


async def test_what_is_paused_is_in_no_answer_and_its_words_neither(app, me):
    """A paused fact takes the words it rests on along; both are found by their person, and used again on request."""
    words, fact = await learned(app, me, "I live in Lyon.")
    done = await app.memory.pause([fact.id], **me)
    assert (set(done.asked), set(done.along)) == ({fact.id}, {words.id})
    used, left_out = await used_for(app, me, "Where do I live?")
    assert not {words.id, fact.id} & used
    assert LeftOut(why="consent", memories=tuple(sorted((words.id, fact.id)))) in left_out
    assert not (await app.memory.profile(**me)).traits
    looked = await app.memory.recall("Where do I live?", **me)
    assert words.id in {hit.memory.id for hit in looked.hits}
    page = await app.memory.find(Wanted(status="paused"), **me)
    assert {memory.id for memory in page.memories} == {words.id, fact.id}

    done = await app.memory.resume([fact.id], **me)
    assert set(done.asked + done.along) == {words.id, fact.id}
    assert {words.id} <= (await used_for(app, me, "Where do I live?"))[0]
    assert [m.status for m in (await app.memory.find(Wanted(kind="fact"), **me)).memories] == ["active"]
    assert (await app.memory.resume([fact.id], **me)).asked == ()


async def test_a_paused_memory_is_not_sent_to_a_model(app, me):
    """Neither as a note nor as what was said before in this conversation."""
    kept = await said(app, me, "My cousin breeds alpacas.")

    async def sent():
        history = await app.assistant.said_before("a", **me)
        turn = Turn(
            principal=me["by"], scope=me["scope"], thread="a", text="What about alpacas?", history=history
        )
        app.model.add("They hum.")
        async for _ in app.assistant.reply(turn):
            pass
        return str(app.model.requests[-1])

    assert "breeds" in await sent()
    await app.memory.pause([kept.id], **me)
    assert "breeds" not in await sent()


async def test_what_is_paused_teaches_nothing_until_it_is_used_again(app, me):
    """Neither before it was read nor while it is read: what would be learned of it would say it all the same."""

    async def facts():
        app.worker.nudge(me["scope"], me["by"])
        await app.worker.drain()
        return [fact.object for fact in (await app.memory.find(Wanted(kind="fact"), **me)).memories]

    kept = await said(app, me, "I live in Lyon.")
    await app.memory.pause([kept.id], **me)
    assert await facts() == []
    read = Draft(kind="fact", text="The user lives in Lyon.", episode=kept.id, quote="I live in Lyon.", relation="lives_in", object="Lyon")  # fmt: skip
    assert await app.memory.learn([read], **me) == []
    await said(app, me, "I keep bees.")
    assert "Lyon" not in await facts()
    await app.memory.resume([kept.id], **me)
    assert "Lyon" in await facts()
    assert (await facts()).count("Lyon") == 1


async def test_a_dispute_is_a_dispute_again_after_a_pause(app, me):
    """What something counted as before is not forgotten while it is paused."""
    await said(app, me, "I was born on 3 May 1990.")
    await said(app, me, "I was born on 4 June 1991.")
    app.worker.nudge(me["scope"], me["by"])
    await app.worker.drain()
    disputed = (await app.memory.find(Wanted(status="disputed"), **me)).memories
    assert len(disputed) == 2
    ids = [memory.id for memory in disputed]
    await app.memory.pause(ids, **me)
    assert (await app.memory.find(Wanted(status="disputed"), **me)).total == 0
    await app.memory.resume(ids, **me)
    assert {m.id for m in (await app.memory.find(Wanted(status="disputed"), **me)).memories} == set(ids)


async def test_what_replaces_a_paused_fact_closes_it(app, me):
    """Said to be otherwise meanwhile: it does not come back as if it still were so."""
    _, fact = await learned(app, me, "I live in Bergen.")
    await app.memory.pause([fact.id], **me)
    await said(app, me, "I live in Turku now.")
    app.worker.nudge(me["scope"], me["by"])
    await app.worker.drain()
    await app.memory.resume([fact.id], **me)
    lives = (await app.memory.find(Wanted(kind="fact", status="active"), **me)).memories
    assert [memory.object for memory in lives if memory.relation == "lives_in"] == ["Turku"]


async def test_what_is_kept_until_a_day_is_forgotten_then(app, me):
    """With the words it rests on, to the end; until then it is used like any other, and says until when."""
    words, fact = await learned(app, me, "I work at a bakery.")
    stays = await said(app, me, "The harbour was foggy.")
    until = app.memory._clock() + timedelta(days=3)
    await app.memory.keep_until([fact.id], until, **me)
    (dated,) = (await app.memory.find(Wanted(dated=True), **me)).memories
    assert (dated.id, abs(dated.keep_until - until) < timedelta(seconds=1)) == (fact.id, True)
    assert (await app.memory.get(fact.id, **me)).keep_until == dated.keep_until
    assert app.memory._retention.sweep(app.memory._clock()) == 0
    assert app.memory._retention.sweep(until + timedelta(seconds=1)) == 2
    for gone in (words.id, fact.id):
        with pytest.raises(UnknownMemory):
            await app.memory.get(gone, **me)
    assert (await app.memory.get(stays.id, **me)).text == stays.text
    told = [(e.action, e.subject) for e in await app.activity.events(**me)]
    assert ("time is over", "kept until today") in told


async def test_a_term_can_be_taken_off_and_must_lie_ahead(app, me):
    kept = await said(app, me, "The ferry leaves at six.")
    with pytest.raises(BadInput, match="That day is over"):
        await app.memory.keep_until([kept.id], app.memory._clock() - timedelta(days=1), **me)
    until = app.memory._clock() + timedelta(days=1)
    assert (await app.memory.keep_until([kept.id], until, **me)).asked == (kept.id,)
    assert (await app.memory.keep_until([kept.id], None, **me)).asked == (kept.id,)
    assert app.memory._retention.sweep(until + timedelta(days=1)) == 0
    assert (await app.memory.find(Wanted(), **me)).memories == (replace(kept, keep_until=None),)
    with pytest.raises(UnknownMemory):
        await app.memory.pause([kept.id], scope=Scope("somebody"), by=Principal("somebody"))
