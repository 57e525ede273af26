"""An embedder of one's own choice takes over while people go on searching, and is only handed what it may read."""

from __future__ import annotations

import numpy as np
import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.activity import SENT
from memory.errors import StorageFault
from memory.records import Utterance
from privacy.identity import Principal, Scope
from tests.kit.model_server import model_server

ADA = {"scope": Scope("ada"), "by": Principal("ada")}
BOB = {"scope": Scope("bob"), "by": Principal("bob")}
SAID = [f"Boat number {n} lies in the harbour of Ostend." for n in range(100)]
QUESTION = "Which boat lies in the harbour?"


def settings(tmp_path, server=None, **more):
    if server is not None:
        more = {
            "embedder": "letters",
            "embedder_url": server.url,
            "embedder_dimensions": server.dimensions,
        } | more
    return Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False, **more)


async def opened(given):
    app = await open_app(given, model=ScriptedModel())
    app.memory._follower.cancel()  # each step is taken here
    return app


async def spaces(app) -> set[tuple[int, int]]:
    """How long the vectors of questions, and those of the index, are."""
    (row, *_) = app.memory._index.rows(app.memory._archive.owner(ADA["scope"]))
    return {(app.memory._indexer.embedder.dimensions, len(row.dense))}


async def test_another_embedder_takes_over_and_search_goes_on(tmp_path):
    """Refused half-way and started again it reads on where it was; until it has read everything the old index answers."""
    app = await opened(settings(tmp_path))
    await app.memory.remember([Utterance(text=text, session="a") for text in SAID], **ADA)
    await app.memory.settle()
    before = await app.memory.recall(QUESTION, **ADA)
    await app.aclose()
    with model_server() as server:
        server.embeds_at_most = 64
        app = await opened(settings(tmp_path, server))
        app.memory._indexer.succeed_a_step()
        assert await app.memory.embedded() == (64, 100)
        assert await app.memory.recall(QUESTION, **ADA) == before
        await app.memory.remember(Utterance(text="A boat called Marguerite came in.", session="b"), **ADA)
        await app.memory.recall(QUESTION, **ADA)
        assert await spaces(app) == {(384, 384)}
        await app.aclose()
        server.embeds_at_most = None
        app = await opened(settings(tmp_path, server))
        told: list[tuple[int, int]] = []
        assert await app.memory.reindex(lambda *done: told.append(done)) == 101
        assert sorted(server.embedded.count(text) for text in SAID[:64]) == [1] * 64  # nothing was read twice
        assert (101, 101) in told
        assert await spaces(app) == {(48, 48)}
        found = await app.memory.recall("boat called Marguerite", **ADA)
        assert found.hits[0].memory.text == "A boat called Marguerite came in."
        assert found.hits[0].meaning > 0.5
        await app.aclose()
        app = await opened(settings(tmp_path, server))
        asked = len(server.embedded)
        assert await app.memory.reindex() == 101
        assert len(server.embedded) == asked  # it has taken over: nothing is left to read
        await app.aclose()
    app = await opened(settings(tmp_path, server))  # the server is gone: the words decide, and that is said
    found = await app.memory.recall("boat called Marguerite", **ADA)
    assert found.hits[0].memory.text == "A boat called Marguerite came in."
    assert "KEEPSAKE_EMBEDDER_URL" in found.trouble
    await app.aclose()
    app = await opened(settings(tmp_path))  # and back to the one that comes along
    await app.memory.reindex()
    assert await spaces(app) == {(384, 384)}
    assert (await app.memory.recall(QUESTION, **ADA)).hits[0].meaning == before.hits[0].meaning
    await app.aclose()


async def test_an_embedder_elsewhere_reads_no_names_and_nobody_who_said_no(tmp_path):
    """Details are plain words before they leave; of whoever did not agree nothing leaves at all."""
    with model_server() as server:
        given = settings(tmp_path, server, model_place="elsewhere").model_copy(update={"masking": True})
        app = await opened(given)
        await app.charters.consent("provider", False, **BOB)
        for me, name in ((ADA, "Claire Dubois"), (BOB, "Tom Hartley")):
            await app.memory.remember(Utterance(text=f"My neighbour {name} keeps bees."), **me)
        await app.memory.settle()
        assert server.embedded == ["My neighbour someone keeps bees."]
        await app.memory.recall("What does Claire Dubois keep?", **ADA)
        assert server.embedded[-1] == "What does someone keep?"
        asked = len(server.embedded)
        refused = await app.memory.recall("What does Tom Hartley keep?", **BOB)
        assert len(server.embedded) == asked
        assert refused.hits[0].memory.text == "My neighbour Tom Hartley keeps bees."
        assert "not agreed" in refused.trouble
        model = app.memory._indexer.embedder.name
        ours, theirs = [
            [
                (e.who, e.action, e.subject, e.count)
                for e in await app.activity.events(**me)
                if e.action in SENT
            ]
            for me in (ADA, BOB)
        ]
        assert ours == [("you", "sent for a search", model, 1), ("nobody", "sent for the index", model, 1)]
        assert theirs == []
        assert (await app.memory.inventory(**ADA))["sent to models elsewhere"] == {model: 2}
        assert not np.isnan(refused.hits[0].score)
        await app.aclose()


async def test_what_cannot_be_written_down_is_not_sent(tmp_path, monkeypatch):
    """On a full disk an embedder elsewhere is handed neither memories nor questions; the words decide, and later it reads."""

    def full(row):
        raise StorageFault("The disk is full.")

    with model_server() as server:
        app = await opened(settings(tmp_path, server, model_place="elsewhere"))
        await app.memory.remember(Utterance(text=SAID[0]), **ADA)
        with monkeypatch.context() as patch:
            patch.setattr(app.ledger, "audit", full)
            with pytest.raises(StorageFault):
                app.memory._indexer.catch_up()
            found = await app.memory.recall(QUESTION, **ADA)
            assert found.hits[0].memory.text == SAID[0]
            assert found.trouble
            assert server.embedded == []
        await app.memory.settle()
        assert server.embedded == [SAID[0]]
        await app.aclose()
