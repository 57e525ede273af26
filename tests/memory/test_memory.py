"""A real app on a real disk: what memory promises, end to end."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import sqlite3
import uuid
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.codec import open_record
from memory.errors import BadInput, InUse, UnknownMemory
from memory.moments import microseconds, utc_now
from memory.records import KINDS, Draft, Utterance
from memory.stores.ledger import key_id
from privacy.errors import ChainBroken, Forbidden
from privacy.identity import Principal, Scope

ADA, BOB = Scope("ada"), Scope("bob")
as_ada = {"scope": ADA, "by": Principal("ada")}
as_bob = {"scope": BOB, "by": Principal("bob")}


@pytest.fixture
def opening(tmp_path):
    """Opens the app of this test, again and again if wanted."""

    @asynccontextmanager
    async def opened(**more):
        settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", **more)
        app = await open_app(settings, model=ScriptedModel(), clock=clock)
        try:
            yield app
        finally:
            await app.aclose()

    def clock():
        return utc_now() + timedelta(seconds=opened.later)

    opened.later = 0
    opened.home = tmp_path / "home"
    return opened


async def texts(app, question, who=as_ada):
    return [hit.memory.text for hit in (await app.memory.recall(question, **who)).hits]


async def test_what_was_said_is_recalled_also_after_a_restart(opening):
    """Remembered words come to mind at once, and again when the app was closed and opened."""
    said = "I keep my bees on the roof of the old brewery."
    async with opening() as app:
        (kept,) = await app.memory.remember(Utterance(text=said), **as_ada)
        assert await texts(app, "Where are my bees?") == [said]
    async with opening() as app:
        assert await texts(app, "Where are my bees?") == [said]
        assert (await app.memory.get(kept.id, **as_ada)).text == said


async def test_forgetting_hides_at_once_and_undo_brings_back(opening):
    """A forgotten memory is out of recall, lists and look-ups at once; undo within its time restores it everywhere."""
    async with opening() as app:
        (kept,) = await app.memory.remember(Utterance(text="I am afraid of tunnels."), **as_ada)
        hidden = await app.memory.forget([kept.id], **as_ada)
        assert hidden.state == "hidden"
        assert await texts(app, "tunnels") == []
        assert (await app.memory.browse(**as_ada)).total == 0
        with pytest.raises(UnknownMemory):
            await app.memory.get(kept.id, **as_ada)
        assert (await app.memory.undo(hidden.id, **as_ada)).state == "undone"
        await app.memory.settle()
        assert await texts(app, "tunnels") == ["I am afraid of tunnels."]
        assert (await app.memory.browse(**as_ada)).total == 1


async def test_forgetting_becomes_final_when_the_undo_time_is_over(opening):
    """After the undo time the memory is destroyed by itself, and undo says that it is too late."""
    async with opening() as app:
        (kept,) = await app.memory.remember(Utterance(text="I am afraid of tunnels."), **as_ada)
        hidden = await app.memory.forget([kept.id], **as_ada)
        opening.later = 60
        await app.memory.settle()
        assert (await app.memory.forgetting(hidden.id, **as_ada)).state == "destroyed"
        with pytest.raises(BadInput):
            await app.memory.undo(hidden.id, **as_ada)


async def test_forgetting_now_destroys(opening):
    """Every probe finds nothing, no key or payload is left in the ledger, and a restart or reindex brings nothing back."""
    async with opening() as app:
        kept = await app.memory.remember(
            [Utterance(text="My secret garden is in Malvern."), Utterance(text="I like tea.")], **as_ada
        )
        await app.memory.settle()
        done = await app.memory.forget([kept[0].id], now=True, **as_ada)
        assert done.state == "destroyed"
        assert dict(done.probes) == {"id": 0, "words": 0, "meaning": 0, "bytes": 0, "transcripts": 0}
        assert app.ledger.get_key(key_id(kept[0].id, 1)) is None
        assert "My secret garden is in Malvern." not in await texts(app, "secret garden Malvern")
        assert await app.memory.reindex() == 1
        await app.memory.verify()
    async with opening() as app:
        assert await texts(app, "secret garden Malvern tea") == ["I like tea."]


async def test_foreign_and_unknown_ids_look_the_same(opening):
    """Nobody can find out whether an id exists: foreign, unknown and malformed ones fail with the same words."""
    async with opening() as app:
        (kept,) = await app.memory.remember(Utterance(text="I like tea."), **as_ada)
        said = set()
        for memory in (kept.id, str(uuid.uuid4()), "nonsense", "' or 1=1 --", ""):
            for call in (app.memory.get(memory, **as_bob), app.memory.forget([memory], now=True, **as_bob)):
                with pytest.raises(UnknownMemory) as caught:
                    await call
                said.add(str(caught.value))
        assert len(said) == 1
        assert (await app.memory.get(kept.id, **as_ada)).text == "I like tea."


async def test_a_second_person_sees_nothing(opening):
    """Two people on one installation share nothing, and naming the other's scope is refused."""
    async with opening() as app:
        await app.memory.remember(Utterance(text="I like tea."), **as_ada)
        await app.memory.settle()
        assert await texts(app, "tea", as_bob) == []
        assert (await app.memory.browse(**as_bob)).total == 0
        assert await app.memory.counts(**as_bob) == {}
        with pytest.raises(Forbidden):
            await app.memory.recall("tea", scope=ADA, by=Principal("bob"))
        with pytest.raises(Forbidden):
            await app.memory.remember(Utterance(text="x"), scope=ADA, by=Principal("bob"))


