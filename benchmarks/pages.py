"""How long the memory pages take with many memories: `python -m benchmarks.pages --memories 10000`."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app, set_running
from memory.records import Utterance
from privacy.identity import Principal, Scope

WORDS = "river copper lantern meadow violin harbour orchard thimble glacier pepper saddle compass".split()
LOCAL = {"scope": Scope("local"), "by": Principal("local")}
TIMES = 40
BATCH = 500


async def filled(folder: Path, count: int) -> App:
    """An app with so many memories, the index up to date."""
    settings = Settings(home=folder / "home", config_home=folder / "config", masking=False)
    app, rng = await open_app(settings, model=ScriptedModel()), random.Random(1)
    for start in range(0, count, BATCH):
        said = [
            Utterance(
                text=f"Number {start + n}: the {' '.join(rng.choices(WORDS, k=8))}.", session=f"s{start}"
            )
            for n in range(min(BATCH, count - start))
        ]
        await app.memory.remember(said, **LOCAL)
        print(f"\r{start + len(said)} remembered", end="", flush=True)
    print("\nindexing", flush=True)
    await app.memory.settle()
    return app


async def measured(app: App, count: int) -> dict[str, dict[str, float]]:
    """Milliseconds for each page: the first time, the middle and 95 of 100; and of these what this process worked itself,
    which other programs on the machine do not lengthen."""
    from ui.server import build

    web = build(app.settings, app)
    set_running(app)
    transport = httpx.ASGITransport(app=web)
    one = (await app.memory.browse(limit=1, **LOCAL)).memories[0].id
    addresses = {
        "list": "/memory",
        "list, last page": f"/memory?offset={max(0, count - 50)}",
        "search": "/memory?words=lant+compa",
        "filter": "/memory?kind=episode&origin=said&status=active",
        "one memory": f"/memory/{one}",
        "where it lies": f"/memory/{one}/further",
        "timeline": "/memory/timeline",
        "connections": "/memory/connections",
        "skills": "/memory/skills",
        "privacy": "/memory/privacy",
        "activity": "/memory/activity",
        "review": "/memory/review",
        "REST search": "/api/v1/memories?words=saddle",
    }
    found = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as http:
        for name, address in addresses.items():
            times, worked = [], []
            for _ in range(TIMES + 1):
                began, busy = time.perf_counter(), time.process_time()
                answer = await http.get(address)
                times.append((time.perf_counter() - began) * 1000)
                worked.append((time.process_time() - busy) * 1000)
                assert answer.status_code == 200, (address, answer.text[:200])
            first, rest = times[0], sorted(times[1:])
            found[name] = {
                "first": first,
                "median": statistics.median(rest),
                "p95": rest[int(len(rest) * 0.95) - 1],
                "work p95": sorted(worked[1:])[int(len(rest) * 0.95) - 1],
            }
        found |= await forgetting(http)
    return found


async def forgetting(http: httpx.AsyncClient) -> dict[str, dict[str, float]]:
    """Milliseconds until 1,000 chosen memories are hidden and the answer is there; and until that is undone."""
    listed = (
        await http.get("/api/v1/memories", params={"limit": 500}),
        await http.get("/api/v1/memories", params={"limit": 500, "offset": 500}),
    )
    ids = [memory["id"] for answer in listed for memory in answer.json()["memories"]]
    took: dict[str, list[float]] = {"forget 1,000": [], "undo 1,000": []}
    for _ in range(5):
        began = time.perf_counter()
        done = await http.post("/api/v1/forget", json={"ids": ids})
        took["forget 1,000"].append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        await http.post(f"/api/v1/forgettings/{done.json()['id']}/undo")
        took["undo 1,000"].append((time.perf_counter() - began) * 1000)
    return {
        name: {"first": times[0], "median": statistics.median(times), "p95": max(times)}
        for name, times in took.items()
    }


async def run(count: int, out: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = await filled(Path(folder), count)
        try:
            found = await measured(app, count)
        finally:
            set_running(None)
            await app.aclose()
    print(f"{'page':18}{'first ms':>10}{'median':>10}{'p95':>10}{'work p95':>10}")
    for name, times in found.items():
        worked = f"{times['work p95']:10.0f}" if "work p95" in times else ""
        print(f"{name:18}{times['first']:10.0f}{times['median']:10.0f}{times['p95']:10.0f}{worked}")
    if out:
        out.write_text(json.dumps({"memories": count, "pages": found}, indent=2))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memories", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    asyncio.run(run(given.memories, given.json))
