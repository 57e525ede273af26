"""What a deleted chat leaves behind is its own person's to decide."""

from __future__ import annotations

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.errors import UnknownMemory
from memory.records import Utterance
from privacy.identity import Principal, Scope

ADA = {"scope": Scope("ada"), "by": Principal("ada")}
BEN = {"scope": Scope("ben"), "by": Principal("ben")}


async def test_nobody_else_can_decide_what_a_deleted_chat_left(tmp_path):
    """Another person's id is no id: nothing is shown, kept, asked again or forgotten by it, and hers stays as it was."""
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config")
    app = await open_app(settings, model=ScriptedModel())
    try:
        await app.conversations.put("thread", "the-chat", {"name": "A chat"}, scope=ADA["scope"])
        (said,) = await app.memory.remember(Utterance(text="I sing in the mill.", session="the-chat"), **ADA)
        assert await app.memory.delete_chat("the-chat", **BEN) is None
        left = await app.memory.delete_chat("the-chat", **ADA)
        assert left is not None
        assert await app.memory.remnants(**BEN) == []
        for verb in (app.memory.forget_remnant, app.memory.keep_remnant, app.memory.ask_again):
            with pytest.raises(UnknownMemory):
                await verb(left.id, **BEN)
        (hers,) = await app.memory.remnants(**ADA)
        assert [memory.id for memory in hers.memories] == [said.id]
    finally:
        await app.aclose()
