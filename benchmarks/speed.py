"""How long recall takes as a memory grows, and how fast the cost grows.

    python -m benchmarks.speed [--sizes 1000,10000,100000] [--questions 200] [--json OUT]

Words and vectors are generated (20 words a memory, drawn as in natural text; conversations of 20 turns), because
embedding 100,000 texts takes an hour. Timed is what happens between a question and its ranked ids: understanding,
the embedder reading the question, scoring all of one owner's memories, ranking. Opening the found records takes a
few milliseconds more at any size (benchmarks/recall.py times the whole path). Removal and the first question after
a write are timed too. On a busy machine look at the processor time; the exponent is fitted to it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from agent.embedders.minilm import MiniLM
from agent.settings import Settings
from memory.lexical import ASKS, blind, sparse
from memory.ports import Row, Vector
from memory.question import understood
from memory.ranking import RankingPolicy
from memory.retrieval import best_of
from memory.working_set import WorkingSet
from privacy.identity import Scope

KEY = bytes(32)
WORDS = np.array([f"word{n}" for n in range(20_000)])


def texts(count: int, length: int, chance: np.random.Generator) -> list[str]:
    """Texts whose words are as unevenly common as in natural language (Zipf)."""
    common = 1 / np.arange(1, len(WORDS) + 1)
    drawn = chance.choice(len(WORDS), size=(count, length), p=common / common.sum())
    return [" ".join(WORDS[row]) for row in drawn]


def rows(count: int, chance: np.random.Generator, dimensions: int) -> list[Row]:
    made = []
    for n, text in enumerate(texts(count, 20, chance)):
        vector: Vector = chance.standard_normal(dimensions, dtype=np.float32)
        made.append(
            Row(
                id=f"{n:036d}",
                owner="owner",
                kind="episode",
                status="active",
                version=1,
                occurred_at=n,
                recorded_at=n,
                session=n // 20 + 1,
                position=n % 20,
                importance=0.5,
                dense=vector / np.linalg.norm(vector),
                sparse=sparse(text, "", "user" if n % 2 else "assistant", KEY),
                payload="",
            )
        )
    return made


def measured(size: int, questions: int, embedder: MiniLM) -> dict[str, float]:
    chance = np.random.default_rng(size)
    generated = rows(size, chance, embedder.dimensions)
    working_set = WorkingSet(embedder.dimensions, blind(ASKS, KEY))
    began = time.perf_counter()
    working_set.add(generated)
    loading = time.perf_counter() - began

    def ask(question: str) -> tuple[float, float]:
        began, worked = time.perf_counter(), time.process_time()
        asked = understood(question, lambda term: blind(term, KEY))
        vector = embedder.embed_question(question, scope=Scope("benchmark"))
        scored = working_set.score(vector, asked)
        best_of(scored, working_set, RankingPolicy(), limit=8, exclude=())
        return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000

    asked = [f"Where did I see {text}?" for text in texts(questions + 5, 6, chance)]
    for question in asked[:5]:
        ask(question)
    took, worked = map(sorted, zip(*(ask(question) for question in asked[5:]), strict=True))
    after_write, removing = [], []
    for n in range(10):
        began = time.perf_counter()
        working_set.remove([generated[n].id])
        removing.append((time.perf_counter() - began) * 1000)
        working_set.add([generated[n]])
        after_write.append(ask(asked[n])[0])
    return {
        "memories": size,
        "p50_ms": statistics.median(took),
        "p95_ms": took[int(0.95 * len(took))],
        "cpu_p50_ms": statistics.median(worked),
        "after_a_write_p50_ms": statistics.median(after_write),
        "remove_p50_ms": statistics.median(removing),
        "load_s": loading,
    }


def exponent(results: list[dict[str, float]]) -> float:
    """The slope of processor time over size on logarithmic scales: 1 is proportional, below 1 is less."""
    sizes, times = ([np.log(result[name]) for result in results] for name in ("memories", "cpu_p50_ms"))
    return float(np.polyfit(sizes, times, 1)[0])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    embedder = MiniLM(Settings().cache_home)
    results = [
        measured(int(size), arguments.questions, embedder) for size in arguments.sizes.split(",") if size
    ]
    table = Table(*results[0], title="recall of one owner, generated words and vectors")
    for result in results:
        table.add_row(
            *(f"{value:,.2f}" if value != int(value) else f"{value:,.0f}" for value in result.values())
        )
    console = Console()
    console.print(table)
    report: dict[str, Any] = {"sizes": results}
    if len(results) > 1:
        report["exponent"] = exponent(results)
        console.print(f"cost grows with memories to the power of {report['exponent']:.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
