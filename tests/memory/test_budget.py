"""What is shown when there is not room for everything."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from memory.budget import chosen


@st.composite
def candidates(draw):
    """Scores, unit vectors' likeness, costs and a room."""
    count = draw(st.integers(0, 12))
    scores = draw(st.lists(st.floats(-5, 9), min_size=count, max_size=count))
    costs = draw(st.lists(st.integers(1, 60), min_size=count, max_size=count))
    vectors = np.random.default_rng(draw(st.integers(0, 99))).standard_normal((count, 4)).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scores, vectors @ vectors.T, costs, draw(st.integers(0, 200))


@given(candidates())
def test_the_room_is_kept_and_filled(given):
    """Never more than there is room for, nothing twice, and nothing is left out that would still fit in."""
    scores, likeness, costs, room = given
    taken = chosen(scores, likeness, costs, room)
    spent = sum(costs[n] for n in taken)
    assert spent <= room
    assert len(set(taken)) == len(taken)
    assert all(costs[n] > room - spent for n in range(len(scores)) if n not in taken)


def test_what_says_the_same_again_makes_way_for_what_says_something_else():
    """With room for two of three the second best is passed over when it repeats the best, and only then."""
    scores, costs = [3.0, 2.9, 2.0], [10, 10, 10]
    alike, apart = np.eye(3, dtype=np.float32), np.eye(3, dtype=np.float32)
    alike[0, 1] = alike[1, 0] = 0.95
    assert chosen(scores, alike, costs, 20) == [0, 2]
    assert chosen(scores, apart, costs, 20) == [0, 1]
