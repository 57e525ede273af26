"""Memories are loaded when their person comes, so that the first question need not wait; and closing does not wait for it."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.records import Utterance
from privacy.errors import Forbidden
from privacy.identity import Principal, Scope

ADA = {"scope": Scope("ada"), "by": Principal("ada")}
PROMPT = 10.0  # seconds in which a memory is closed, however much there is to load


async def opened(tmp_path) -> App:
    return await open_app(
        Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=ScriptedModel()
    )


async def remembering(tmp_path) -> None:
    app = await opened(tmp_path)
    await app.memory.remember([Utterance(text=f"Boat {n} lies in the harbour.") for n in range(30)], **ADA)
    await app.memory.settle()
    await app.aclose()


def loaded(app: App) -> bool:
    return app.memory._indexer._sets.loaded(app.memory._archive.owner(ADA["scope"])) is not None


async def waited_for(app: App) -> None:
    await asyncio.gather(*app.memory._expected)


@pytest.mark.asyncio
async def test_who_comes_is_expected(tmp_path):
    """After it nothing is left to load, and what is remembered meanwhile is found as well."""
    await remembering(tmp_path)
    app = await opened(tmp_path)
    try:
        assert not loaded(app)
        await app.memory.expect(**ADA)
        await app.memory.remember([Utterance(text="The kiln is in the attic.")], **ADA)
        await waited_for(app)
        assert loaded(app)
        found = await app.memory.recall("Where is the kiln?", **ADA)
        assert found.hits[0].memory.text == "The kiln is in the attic."
    finally:
        await app.aclose()


@pytest.mark.asyncio
async def test_nobody_is_expected_by_another(tmp_path):
    app = await opened(tmp_path)
    try:
        with pytest.raises(Forbidden):
            await app.memory.expect(scope=Scope("ada"), by=Principal("ben"))
        assert not app.memory._expected
    finally:
        await app.aclose()


@pytest.mark.asyncio
async def test_who_lets_no_memory_answer_has_none_loaded(tmp_path):
    """Consent comes before speed."""
    await remembering(tmp_path)
    app = await opened(tmp_path)
    try:
        await app.charters.consent("answer", False, **ADA)
        await app.memory.expect(**ADA)
        await waited_for(app)
        assert not loaded(app)
    finally:
        await app.aclose()


@pytest.mark.asyncio
async def test_closing_does_not_wait_until_all_is_loaded(tmp_path, monkeypatch):
    """A hundred thousand memories take a minute to load: whoever closes meanwhile is kept for one row."""
    await remembering(tmp_path)
    app = await opened(tmp_path)
    rows, begun = app.memory._index.rows, threading.Event()

    def slowly(owner=None, **options):
        for row in rows(owner, **options):
            begun.set()
            time.sleep(PROMPT / 10)
            yield row

    monkeypatch.setattr(app.memory._index, "rows", slowly)
    await app.memory.expect(**ADA)
    assert await asyncio.to_thread(begun.wait, PROMPT)
    before = time.monotonic()
    await app.aclose()
    assert time.monotonic() - before < PROMPT
    assert not app.memory._expected
