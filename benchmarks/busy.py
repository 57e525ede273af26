"""Whether an answer starts later while the background is learning.

    python -m benchmarks.busy [--turns N] [--json OUT]

N turns are asked when nothing waits to be read, and N while a hundred messages are being read by the rules. The model
answers at once, so what is measured is everything before it: keeping, recalling, adapting, composing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Said, Turn
from agent.wiring import App, open_app
from memory.records import Utterance
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
WAITING = 100  # messages behind the bookmark at each turn of the busy half


async def started(app: App, number: int) -> float:
    """Seconds until the first piece of an answer."""
    turn = Turn(
        principal=as_ada["by"],
        scope=as_ada["scope"],
        thread=f"t{number}",
        text=f"What did I say about house {number}?",
    )
    begun, first = time.perf_counter(), 0.0
    async for event in app.assistant.reply(turn):
        if isinstance(event, Said) and not first:
            first = time.perf_counter() - begun
    return first


async def fill(app: App, count: int, begin: int) -> None:
    said = [
        Utterance(text=f"The shop at number {n} was closed again when I came by, so I went home.")
        for n in range(begin, begin + count)
    ]
    await app.memory.remember(said, **as_ada)


async def measured(turns: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = Settings(home=home / "home", config_home=home / "config", masking=False)
        app = await open_app(settings, model=ScriptedModel(["Yes."] * (2 * turns + 5)))
        try:
            await app.warm()
            await fill(app, WAITING, 0)
            app.worker.nudge(as_ada["scope"], as_ada["by"])
            await app.worker.drain()
            await app.memory.settle()
            for number in range(5):
                await started(app, number)
            idle, busy = list[float](), list[float]()
            for number in range(turns):
                await app.worker.drain()
                await app.memory.settle()
                idle.append(await started(app, number))
            for number in range(turns):
                if number % 10 == 0:
                    await fill(app, WAITING, WAITING * (2 + number))
                    app.worker.nudge(as_ada["scope"], as_ada["by"])
                busy.append(await started(app, number))
            return {"idle": idle, "busy": busy}
        finally:
            await app.aclose()


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = asyncio.run(measured(given.turns))
    table = Table("", "p50, ms", "p95, ms", box=None)
    for name, values in found.items():
        table.add_row(name, f"{statistics.median(values) * 1000:.0f}", f"{p95(values) * 1000:.0f}")
    Console().print(table)
    ratio = p95(found["busy"]) / p95(found["idle"])
    Console().print(f"ratio of p95, busy to idle: {ratio:.2f}")
    if given.json:
        given.json.write_text(json.dumps({**found, "ratio": ratio}))


if __name__ == "__main__":
    main()
