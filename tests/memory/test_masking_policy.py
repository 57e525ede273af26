"""Each person says how their details are masked, and what is stored already follows."""

from __future__ import annotations

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.records import Draft, Utterance
from privacy.identity import Principal, Scope

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("masking")
    opened = await open_app(
        Settings(home=folder / "home", config_home=folder / "config"), model=ScriptedModel()
    )
    yield opened
    await opened.aclose()


@pytest.fixture
def me(request):
    return {"scope": Scope(request.node.name), "by": Principal(request.node.name)}


async def at_rest(app, me):
    return repr(await app.memory.at_rest(**me)) + repr(await app.conversations.at_rest(scope=me["scope"]))


async def test_what_is_stored_follows_the_policy(app, me):
    """Kept in the clear on wish, masked again on wish, then not kept at all: in memories, facts, chats, and older versions."""
    (said,) = await app.memory.remember(Utterance(text="My friend Annelise Wolfsberg lives in Ghent."), **me)
    draft = Draft(
        kind="fact", text="The user's friend: Annelise Wolfsberg.", episode=said.id, quote="friend Annelise Wolfsberg",
        relation="friend", object="Annelise Wolfsberg",
    )  # fmt: skip
    (fact,) = await app.memory.learn([draft], **me)
    body = {"id": "policy-1", "output": "Annelise Wolfsberg called."}
    await app.conversations.put("step", "policy-1", body, scope=me["scope"])
    assert "Annelise" not in await at_rest(app, me)

    await app.charters.mask(treatment={"PERSON": "keep"}, **me)
    await app.memory.settle()
    assert "Annelise Wolfsberg" in await at_rest(app, me)
    assert (await app.memory.get(fact.id, **me)).quote == "friend Annelise Wolfsberg"

    await app.charters.mask(treatment={"LOCATION": "placeholder"}, **me)
    await app.memory.settle()
    rest = await at_rest(app, me)
    assert "Annelise" not in rest
    assert "Ghent" not in rest
    kept = await app.memory.get(said.id, **me)
    assert kept.text == "My friend Annelise Wolfsberg lives in Ghent."
    assert (await app.memory.get(fact.id, **me)).quote == "friend Annelise Wolfsberg"

    await app.charters.mask(treatment={"PERSON": "redact"}, **me)
    await app.memory.settle()
    assert (await app.memory.get(said.id, **me)).text == "My friend [PERSON removed] lives in Ghent."
    held = await app.memory.inventory(**me)
    assert held["details"].get("PERSON", 0) == 0
    await app.memory.verify()


async def test_words_that_are_always_or_never_masked(app, me):
    """A word on the list is masked in any case; a name on the other list stays plain; both hold for what is stored."""
    text = "The lighthouse is closed, says Annelise Wolfsberg."
    (said,) = await app.memory.remember(Utterance(text=text), **me)
    assert "lighthouse" in await at_rest(app, me)
    await app.charters.mask(always=["Lighthouse"], never=["Annelise Wolfsberg"], **me)
    await app.memory.settle()
    records = repr(await app.memory.at_rest(**me))
    assert "lighthouse" not in records
    assert "Annelise Wolfsberg" in records
    assert (await app.memory.get(said.id, **me)).text == text


async def test_what_waits_keeps_its_place_when_masking_changes(app, me):
    """A marker of a sentence aside is no text: it stays, and the sentence can still be accepted into it."""
    (said,) = await app.memory.remember(Utterance(text="I met Annelise Wolfsberg. I have asthma."), **me)
    await app.charters.mask(treatment={"PERSON": "keep"}, **me)
    await app.memory.settle()
    (waiting,) = await app.memory.waiting(**me)
    await app.memory.accept(waiting.id, **me)
    assert (await app.memory.get(said.id, **me)).text == "I met Annelise Wolfsberg. I have asthma."


async def test_a_value_taken_out_of_its_sentence_is_masked_too(app, me):
    """A date of birth that was masked where it was said is masked in what is learned from it, where it looks like any date."""
    (said,) = await app.memory.remember(Utterance(text="I was born on 12 October 1962 in the evening."), **me)
    draft = Draft(
        kind="fact", text="The user's birthday: 12 October 1962.", episode=said.id, quote="born on 12 October 1962",
        relation="birthday", object="12 October 1962",
    )  # fmt: skip
    (fact,) = await app.memory.learn([draft], **me)
    assert fact.object == "12 October 1962"
    assert "October 1962" not in await at_rest(app, me)
