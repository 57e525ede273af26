"""Ada, whose words mem0 reads through a scripted server."""

from __future__ import annotations

import asyncio

from agent.wiring import App
from memory.records import Utterance
from privacy.identity import Principal, Scope

ADA = Scope("ada")
as_ada = {"scope": ADA, "by": Principal("ada")}


async def hears(app: App, *said: str, speaker: str = "user") -> list[str]:
    """These words are remembered and read by everybody who reads."""
    kept = await app.memory.remember([Utterance(text=text, speaker=speaker) for text in said], **as_ada)
    app.worker.nudge(ADA, Principal("ada"))
    await app.worker.drain()
    return [memory.id for memory in kept]


async def learned(app: App) -> list[str]:
    page = await app.memory.browse(**as_ada)
    return sorted(memory.text for memory in page.memories if memory.kind != "episode")


async def until(true) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)