@pytest.mark.parametrize(
    "edit",
    [
        "update journal set at = at + 1 where seq = 2",
        "delete from journal where seq = 1",
        "update journal set subject = 'x' where seq = 3",
        "update payloads set sealed = zeroblob(80)",
    ],
)
async def test_an_edited_journal_is_noticed(opening, edit):
    """An honest journal verifies; a row edited behind the app's back does not."""
    async with opening() as app:
        await app.memory.remember([Utterance(text=f"I like {x}.") for x in ("tea", "rain", "figs")], **as_ada)
        assert (await app.memory.verify()).entries == 3
        await app.memory.settle()
        with sqlite3.connect(opening.home / "ledger.sqlite3") as behind:
            behind.execute(edit)
        behind.close()
        with pytest.raises(ChainBroken):
            await app.memory.verify()


async def opened_rows(app, kind):
    """Every Milvus row of a kind, opened with its memory's key, as the record it stands for."""
    found = {}
    for row in await asyncio.to_thread(lambda: list(app.memory._index.rows(kind=kind))):
        (stored,) = app.ledger.live(row.owner, ids=[row.id])
        cipher = app.keyring.unwrap(row.owner, key_id(row.id, row.version), stored.wrapped)
        sealed = base64.b64decode(row.payload) or stored.sealed  # a very long one lies in the ledger only
        found[row.id] = open_record(sealed, cipher, owner=row.owner, memory=row.id, version=row.version)
        assert (row.kind, row.occurred_at) == (kind, microseconds(found[row.id].occurred_at))
        assert row.dense is not None
        assert row.sparse
    return found


async def test_the_index_holds_what_the_journal_holds(opening):
    """Milvus, opened row by row and kind by kind, equals the journal's live memories; after reindex too, embedding nothing."""
    async with opening() as app:
        embedded = []
        embed = app.embedder.embed_memories
        app.embedder.embed_memories = lambda texts, **rest: embedded.extend(texts) or embed(texts, **rest)
        said = {
            "ada": [
                "I live in Lyon. I prefer tea. " * 60,
                "I live in Lyon.",
                "I love black tea.",
                "I hate rain.",
            ],
            "bob": ["I live in Turin.", "I love long walks."],
        }
        for person, texts_said in said.items():
            who = {"scope": Scope(person), "by": Principal(person)}
            kept = await app.memory.remember([Utterance(text=text) for text in texts_said], **who)
            drafts = [
                Draft(
                    kind="fact" if "live" in memory.text else "preference",
                    text=f"The user says: {memory.text}",
                    episode=memory.id,
                    quote=memory.text,
                    relation="lives_in" if "live" in memory.text else "",
                    aspect="" if "live" in memory.text else "taste",
                    object=memory.text.rstrip(".").rsplit(" ", 1)[1],
                    polarity="dislikes" if "hate" in memory.text else "likes",
                )
                for memory in kept[-3:]
            ]
            assert len(await app.memory.learn(drafts, **who)) == len(drafts)
        forgotten = await app.memory.remember(Utterance(text="I am afraid of tunnels."), **as_ada)
        await app.memory.settle()
        await app.memory.forget([forgotten[0].id], now=True, **as_ada)
        counted, first = {"episode": 6, "fact": 2, "preference": 3}, len(embedded)
        assert first > sum(counted.values())  # the long text has several windows
        for again in (False, True):
            if again:
                assert await app.memory.reindex() == sum(counted.values())
            for kind in KINDS:
                live = {
                    record.id: record
                    for person in said
                    for record in app.memory._archive.live(app.keyring.pseudonym(person), kind=kind)
                }
                assert await opened_rows(app, kind) == live
                assert len(live) == counted.get(kind, 0)
            windows = await asyncio.to_thread(lambda: len(list(app.memory._index.rows(kind="window"))))
            assert await asyncio.to_thread(app.memory._index.count) == windows + sum(counted.values())
            assert windows
        assert len(embedded) == first
        assert await app.memory.indexed()
        assert "I live in Lyon." in await texts(app, "Where do I live?")


async def test_memory_goes_on_when_milvus_is_killed(opening):
    """With the index shot dead, remembering and recalling go on, and upkeep starts it again with nothing missing."""
    async with opening() as app:
        await app.memory.remember(Utterance(text="I keep bees."), **as_ada)
        await app.memory.settle()
        pid = app.memory._index._host.pid
        os.kill(pid, signal.SIGKILL)
        assert await texts(app, "bees") == ["I keep bees."]
        await app.memory.remember(Utterance(text="I grow figs."), **as_ada)
        assert "I grow figs." in await texts(app, "figs")
        await app.memory.settle()
        assert await app.memory.indexed()
        assert app.memory._index._host.pid not in (None, pid)
        assert await asyncio.to_thread(app.memory._index.count, app.keyring.pseudonym("ada")) == 2


async def test_a_home_is_used_by_one_process_at_a_time(opening):
    """A second open of the same data directory is refused, and the first goes on."""
    async with opening() as app:
        with pytest.raises(InUse):
            async with opening():
                pass
        await app.memory.remember(Utterance(text="I like tea."), **as_ada)
        assert await texts(app, "tea") == ["I like tea."]
