"""What files bring waits, masked, until its person says yes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.errors import UnknownMemory
from memory.records import Utterance
from privacy.identity import Principal, Scope
from tests.kit.clock import Clock

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
pytestmark = pytest.mark.asyncio(loop_scope="module")
SAID = [
    "I live in Lyon.",
    "My neighbour Philippa Quill feeds my cat.",
    "I was diagnosed with diabetes. My bicycle is red.",
    "I play the oboe.",
]


def claude(said, uuid="u"):
    written = [
        {"sender": "human", "text": text, "created_at": f"2021-05-03T09:30:{n:02}Z"} for n, text in enumerate(said)
    ]  # fmt: skip
    return json.dumps([{"uuid": uuid, "chat_messages": written}]).encode()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(tmp_path_factory):
    folder, clock = tmp_path_factory.mktemp("arrivals"), Clock()
    settings = Settings(home=folder / "home", config_home=folder / "config")
    opened = await open_app(settings, model=ScriptedModel(), clock=clock)
    yield opened, clock
    await opened.aclose()


async def facts(app):
    app.worker.nudge(as_ada["scope"], as_ada["by"])
    await app.worker.drain()
    return {m.object: m.status for m in await app.memory.facts(**as_ada)}


async def test_what_a_file_brings_waits_masked(app):
    """It is sealed without names, recalled by nobody, learned from by nobody; what is sensitive waits apart, too."""
    app, _ = app
    await app.memory.remember(Utterance(text="I live in Porto."), **as_ada)
    assert await facts(app) == {"Porto": "active"}
    came = await app.memory.bring_in(claude(SAID), "from Philippa Quill.json", **as_ada)
    assert (came.source, came.new, came.known, came.unwanted) == ("claude", 4, 0, 0)
    at_rest = [str(record) for record in await app.memory.at_rest(**as_ada)]
    at_rest += [str(body) for _, body in await app.conversations.at_rest(scope=as_ada["scope"])]
    assert not any("Philippa" in text or "Quill" in text for text in at_rest)
    for question in SAID:
        hits = (await app.memory.recall(question, **as_ada)).hits
        assert not {hit.memory.text for hit in hits} & set(SAID)
    assert await facts(app) == {"Porto": "active"}
    (arrival,) = await app.memory.arrivals(**as_ada)
    assert (arrival.name, len(arrival.becomes)) == ("from Philippa Quill.json", 4)
    (sentence,) = await app.memory.waiting(**as_ada)
    assert "diabetes" in sentence.text
    again = await app.memory.bring_in(claude(SAID), **as_ada)
    assert (again.new, again.known, again.arrival) == (0, 4, "")


async def test_some_are_kept_and_some_are_not(app):
    """A yes to some makes them memories, dated as they were; an old one closes nothing newer; a no goes, with undo."""
    app, clock = app
    (arrival,) = await app.memory.arrivals(**as_ada)
    page = await app.memory.arrived(arrival.id, **as_ada)
    ids = {memory.text: memory.id for memory in page.memories}
    home, oboe = ids["I live in Lyon."], ids["I play the oboe."]
    assert await app.memory.accept_arrival(arrival.id, [home], **as_ada) == 1
    assert await facts(app) == {"Porto": "active"}  # Lyon was long before
    said = await app.memory.get(home, **as_ada)
    assert (said.status, said.origin, said.occurred_at.year) == ("active", "imported", 2021)
    hits = (await app.memory.recall("Where in Lyon do I live?", **as_ada)).hits
    assert said.id in {hit.memory.id for hit in hits}
    with pytest.raises(UnknownMemory):
        await app.memory.accept_arrival(arrival.id, [home], **as_ada)
    with pytest.raises(UnknownMemory):
        await app.memory.arrived(arrival.id, scope=Scope("bob"), by=Principal("bob"))
    done = await app.memory.refuse_arrival(arrival.id, [oboe], **as_ada)
    assert (await app.memory.arrivals(**as_ada))[0].becomes.keys() == arrival.becomes.keys() - {home, oboe}
    await app.memory.undo(done.id, **as_ada)
    assert (await app.memory.arrivals(**as_ada))[0].becomes.keys() == arrival.becomes.keys() - {home}
    clock.later += timedelta(days=31)
    await app.memory.settle()
    assert await app.memory.arrivals(**as_ada) == []
    assert await app.memory.waiting(**as_ada) == []
    assert (await app.memory.counts(**as_ada))["episode"] == 2
    kinds = [kind for kind, _ in await app.conversations.at_rest(scope=as_ada["scope"])]
    assert not {"arrival", "waiting"} & set(kinds)


async def test_a_file_never_outdoes_what_is_believed(app):
    """A brought fact that contradicts one that is believed: both wait for the person's word."""
    app, _ = app
    packed = b"".join(app.portability.export(**as_ada))
    as_bob = {"scope": Scope("bob"), "by": Principal("bob")}
    await app.memory.remember(Utterance(text="I live in Oslo."), **as_bob)
    app.worker.nudge(as_bob["scope"], as_bob["by"])
    await app.worker.drain()
    came = await app.memory.bring_in(packed, **as_bob)
    await app.memory.accept_arrival(came.arrival, **as_bob)
    found = {m.object: m.status for m in await app.memory.facts(**as_bob)}
    assert found == {"Oslo": "disputed", "Porto": "disputed"}
    (card,) = await app.review.cards(**as_bob)
    assert card.sort == "conflict"
