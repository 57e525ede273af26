"""When a part fails: a sentence says what to do, the rest goes on, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from agent import assets
from agent.errors import AssetDamaged, AssetMissing
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Trouble, Turn
from agent.wiring import open_app
from memory.errors import StorageFault
from memory.records import Utterance
from privacy.errors import ChainBroken, NoKey, WrongKey
from privacy.identity import Principal, Scope
from tests.kit.disks import filled, read_only, small_disk

ADA, BY = Scope("ada"), Principal("ada")
as_ada = {"scope": ADA, "by": BY}
CACHE = Settings().cache_home
NOT_CAPABLE = {"capable": False}


@asynccontextmanager
async def opened(home: Path, *, model=None, **more):
    settings = Settings(home=home, config_home=home.parent / "config", **more)
    app = await open_app(settings, model=model or ScriptedModel(capable=False))
    try:
        yield app
    finally:
        await app.aclose()


async def remembered(app, *said):
    return [m.id for m in await app.memory.remember([Utterance(text=text) for text in said], **as_ada)]


async def recalled(app, question):
    return [hit.memory.text for hit in (await app.memory.recall(question, **as_ada)).hits]


async def replied(app, text):
    """The answer and the sentences of trouble."""
    events = [e async for e in app.assistant.reply(Turn(principal=BY, scope=ADA, thread="a", text=text))]
    assert isinstance(events[-1], Finished)
    return events[-1], [event.message for event in events if isinstance(event, Trouble)]


async def _until_it_is_refused(app, kept):
    for number in range(10_000):
        kept += await remembered(app, f"I saw bird {number}. " + "It sang. " * 50)


def rows(app):
    """Ids in Milvus, without the windows of long texts."""
    return {row.id for row in app.memory._index.rows() if "#" not in row.id}


async def learned(app):
    """All that was said is read; what a fault put off was tried again."""
    async with asyncio.timeout(60):
        await app.worker.drain()
        while app.worker.last_error:
            await asyncio.sleep(0.2)
            await app.worker.drain()


async def whole(app):
    """The index is up with the journal, row by row, and nobody is writing."""
    await learned(app)
    await app.memory.settle()
    assert await app.memory.indexed()
    assert await asyncio.to_thread(rows, app) == {stored.id for stored in app.ledger.live()}
    await app.memory.verify()


# -- the disk ----------------------------------------------------------------------------------------


async def test_on_a_full_disk_reading_goes_on_and_nothing_is_half_written(tmp_path):
    """Writes are refused with a sentence, recall and lists go on, chat answers, and with space again all works."""
    with small_disk(tmp_path / "disk", 24) as disk:
        async with opened(disk / "home", masking=False) as app:
            kept = await remembered(app, "I keep bees.", "I grow figs.")
            await app.memory.settle()
            with filled(disk):
                with pytest.raises(StorageFault, match=r"disk is full: this was not kept\. Free some space"):
                    await _until_it_is_refused(app, kept)
                assert "I keep bees." in await recalled(app, "bees")
                assert (await app.memory.browse(**as_ada)).total == len(kept)
                answer, troubles = await replied(app, "Do I keep bees?")
                assert "I keep bees." in answer.text
                assert answer.remembered == ()
                assert len(troubles) == 1
                assert "Free some space" in troubles[0]
                with pytest.raises(StorageFault):
                    await app.memory.forget([kept[0]], now=True, **as_ada)
            kept += await remembered(app, "There is room again.")
            await whole(app)
        async with opened(disk / "home", masking=False) as app:
            await whole(app)
            listed = (await app.memory.browse(limit=500, kind="episode", **as_ada)).memories
            assert [memory.id for memory in listed] == kept[::-1]


async def test_a_full_disk_at_the_start(tmp_path):
    """Started on a full disk it either serves what is there or says what to do; with space again nothing is missing."""
    with small_disk(tmp_path / "disk", 24) as disk:
        async with opened(disk / "home", masking=False) as app:
            await remembered(app, "I keep bees.")
            await app.memory.settle()
        with filled(disk):
            try:
                async with opened(disk / "home", masking=False) as app:
                    assert await recalled(app, "bees") == ["I keep bees."]
            except StorageFault as fault:
                assert "Free some space" in str(fault)  # noqa: PT017  # both are right; which one depends on the disk
        async with opened(disk / "home", masking=False) as app:
            await whole(app)
            assert await recalled(app, "bees") == ["I keep bees."]


async def test_a_read_only_directory_is_said(tmp_path):
    """A data directory that cannot be written is refused with a sentence, and is as it was when it can be again."""
    with small_disk(tmp_path / "disk", 24) as disk:
        async with opened(disk / "home", masking=False) as app:
            await remembered(app, "I keep bees.")
        read_only(disk, yes=True)
        with pytest.raises(StorageFault, match="Make it writable or set KEEPSAKE_HOME"):
            async with opened(disk / "home", masking=False):
                pass
        read_only(disk, yes=False)
        async with opened(disk / "home", masking=False) as app:
            assert await recalled(app, "bees") == ["I keep bees."]


@pytest.mark.parametrize("part", ["sealed", "vector", "wrapped"])
async def test_one_damaged_memory_does_not_stop_the_others(tmp_path, part):
    """A flipped byte costs one memory at most: the others are listed, recalled and indexed, and the check names its entry."""
    async with opened(tmp_path / "home", masking=False) as app:
        kept = await remembered(app, "I keep bees.", "I grow figs.", "I brew cider.")
        await app.memory.settle()
    table, column = ("keys", "id") if part == "wrapped" else ("payloads", "memory")
    with sqlite3.connect(tmp_path / "home" / "ledger.sqlite3") as db:
        (body,) = db.execute(
            f"select {part} from {table} where {column} like ?", (f"%{kept[1]}%",)
        ).fetchone()
        flipped = body[:40] + bytes([body[40] ^ 1]) + body[41:]
        db.execute(f"update {table} set {part} = ? where {column} like ?", (flipped, f"%{kept[1]}%"))
    db.close()
    left = kept if part == "vector" else [kept[0], kept[2]]
    async with opened(tmp_path / "home", masking=False) as app:
        listed = (await app.memory.browse(**as_ada)).memories
        assert [memory.id for memory in listed] == left[::-1]
        assert len(await recalled(app, "what do I keep, grow and brew?")) == len(left)
        await remembered(app, "I bake bread.")
        await app.memory.settle()
        assert app.memory.last_fault is None
        assert await app.memory.reindex() == len(left) + 1
        assert await asyncio.to_thread(rows, app) >= set(left)
        if part == "sealed":
            with pytest.raises(ChainBroken, match="journal entry 2 was changed"):
                await app.memory.verify()


# -- model files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["missing", "damaged"])
async def test_without_the_embedder_words_decide(tmp_path, state):
    """What is said is kept and found by its words, the sentence names the remedy, and once cured meaning is caught up."""
    cache = tmp_path / "cache"
    cache.mkdir()
    if state == "damaged":
        shutil.copy(CACHE / assets.TOKENIZER, cache)
        (cache / assets.EMBEDDER).write_bytes((CACHE / assets.EMBEDDER).read_bytes()[:-1] + b"?")
    async with opened(tmp_path / "home", cache_home=cache, masking=False) as app:
        await remembered(app, "I keep bees on the roof.", "I grow figs.")
        assert (await recalled(app, "the bees"))[0] == "I keep bees on the roof."
        answer, troubles = await replied(app, "Where are my bees?")
        assert "I keep bees on the roof." in answer.text
        assert ["keepsake fetch" in sentence for sentence in troubles] == [True]
        await asyncio.sleep(0.1)
        for name in (assets.TOKENIZER, assets.EMBEDDER):
            shutil.copy(CACHE / name, cache)
        await whole(app)
        assert all(stored.vector for stored in app.ledger.live())
        assert not (await app.memory.recall("insects", **as_ada)).trouble


@pytest.mark.parametrize("state", ["missing", "damaged"])
async def test_without_the_chat_model_memory_answers(tmp_path, state):
    """Small talk says what to do; what is known is still answered, and what was said is kept."""
    cache = tmp_path / "cache"
    cache.mkdir()
    for name in (assets.TOKENIZER, assets.EMBEDDER, assets.RAMPART, assets.RAMPART_TOKENIZER):
        shutil.copy(CACHE / name, cache)
    if state == "damaged":
        (cache / assets.CHAT_MODEL).write_bytes(b"GGUF" + bytes(1000))
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", cache_home=cache)
    app = await open_app(settings)
    try:
        await remembered(app, "I keep bees on the roof.")
        answer, troubles = await replied(app, "Good morning!")
        assert [("keepsake fetch" in sentence) for sentence in troubles] == [True]
        assert len(answer.remembered) == 1
        answer, troubles = await replied(app, "Where are my bees?")
        assert "I keep bees on the roof." in answer.text
        assert troubles == []
    finally:
        await app.aclose()


@pytest.mark.parametrize("state", ["missing", "damaged"])
async def test_without_the_detector_nothing_is_stored_unmasked(tmp_path, state):
    """What cannot be masked is not kept, in no form, and this is said; what is known is answered, and cured all is kept."""
    cache = tmp_path / "cache"
    shutil.copytree(CACHE, cache, ignore=shutil.ignore_patterns(assets.CHAT_MODEL))
    async with opened(tmp_path / "home", cache_home=cache) as app:
        await remembered(app, "I keep bees on the roof.")
    (cache / assets.RAMPART).unlink()
    if state == "damaged":
        (cache / assets.RAMPART).write_bytes(b"?" * 1000)
    async with opened(tmp_path / "home", cache_home=cache) as app:
        with pytest.raises((AssetMissing, AssetDamaged), match="keepsake fetch"):
            await remembered(app, "My name is Katarina.")
        answer, troubles = await replied(app, "Where are my bees?")
        assert "I keep bees on the roof." in answer.text
        assert answer.remembered == ()
        assert any(
            "keepsake fetch" in sentence and "nothing that is said is kept" in sentence
            for sentence in troubles
        )
        assert len(list(app.ledger.live())) == 1
        shutil.copy(CACHE / assets.RAMPART, cache)
        answer, troubles = await replied(app, "My name is Katarina.")
        assert len(answer.remembered) == 1  # our thanks are no memory
        assert troubles == []


def test_a_cache_that_cannot_be_written_is_said(tmp_path):
    """Fetching says where the files should have gone and what to change."""
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(AssetMissing, match="KEEPSAKE_CACHE"):
        assets.fetch(tmp_path / "cache" / "models", print)


# -- keys --------------------------------------------------------------------------------------------


async def test_without_the_right_master_key_nothing_is_changed(tmp_path):
    """Another, a lost, a torn and an unreadable key are said, no new one is made, and with the right one all is there."""
    async with opened(tmp_path / "home", masking=False) as app:
        await remembered(app, "I keep bees.")
    path = tmp_path / "config" / "master.key"
    right = path.read_bytes()
    for wrong in (b"22" * 32, right[:20], bytes(range(256)), b"", None):
        path.unlink(missing_ok=True)
        if wrong is not None:
            path.write_bytes(wrong)
        with pytest.raises((WrongKey, NoKey), match="nothing was changed"):
            async with opened(tmp_path / "home", masking=False):
                pass
        assert (path.read_bytes() if path.exists() else None) == wrong
    path.mkdir()
    with pytest.raises(NoKey, match="can be neither read nor kept"):
        async with opened(tmp_path / "home", masking=False):
            pass
    path.rmdir()
    path.write_bytes(right)
    async with opened(tmp_path / "home", masking=False) as app:
        assert await recalled(app, "bees") == ["I keep bees."]


# -- Milvus ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def indexed_home(tmp_path_factory):
    """A closed home with 60 indexed memories, some of them long, in segments on disk."""

    async def fill(home):
        async with opened(home, masking=False) as app:
            await remembered(
                app, *[f"I saw bird {n}. " + "It sang. " * (200 * (n % 10 == 9)) for n in range(60)]
            )
            await app.memory.settle()

    home = tmp_path_factory.mktemp("indexed") / "home"
    asyncio.run(fill(home))
    assert list((home / "milvus").rglob("*.parquet"))
    return home


def _half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES = {
    "a data file cut in half": lambda m: _half(next(m.rglob("*.parquet"))),
    "a data file gone": lambda m: next(m.rglob("*.parquet")).unlink(),
    "an index file cut in half": lambda m: _half(next(m.rglob("*.idx"))),
    "both manifests gone": lambda m: [path.unlink() for path in m.rglob("manifest.json*")],
    "both manifests garbage": lambda m: [path.write_text("{") for path in m.rglob("manifest.json*")],
    "the schema garbage": lambda m: next(m.rglob("schema.json")).write_text("{"),
    "the folder gone": shutil.rmtree,
    "a file in its place": lambda m: (shutil.rmtree(m / "index.db"), (m / "index.db").write_text("?")),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_index_is_made_anew(tmp_path, indexed_home, damage, caplog):
    """It starts anyway, recall works at once, and every row is written again without embedding; the log has one line."""
    shutil.copytree(indexed_home.parent, tmp_path, dirs_exist_ok=True)
    DAMAGES[damage](tmp_path / "home" / "milvus")
    async with opened(tmp_path / "home", masking=False) as app:
        sealed = {stored.id: stored.vector for stored in app.ledger.live()}
        assert "bird 7." in (await recalled(app, "bird 7"))[0]
        await whole(app)
        assert {stored.id: stored.vector for stored in app.ledger.live()} == sealed
        assert app.memory.last_fault is None
    about = [r.getMessage() for r in caplog.records if "search index" in r.getMessage()]
    assert 1 <= len(about) <= 2
    assert all("made anew from the ledger" in line and "bird" not in line for line in about)


async def test_without_an_index_memory_goes_on(tmp_path):
    """When Milvus cannot start at all, the app opens, keeps and recalls; as soon as it can, everything is written."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "milvus").write_text("in the way")
    async with opened(home, masking=False) as app:
        await remembered(app, "I keep bees.")
        assert await recalled(app, "bees") == ["I keep bees."]
        assert not await app.memory.indexed()
        (home / "milvus").unlink()
        await whole(app)


