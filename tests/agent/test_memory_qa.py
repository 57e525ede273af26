"""Questions about people who said much else: what must be right, and nothing wrong."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.answers import answer
from agent.embedders.minilm import MiniLM
from agent.embedders.nearness import nearness
from agent.parsing import parse
from agent.settings import Settings
from benchmarks.memory_qa import SMALL_TALK, outcomes, read, verdict
from memory.records import Hit, Recollection, Shown
from privacy.identity import Scope

DATA = Path(__file__).parents[1] / "data"
START = datetime(2026, 5, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "least"), [("memory_qa_everyday_open.jsonl", 40), ("memory_qa_open.jsonl", 30)]
)
async def test_memory_questions(tmp_path, name: str, least: int) -> None:
    """Everyday questions are answered right, and nothing false is ever said about the person."""
    found = await outcomes(read(DATA / name), tmp_path)
    counts = Counter(outcome.verdict for outcome in found)
    missed = [(o.item["id"], o.verdict, o.answer) for o in found if o.verdict != "right"]
    assert counts["wrong"] == 0, missed
    assert counts["right"] >= least, missed


@pytest.mark.parametrize(
    ("name", "least"), [("memory_qa_wide_open.jsonl", 93), ("memory_qa_wide_second.jsonl", 48)]
)
def test_memory_questions_of_all_kinds(name: str, least: int) -> None:
    """Of questions of a stranger, most are answered where all that was said is at hand, and none falsely."""
    near = nearness(MiniLM(Settings().cache_home), Scope("ada"))
    found = []
    for item in read(DATA / name):
        grounded = answer(_all_that_was_said(item), parse, near)
        found.append((verdict(item, grounded.text if grounded else SMALL_TALK), item["id"], grounded))
    counts = Counter(worth for worth, *_ in found)
    missed = [one for one in found if one[0] != "right"]
    assert counts["wrong"] == 0, missed
    assert counts["right"] >= least, missed


def _all_that_was_said(item: dict[str, Any]) -> Recollection:
    """As if recall had missed nothing, the newest first."""
    hits = [
        Hit(
            memory=Shown(
                id=f"m{place}", kind="episode", text=text, occurred_at=START + timedelta(minutes=place),
                recorded_at=START, origin="said", status="active", version=1, importance=0.5, confidence=1.0,
                speaker="user", session="a", position=place,
            ),
            score=0.0,
        )
        for place, text in enumerate(item["said"])
    ]  # fmt: skip
    return Recollection(question=item["ask"], hits=tuple(reversed(hits)))
