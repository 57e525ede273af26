"""How well the real remember-and-recall path finds the evidence for questions.

    python -m benchmarks.recall --data FILE [--json OUT] [--no-mask] [--home DIR] [--limit-cases N]

FILE holds one case a line, plain or gzip: {"id", "sessions": [{"id", "date", "turns": [{"id", "role", "text"}]}],
"questions": [{"id", "q", "category", "evidence_turn_ids", "fresh_turn_ids"?, "stale_turn_ids"?}]}. One case is one
person's memory. recall@k is the share of the evidence among the first k, averaged over questions that have evidence.
Behind recall@10 and nDCG@10 stands the interval that 95 of 100 resampled sets of questions fall into.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import math
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dateparser
from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.ranking import RankingPolicy
from memory.records import Utterance
from privacy.identity import Principal, Scope

DEPTHS = (1, 3, 5, 10, 20)
BATCH = 64


def read(path: Path) -> list[dict[str, Any]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip()]


def score(ranked: list[str], question: dict[str, Any]) -> dict[str, float]:
    """The figures of one question: recall at each depth, reciprocal rank, nDCG@10 with equal gains."""
    evidence = set(question["evidence_turn_ids"])
    places = [place for place, turn in enumerate(ranked) if turn in evidence]
    figures = {f"recall@{k}": sum(p < k for p in places) / len(evidence) for k in DEPTHS}
    figures["MRR"] = 1 / (places[0] + 1) if places else 0.0
    ideal = sum(1 / math.log2(place + 2) for place in range(min(10, len(evidence))))
    figures["nDCG@10"] = sum(1 / math.log2(place + 2) for place in places if place < 10) / ideal
    fresh, stale = set(question.get("fresh_turn_ids") or ()), set(question.get("stale_turn_ids") or ())
    if fresh:
        first = {turn: place for place, turn in reversed(list(enumerate(ranked)))}
        newest = min((first[t] for t in fresh if t in first), default=math.inf)
        figures["fresh_first"] = float(
            newest < min((first[t] for t in stale if t in first), default=math.inf)
        )
    return figures


async def remember(app: App, case: dict[str, Any], by: Principal, scope: Scope) -> dict[str, str]:
    """Remember every turn in order; which memory is which turn."""
    turns: dict[str, str] = {}
    for session in case["sessions"]:
        day = dateparser.parse(session["date"]) if session.get("date") else None
        began = None if day is None else day.replace(tzinfo=day.tzinfo or UTC)
        said = [
            Utterance(
                text=turn["text"] if turn["text"].strip() else "…",
                speaker=turn["role"],
                session=session["id"],
                at=None if began is None else began + timedelta(seconds=n),
            )
            for n, turn in enumerate(session["turns"])
        ]
        for start in range(0, len(said), BATCH):
            kept = await app.memory.remember(said[start : start + BATCH], scope=scope, by=by)
            turns |= {memory.id: session["turns"][start + n]["id"] for n, memory in enumerate(kept)}
    return turns


async def forget_interrupted(app: App, by: Principal, scope: Scope) -> None:
    """What an interrupted run left of a case is forgotten before the case is remembered anew."""
    while (left := await app.memory.browse(scope=scope, by=by, limit=500)).total:
        await app.memory.forget([memory.id for memory in left.memories], scope=scope, by=by, now=True)


async def run(
    data: Path,
    home: Path,
    *,
    masking: bool = True,
    limit_cases: int | None = None,
    ranking: RankingPolicy | None = None,
) -> dict[str, Any]:
    """Remember the cases that `home` does not hold yet, then ask every question."""
    settings = Settings(home=home / "data", config_home=home / "config", masking=masking, sensitive="keep")
    app = await open_app(settings, model=ScriptedModel(), ranking=ranking)
    known_turns = home / "turns.json"
    turns: dict[str, dict[str, str]] = json.loads(known_turns.read_text()) if known_turns.exists() else {}
    by_category: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    writes, reads = [], []
    try:
        await app.memory.settle()  # a home that was read in another way is read anew
        for case in track(read(data)[:limit_cases], description="cases", console=Console(stderr=True)):
            by, scope = Principal(case["id"]), Scope(case["id"])
            if case["id"] not in turns:
                await forget_interrupted(app, by, scope)
                began = time.perf_counter()
                turns[case["id"]] = await remember(app, case, by, scope)
                await app.memory.settle()
                writes.append((time.perf_counter() - began) * 1000 / max(1, len(turns[case["id"]])))
                known_turns.write_text(json.dumps(turns))
            for question in case["questions"]:
                if not question.get("evidence_turn_ids"):
                    continue
                began = time.perf_counter()
                found = await app.memory.recall(question["q"], scope=scope, by=by, limit=max(DEPTHS))
                reads.append((time.perf_counter() - began) * 1000)
                ranked = [turns[case["id"]][hit.memory.id] for hit in found.hits]
                by_category[str(question.get("category", ""))].append(score(ranked, question))
    finally:
        await app.aclose()
    everything = [figures for listed in by_category.values() for figures in listed]
    return {
        "data": data.name,
        "masking": masking,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "all": mean(everything),
        "intervals": {name: interval([f[name] for f in everything]) for name in ("recall@10", "nDCG@10")},
        "categories": {name: mean(listed) for name, listed in sorted(by_category.items())},
        "questions": everything,
        "ms_per_query_p50": statistics.median(reads) if reads else None,
        "ms_per_write": statistics.mean(writes) if writes else None,
    }


def interval(values: Sequence[float], resamples: int = 1000) -> tuple[float, float]:
    """The middle 95 % of the means of resampled questions; the same for the same values."""
    chance = random.Random(7)
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(resamples))
    return means[int(0.025 * resamples)], means[int(0.975 * resamples) - 1]


def mean(listed: list[dict[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for figures in listed for name in figures)
    averages = {name: statistics.mean(f[name] for f in listed if name in f) for name in names}
    return {"questions": len(listed)} | averages


def show(result: dict[str, Any]) -> None:
    names = list(result["all"])
    table = Table(
        "category", *names, title=f"{result['data']}, masking {'on' if result['masking'] else 'off'}"
    )
    for category, figures in [*result["categories"].items(), ("all", result["all"])]:
        shown = [f"{figures.get(n, math.nan):.3f}" if n != "questions" else str(figures[n]) for n in names]
        table.add_row(category, *shown)
    console = Console(width=140)
    console.print(table)
    for name, (low, high) in result["intervals"].items():
        console.print(f"{name}: {result['all'][name]:.3f} ({low:.3f} to {high:.3f})")
    console.print(f"ms per query (p50): {result['ms_per_query_p50']}, ms per write: {result['ms_per_write']}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--no-mask", action="store_true")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--limit-cases", type=int)
    arguments = parser.parse_args()
    if not arguments.data.exists():
        parser.error(f"there is no file {arguments.data}")
    home = arguments.home or Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    masking, cases = not arguments.no_mask, arguments.limit_cases
    result = asyncio.run(run(arguments.data, home, masking=masking, limit_cases=cases))
    show(result)
    if arguments.json:
        arguments.json.write_text(json.dumps(result | {"questions": len(result["questions"])}, indent=1))


if __name__ == "__main__":
    main()
