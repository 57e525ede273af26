"""What each ingredient of the ranking brings: left out one at a time, on every file, from one index per file.

    python -m benchmarks.ablation --data FILE [--data FILE ...] [--home DIR] [--json OUT] [--limit-cases N]

Files as in benchmarks/recall.py. `--home` keeps the index of each file for the next run. A figure is the
difference to the ranking with everything, with the interval that 95 of 100 resampled sets of questions fall into.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from memory.ranking import RankingPolicy

from .recall import interval, run

FIGURES = ("recall@10", "nDCG@10")
NEVER_ALIKE = 2.0  # no cosine is as high: no memory is taken for the renewal of another


def without(ingredient: str) -> RankingPolicy:
    """The ranking with one ingredient left out."""
    return replace(RankingPolicy(), **{ingredient: NEVER_ALIKE if ingredient == "renewal" else 0.0})


async def ablation(data: Path, home: Path, limit_cases: int | None) -> dict[str, Any]:
    """Figures of one file with everything, and what is lost without each ingredient."""

    async def measured(ranking: RankingPolicy) -> list[dict[str, float]]:
        return (await run(data, home, limit_cases=limit_cases, ranking=ranking))["questions"]

    everything = await measured(RankingPolicy())
    lost: dict[str, Any] = {}
    for ingredient in (field.name for field in fields(RankingPolicy)):
        less = await measured(without(ingredient))
        lost[ingredient] = {name: difference(less, everything, name) for name in FIGURES}
    return {
        "data": data.name,
        "everything": {n: difference(everything, None, n) for n in FIGURES},
        "without": lost,
    }


def difference(
    figures: list[dict[str, float]], others: list[dict[str, float]] | None, name: str
) -> dict[str, float]:
    """The mean of a figure, or of its difference question by question, with its interval."""
    values = [f[name] - (o[name] if others else 0.0) for f, o in zip(figures, others or figures, strict=True)]
    low, high = interval(values)
    return {"mean": sum(values) / len(values), "low": low, "high": high}


def show(results: list[dict[str, Any]]) -> None:
    table = Table("ingredient left out", *(f"{r['data']} {name}" for r in results for name in FIGURES))
    rows = [("(nothing)", [r["everything"] for r in results])]
    rows += [(name, [r["without"][name] for r in results]) for name in results[0]["without"]]
    for name, columns in rows:
        cells = [column[figure] for column in columns for figure in FIGURES]
        sign = "" if name == "(nothing)" else "+"
        table.add_row(
            name, *(f"{c['mean']:{sign}.3f} ({c['low']:{sign}.3f}, {c['high']:{sign}.3f})" for c in cells)
        )
    Console(width=220).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, action="append")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--limit-cases", type=int)
    arguments = parser.parse_args()
    home = arguments.home or Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    results = []
    for data in arguments.data:
        results.append(asyncio.run(ablation(data, home / data.name.split(".")[0], arguments.limit_cases)))
    show(results)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
