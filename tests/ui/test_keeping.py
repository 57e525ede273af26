"""What the terminal and REST offer for forgetting, keeping and taking along."""

from __future__ import annotations

import json

import pytest

from agent.settings import Settings
from memory.errors import BadInput, MemoryFault
from privacy.signatures import check
from ui.terminal import connected


async def test_keeping_and_forgetting_over_the_private_socket(tmp_path):
    """Export, forget with a receipt, back up, verify, a new key, and forget everything when it is meant: all of it through REST."""
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config")
    async with connected(settings, "") as terminal:
        kept = (await terminal.post("/api/v1/memories", text="I keep bees on the roof."))["memories"][0]
        await terminal.post("/api/v1/memories", text="I keep goats in the yard.")
        await terminal.post("/api/v1/upkeep/settle")  # what is learned from it is learned now, not in between
        await terminal.download("/api/v1/export", tmp_path / "mine.zip")
        assert (tmp_path / "mine.zip").stat().st_mode & 0o777 == 0o600

        body = {"ids": [kept["id"]], "now": True, "transcripts": "blank", "never": True}
        done = await terminal.post("/api/v1/forget", **body)
        receipt = await terminal.get(f"/api/v1/forgettings/{done['id']}/receipt")
        assert check(json.loads(json.dumps(receipt)))

        left = (await terminal.get("/api/v1/memories"))["total"]
        found = await terminal.post("/api/v1/upkeep/backup", folder=str(tmp_path / "backup"))
        assert found["memories"] == left > 0
        assert (await terminal.post("/api/v1/upkeep/rotate"))["backups"]
        checked = await terminal.post("/api/v1/upkeep/verify", folder=str(tmp_path / "backup"))
        assert checked["memories"] == (await terminal.post("/api/v1/upkeep/verify"))["memories"] == left

        preview = await terminal.upload("/api/v1/import", tmp_path / "mine.zip", dry_run=True)
        assert (preview["new"], preview["known"]) == (0, left)
        assert preview["unwanted"] > 0  # it must never be learned again
        (tmp_path / "half.zip").write_bytes((tmp_path / "mine.zip").read_bytes()[:-30])
        with pytest.raises(BadInput, match="Nothing was brought in"):
            await terminal.upload("/api/v1/import", tmp_path / "half.zip")

        with pytest.raises(BadInput, match="Nothing was forgotten"):
            await terminal.post("/api/v1/forget/everything", confirm="yes")
        done = await terminal.post("/api/v1/forget/everything", confirm="Forget everything")
        assert {count for _, count in done["probes"]} == {0}
        assert (await terminal.get("/api/v1/memories"))["total"] == 0
        with pytest.raises((BadInput, MemoryFault), match="not empty"):
            await terminal.post("/api/v1/upkeep/backup", folder=str(tmp_path / "config"))
