"""What a person decides holds from that moment: for what is kept, used, learned and sent, and for what is sensitive."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio

from agent.errors import NotAgreed
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Noticed, Trouble, Turn
from agent.wiring import open_app
from memory.errors import BadInput, MemoryOff, UnknownMemory
from memory.records import LeftOut, Utterance
from privacy.errors import Forbidden
from privacy.identity import Principal, Scope
from tests.kit.clock import Clock

pytestmark = pytest.mark.asyncio(loop_scope="module")
MARK = "[waiting for your yes: health]"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("consent")
    settings = Settings(home=folder / "home", config_home=folder / "config")
    opened = await open_app(settings, model=ScriptedModel(place="elsewhere"), clock=Clock())
    yield opened
    await opened.aclose()


@pytest.fixture
def me(request):
    """Somebody new for each test: one app, nobody else's memory."""
    name = request.node.name
    return {"scope": Scope(name), "by": Principal(name)}


async def said(app, me, text, session="a"):
    (kept,) = await app.memory.remember(Utterance(text=text, session=session), **me)
    return kept


async def recalled(app, me, question, **more):
    return [hit.memory.text for hit in (await app.memory.recall(question, **me, **more)).hits]


async def answered(app, me, text, answer="Noted."):
    app.model._model.add(answer)
    turn = Turn(principal=me["by"], scope=me["scope"], thread="a", text=text)
    return [event async for event in app.assistant.reply(turn)]


async def test_a_sensitive_sentence_waits_aside_and_comes_back_with_a_yes(app, me):
    """Asked for, the sentence is sealed aside: not in the turn, not recalled, no word of it in the index; a yes puts it back."""
    kept = await said(app, me, "We had lunch in Lyon. I was diagnosed with epilepsy in May. Paul was there.")
    assert kept.text == f"We had lunch in Lyon. {MARK} Paul was there."
    assert kept.aside == (MARK,)
    assert not any("epilepsy" in text for text in await recalled(app, me, "Do I have epilepsy?"))
    (waiting,) = await app.memory.waiting(**me)
    assert (waiting.text, waiting.reasons) == ("I was diagnosed with epilepsy in May.", ("health",))
    await app.memory.accept(waiting.id, **me)
    assert (await app.memory.get(kept.id, **me)).text == (
        "We had lunch in Lyon. I was diagnosed with epilepsy in May. Paul was there."
    )
    assert "epilepsy" in (await recalled(app, me, "Do I have epilepsy?"))[0]
    assert await app.memory.waiting(**me) == []
    assert [episode.id for episode in await app.memory.accepted(me["scope"])] == [kept.id]


async def test_no_means_gone(app, me):
    """Refused, the sentence is in no memory, no line of the chat and no document; the turn stays."""
    await app.conversations.put("thread", "refused", {"id": "refused", "name": "Hi"}, scope=me["scope"])
    line = {"id": "refused-1", "output": "Hello. I have asthma."}
    await app.conversations.put("step", "refused-1", line, scope=me["scope"], parent="refused")
    kept = await said(app, me, "Hello. I have asthma.", "refused")
    (waiting,) = await app.memory.waiting(**me)
    await app.memory.refuse(waiting.id, **me)
    assert (await app.memory.get(kept.id, **me)).text == "Hello. [not kept: health]"
    assert "asthma" not in repr(await app.conversations.at_rest(scope=me["scope"]))
    with pytest.raises(UnknownMemory):
        await app.memory.accept(waiting.id, **me)


async def test_never_and_keep(app, me):
    """Never: a marker, and nothing waits, nor does the chat keep it. Keep: as said. The strictest word holds."""
    await app.charters.handle("health", "never", **me)
    kept = await said(app, me, "I have asthma. I like tea.")
    assert kept.text == "[not kept: health] I like tea."
    assert await app.memory.waiting(**me) == []
    await app.conversations.put(
        "step", "never-1", {"id": "never-1", "output": "I have asthma."}, scope=me["scope"]
    )
    assert "asthma" not in repr(await app.conversations.at_rest(scope=me["scope"]))
    await app.charters.handle("health", "keep", **me)
    assert (await said(app, me, "I have asthma.")).text == "I have asthma."
    await app.charters.handle("union", "never", **me)
    assert (await said(app, me, "My union rep has asthma.")).text == "[not kept: health, union]"
    with pytest.raises(BadInput, match="health"):
        await app.charters.handle("shoes", "keep", **me)


