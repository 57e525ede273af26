"""A clock that jumps by ten years, and back, changes times and never the order of things."""

from __future__ import annotations

from datetime import timedelta

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.moments import utc_now
from memory.records import Utterance
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
DECADE = timedelta(days=3653)
JUMPS = (0, 1, -1, 0, -2, 1, 0)  # decades


async def test_order_holds_through_jumps_of_ten_years(tmp_path):
    """Memories, a conversation's lines and the chains stay in the order in which they came, also when it is opened anew in the past."""
    said = [f"Step {number} of the way to the lighthouse." for number in range(len(JUMPS) * 2)]
    jumped = timedelta()

    def clock():
        return utc_now() + jumped

    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False)
    for number, jump in enumerate(JUMPS):
        app = await open_app(settings, model=ScriptedModel(), clock=clock)
        try:
            for text in said[number * 2 : number * 2 + 2]:
                jumped = jump * DECADE
                await app.memory.remember(Utterance(text=text, session="walk"), **as_ada)
                body = {"id": text, "threadId": "walk", "output": text}
                await app.conversations.put("step", text, body, scope=Scope("ada"), parent="walk")
                jumped = -jumped  # and once more within one process
        finally:
            await app.aclose()
    jumped = timedelta()
    app = await open_app(settings, model=ScriptedModel(), clock=clock)
    try:
        page = await app.memory.browse(limit=100, **as_ada)
        assert [memory.text for memory in reversed(page.memories)] == said
        listed = await app.memory.browse(words="lighthouse", limit=100, **as_ada)
        assert [memory.text for memory in reversed(listed.memories)] == said
        talk = await app.memory.conversation("walk", limit=100, **as_ada)
        assert [memory.text for memory in talk] == said
        steps = await app.conversations.list("step", scope=Scope("ada"), parent="walk", newest_first=False)
        assert [step["output"] for step in steps] == said
        await app.memory.settle()
        await app.memory.verify()
        assert (await app.activity.verify())[0] == len(said)
        found = await app.memory.recall("Which steps led to the lighthouse?", limit=50, **as_ada)
        assert {hit.memory.text for hit in found.hits} == set(said)
        # what is hidden does not wait ten years for its end
        jumped = DECADE
        hidden = await app.memory.forget([page.memories[0].id], **as_ada)
        assert hidden.state == "hidden"
        jumped = timedelta()
        await app.memory.settle()
        assert (await app.memory.forgetting(hidden.id, **as_ada)).state == "destroyed"
    finally:
        await app.aclose()
