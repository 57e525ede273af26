"""Why an answer was given, what else came to mind, and what would be said without memory."""

from __future__ import annotations

import pytest
import pytest_asyncio

from agent.comparison import compared
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Turn
from agent.wiring import open_app
from memory.errors import BadInput, UnknownMemory
from memory.records import Draft
from memory.shelf import Wanted
from privacy.identity import Principal, Scope

pytestmark = pytest.mark.asyncio(loop_scope="module")
as_bob = {"scope": Scope("bob"), "by": Principal("bob")}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory):
    """A real app with a capable scripted model, and the model."""
    model, folder = ScriptedModel(), tmp_path_factory.mktemp("explaining")
    app = await open_app(Settings(home=folder / "home", config_home=folder / "config"), model=model)
    yield app, model
    await app.aclose()


@pytest.fixture
def as_ada(request):
    """Somebody of this test's own."""
    return {"scope": Scope(request.node.name), "by": Principal(request.node.name)}


async def say(app, model, me, text, answer="Noted."):
    model.add(answer)
    turn = Turn(scope=me["scope"], principal=me["by"], thread="a", text=text)
    *_, finished = [event async for event in app.assistant.reply(turn)]
    assert isinstance(finished, Finished)
    return finished


async def learned(app, me, draft):
    """This fact, or what the rules learned of the same words before."""
    await app.worker.drain()
    for fact in await app.memory.learn([draft], **me):
        return fact
    facts = [*(await app.memory.browse(kind="fact", **me)).memories]
    facts += (await app.memory.browse(kind="preference", **me)).memories
    return next(fact for fact in facts if draft.episode in fact.sources)


async def test_a_receipt_says_why_and_how_much(opened, as_ada):
    """Each memory used has the parts of its score, what else came to mind is named, and each section has a size."""
    app, model = opened
    for n in range(17):
        await say(app, model, as_ada, f"I own a bird called Number{n}, and it sings.")
    told = await say(app, model, as_ada, "What is my bird called?", "Number3 [1].")
    receipt = await app.receipts.open(told.receipt, **as_ada)
    assert {one.memory for one in receipt.chosen} <= set(told.used)
    assert len(receipt.chosen) == 12
    moments = [(await app.memory.get(one.memory, **as_ada)).occurred_at for one in receipt.chosen]
    assert moments == sorted(moments)  # a model reads them in the order of time
    assert all(abs(one.score - sum(r.value for r in one.reasons)) < 0.1 for one in receipt.chosen)
    assert 0 < len(receipt.near_misses) <= 3
    assert not {one.memory for one in receipt.near_misses} & set(told.used)
    sections = {section.name: section.tokens for section in receipt.sections}
    assert sections.keys() >= {"instructions", "memories", "conversation"}
    assert all(sections.values())
    assert receipt.asked in told.remembered
    assert receipt.answered in told.remembered


async def test_the_receipt_stays_what_was_sent_when_a_memory_changes(opened, as_ada):
    """A fact that is corrected later is shown on an old receipt as it was sent."""
    app, model = opened
    first = await say(app, model, as_ada, "I live in Lyon.")
    draft = Draft(
        kind="fact",
        text="The user lives in Lyon.",
        episode=first.remembered[0],
        quote="live in Lyon",
        relation="lives_in",
        object="Lyon",
    )
    fact = await learned(app, as_ada, draft)
    told = await say(app, model, as_ada, "Where do I live?", "In Lyon [1].")
    before = await app.receipts.open(told.receipt, **as_ada)
    await app.memory.correct(fact.id, "Oslo", **as_ada)
    after = await app.receipts.open(told.receipt, **as_ada)
    assert after.messages == before.messages
    assert after.complete
    account = await app.memory.account(fact.id, **as_ada)
    assert [(v.number, v.memory.status) for v in account.versions] == [(1, "active"), (2, "superseded")]
    assert [m.object for m in account.rivals] == ["Oslo"]
    assert account.sources[0].id == first.remembered[0]
    assert [u.receipt for u in await app.receipts.uses(fact.id, **as_ada)] == [told.receipt]
    with pytest.raises(UnknownMemory):
        await app.memory.account(fact.id, **as_bob)