async def test_what_an_assistant_says_back_is_not_kept_either(app, me):
    """A model that repeats something sensitive does not bring it into memory; the person is told what waits."""
    events = await answered(app, me, "I have diabetes.", "I am sorry that you have diabetes.")
    page = await app.memory.browse(**me)
    assert {memory.text for memory in page.memories} == {MARK, "[not kept: health]"}
    assert any(isinstance(event, Noticed) and MARK in event.message for event in events)


async def test_ask_me_first(app, me):
    """With it on, all that is said waits as history: never recalled, never learned from, until it is accepted."""
    await app.charters.ask_first(True, **me)
    kept = await said(app, me, "My boat is called Marguerite.")
    assert kept.status == "quarantined"
    found = await app.memory.recall("What is my boat called?", **me)
    assert (found.hits, found.left_out) == ((), (LeftOut(why="waiting", memories=(kept.id,)),))
    assert await app.memory.undistilled(me["scope"]) == []
    (waiting,) = await app.memory.waiting(**me)
    await app.memory.accept(waiting.id, **me)
    assert await recalled(app, me, "What is my boat called?") == ["My boat is called Marguerite."]
    other = await said(app, me, "My cat is called Otto.")
    await app.memory.refuse(other.id, **me)
    assert await app.memory.still_known([other.id], **me) == {}


async def test_each_purpose_can_be_withdrawn_at_once(app, me):
    """Using, remembering, learning, keeping chats and sending each stop with a no, dated, and go on with a yes."""
    await said(app, me, "My boat is called Marguerite.")
    await app.charters.consent("answer", False, **me)
    assert await recalled(app, me, "What is my boat called?", purpose="answer") == []
    assert await recalled(app, me, "What is my boat called?") != []  # looking at one's own goes on
    await app.charters.consent("answer", True, **me)
    assert await recalled(app, me, "What is my boat called?", purpose="answer") != []

    await app.charters.consent("remember", False, **me)
    with pytest.raises(MemoryOff):
        await said(app, me, "I sail.")
    assert await recalled(app, me, "What is my boat called?", purpose="answer") != []
    charter = await app.charters.consent("remember", True, **me)
    assert [(c.purpose, c.given) for c in charter.consents][-2:] == [("remember", False), ("remember", True)]

    await app.charters.consent("learn", False, **me)
    assert not await app.choices.learns(me["scope"])
    await app.charters.consent("history", False, **me)
    await app.conversations.put("thread", "unkept", {"id": "unkept", "name": "Hi"}, scope=me["scope"])
    assert await app.conversations.get("thread", "unkept", scope=me["scope"]) is None

    await app.charters.consent("provider", False, **me)
    asked = len(app.model._model.requests)
    events = await answered(app, me, "Good morning!")
    assert any(isinstance(event, Trouble) and "agreed" in event.message for event in events)
    assert len(app.model._model.requests) == asked
    app.model._model._answers.clear()
    with pytest.raises(NotAgreed):
        await app.model.complete(_request(me))


def _request(me):
    from agent.models.port import Request
    from agent.turns import Message

    return Request((Message("user", "Hello."),), me["scope"])


async def test_restriction_stores_and_uses_nothing(app, me):
    """Restricted, what is stored stays and can be looked at; nothing is recalled for an answer, kept, learned or sent."""
    await said(app, me, "My boat is called Marguerite.")
    await app.charters.restrict(True, **me)
    assert await recalled(app, me, "What is my boat called?", purpose="answer") == []
    with pytest.raises(MemoryOff):
        await said(app, me, "I sail.")
    assert await app.memory.undistilled(me["scope"]) == []
    assert (await app.memory.browse(**me)).total == 1
    charter = await app.charters.restrict(False, **me)
    assert charter.restricted_at is None
    assert await recalled(app, me, "What is my boat called?", purpose="answer") != []


