"""Questions about people who said much else: what must be right, and nothing wrong."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.answers import answer
from agent.embedders.minilm import MiniLM
from agent.embedders.nearness import Nearness, nearness
from agent.parsing import parse
from agent.reader.answering import Answering
from agent.settings import Settings
from benchmarks.memory_qa import SMALL_TALK, outcomes, read, verdict
from memory.records import Hit, Recollection, Shown
from privacy.identity import Scope

DATA = Path(__file__).parents[1] / "data"
START = datetime(2026, 5, 3, 9, tzinfo=UTC)


async def test_memory_questions_through_the_app(tmp_path) -> None:
    """What is said in one conversation is answered in another, through all real parts; each item is a person of their own."""
    items = [*read(DATA / "memory_qa_everyday_open.jsonl")][::5]
    found = await outcomes(items, tmp_path)
    assert [(o.item["id"], o.answer) for o in found if o.verdict != "right"] == []


@pytest.fixture(scope="module")
def near() -> Nearness:
    return nearness(MiniLM(Settings().cache_home), Scope("ada"))


@pytest.fixture(scope="module")
def reads() -> Answering:
    return Answering(Settings().cache_home)


@pytest.mark.parametrize(
    ("name", "least", "wrong"),
    [
        ("memory_qa_everyday_open.jsonl", 39, 1),
        ("memory_qa_open.jsonl", 28, 2),
        ("memory_qa_wide_open.jsonl", 98, 1),
        ("memory_qa_wide_second.jsonl", 50, 0),
        ("memory_qa_plain_open.jsonl", 58, 2),
        ("memory_qa_by_the_way_open.jsonl", 36, 1),
        ("memory_qa_hostile.jsonl", 111, 2),
    ],
)
def test_memory_questions_of_all_kinds(
    name: str, least: int, wrong: int, near: Nearness, reads: Answering
) -> None:
    """Where all that was said is at hand, most questions are answered, and hardly one falsely."""
    found = []
    for item in read(DATA / name):
        grounded = answer(_all_that_was_said(item), parse, near, reads)
        found.append((verdict(item, grounded.text if grounded else SMALL_TALK), item["id"], grounded))
    counts = Counter(worth for worth, *_ in found)
    missed = [one for one in found if one[0] != "right"]
    assert counts["wrong"] <= wrong, missed
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
