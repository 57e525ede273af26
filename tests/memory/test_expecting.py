"""Memories are loaded when their person comes, so that the first question need not wait; and closing does not wait for it."""

from __future__ import annotations

import asyncio
import logging
import threading
import time

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.expecting import Expecting
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
    async with asyncio.timeout(PROMPT):
        while app.memory._expecting._expected:
            await asyncio.sleep(0.01)


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
        assert not loaded(app)
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


@pytest.mark.asyncio
async def test_nobody_else_waits_however_often_somebody_comes(tmp_path, monkeypatch):
    """One who reloads the page is expected once, and takes no thread from others."""
    await remembering(tmp_path)
    app = await opened(tmp_path)
    rows, begun, go_on, times = app.memory._index.rows, threading.Event(), threading.Event(), []
    ada = app.memory._archive.owner(ADA["scope"])

    def slowly(owner=None, **options):
        if owner == ada:
            times.append(owner)
            begun.set()
            assert go_on.wait(PROMPT)
        yield from rows(owner, **options)

    monkeypatch.setattr(app.memory._index, "rows", slowly)
    try:
        for _ in range(100):
            await app.memory.expect(**ADA)
        assert await asyncio.to_thread(begun.wait, PROMPT)
        found = await app.memory.recall("Where is the kiln?", scope=Scope("ben"), by=Principal("ben"))
        assert found.hits == ()
    finally:
        go_on.set()
        await waited_for(app)
        assert times == [ada]
        await app.aclose()


def test_an_error_while_loading_is_named_and_closes_nothing(caplog):
    """By its kind: its text may hold what was said."""
    caplog.set_level(logging.WARNING, logger="memory.expecting")
    tried = threading.Event()

    def broken(who: Scope) -> None:
        tried.set()
        raise ValueError("my secret boat")

    expecting = Expecting(broken)
    expecting.expect(Scope("ada"))
    assert tried.wait(PROMPT)
    expecting.close()  # waits for whoever is being loaded
    expecting.expect(Scope("ada"))  # somebody who comes too late finds nobody
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
