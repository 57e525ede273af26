"""Everything that is kept can be taken along, checked and brought in elsewhere."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.errors import BadInput
from memory.records import Draft, Utterance
from privacy.errors import Forbidden
from privacy.identity import Principal, Scope

ADA = Scope("ada")
as_ada = {"scope": ADA, "by": Principal("ada")}
MAY = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)


@asynccontextmanager
async def opened(folder):
    settings = Settings(home=folder / "home", config_home=folder / "config")
    app = await open_app(settings, model=ScriptedModel())
    try:
        yield app
    finally:
        await app.aclose()


async def lived(app):
    said = [
        Utterance(text="My sister Philippa lives in Malmö.", session="s", at=MAY),
        Utterance(text="That is far away.", speaker="assistant", session="s", at=MAY),
        Utterance(text="=2+2 is what I type into sheets.", session="s", at=MAY),
    ]
    heard = await app.memory.remember(said, **as_ada)
    draft = Draft(
        kind="fact",
        text="Philippa lives in Malmö.",
        episode=heard[0].id,
        quote="Philippa lives in Malmö",
        subject="Philippa",
        relation="lives_in",
        object="Malmö",
    )
    await app.memory.learn([draft], **as_ada)
    await app.conversations.put("thread", "s", {"id": "s", "name": "Philippa"}, scope=ADA)
    await app.conversations.put("receipt", "r", {"id": "r", "model": "none"}, scope=ADA, parent="s")


def parts(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def changed(packed, name, content):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for other, raw in parts(packed).items():
            file.writestr(other, content if other == name else raw)
    return written.getvalue()


async def meaning(app):
    """What a memory says, without what belongs to one installation."""
    page = await app.memory.browse(**as_ada, limit=500)
    return {
        (
            m.kind,
            m.text,
            m.speaker,
            m.occurred_at,
            m.subject,
            m.relation,
            m.object,
            m.quote,
            m.status,
            m.position,
        )
        for m in page.memories
    }


async def test_what_is_taken_along_comes_in_elsewhere(tmp_path):
    """An export holds everything in plain, checkable files; brought in elsewhere it says the same, dated as it was, and twice is once."""
    async with opened(tmp_path / "one") as app:
        await lived(app)
        with pytest.raises(Forbidden):
            app.portability.export(scope=ADA, by=Principal("bob"))
        packed = b"".join(app.portability.export(**as_ada))
        there = await meaning(app)
    found = parts(packed)
    assert set(found) == {
        "memories.json",
        "memories.md",
        "facts.csv",
        "chats.jsonl",
        "receipts.jsonl",
        "journal.jsonl",
        "activity.jsonl",
        "manifest.json",
    }
    hashes = json.loads(found["manifest.json"])["sha256"]
    assert hashes == {n: hashlib.sha256(raw).hexdigest() for n, raw in found.items() if n != "manifest.json"}
    assert len(json.loads(found["memories.json"])["memories"]) == 4
    (fact,) = csv.DictReader(io.StringIO(found["facts.csv"].decode()))
    assert (fact["about"], fact["relation"], fact["value"]) == ("Philippa", "lives_in", "Malmö")
    assert "Philippa" in found["chats.jsonl"].decode()
    assert "Philippa" not in found["journal.jsonl"].decode()
    assert found["journal.jsonl"].count(b"\n") == 4
    async with opened(tmp_path / "two") as app:
        bring = app.memory.bring_in
        assert counted(await bring(packed, **as_ada, dry_run=True)) == (4, 0, 0)
        assert (await app.memory.browse(**as_ada)).total == 0
        came = await bring(packed, "mine.zip", **as_ada)
        assert counted(came) == (4, 0, 0)
        assert (await app.memory.recall("Where does Philippa live?", **as_ada)).hits == ()
        assert await app.memory.facts(**as_ada) == []
        assert await app.memory.accept_arrival(came.arrival, **as_ada) == 4
        assert await meaning(app) == there
        memories = (await app.memory.browse(**as_ada)).memories
        assert {memory.origin for memory in memories} == {"imported"}
        (fact,) = [memory for memory in memories if memory.kind == "fact"]
        assert {m.id for m in memories if m.text.startswith("My sister")} == set(fact.sources)
        assert counted(await bring(packed, **as_ada)) == (0, 4, 0)
        assert not any("Philippa" in str(record) for record in await app.memory.at_rest(**as_ada))
        for bad in (b"PK no zip", packed[:-50], changed(packed, "memories.json", b'{"memories": []}')):
            with pytest.raises(BadInput, match="Nothing was brought in"):
                await bring(bad, **as_ada)
        assert (await app.memory.browse(**as_ada)).total == 4


def counted(brought):
    return brought.new, brought.known, brought.unwanted
