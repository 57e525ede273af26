"""Whatever three people do, in any order, each sees their own and what is shared with them, and nothing else."""

from __future__ import annotations

from benchmarks.owners import play


def test_three_owners():
    """Saying, forgetting, undoing, sharing, revoking, recalling and reaching for what is not theirs, eight stories of twelve steps."""
    play(examples=8, steps=12)