async def test_milvus_is_killed_in_a_burst(tmp_path):
    """Three times in the middle of recalls and writes by several: not one call fails, and every row is there at the end."""
    async with opened(tmp_path / "home", masking=False) as app:
        await remembered(app, "I keep bees.")
        await app.memory.settle()
        done, kept = asyncio.Event(), []

        async def says(number):
            while not done.is_set():
                kept.extend(await remembered(app, f"I saw bird {len(kept)} of flock {number}."))
                await asyncio.sleep(0.01)

        async def asks():
            while not done.is_set():
                assert await recalled(app, "bees")
                await asyncio.sleep(0.01)

        talking = [asyncio.create_task(says(number)) for number in range(4)]
        asking = [asyncio.create_task(asks()) for _ in range(4)]
        for kill in range(3):
            async with asyncio.timeout(60):
                while len(kept) < 8 * (kill + 1):
                    await asyncio.sleep(0.1)
            host = app.memory._index._host
            if host.pid is not None:
                with suppress(ProcessLookupError):  # nobody has noticed yet that the last one is gone
                    os.kill(host.pid, signal.SIGKILL)
        await asyncio.sleep(0.4)
        done.set()
        await asyncio.gather(*talking, *asking)
        assert len(kept) > 20
        await whole(app)
        assert set(kept) <= rows(app)
