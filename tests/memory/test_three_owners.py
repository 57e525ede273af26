"""Whatever three people do, in any order, each sees their own and what is shared with them, and nothing else."""

from __future__ import annotations

from benchmarks.intruders import sweep
from benchmarks.owners import play


def test_three_owners():
    """Saying, learning, editing, forgetting, sharing, recalling, clocks, backups and what is not theirs: eight stories of twelve steps."""
    assert sum(play(examples=8, steps=12).values()) > 8


async def test_who_reaches_for_what_is_not_theirs():
    """Forty tries with others' ids, filters, names, prompts, races and threads: no secret comes back, nothing is lost."""
    found = await sweep(queries=40, seed=5)
    assert sum(found["tried"].values()) == 40
    assert len(found["tried"]) > 3
    assert not any(found["leaks"].values()), found
    assert (found["broke"], found["lost"]) == ({}, 0)
