"""Whether recall knows when nothing was ever said about a question.

    python -m benchmarks.calibration --data FILE [--data FILE ...] [--home DIR] [--json OUT] [--fit]

Files as in benchmarks/recall.py; `--home` keeps what was remembered of each file for the next run. To each case's
memory go its own questions, those of the next case, some of every other file, and benchmarks/data/never_said.txt as far
as the word before the bar stands nowhere in it. Printed is how often it abstains, and how much of the recall@10 of its
own questions is left when what it abstains from counts as not found. With --fit: the weights and the threshold that a
logistic regression finds in the first file's own questions and those of its next cases, to be written into
memory/calibration.py by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from privacy.identity import Principal, Scope

from .recall import forget_interrupted, interval, read, remember, score

NEVER_SAID = Path(__file__).parent / "data" / "never_said.txt"
FROM_OTHERS = 60  # questions of every other file to each case
KEPT = 0.957  # of the fitted file's recall: what the threshold of --fit leaves


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to one memory."""

    whose: str  # "own", "next case", "never said", or the file it comes from
    abstained: bool
    recall: float  # @10, of its own questions
    signs: tuple[float, ...]  # nearness, words, phrases


def never_said(said: str) -> list[str]:
    """The questions whose word stands nowhere in what was said."""
    lines = [line for line in NEVER_SAID.read_text().splitlines() if line and not line.startswith("#")]
    pairs = [line.split(" | ", 1) for line in lines]
    return [question for about, question in pairs if about not in said.casefold()]


def questions_for(
    case: dict[str, Any], cases: Sequence[dict[str, Any]], n: int, others: dict[str, Any]
) -> list[Any]:
    """Whose question, the question, and the item it belongs to where it is the case's own."""
    asked = [("own", q["q"], q) for q in case["questions"] if q.get("evidence_turn_ids")]
    if len(cases) > 1:
        asked += [("next case", q["q"], None) for q in cases[(n + 1) % len(cases)]["questions"]]
    for name, from_elsewhere in others.items():
        asked += [(name, q, None) for q in from_elsewhere[:: max(1, len(from_elsewhere) // FROM_OTHERS)]]
    said = " ".join(turn["text"] for session in case["sessions"] for turn in session["turns"])
    return [*asked, *(("never said", q, None) for q in never_said(said))]


async def ask_all(data: Path, home: Path, others: dict[str, list[str]], limit: int | None) -> list[Asked]:
    settings = Settings(home=home / "data", config_home=home / "config", sensitive="keep")
    app = await open_app(settings, model=ScriptedModel())
    known = home / "turns.json"
    turns: dict[str, dict[str, str]] = json.loads(known.read_text()) if known.exists() else {}
    cases, answers = read(data)[:limit], []
    try:
        await app.memory.settle()
        for n, case in enumerate(track(cases, description=data.name, console=Console(stderr=True))):
            by, scope = Principal(case["id"]), Scope(case["id"])
            if case["id"] not in turns:
                await forget_interrupted(app, by, scope)
                turns[case["id"]] = await remember(app, case, by, scope)
                await app.memory.settle()
                known.write_text(json.dumps(turns))
            for whose, words, item in questions_for(case, cases, n, others):
                answers.append(await ask(app, words, item, whose, turns[case["id"]], by, scope))
    finally:
        await app.aclose()
    return answers


async def ask(
    app: App, words: str, item: Any, whose: str, turns: dict[str, str], by: Principal, scope: Scope
) -> Asked:
    found = await app.memory.recall(words, scope=scope, by=by, limit=10)
    right = score([turns[hit.memory.id] for hit in found.hits], item)["recall@10"] if item else 0.0
    return Asked(whose, found.abstained, right, tuple(sign.value for sign in found.signs))


def figures(answers: Sequence[Asked]) -> dict[str, Any]:
    """How much recall is kept, and how often it abstains from each kind of foreign question."""
    own = [a for a in answers if a.whose == "own"]
    everything = sum(a.recall for a in own) or 1.0
    left = [len(own) * a.recall * (not a.abstained) / everything for a in own]
    kinds: defaultdict[str, list[float]] = defaultdict(list)
    for answer in answers:
        if answer.whose != "own":
            kinds[answer.whose].append(float(answer.abstained))
            kinds["all that is foreign"].append(float(answer.abstained))
    rows = {"recall kept of its own": left, **kinds}
    return {
        name: {"share": float(np.mean(values)), "interval": interval(values), "questions": len(values)}
        for name, values in rows.items()
    }


def fitted(answers: Sequence[Asked]) -> dict[str, float]:
    """Logistic regression by Newton's method, both sides with the same weight; the threshold keeps KEPT of the recall."""
    used = [a for a in answers if (a.whose == "own" and a.recall) or a.whose == "next case"]
    given = np.array([(*a.signs, 1.0) for a in used])
    fits = np.array([float(a.whose == "own") for a in used])
    weight = np.where(fits > 0, 0.5 / fits.mean(), 0.5 / (1 - fits.mean()))
    beta = np.zeros(given.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-given @ beta))
        curve = (given * (weight * likely * (1 - likely))[:, None]).T @ given + 1e-6 * np.eye(len(beta))
        beta -= np.linalg.solve(curve, given.T @ (weight * (likely - fits)))
    own = [(float(np.dot((*a.signs, 1.0), beta)), a.recall) for a in answers if a.whose == "own"]
    own.sort()
    lost = np.cumsum([recall for _, recall in own]) / sum(recall for _, recall in own)
    least = own[int(np.searchsorted(lost, 1 - KEPT))][0]
    names = ("MEANING", "WORDS", "PHRASES", "BIAS")
    return {**dict(zip(names, map(float, beta), strict=True)), "LEAST": float(1 / (1 + np.exp(-least)))}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, action="append")
    parser.add_argument(
        "--home", type=Path, help="holds one folder for each file, as benchmarks/recall.py makes it"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--limit-cases", type=int)
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    home = arguments.home or Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    asked = {data.name: [q["q"] for case in read(data) for q in case["questions"]] for data in arguments.data}
    report: dict[str, Any] = {}
    table = Table("memory", "questions", "share", "95 %", "how many", title="abstaining, masking on")
    for n, data in enumerate(arguments.data):
        name = data.name.split(".")[0]
        others = {other: questions for other, questions in asked.items() if other != data.name}
        answers = asyncio.run(ask_all(data, home / name, others, arguments.limit_cases))
        report[name] = figures(answers)
        if arguments.fit and n == 0:
            report["fitted"] = fitted(answers)
        for kind, row in report[name].items():
            low, high = row["interval"]
            table.add_row(
                name, kind, f"{row['share']:.3f}", f"{low:.3f} to {high:.3f}", str(row["questions"])
            )
    console = Console(width=110)
    console.print(table)
    if "fitted" in report:
        console.print("fitted on the first file:", report["fitted"])
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