async def test_the_same_question_without_memory(opened, as_ada):
    """Answered again without memory the model is shown none; both answers stand side by side, and nothing is kept."""
    app, model = opened
    await say(app, model, as_ada, "I am allergic to peanuts.")
    told = await say(app, model, as_ada, "Is satay good for me?", "No, peanuts [1].")
    kept = await app.memory.counts(**as_ada)
    model.add("Yes, it is tasty.")
    both = await compared(told.receipt, app.assistant, app.receipts, app.memory, **as_ada)
    assert (both.with_memory, both.without_memory) == ("No, peanuts [1].", "Yes, it is tasty.")
    assert {s.side for s in both.stretches} == {"with", "without"}
    assert "peanuts" not in "".join(m.text for m in model.requests[-1].messages)
    assert await app.memory.counts(**as_ada) == kept


async def test_not_for_this_topic(opened, as_ada):
    """A memory kept away from a question is not used for it or one like it, still for others, and can be let back."""
    app, model = opened
    first = await say(app, model, as_ada, "I cook lentils with cumin on Mondays.")
    told = await say(app, model, as_ada, "What should I cook for my guests?")
    assert first.remembered[0] in told.used
    kept_away = await app.reservations.make(first.remembered[0], told.receipt, **as_ada)
    again = await say(app, model, as_ada, "What should I cook for guests on Sunday?")
    assert first.remembered[0] not in again.used
    other = await say(app, model, as_ada, "Which spice do I like with lentils on Mondays?")
    assert first.remembered[0] in other.used
    with pytest.raises(UnknownMemory):
        await app.reservations.lift(kept_away.id, **as_bob)
    await app.reservations.lift(kept_away.id, **as_ada)
    assert first.remembered[0] in (await say(app, model, as_ada, "What should I cook for guests?")).used
    with pytest.raises((BadInput, UnknownMemory)):
        await app.reservations.make(first.remembered[0], told.receipt, **as_bob)


async def test_what_forgetting_would_take_along(opened, as_ada):
    """The preview names what goes along, changes nothing, and forgetting then takes exactly that."""
    app, model = opened
    first = await say(app, model, as_ada, "I play the viola.")
    draft = Draft(
        kind="fact", text="The user plays the viola.", episode=first.remembered[0], quote="play the viola"
    )
    fact = await learned(app, as_ada, draft)
    reach = await app.memory.reach([fact.id], **as_ada)
    assert [m.id for m in reach.asked] == [fact.id]
    assert first.remembered[0] in {m.id for m in reach.along}
    done = await app.memory.forget([fact.id], **as_ada)
    assert set(done.memories) == {m.id for m in (*reach.asked, *reach.along)}


async def test_looking_through_memory(opened, as_ada):
    """Parts of words are found, filters hold together, and what is hidden is gone at once and back after undo."""
    app, model = opened
    first = await say(app, model, as_ada, "I collect thimbles.")
    await say(app, model, as_ada, "I collect stamps.")

    async def found(**wanted):
        return [m.id for m in (await app.memory.find(Wanted(**wanted), **as_ada)).memories]

    assert await found(words="thimb", kind="episode") == [first.remembered[0]]
    both = await found(words="COLLECT", kind="episode", origin="said")
    assert both == (await found(words="collect", kind="episode", oldest_first=True))[::-1]
    assert await found(words="collect", status="superseded") == []
    hidden = await app.memory.forget([first.remembered[0]], **as_ada)
    assert await found(words="thimb", kind="episode") == []
    await app.memory.undo(hidden.id, **as_ada)
    assert await found(words="thimb", kind="episode") == [first.remembered[0]]
    events, total = await app.memory.events(**as_ada)
    assert [e.action for e in events[:2]] == ["undone", "hidden"] or total > 2


async def test_off_is_off(opened, as_ada):
    """Fifty prompts with memory off give fifty receipts without a memory; looking and forgetting still work."""
    app, model = opened
    first = await say(app, model, as_ada, "I hide my spare key under the blue pot.")
    await app.choices.choose(False, **as_ada)
    kept = await app.memory.counts(**as_ada)
    for n in range(50):
        told = await say(app, model, as_ada, f"Where is my spare key, attempt {n}?")
        receipt = await app.receipts.open(told.receipt, **as_ada)
        assert (receipt.used, receipt.chosen, receipt.near_misses, told.remembered) == ((), (), (), ())
        assert "blue pot" not in "".join(m.text for m in model.requests[-1].messages)
    assert await app.memory.counts(**as_ada) == kept
    assert (await app.memory.find(Wanted(words="blue pot"), **as_ada)).total >= 1
    await app.memory.forget([first.remembered[0]], now=True, **as_ada)
    assert (await app.memory.find(Wanted(words="blue pot"), **as_ada)).total == 0
