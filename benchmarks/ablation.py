"""What each ingredient of the ranking brings: left out one at a time, on every file, from one reading of each question.

    python -m benchmarks.ablation --data FILE [--data FILE ...] [--home DIR] [--json OUT] [--limit-cases N] [--no-mask]

Files as in benchmarks/recall.py; `--home` holds one folder for each file, as that program makes it. A figure is the
difference to the ranking with everything, question by question, with the interval that 95 of 100 resampled sets of
questions fall into. `all@20` is the share of questions with several pieces of evidence of which all are among the first
twenty: what chains are about. "surroundings" leaves out the neighbours, the answers and the conversation together, "association"
the link by the somebody who is asked about, too.
Statements that differ in one place are not put in order here: that needs the opened texts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.ranking import RankingPolicy
from memory.retrieval import best_of
from privacy.identity import Principal, Scope

from .recall import forget_interrupted, interval, read, remember, score

FIGURES = ("recall@10", "nDCG@10", "all@20")
NEVER_ALIKE = 2.0  # no cosine is as high: no memory is taken for the renewal of another
ELSEWHERE = (
    "priming",
    "use",
    "superseded",
)  # nothing of it is in these files: benchmarks/priming.py, bench learn

Figures = dict[str, float]


def policies() -> dict[str, RankingPolicy]:
    """The ranking with everything, and with each ingredient left out."""
    names = [field.name for field in fields(RankingPolicy) if field.name not in ELSEWHERE]
    less = {name: {name: NEVER_ALIKE if name == "renewal" else 0.0} for name in names}
    less["surroundings"] = {"neighbour": 0.0, "answer": 0.0, "conversation": 0.0}
    less["association"] = {**less["surroundings"], "speaker": 0.0}
    everything = RankingPolicy()
    return {"(nothing)": everything} | {name: replace(everything, **given) for name, given in less.items()}


def figures_of(ranked: list[str], question: dict[str, Any]) -> Figures:
    figures = score(ranked, question)
    if len(set(question["evidence_turn_ids"])) > 1:
        figures["all@20"] = float(figures["recall@20"] == 1)
    return figures


def asked(app: App, question: dict[str, Any], scope: Scope, turns: dict[str, str]) -> dict[str, Figures]:
    """The figures of one question under every policy; it is read and scored once."""
    retrieval, blinding = app.memory._retrieval, app.memory._blinding
    owner = app.memory._archive.owner(scope)
    vector, _ = retrieval._asked(question["q"], owner, scope)
    working_set, lock = app.memory._indexer.working_set(owner)
    with lock:
        scored = working_set.score(vector, blinding.asked(question["q"], owner))
        return {
            name: figures_of(
                [turns[memory] for memory in best_of(scored, working_set, policy, limit=20).ids], question
            )
            for name, policy in policies().items()
        }


async def ablation(
    data: Path, home: Path, limit_cases: int | None, masking: bool
) -> dict[str, list[tuple[str, Figures]]]:
    """For every policy each question's category and figures."""
    app = await open_app(
        Settings(home=home / "data", config_home=home / "config", masking=masking, sensitive="keep"),
        model=ScriptedModel(),
    )
    known = home / "turns.json"
    turns: dict[str, dict[str, str]] = json.loads(known.read_text()) if known.exists() else {}
    found: defaultdict[str, list[tuple[str, Figures]]] = defaultdict(list)
    try:
        await app.memory.settle()
        for case in track(read(data)[:limit_cases], description=data.name, console=Console(stderr=True)):
            by, scope = Principal(case["id"]), Scope(case["id"])
            if case["id"] not in turns:
                await forget_interrupted(app, by, scope)
                turns[case["id"]] = await remember(app, case, by, scope)
                await app.memory.settle()
                known.write_text(json.dumps(turns))
            for question in case["questions"]:
                if question.get("evidence_turn_ids"):
                    for name, figures in asked(app, question, scope, turns[case["id"]]).items():
                        found[name].append((str(question.get("category", "")), figures))
    finally:
        await app.aclose()
    return dict(found)


def difference(less: Sequence[Figures], everything: Sequence[Figures] | None, name: str) -> Figures:
    """The mean of a figure, or of its difference question by question, with its interval."""
    pairs = zip(less, everything or less, strict=True)
    values = [one[name] - (all_[name] if everything else 0.0) for one, all_ in pairs if name in one]
    if not values:
        return {"mean": 0.0, "low": 0.0, "high": 0.0, "questions": 0}
    low, high = interval(values)
    return {"mean": sum(values) / len(values), "low": low, "high": high, "questions": len(values)}


def report(found: dict[str, list[tuple[str, Figures]]], only: str = "") -> dict[str, dict[str, Figures]]:
    chosen = {name: [f for category, f in rows if only in category] for name, rows in found.items()}
    everything = chosen["(nothing)"]
    return {
        name: {
            figure: difference(rows, None if name == "(nothing)" else everything, figure)
            for figure in FIGURES
        }
        for name, rows in chosen.items()
    }


def show(title: str, rows: dict[str, dict[str, Figures]]) -> None:
    table = Table(
        "left out", *FIGURES, title=f"{title}, {rows['(nothing)']['recall@10']['questions']} questions"
    )
    for name, columns in rows.items():
        sign = "" if name == "(nothing)" else "+"
        cells = (
            f"{c['mean']:{sign}.3f} ({c['low']:{sign}.3f}, {c['high']:{sign}.3f})" for c in columns.values()
        )
        table.add_row(name, *cells)
    Console(width=110).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, action="append")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--limit-cases", type=int)
    parser.add_argument("--no-mask", action="store_true")
    parser.add_argument("--category", default="", help="show these questions apart, too, e.g. multi_hop")
    arguments = parser.parse_args()
    home = arguments.home or Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    results: dict[str, Any] = {}
    for data in arguments.data:
        name = data.name.split(".")[0]
        found = asyncio.run(ablation(data, home / name, arguments.limit_cases, not arguments.no_mask))
        for only in dict.fromkeys(["", arguments.category]):
            title = " ".join([name, only]).strip()
            results[title] = report(found, only)
            show(title, results[title])
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
