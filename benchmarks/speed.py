"""How long recall and remembering take through the whole path, and how the cost grows with what is remembered.

    python -m benchmarks.speed [--sizes 1000,10000,100000] [--others 40] [--questions 100] [--home DIR] [--json OUT]
    python -m benchmarks.speed --sizes "" --writes 60    # writing and importing alone

One installation holds one person for each size, and `--others` people with 1,000 memories each. Their words and vectors
are generated (20 words a memory, as unevenly common as in natural text; conversations of 20 turns), because embedding
100,000 texts takes an hour; the questions go through the real embedder, and everything else is real: journal, keys,
Milvus, opening what was found. Writing and importing use real vectors, with masking and without, and also without reading for
what is special. `--home` keeps what was generated. On a busy machine look at the processor time; the exponent is fitted to it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.embedders.minilm import MiniLM
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.ports import Vector
from memory.records import Utterance
from privacy.identity import Principal, Scope

BATCH = 256
SENTENCES = (
    "Yesterday I walked along the river with my sister {name}, and we talked about her new job at the bakery.",
    "My neighbour {name} lent me a ladder, so the gutter is clean at last, though my knees still complain.",
    "For dinner we had lentils with {name}'s bread, and then everybody fell asleep in front of a long film.",
    "I have to call {name} about the car before Friday, otherwise the appointment at the garage is gone.",
)
NAMES = ("Claire Dubois", "Tom Hartley", "Aurélie Petit", "Jan Novak", "Maria Rossi", "Ben Carter")
WORDS = np.array([f"word{n}" for n in range(20_000)])


class Generated(MiniLM):
    """Real questions, random memories."""

    name = "generated-384"

    def embed_memories(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        chance = np.random.default_rng(len(texts[0]) if texts else 0)
        vectors = chance.standard_normal((len(texts), self.dimensions), dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def texts(count: int, length: int, seed: int) -> list[str]:
    """Texts whose words are as unevenly common as in natural language (Zipf)."""
    common = 1 / np.arange(1, len(WORDS) + 1)
    drawn = np.random.default_rng(seed).choice(len(WORDS), size=(count, length), p=common / common.sum())
    return [" ".join(WORDS[row]) for row in drawn]


def messages(count: int) -> list[str]:
    """Messages of about 200 characters, each with two names."""
    chance = random.Random(3)
    return [
        " ".join(s.format(name=chance.choice(NAMES)) for s in chance.sample(SENTENCES, 2))[:200]
        for _ in range(count)
    ]


async def fill(app: App, who: str, count: int) -> None:
    """Bring a person's memory to a size."""
    scope, by = Scope(who), Principal(who)
    there = (await app.memory.browse(scope=scope, by=by, limit=1)).total
    made = texts(count, 20, seed=count)
    for start in range(there, count, BATCH):
        batch = [
            Utterance(
                text=text, speaker="assistant" if n % 2 else "user", session=f"talk {(start + n) // 20}"
            )
            for n, text in enumerate(made[start : start + BATCH])
        ]
        await app.memory.remember(batch, scope=scope, by=by)


