"""Forgetting everything about a person: afterwards they are somebody new, and nobody else is touched."""

from __future__ import annotations

import time
import uuid

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.probes import files_with
from memory.records import Draft, Utterance
from privacy.errors import Forbidden, Unreadable
from privacy.identity import Principal, Scope
from privacy.signatures import check

ADA, BOB = Scope("ada"), Scope("bob")
as_ada = {"scope": ADA, "by": Principal("ada")}
as_bob = {"scope": BOB, "by": Principal("bob")}
SAID = "My sister Philippa Lindqvist keeps bees in Malmö."


@pytest_asyncio.fixture
async def app(tmp_path):
    opened = await open_app(
        Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=ScriptedModel()
    )
    yield opened
    await opened.aclose()


async def lived(app, who, scope, text):
    """Somebody who talked, was understood, and chose."""
    thread = uuid.uuid4().hex
    (kept,) = await app.memory.remember(Utterance(text=text, session=thread), **who)
    draft = Draft(kind="fact", text=text, episode=kept.id, quote=text, relation="keeps", object="bees")
    await app.memory.learn([draft], **who)
    await app.conversations.put("thread", thread, {"id": thread, "name": text}, scope=scope)
    await app.conversations.put("step", f"s{thread}", {"output": text}, scope=scope, parent=thread)
    await app.choices.choose(True, **who)
    return thread


async def test_everything_goes_and_the_name_starts_empty(app):
    """Memories, documents, values, choices and keys of one person go within seconds; the next of that name finds nothing, and another person everything."""
    thread = await lived(app, as_ada, ADA, SAID)
    await lived(app, as_bob, BOB, "I keep goats.")
    await app.memory.settle()
    owner = app.keyring.pseudonym("ada")
    sealed = app.keyring.cipher(owner, "anything").seal(b"as a copy elsewhere has it", b"")
    before = time.monotonic()
    with pytest.raises(Forbidden):
        await app.memory.forget_everything(scope=ADA, by=Principal("bob"))
    done = await app.memory.forget_everything(**as_ada)
    assert time.monotonic() - before < 30  # 5 on an idle computer
    assert dict(done.probes) == {"id": 0, "words": 0, "meaning": 0, "bytes": 0, "transcripts": 0}
    assert files_with(app.settings.home, [SAID, "Philippa Lindqvist"]) == 0
    with pytest.raises(Unreadable):
        app.keyring.cipher(owner, "anything").open(sealed, b"")
    assert (await app.memory.browse(**as_ada)).total == 0
    assert await app.conversations.at_rest(scope=ADA) == ()
    assert app.vaults.of(ADA).known() == {}
    assert (await app.choices.of(**as_ada)).chosen_at is None
    assert check(await app.memory.forgetting_receipt(done.id, **as_ada))
    # a line that was on its way comes too late
    await app.conversations.put("step", "late", {"output": SAID}, scope=ADA, parent=thread)
    assert await app.conversations.at_rest(scope=ADA) == ()
    # and somebody of that name can begin again
    await lived(app, as_ada, ADA, "I am new here.")
    await app.memory.settle()
    assert {memory.text for memory in (await app.memory.browse(**as_ada)).memories} == {"I am new here."}
    assert {memory.text for memory in (await app.memory.browse(**as_bob)).memories} == {"I keep goats."}
    assert (await app.memory.verify()).entries == 7
