"""kill -9 at any moment loses nothing that was acknowledged."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from privacy.identity import Principal, Scope

ROOT = Path(__file__).resolve().parents[2]
ADA, BY = Scope("ada"), Principal("ada")
WRITER = """
import asyncio, sys
from pathlib import Path
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.records import Utterance
from privacy.identity import Principal, Scope

async def main():
    home, config = map(Path, sys.argv[1:])
    app = await open_app(Settings(home=home, config_home=config, masking=False), model=ScriptedModel())
    for number in range(100_000):
        kept = await app.memory.remember(
            Utterance(text=f"I saw bird number {number}."), scope=Scope("ada"), by=Principal("ada")
        )
        print(kept[0].id, flush=True)

asyncio.run(main())
"""


async def test_acknowledged_memories_survive_kill_9(tmp_path):
    """Three times: a process remembers in a loop and is killed; all it acknowledged is there and the journal verifies."""
    home, config = tmp_path / "home", tmp_path / "config"
    acknowledged: list[str] = []
    for _ in range(3):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", WRITER, str(home), str(config), cwd=ROOT,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        first = await asyncio.wait_for(process.stdout.readline(), 60)
        assert first, (await process.stderr.read()).decode()[-2000:]
        await asyncio.sleep(random.uniform(0.05, 0.8))
        process.kill()
        lines = (first + await process.stdout.read()).decode().splitlines(keepends=True)
        await process.wait()
        acknowledged += [
            line.strip() for line in lines if line.endswith("\n")
        ]  # a torn last line was not promised

        app = await open_app(Settings(home=home, config_home=config, masking=False), model=ScriptedModel())
        try:
            entries = await app.memory.verify()
            for memory in acknowledged:
                assert (await app.memory.get(memory, scope=ADA, by=BY)).text.startswith("I saw bird number")
            total = (await app.memory.browse(scope=ADA, by=BY)).total
            assert entries == total >= len(acknowledged)
        finally:
            await app.aclose()