async def timed(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    await work()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


async def recalling(app: App, who: str, size: int, questions: int) -> dict[str, float]:
    scope, by = Scope(who), Principal(who)
    asked = [f"Where did I see {text}?" for text in texts(questions + 5, 6, seed=1)]
    first, _ = await timed(lambda: app.memory.recall(asked[0], scope=scope, by=by))
    for question in asked[1:5]:
        await app.memory.recall(question, scope=scope, by=by)
    took, worked = [], []
    for question in asked[5:]:
        wall, cpu = await timed(lambda question=question: app.memory.recall(question, scope=scope, by=by))  # type: ignore[misc]
        took.append(wall)
        worked.append(cpu)
    after = []
    for n in range(10):
        await app.memory.remember(Utterance(text=f"A new word{n}.", session="new"), scope=scope, by=by)
        after.append((await timed(lambda n=n: app.memory.recall(asked[n], scope=scope, by=by)))[0])  # type: ignore[misc]
    return {
        "memories": size,
        "p50 ms": statistics.median(took),
        "p95 ms": sorted(took)[int(0.95 * len(took))],
        "processor p50 ms": statistics.median(worked),
        "right after a write p50 ms": statistics.median(after),
        "the first of all ms": first,
    }


async def lag(stop: asyncio.Event) -> list[float]:
    """By how many milliseconds the event loop came too late, every 5."""
    late = []
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append((time.perf_counter() - began - 0.005) * 1000)
    return late


async def writing(home: Path, count: int, masking: bool, judging: bool) -> dict[str, float]:
    """Single writes, one after the other, then an import in batches until everything is indexed.

    `judging`: what is special is asked about, as usual; else all of it is kept, and nothing is read for it.
    """
    settings = Settings(
        home=home / "data",
        config_home=home / "config",
        masking=masking,
        sensitive="ask" if judging else "keep",
    )
    app = await open_app(settings, model=ScriptedModel())
    try:
        await app.warm()
        scope, by = Scope("writer"), Principal("writer")
        said = messages(2 * count + 256)
        stop = asyncio.Event()
        watching = asyncio.create_task(lag(stop))
        singles = []
        for n, text in enumerate(said[: count + 5]):
            single = Utterance(text=text, session="single")
            singles.append(
                (await timed(lambda single=single: app.memory.remember(single, scope=scope, by=by)))[0]
            )  # type: ignore[misc]
            if n % 5 == 0:
                await app.memory.recall(text, scope=scope, by=by)
        await app.memory.settle()
        began = time.perf_counter()
        for start in range(0, 256, 64):
            batch = [Utterance(text=text, session="import") for text in said[-256:][start : start + 64]]
            await app.memory.remember(batch, scope=scope, by=by)
        await app.memory.settle()
        took = time.perf_counter() - began
        stop.set()
        late = sorted(await watching)
    finally:
        await app.aclose()
    return {
        "masking": float(masking),
        "special asked about": float(judging),
        "write p50 ms": statistics.median(singles[5:]),
        "write p95 ms": sorted(singles[5:])[int(0.95 * count)],
        "imported turns a second": 256 / took,
        "event loop late p99 ms": late[int(0.99 * len(late))],
    }


async def sizes(home: Path, wanted: Sequence[int], others: int, questions: int) -> list[dict[str, float]]:
    settings = Settings(home=home / "data", config_home=home / "config", masking=False, sensitive="keep")
    app = await open_app(settings, model=ScriptedModel(), embedder=Generated(Settings().cache_home))
    try:
        people = [(f"other {n}", 1000) for n in range(others)] + [(f"one of {size}", size) for size in wanted]
        for who, count in track(people, description="remembering", console=Console(stderr=True)):
            await fill(app, who, count)
            await app.memory.settle()
        return [await recalling(app, f"one of {size}", size, questions) for size in wanted]
    finally:
        await app.aclose()


def exponent(results: list[dict[str, float]]) -> float:
    """The slope of processor time over size on logarithmic scales: 1 is proportional, below 1 is less."""
    grown, times = ([np.log(result[name]) for result in results] for name in ("memories", "processor p50 ms"))
    return float(np.polyfit(grown, times, 1)[0])


def show(title: str, results: Sequence[dict[str, float]]) -> None:
    table = Table(*results[0], title=f"{title}; load of the machine {os.getloadavg()[0]:.1f}")
    for result in results:
        table.add_row(
            *(f"{value:,.1f}" if value != int(value) else f"{value:,.0f}" for value in result.values())
        )
    Console(width=140).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--others", type=int, default=40)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--writes", type=int, default=0)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    home = arguments.home or Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    report: dict[str, Any] = {}
    if arguments.writes:
        apart = Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
        report["writing"] = [
            asyncio.run(writing(apart / str(number), arguments.writes, masking, judging))
            for number, (masking, judging) in enumerate([(True, True), (False, True), (False, False)])
        ]
        show("writing 200 characters, real vectors", report["writing"])
    wanted = [int(size) for size in arguments.sizes.split(",") if size]
    if wanted:
        report["recall"] = asyncio.run(sizes(home, wanted, arguments.others, arguments.questions))
        show(
            f"recall, generated words and vectors, {arguments.others} others with 1,000 each",
            report["recall"],
        )
    if len(wanted) > 1:
        report["exponent"] = exponent(report["recall"])
        Console().print(f"cost grows with memories to the power of {report['exponent']:.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
