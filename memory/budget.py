"""Which memories are shown when there is room for so many tokens: good ones that do not all say the same. Pure.

The room decides how many, and among more than fit in diversity decides which: maximal marginal relevance
(Carbonell & Goldstein 1998) takes the memory next that fits the question best less what it repeats of
those already taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .association import Scores
from .records import Absence, Hit, LeftOut, Shown

LETTERS = 4  # of one token, about: the tokens of a model that is not ours are not known
RELEVANCE = 0.7  # what fit counts beside newness, Carbonell & Goldstein's middle


def in_tokens(text: str) -> int:
    """About how many tokens a text takes.

    >>> in_tokens("I live in Lyon.")
    4
    """
    return -(-len(text) // LETTERS)


@dataclass(frozen=True, slots=True)
class Room:
    """How many tokens there are for memories, and how many one of them takes as it will be shown."""

    tokens: int
    cost: Callable[[Shown], int] = lambda memory: in_tokens(memory.text)


def chosen(scores: Sequence[float], likeness: Scores, costs: Sequence[int], tokens: int) -> list[int]:
    """The places of what is taken, in the order of taking. What does not fit in any more makes way for what does.

    >>> chosen([3, 2.9, 2], np.float32([[1, 1, 0], [1, 1, 0], [0, 0, 1]]), [10, 10, 10], 20)
    [0, 2]
    """
    best, least = max([0.0, *scores]), min([0.0, *scores])
    fit = (np.asarray(scores, dtype=np.float32) - least) / max(best - least, 1e-9)
    taken: list[int] = []
    waiting = list(range(len(scores)))
    while waiting := [n for n in waiting if costs[n] <= tokens]:
        repeated = likeness[np.ix_(waiting, taken)].max(axis=1) if taken else np.zeros(len(waiting))
        worth = RELEVANCE * fit[waiting] - (1 - RELEVANCE) * repeated
        nearest = waiting.pop(int(np.argmax(worth)))
        taken.append(nearest)
        tokens -= costs[nearest]
    return taken


def fitting(
    hits: Sequence[Hit], likeness: Scores, room: Room, *, now: bool = True
) -> tuple[tuple[Hit, ...], tuple[LeftOut, ...]]:
    """The hits there is room for, best first, and what was left out. Asked about `now`, what is no longer so goes first."""
    past = {n for n, hit in enumerate(hits) if now and hit.memory.status == "superseded"}
    current = [n for n in range(len(hits)) if n not in past]
    places = chosen(
        [hits[n].score for n in current],
        likeness[np.ix_(current, current)],
        [room.cost(hits[n].memory) for n in current],
        room.tokens,
    )
    taken = {current[place] for place in places}
    without: dict[Absence, list[int]] = {
        "superseded": sorted(past),
        "budget": [n for n in current if n not in taken],
    }
    return tuple(hit for n, hit in enumerate(hits) if n in taken), tuple(
        LeftOut(why=why, memories=tuple(hits[n].memory.id for n in places))
        for why, places in without.items()
        if places
    )


def as_they_happened(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """In the order of time, in which a story is understood."""
    return tuple(sorted(hits, key=lambda hit: (hit.memory.occurred_at, hit.memory.id)))
