"""Whether a question that says little is understood by what was said before it, and by what was used before.

    python -m benchmarks.priming --data FILE [--json OUT]

FILE has one dialogue a line: `memories` (each said in a conversation of its own, long before), `used` (which of them
answers rested on, one a day, the last yesterday), `today` (what is said now, in one conversation; the last is the
question), `right` (the memories that answer it). Printed is how high the right memory stands among them, with
everything and with one ingredient left out, with the interval that 95 of 100 resampled sets of dialogues fall into.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.moments import utc_now
from memory.ranking import RankingPolicy
from memory.records import Utterance
from privacy.identity import Principal, Scope

from .recall import interval

LONG_BEFORE = 60  # days
VARIANTS = {
    "everything": RankingPolicy(),
    "without priming": replace(RankingPolicy(), priming=0.0),
    "without use": replace(RankingPolicy(), use=0.0),
    "without both": replace(RankingPolicy(), priming=0.0, use=0.0),
}


class Clock:
    """The time that the app believes."""

    def __init__(self) -> None:
        self.days_ago = 0.0

    def __call__(self) -> datetime:
        return utc_now() - timedelta(days=self.days_ago)


async def rank(app: App, clock: Clock, dialogue: dict[str, Any], who: str) -> int:
    """The place of the best right memory among those of the dialogue, from 0."""
    scope, by = Scope(who), Principal(who)
    clock.days_ago = LONG_BEFORE
    said = [Utterance(text=text, session=f"then {n}") for n, text in enumerate(dialogue["memories"])]
    ids = [memory.id for memory in await app.memory.remember(said, scope=scope, by=by)]
    for n, used in enumerate(dialogue["used"]):
        clock.days_ago = len(dialogue["used"]) - n
        answer = Utterance(
            text="So you told me.", speaker="assistant", session=f"use {n}", because=(ids[used],)
        )
        await app.memory.remember(answer, scope=scope, by=by)
    clock.days_ago = 0
    await app.memory.settle()
    found = []
    for text in dialogue["today"]:
        (kept,) = await app.memory.remember(Utterance(text=text, session="today"), scope=scope, by=by)
        hits = (
            await app.memory.recall(text, scope=scope, by=by, limit=40, thread="today", exclude=[kept.id])
        ).hits
        found = [ids.index(hit.memory.id) for hit in hits if hit.memory.id in ids]
    return min(found.index(right) for right in dialogue["right"])


async def places(dialogues: Sequence[dict[str, Any]], home: Path, ranking: RankingPolicy) -> list[int]:
    clock = Clock()
    settings = Settings(home=home / "data", config_home=home / "config")
    app = await open_app(settings, model=ScriptedModel(), clock=clock, ranking=ranking)
    try:
        shown = track(list(enumerate(dialogues)), console=Console(stderr=True))
        return [await rank(app, clock, dialogue, f"person {n}") for n, dialogue in shown]
    finally:
        await app.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    dialogues = [json.loads(line) for line in arguments.data.read_text().splitlines() if line.strip()]
    home = Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    table = Table(
        "ranking", "first", "among three", "mean reciprocal rank", title=f"{len(dialogues)} dialogues"
    )
    report = {}
    for number, (name, ranking) in enumerate(VARIANTS.items()):
        found = asyncio.run(places(dialogues, home / str(number), ranking))
        figures = {
            "first": [float(place < 1) for place in found],
            "among three": [float(place < 3) for place in found],
            "MRR": [1 / (place + 1) for place in found],
        }
        report[name] = {key: (sum(v) / len(v), *interval(v)) for key, v in figures.items()}
        table.add_row(
            name, *(f"{mean:.3f} ({low:.3f} to {high:.3f})" for mean, low, high in report[name].values())
        )
    Console(width=110).print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
