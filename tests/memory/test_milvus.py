"""The private Milvus process: only its parent can reach it, over a Unix socket or, on Windows, a port."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

from memory.errors import IndexFault
from memory.ports import Row
from memory.stores.milvus import MilvusIndex
from memory.stores.milvus_host import MilvusHost


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
