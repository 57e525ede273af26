"""The private Milvus process: only its parent can reach it, over a Unix socket or, on Windows, a port."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings, runtime_dir
from agent.wiring import open_app
from memory.errors import IndexFault
from memory.ports import Row
from memory.records import Utterance
from memory.stores import milvus_host
from memory.stores.milvus import MilvusIndex
from memory.stores.milvus_host import MilvusHost
from memory.stores.tmpfs import in_memory
from privacy.identity import Principal, Scope
from tests.kit.forking import STARTED


@pytest.fixture(autouse=True)
def started_as_it_is(monkeypatch):
    """Here the host is started as Keepsake starts it: by exec."""
    monkeypatch.setattr(milvus_host, "started", STARTED)


def row(memory):
    vector = np.zeros(384, dtype=np.float32)
    vector[3] = 1.0
    return Row(
        id=memory, owner="o", kind="episode", status="active", version=1, occurred_at=1, recorded_at=1, session=0,
        position=0, importance=0.5, dense=vector, sparse={7: 1.0}, payload="c2VhbGVk",
    )  # fmt: skip


@pytest.mark.parametrize("unix", [True, False])
def test_only_the_parent_can_reach_it(tmp_path, unix):
    """With the token rows go in and come back; without it, or with another, nobody reads or writes anything."""
    host = MilvusHost(tmp_path / "data", tmp_path / "run", unix=unix)
    host.start()
    try:
        assert host.uri.startswith("unix:" if unix else "http://127.0.0.1:")
        ours = MilvusIndex(host.uri, 384, host.token)
        ours.recover()
        ours.upsert([row("m1"), row("m2")])
        assert sorted(found.id for found in ours.rows("o")) == ["m1", "m2"]
        assert ours.count("o", ids=["m1", "m9"]) == 1
        for token in ("", "root:Milvus", host.token + "x"):
            with pytest.raises(IndexFault):
                MilvusIndex(host.uri, 384, token).recover()
        assert host.token not in subprocess.run(["ps", "axeww"], capture_output=True, text=True).stdout
    finally:
        host.stop()


async def test_an_index_that_lies_on_no_disk(tmp_path):
    """In strict mode there are no index files in the data directory, also not those of before; each start writes it anew."""
    if in_memory("test") is None:
        pytest.skip("there is no place in memory here")
    ada = {"scope": Scope("ada"), "by": Principal("ada")}
    places = {"home": tmp_path / "home", "config_home": tmp_path / "config", "masking": False}
    on_disk = tmp_path / "home" / "milvus"
    for strict in (False, True, True):
        app = await open_app(Settings(**places, index_in_memory=strict), model=ScriptedModel())
        try:
            if not (await app.memory.counts(**ada)):
                await app.memory.remember(Utterance(text="I keep bees on the roof."), **ada)
            await app.memory.settle()
            assert await app.memory.indexed()
            assert app.memory._index.count() == 1
            assert on_disk.exists() is not strict
            folder = in_memory(runtime_dir(tmp_path / "home").name)
            assert folder.exists() is strict
        finally:
            await app.aclose()
        assert not folder.exists()
    assert (on_disk.exists(), (tmp_path / "home" / "ledger.sqlite3").exists()) == (False, True)