async def test_objection_by_topic(app, me):
    """What is about the topic is not used, by word or by meaning, nor learned; the rest is, and it can be taken back."""
    lea = await said(app, me, "My sister Lea moved to Ghent.")
    await said(app, me, "My boat is called Marguerite.")
    objection = await app.charters.object_to("my sister", **me)
    found = await app.memory.recall("Where did my sister move?", purpose="answer", **me)
    assert not any("Ghent" in hit.memory.text for hit in found.hits)
    assert found.left_out == (LeftOut(why="consent", memories=(lea.id,)),)
    assert await recalled(app, me, "What is my boat called?", purpose="answer")
    await app.charters.withdraw_objection(objection.id, **me)
    assert "Ghent" in (await recalled(app, me, "Where did my sister move?", purpose="answer"))[0]


async def test_objection_to_one_memory_for_a_topic(app, me):
    """One memory is left out where the talk is about the topic, and used elsewhere."""
    kept = await said(app, me, "I used to cook for a restaurant in Marseille.")
    await app.charters.object_to("cooking recipes", memory=kept.id, **me)
    assert await recalled(app, me, "Any recipes for cooking tonight?", purpose="answer") == []
    assert await recalled(app, me, "Where was the restaurant?", purpose="answer") == [kept.text]


async def test_what_waits_a_month_goes(app, me):
    """Without a yes a sentence goes after 30 days: the turn stays, with a marker that says so; what waits whole goes whole."""
    kept = await said(app, me, "Hello. I have asthma.", "waited")
    await app.charters.ask_first(True, **me)
    whole = await said(app, me, "My boat is called Marguerite.")
    app.memory._clock.later = timedelta(days=29)
    await app.memory.settle()
    assert len(await app.memory.waiting(**me)) == 2
    app.memory._clock.later = timedelta(days=31)
    await app.memory.settle()
    app.memory._clock.later = timedelta(0)
    assert await app.memory.waiting(**me) == []
    assert (await app.memory.get(kept.id, **me)).text == "Hello. [not kept: health]"
    assert await app.memory.still_known([whole.id], **me) == {}


async def test_each_kind_is_kept_as_long_as_its_person_wants(app, me):
    """The sweep destroys what is older, with what rests only on it, and old chats; the rest stays, and it is written down."""
    old = await said(app, me, "My boat is called Marguerite.")
    await app.conversations.put("thread", "old chat", {"id": "old chat", "name": "Hi"}, scope=me["scope"])
    await app.charters.keep_for("episode", 30, **me)
    await app.charters.keep_for("history", 30, **me)
    app.memory._clock.later = timedelta(days=31)
    new = await said(app, me, "My cat is called Otto.")
    await app.memory.settle()
    app.memory._clock.later = timedelta(0)
    assert set(await app.memory.still_known([old.id, new.id], **me)) == {new.id}
    assert await app.conversations.get("thread", "old chat", scope=me["scope"]) is None
    told = {(e.action, e.subject) for e in await app.activity.events(**me)}
    assert {("time is over", "episode"), ("time is over", "history")} <= told
    with pytest.raises(BadInput):
        await app.charters.keep_for("episode", 0, **me)


async def test_the_inventory_names_everything_that_is_held(app, me):
    """Every place where something of a person lies is counted by kind; after forgetting everything only the logs are left."""
    await said(app, me, "My friend Annelise has a boat. I have asthma.")
    held = await app.memory.inventory(**me)
    assert held["memories"] == {"episode": 1}
    assert held["documents"] == {"waiting": 1}
    assert held["details"] == {"PERSON": 1}
    await app.memory.forget_everything(**me)
    held = await app.memory.inventory(**me)
    left = {place for place, kinds in held.items() if any(kinds.values())}
    assert left <= {"journal", "activity", "forgettings", "keys"}


async def test_nobody_decides_for_somebody_else(app, me):
    """A charter is its person's own: another neither reads nor changes it, and a model that acts for them changes nothing."""
    for by in (Principal("somebody"), Principal(me["by"].name, agent=True)):
        with pytest.raises(Forbidden):
            await app.charters.consent("remember", False, scope=me["scope"], by=by)
        with pytest.raises(Forbidden):
            await app.memory.accept("x", scope=me["scope"], by=by)
    with pytest.raises(Forbidden):
        await app.charters.of(scope=me["scope"], by=Principal("somebody"))
