"""How well sensitive sentences are found: keepsake bench sensitive --data FILE [--part first|second] [--rules] [--mistakes] [--json OUT].

FILE: lines of {"text", "category", "reveals" or "sensitive"}. What does not reveal only looks like its category, and then nothing
at all should be found in it. `--part` takes every other line, so that one half can be read and the other kept to check.
`--rules` asks the rules alone, without the model that judges what is kept. The sentences of `benchmarks/data/sensitive` taught
it: they measure nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from agent.reader.special import Special
from agent.settings import Settings
from privacy.categories import NAMES, Found, judge, sensitive


def interval(hits: int, of: int) -> tuple[float, float]:
    """Wilson's, at 95 %."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * ((share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def measured(
    lines: list[dict[str, object]], reads: Callable[[str], list[Found]]
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Figures by category and in all, and what was wrong."""
    figures, mistakes = {}, []
    counts = {name: [0, 0, 0, 0] for name in (*NAMES, "all")}
    for line in lines:
        text, category, reveals = (
            str(line["text"]),
            str(line["category"]),
            bool(line["reveals"] if "reveals" in line else line["sensitive"]),
        )
        found = {name for one in reads(text) for name in one.categories}
        right = category in found if reveals else not found
        for name in (category, "all"):
            counts[name][0 if reveals else 2] += 1
            counts[name][1 if reveals else 3] += (category in found) if reveals else bool(found)
        if not right:
            mistakes.append(f"{'missed' if reveals else 'alarm '} {category:10} {sorted(found)} {text}")
    for name, (tell, found_, silent, alarms) in counts.items():
        if tell + silent:
            figures[name] = {
                "tell": tell, "recall": found_ / tell if tell else 0.0, "recall_low": interval(found_, tell)[0],
                "silent": silent, "alarms": alarms / silent if silent else 0.0, "alarms_high": interval(alarms, silent)[1],
            }  # fmt: skip
    return figures, mistakes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=["first", "second", "all"], default="all")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--mistakes", action="store_true")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    lines = [json.loads(line) for line in arguments.data.read_text("utf-8").splitlines() if line.strip()]
    start, step = {"first": (0, 2), "second": (1, 2), "all": (0, 1)}[arguments.part]
    judges = judge(Special(Settings().cache_home))
    figures, mistakes = measured(lines[start::step], sensitive if arguments.rules else judges.sensitive)
    print(f"{'category':12} {'tell':>5} {'recall':>7} {'(low)':>7} {'silent':>7} {'alarms':>7} {'(high)':>7}")
    for name, row in figures.items():
        print(
            f"{name:12} {row['tell']:5} {row['recall']:7.3f} {row['recall_low']:7.3f} "
            f"{row['silent']:7} {row['alarms']:7.3f} {row['alarms_high']:7.3f}"
        )
    if arguments.mistakes:
        print(*sorted(mistakes), sep="\n")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
