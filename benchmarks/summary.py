"""How much of what is asked about later the summary of a long conversation keeps.

    python -m benchmarks.summary --data FILE [--conversations N] [--json OUT]

FILE is in the form of `benchmarks.recall`. Of its sessions the N longest are summarised. A key fact is a message that is
the evidence of a question; it is kept when the summary holds one of its sentences. Beside it stand as many sentences
taken by chance, and as many from the beginning. Every sentence of every summary is looked up in the message it names.
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.recall import read
from memory.records import Shown
from memory.summaries import Summary, summarised

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def messages(session: dict[str, Any]) -> list[Shown]:
    return [
        Shown(
            id=turn["id"], kind="episode", text=turn["text"], occurred_at=BEGINNING, recorded_at=BEGINNING, origin="said",
            status="active", version=1, importance=0.5, confidence=1.0, speaker=turn["role"], session=session["id"], position=n,
        )
        for n, turn in enumerate(session["turns"])
    ]  # fmt: skip


def lowest(summary: Summary) -> list[Summary]:
    """The summaries of the first layer: the ones that are read side by side."""
    return [found for part in summary.parts for found in lowest(part)] if summary.parts else [summary]


def measured(session: dict[str, Any], facts: set[str], rng: random.Random) -> dict[str, float]:
    said = messages(session)
    texts = {message.id: " ".join(message.text.split()) for message in said}
    sentences = [one for part in lowest(summarised(said)) for one in part.sentences]
    kept = {one.memory for one in sentences}
    ids = [message.id for message in said]
    by_chance = [len(facts & set(rng.sample(ids, min(len(kept), len(ids))))) / len(facts) for _ in range(200)]
    return {
        "messages": len(said),
        "sentences": len(sentences),
        "facts": len(facts),
        "kept": len(facts & kept) / len(facts),
        "by chance": sum(by_chance) / len(by_chance),
        "from the beginning": len(facts & set(ids[: len(kept)])) / len(facts),
        "traceable": sum(one.text in texts[one.memory] for one in sentences) / len(sentences),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--conversations", type=int, default=20)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    sessions = []
    for case in read(given.data):
        asked = {turn for question in case["questions"] for turn in question["evidence_turn_ids"]}
        for session in case["sessions"]:
            facts = asked & {turn["id"] for turn in session["turns"]}
            if facts:
                sessions.append((session, facts))
    sessions.sort(key=lambda pair: -len(pair[0]["turns"]))
    rng = random.Random(1)
    figures = [measured(session, facts, rng) for session, facts in sessions[: given.conversations]]
    mean = {name: sum(f[name] for f in figures) / len(figures) for name in figures[0]}
    table = Table("figure", f"mean of {len(figures)} conversations", box=None)
    for name, value in mean.items():
        table.add_row(name, f"{value:.3f}" if value <= 1 else f"{value:.1f}")
    Console().print(table)
    if given.json:
        given.json.write_text(json.dumps({"mean": mean, "conversations": figures}, indent=1))


if __name__ == "__main__":
    main()
