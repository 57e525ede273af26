"""How well times in words are read, and how well importance agrees with people's labels.

    python -m benchmarks.story [--times FILE] [--importance FILE] [--errors] [--json OUT]

FILE has one case a line. Times: {"now", "zone", "ask", "from", "until"} with days, or null where no time is asked for.
Importance: {"text", "importance"} with a whole number, the higher the more it matters.
"""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from rich.console import Console

from memory.importance import importance_of
from memory.times.periods import period_of

out = Console()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def times(cases: list[dict[str, Any]], *, errors: bool) -> dict[str, float]:
    right = 0
    for case in cases:
        zone = ZoneInfo(case["zone"])
        found = period_of(case["ask"], datetime.fromisoformat(case["now"]).replace(tzinfo=zone), zone)
        days = [found.start.date().isoformat(), found.end.date().isoformat()] if found else [None, None]
        right += days == [case["from"], case["until"]]
        if errors and days != [case["from"], case["until"]]:
            out.print(f"{case['ask']}  wanted {case['from']} {case['until']}, found {days}", markup=False)
    return {"cases": len(cases), "right": right / len(cases)}


def importance(cases: list[dict[str, Any]]) -> dict[str, float]:
    """Spearman's rank correlation, and the share of pairs with different labels that stand in the right order."""
    scores = np.array([importance_of(case["text"]).value for case in cases])
    labels = np.array([float(case["importance"]) for case in cases])
    differing = [(a, b) for a in range(len(cases)) for b in range(a) if labels[a] != labels[b]]
    agreeing = [np.sign(scores[a] - scores[b]) == np.sign(labels[a] - labels[b]) for a, b in differing]
    rank = float(np.corrcoef(_ranks(scores), _ranks(labels))[0, 1])
    return {"cases": len(cases), "rank agreement": rank, "pairs in order": float(np.mean(agreeing))}


def _ranks(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.array([(values < value).sum() + ((values == value).sum() - 1) / 2 for value in values])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=Path)
    parser.add_argument("--importance", type=Path)
    parser.add_argument("--errors", action="store_true", help="list the times that were read wrongly")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures = {}
    if given.times:
        figures["times"] = times(lines(given.times), errors=given.errors)
    if given.importance:
        figures["importance"] = importance(lines(given.importance))
    for name, found in figures.items():
        out.print(name, {key: round(value, 3) for key, value in found.items()})
    if given.json:
        given.json.write_text(json.dumps(figures))


if __name__ == "__main__":
    main()
