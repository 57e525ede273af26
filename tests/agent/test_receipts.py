"""The receipt of an answer is the prompt that was sent, and forgetting reaches it."""

from __future__ import annotations

import pytest

from agent.models.scripted import ScriptedModel
from agent.receipts import HOLE
from agent.settings import Settings
from agent.turns import Finished, Message, Reference, Turn
from agent.wiring import open_app
from memory.errors import UnknownMemory
from privacy.identity import Principal, Scope

ADA = {"scope": Scope("ada"), "principal": Principal("ada")}
as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
as_bob = {"scope": Scope("bob"), "by": Principal("bob")}


@pytest.fixture
async def opened(tmp_path):
    """A real app with a capable scripted model, and the model."""
    model = ScriptedModel(["Noted.", "With Torvald, I think [1].", "Hm."])
    app = await open_app(Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=model)
    yield app, model
    await app.aclose()


async def say(app, text, history=()):
    turn = Turn(**ADA, thread="a", text=text, history=tuple(history))
    *_, finished = [event async for event in app.assistant.reply(turn)]
    assert isinstance(finished, Finished)
    return finished


async def test_a_receipt_is_the_prompt_and_forgetting_leaves_a_hole(opened):
    """Opened, it equals what the model received; after forgetting it has a hole and says it is not complete."""
    app, model = opened
    first = await say(app, "I play chess with Torvald Brekke every Friday.")
    second = await say(app, "Who do I play chess with?")
    receipt = await app.receipts.open(second.receipt, **as_ada)
    assert [m.text for m in receipt.messages] == [m.text for m in model.requests[1].messages]
    assert receipt.complete
    assert "Torvald" in receipt.messages[0].text
    await app.memory.forget([first.remembered[0]], **as_ada)
    after = await app.receipts.open(second.receipt, **as_ada)
    assert "Torvald" not in "".join(m.text for m in after.messages)
    assert HOLE in after.messages[0].text
    assert not after.complete


async def test_a_receipt_lies_at_rest_without_the_words_of_a_memory(opened):
    """The stored document names memories by id; the words of a note or a remembered message are not in it."""
    app, _ = opened
    await say(app, "I keep my bees on the roof of the brewery.")
    told = await say(app, "Where do I keep my bees?")
    body = await app.conversations.get("receipt", told.receipt, scope=as_ada["scope"])
    assert "brewery" not in repr(body)
    assert "bees" not in repr(body)


async def test_a_receipt_is_its_owner_s_alone(opened):
    """Somebody else's receipt and one that never was look the same."""
    app, _ = opened
    told = await say(app, "I like tea.")
    for receipt in (told.receipt, "nonsense"):
        with pytest.raises(UnknownMemory, match="no such receipt"):
            await app.receipts.open(receipt, **as_bob)


async def test_what_was_forgotten_leaves_the_running_conversation(opened):
    """A message forgotten in mid-conversation is not sent again as history."""
    app, model = opened
    first = await say(app, "My locker code word is heliotrope.")
    history = [
        Message("user", "My locker code word is heliotrope.", Reference(first.remembered[0], 1)),
        Message("assistant", "Noted.", Reference(first.remembered[1], 1)),
    ]
    await app.memory.forget([first.remembered[0]], **as_ada)
    await say(app, "And what now?", history)
    assert "heliotrope" not in "".join(m.text for m in model.requests[-1].messages)
