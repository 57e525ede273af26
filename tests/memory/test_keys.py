"""An owner's key is changed while people go on, and killed anywhere; locked, nothing is read or kept."""

from __future__ import annotations

import pytest

from agent.keys import open_key_file
from agent.locking import lock, unlock
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.records import Utterance
from privacy import encryption
from privacy.encryption import Cipher, derived
from privacy.errors import Locked, NoKey, Unreadable, WrongKey
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
SAID = [f"My friend Annelise has {number} bees and a boat called Marguerite." for number in range(6)]


def settings(tmp_path):
    return Settings(home=tmp_path / "home", config_home=tmp_path / "config")


async def texts(app):
    return sorted(memory.text for memory in (await app.memory.browse(**as_ada)).memories)


async def test_a_new_owner_s_key_interrupted_and_resumed(tmp_path, monkeypatch):
    """Killed in the middle everything opens and new things are kept; resumed, the old key opens nothing, and search finds."""
    monkeypatch.setattr(encryption, "AT_ONCE", 4)
    app = await open_app(settings(tmp_path), model=ScriptedModel())
    await app.memory.remember([Utterance(text=text) for text in SAID], **as_ada)
    (gone, *_) = (await app.memory.browse(**as_ada)).memories
    owner = app.keyring.pseudonym("ada")
    old = app.keyring._owner_key(owner)
    rewrap, batches = app.ledger.rewrap_keys, []

    def broken(keys):
        if len(batches) == 1:
            raise KeyboardInterrupt
        batches.append(keys)
        rewrap(keys)

    monkeypatch.setattr(app.ledger, "rewrap_keys", broken)
    with pytest.raises(KeyboardInterrupt):
        app.keyring.rotate_owner(owner)
    await app.aclose()

    app = await open_app(settings(tmp_path), model=ScriptedModel())
    try:
        assert await texts(app) == sorted(SAID)
        await app.memory.remember(Utterance(text="Said in the middle of it."), **as_ada)
        await app.memory.forget([gone.id], now=True, **as_ada)
        left = sorted({*SAID, "Said in the middle of it."} - {gone.text})
        assert await app.memory.rotate_owner_key(**as_ada) > 0
        assert await texts(app) == left
        await app.memory.verify()
        before = Cipher(derived(old, "cipher:wrap"))
        for id, wrapped in app.ledger.keys_of(owner, "", 1000):
            if not encryption.under_master(id):
                with pytest.raises(Unreadable):
                    before.open(wrapped, id.encode())
        found = await app.memory.recall("Who has a boat called Marguerite?", **as_ada)
        assert found.hits
        assert found.hits[0].coverage > 0.5
        assert app.keyring._owner_key(owner) != old
    finally:
        await app.aclose()
    app = await open_app(settings(tmp_path), model=ScriptedModel())
    try:
        assert await texts(app) == left
        assert (await app.memory.recall("the bees of Annelise", **as_ada)).hits
    finally:
        await app.aclose()


async def test_locked_nothing_is_read_or_kept_until_the_passphrase(tmp_path):
    """Locked: no verb works, nothing readable is in memory, a start is refused; the right passphrase brings all of it back."""
    app = await open_app(settings(tmp_path), model=ScriptedModel())
    try:
        await app.memory.remember(Utterance(text=SAID[0]), **as_ada)
        await app.memory.recall("bees", **as_ada)
        sets, owner = app.memory._indexer._sets, app.memory._archive.owner(as_ada["scope"])
        assert sets.loaded(owner)
        key = (tmp_path / "config" / "master.key").read_text("ascii").strip()
        with pytest.raises(WrongKey, match="characters"):
            lock(app, "short")
        lock(app, "correct horse battery")
        for work in (
            app.memory.browse(**as_ada),
            app.memory.recall("bees", **as_ada),
            app.memory.remember(Utterance(text="I sail."), **as_ada),
            app.conversations.list("thread", scope=as_ada["scope"]),
        ):
            with pytest.raises(Locked, match="unlock"):
                await work
        assert sets.loaded(owner) is None
        assert not app.keyring._secrets
        assert not any(key in path.read_text("latin-1") for path in (tmp_path / "config").iterdir())
        with pytest.raises(WrongKey, match="passphrase"):
            open_key_file(settings(tmp_path), "wrong horse battery")
    finally:
        await app.aclose()
    with pytest.raises(NoKey, match="unlock"):
        await open_app(settings(tmp_path), model=ScriptedModel())
    open_key_file(settings(tmp_path), "correct horse battery")
    app = await open_app(settings(tmp_path), model=ScriptedModel())
    try:
        assert await texts(app) == [SAID[0]]
        lock(app, "correct horse battery")
        open_key_file(settings(tmp_path), "correct horse battery")
        assert unlock(app)
        assert await texts(app) == [SAID[0]]
        assert not unlock(app)
    finally:
        await app.aclose()
