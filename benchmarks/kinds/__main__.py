"""A figure for each part of the kinds of memory that has no program of its own.

    python -m benchmarks.kinds [--seed N] [--parts PART ...] [--json OUT]

Inference by each rule, merges and splits taken back, recurring success in twenty planted histories, replay against what the
prompts then really held, transfer to like situations, open loops, tidying. The histories and plans are by the author of the
code, and machine and model play no part: what is measured is whether the parts do what they say.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from agent.settings import Settings
from agent.wiring import open_app
from privacy.identity import Principal, Scope

from . import families, habits, later
from .talk import Reciting

PARTS = ("inference", "patterns", "replay", "transfer", "open loops")
Figures = dict[str, tuple[int, int]]


def inferred(seed: int) -> Figures:
    figures: dict[str, list[bool]] = defaultdict(list)
    for case in families.cases(Random(seed)):
        right, gone = families.follows(case)
        figures[f"inference: {case.rule}"].append(right)
        figures["inference: goes with its premise"].append(gone)
    rounds = 200
    counted = {name: (sum(seen), len(seen)) for name, seen in figures.items()}
    return counted | {
        "merges and splits undone exactly": (families.undone_exactly(Random(seed), rounds), rounds)
    }


async def counted(part: str, seen: AsyncIterator[tuple[str, bool]]) -> Figures:
    figures: dict[str, list[bool]] = defaultdict(list)
    async for name, right in seen:
        figures[f"{part}: {name}"].append(right)
    return {name: (sum(right), len(right)) for name, right in figures.items()}


async def measured(seed: int, parts: Collection[str]) -> tuple[Figures, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        home, clock, model = Path(folder), later.Clock(), Reciting()
        settings = Settings(home=home / "home", config_home=home / "config", masking=False, sensitive="keep")
        app = await open_app(settings, model=model, rng=Random(seed), clock=clock)
        try:
            figures = inferred(seed) if "inference" in parts else {}
            talked = {
                "patterns": habits.patterns(app, model),
                "replay": habits.replayed(app, model),
                "transfer": habits.transferred(app, model),
                "open loops": later.loops(app, model, clock),
            }
            for part in (part for part in talked if part in parts):
                figures |= await counted(part, talked[part])
            tidy = await later.tidying(app, {"scope": Scope("tidy"), "by": Principal("tidy")})
            return figures, tidy
        finally:
            await app.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures, tidy = asyncio.run(measured(given.seed, given.parts))
    table = Table("what", "as it should be", "share", box=None)
    for name, (right, of) in figures.items():
        table.add_row(name, f"{right} of {of}", f"{right / of:.3f}")
    for name, share in tidy.items():
        table.add_row(f"tidying: {name}", "", f"{share:.3f}")
    Console().print(table, f"seed {given.seed}")
    if given.json:
        given.json.write_text(json.dumps({"figures": figures, "tidying": tidy, "seed": given.seed}))


if __name__ == "__main__":
    main()
