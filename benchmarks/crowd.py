"""Many people at once on one app: does anybody wait long, fail, or get to see what is somebody else's?

    python -m benchmarks.crowd [--people 50] [--minutes 5] [--pause 2] [--no-mask] [--json OUT]

Each person says something and asks something, in turn, with a pause as people make it. Everything that a person says holds
a word of their own; another's in what comes to mind is cross-talk (a sentence that waits for its person's yes shows none).
Printed are the waiting times, what failed, what was lost, and the resident memory of this process minute by minute.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.records import Utterance
from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope

THINGS = ("kettle", "boat", "violin", "garden", "bicycle", "lamp", "map", "window", "coat", "recipe")
MARK = re.compile(r"mark\d{3}x")
DOING = ("repaired", "painted", "sold", "forgot", "carried", "borrowed", "found", "cleaned")


@dataclass
class Tally:
    """What happened to everybody."""

    writes: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    crossed: int = 0
    lost: int = 0


async def person(app: App, number: int, until: float, pause: float, tally: Tally) -> None:
    scope, by = Scope(f"person {number}"), Principal(f"person {number}")
    chance, mark, said = random.Random(number), f"mark{number:03d}x", 0
    while time.perf_counter() < until:
        await asyncio.sleep(pause * (0.5 + chance.random()))
        words = f"{mark}: I {chance.choice(DOING)} the {chance.choice(THINGS)} today."
        try:
            began = time.perf_counter()
            await app.memory.remember(Utterance(text=words, session=f"talk {said // 20}"), scope=scope, by=by)
            tally.writes.append((time.perf_counter() - began) * 1000)
            said += 1
            began = time.perf_counter()
            question = f"What about the {chance.choice(THINGS)}?"
            found = await app.memory.recall(question, scope=scope, by=by, thread="now")
            tally.reads.append((time.perf_counter() - began) * 1000)
            tally.crossed += sum(bool(set(MARK.findall(hit.memory.text)) - {mark}) for hit in found.hits)
        except KeepsakeError as fault:
            tally.failed.append(type(fault).__name__)
    counted = await app.memory.counts(scope=scope, by=by)
    tally.lost += said - counted.get("episode", 0)


def resident() -> float:
    """Megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


async def watch(minutes: float, seen: list[float]) -> None:
    for _ in range(int(minutes * 2) + 1):
        seen.append(resident())
        await asyncio.sleep(30)


async def crowd(people: int, minutes: float, pause: float, masking: bool) -> dict[str, Any]:
    home = Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    app = await open_app(
        Settings(home=home / "data", config_home=home / "config", masking=masking), model=ScriptedModel()
    )
    tally, seen = Tally(), []
    try:
        await app.warm()
        watching = asyncio.create_task(watch(minutes, seen))
        until = time.perf_counter() + minutes * 60
        await asyncio.gather(*(person(app, n, until, pause, tally) for n in range(people)))
        watching.cancel()
        await app.memory.settle()
        behind = not await app.memory.indexed()
    finally:
        await app.aclose()
    return {
        "people": people,
        "writes": len(tally.writes),
        "write p50, p95 ms": _two(tally.writes),
        "reads": len(tally.reads),
        "read p50, p95 ms": _two(tally.reads),
        "failed": len(tally.failed),
        "cross-talk": tally.crossed,
        "lost": tally.lost,
        "not indexed in the end": behind,
        "resident MB, every half minute": [round(value) for value in seen],
    }


def _two(values: list[float]) -> str:
    return (
        f"{statistics.median(values):.0f}, {sorted(values)[int(0.95 * len(values))]:.0f}"
        if values
        else "none"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument(
        "--pause", type=float, default=2, help="seconds between two turns of a person, on average"
    )
    parser.add_argument("--no-mask", action="store_true")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    result = asyncio.run(crowd(arguments.people, arguments.minutes, arguments.pause, not arguments.no_mask))
    console = Console(width=110)
    for name, value in result.items():
        console.print(f"{name}: {value}")
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
