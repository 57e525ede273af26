"""Questions about people who said much else, through the whole app: what must be right, and nothing wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.memory_qa import outcomes, read

DATA = Path(__file__).parents[1] / "data"


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
