"""Review: what may be there twice or lay unused is asked about seldom, can be put off and settled, and merged with undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.errors import BadInput, UnknownMemory
from memory.records import Draft, Utterance
from memory.shelf import Wanted
from privacy.identity import Principal, Scope
from tests.kit.clock import Clock

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    settings = Settings(home=folder / "home", config_home=folder / "config", masking=False)
    opened = await open_app(settings, model=ScriptedModel(), clock=Clock())
    yield opened
    await opened.aclose()


@pytest.fixture
def me(request, app):
    app.memory._clock.later = timedelta(0)
    name = request.node.name
    return {"scope": Scope(name), "by": Principal(name)}


async def believes(app, me, *values, relation="likes"):
    """Beliefs, each learned from words of its own."""
    ids = []
    for value in values:
        (said,) = await app.memory.remember(Utterance(text=f"About {value}."), **me)
        draft = Draft(
            kind="fact",
            text=f"The user {relation} {value}.",
            episode=said.id,
            quote=value,
            relation=relation,
            object=value,
        )
        (fact,) = await app.memory.learn([draft], **me)
        ids.append(fact.id)
    return ids


async def sorts(app, me):
    return [card.sort for card in await app.review.cards(**me)]


async def test_what_lay_unused_for_half_a_year_is_asked_about(app, me):
    """Not before; and no more once it is confirmed or said to be over."""
    still, over = await believes(app, me, "rowing", "skating")
    assert await sorts(app, me) == []
    app.memory._clock.later = timedelta(days=181)
    cards = await app.review.cards(**me)
    assert [(card.sort, card.memories[0].id) for card in cards] == [("outdated", still), ("outdated", over)]
    await app.memory.confirm(still, **me)
    await app.memory.ended(over, app.memory._clock(), **me)
    assert await sorts(app, me) == []
    app.memory._clock.later = timedelta(days=181 + 181)
    assert [card.memories[0].id for card in await app.review.cards(**me)] == [still]


async def test_never_more_than_five_questions_a_week(app, me):
    """Seven things lay unused: five are asked about; decided or not, the next come in the next week."""
    ids = await believes(app, me, "bread", "quince", "rye", "figs", "thyme", "mace", "dill")
    app.memory._clock.later = timedelta(days=200)
    first = [card.memories[0].id for card in await app.review.cards(**me)]
    assert first == ids[:5]
    for memory in first[:3]:
        await app.memory.confirm(memory, **me)
    assert [card.memories[0].id for card in await app.review.cards(**me)] == ids[3:5]
    app.memory._clock.later = timedelta(days=208)
    assert [card.memories[0].id for card in await app.review.cards(**me)] == ids[3:]


async def test_what_is_put_off_is_back_after_a_week(app, me):
    """Until then it is counted nowhere, and can be taken up at any time."""
    await believes(app, me, "falconry")
    app.memory._clock.later = timedelta(days=181)
    (card,) = await app.review.cards(**me)
    until = await app.review.put_off(card.key, **me)
    assert await sorts(app, me) == []
    assert [one.later for one in await app.review.later(**me)] == [until]
    await app.review.take_up(card.key, **me)
    assert await sorts(app, me) == ["outdated"]
    await app.review.put_off(card.key, **me)
    app.memory._clock.later = timedelta(days=189)
    assert await sorts(app, me) == ["outdated"]
    with pytest.raises(UnknownMemory):
        await app.review.put_off(card.key, scope=Scope("ben"), by=Principal("ben"))


async def test_two_that_are_one_are_merged_and_taken_apart(app, me):
    """The other leads to the one that stays, is in no answer and no belief; its undo makes both as they were."""
    short, long = await believes(app, me, "tea", "green tea")
    (card,) = await app.review.cards(**me)
    assert (card.sort, [memory.id for memory in card.memories]) == ("duplicate", [long, short])
    async with app.memory.undoable(**me) as decision:
        await app.memory.merge(long, [short], **me)
    merged = await app.memory.get(short, **me)
    assert (merged.status, merged.merged_into) == ("superseded", long)
    assert [fact.id for fact in await app.memory.facts(**me)] == [long]
    assert await sorts(app, me) == []
    await app.memory.take_back(decision.id, **me)
    again = await app.memory.get(short, **me)
    assert (again.status, again.merged_into) == ("active", "")
    assert {fact.id for fact in await app.memory.facts(**me)} == {short, long}
    for wrong in ([], [long]):
        with pytest.raises(BadInput):
            await app.memory.merge(long, wrong, **me)


async def test_two_that_are_two_are_not_asked_about_again(app, me):
    await believes(app, me, "chess", "blitz chess")
    (card,) = await app.review.cards(**me)
    await app.review.settle(card.key, **me)
    assert await sorts(app, me) == []
    await app.review.take_up(card.key, **me)
    assert await sorts(app, me) == ["duplicate"]


async def test_both_may_be_so(app, me):
    """What was disputed holds beside the other, and is no conflict any more."""
    ids = await believes(app, me, "3 May", "4 June", relation="born_on")
    assert await sorts(app, me) == ["conflict"]
    await app.memory.hold_both(ids, **me)
    held = (await app.memory.find(Wanted(kind="fact"), **me)).memories
    assert {(memory.id, memory.status) for memory in held} == {(id, "active") for id in ids}
    assert await sorts(app, me) == []
