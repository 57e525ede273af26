"""Forgetting, where two threads meet."""

from __future__ import annotations

import asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.archive import utc_now
from memory.records import Utterance
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}


async def test_two_who_destroy_at_once_both_find_it_done(tmp_path):
    """The follower and somebody who waits may destroy the same forgetting at once: neither fails, and both see the checks."""
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config")
    app = await open_app(settings, model=ScriptedModel())
    try:
        for number in range(5):
            (kept,) = await app.memory.remember(Utterance(text=f"Secret number {number}."), **as_ada)
            hidden = await app.memory.forget([kept.id], **as_ada)
            destroy = app.memory._erasure.destroy
            done = await asyncio.gather(*(asyncio.to_thread(destroy, hidden.id, utc_now()) for _ in range(4)))
            assert {(one.state, one.probes) for one in done} == {("destroyed", (("text", 0), ("index", 0)))}
    finally:
        await app.aclose()
