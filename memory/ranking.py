"""How well memories fit a question: pure functions over arrays.

Signals are put on one scale as z-scores over all of an owner's memories and summed, the words a
little less than the meaning; then a memory is lifted by its neighbours in the conversation and by the
conversation as a whole. Source of the recipe and its figures: benchmarks/LOG.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RankingPolicy:
    """The weights; one set for everybody, never one per file of data."""

    words: float = 0.7
    neighbour: float = 0.15
    conversation: float = 0.5
    best_of_conversation: int = 3


def standardised(scores: Scores) -> Scores:
    """Z-scores; all zero where nothing differs.

    >>> standardised(np.array([1.0, 1.0], dtype=np.float32)).tolist()
    [0.0, 0.0]
    """
    spread = float(scores.std())
    if spread < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float32)


def idf(memories: int, holding: int) -> float:
    """Robertson's inverse document frequency, kept above zero."""
    return float(np.log1p((memories - holding + 0.5) / (holding + 0.5)))


def neighbour_lift(base: Scores, sessions: Numbers, positions: Numbers) -> Scores:
    """For each memory the better score of the turn before and the turn after; 0 where there is none."""
    order = np.lexsort((positions, sessions))
    ordered, session = base[order], sessions[order]
    best = np.full_like(base, -np.inf)
    same = (session[1:] == session[:-1]) & (session[1:] != 0)
    best_ordered = np.full_like(ordered, -np.inf)
    best_ordered[1:][same] = ordered[:-1][same]
    after = np.full_like(ordered, -np.inf)
    after[:-1][same] = ordered[1:][same]
    best[order] = np.maximum(best_ordered, after)
    return np.where(np.isfinite(best), best, 0).astype(np.float32)


def conversation_lift(base: Scores, sessions: Numbers, best: int) -> Scores:
    """For each memory the mean of its conversation's best scores."""
    lift = np.zeros_like(base)
    order = np.argsort(sessions, kind="stable")
    bounds = np.flatnonzero(np.diff(sessions[order])) + 1
    for members in np.split(order, bounds):
        if len(members) and sessions[members[0]] != 0:
            top = np.partition(base[members], -min(best, len(members)))[-min(best, len(members)) :]
            lift[members] = top.mean()
    return lift


def parts(
    meaning: Scores, words: Scores, sessions: Numbers, positions: Numbers, policy: RankingPolicy
) -> dict[str, Scores]:
    """The parts of every memory's score, by name; they add up to the score."""
    by_meaning = standardised(meaning)
    by_words = policy.words * standardised(words)
    base = by_meaning + by_words
    return {
        "meaning": by_meaning,
        "words": by_words.astype(np.float32),
        "neighbour": policy.neighbour * neighbour_lift(base, sessions, positions),
        "conversation": policy.conversation * conversation_lift(base, sessions, policy.best_of_conversation),
    }
