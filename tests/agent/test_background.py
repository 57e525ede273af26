"""What is said while others' words are read is read too, by every reader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agent.background import Worker
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.facade import Memory
from memory.ports import Known
from memory.records import Draft, Shown, Utterance
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}


class Reader:
    """Reads, and notes what. While it reads for the first time, its person says one thing more, if there is one."""

    def __init__(self, name: str, memory: Memory, more: str = "") -> None:
        self.name, self._memory, self._more = name, memory, more
        self.read: list[str] = []

    async def distil(self, episodes: Sequence[Shown], *, scope: Scope, known: Known) -> list[Draft]:
        self.read += [episode.text for episode in episodes]
        if self._more:
            said, self._more = Utterance(text=self._more), ""
            await self._memory.remember(said, **as_ada)
        return []


async def test_no_reader_misses_what_is_said_meanwhile(tmp_path: Path) -> None:
    """The last reader, whose bookmark all go by, does not pass what the others have not seen."""
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config")
    app = await open_app(settings, model=ScriptedModel())
    readers = [Reader("first", app.memory), Reader("last", app.memory, more="I like marzipan.")]
    worker = Worker(app.memory, readers)
    await app.memory.remember(Utterance(text="I live in Lyon."), **as_ada)
    for _ in range(2):
        worker.nudge(as_ada["scope"], as_ada["by"])
        await worker.drain()
    assert [reader.read for reader in readers] == [["I live in Lyon.", "I like marzipan."]] * 2
    await worker.aclose()
    await app.aclose()
