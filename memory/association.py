"""What brings a memory to mind beside its own fit: what was said around it. Pure functions over arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Places:
    """Where memories stand in their conversations, sorted once: `order` runs through all conversations.

    `follows[n]` says that the n-th in order continues the conversation of the one before it.
    `conversation` numbers the conversations from 1; 0 stands for memories outside any.
    """

    order: Numbers
    follows: NDArray[np.bool_]
    conversation: Numbers

    @classmethod
    def of(cls, sessions: Numbers, positions: Numbers) -> Places:
        order = np.lexsort((positions, sessions))
        ordered = sessions[order]
        follows = np.zeros(len(order), dtype=np.bool_)
        follows[1:] = (ordered[1:] == ordered[:-1]) & (ordered[1:] != 0)
        numbers = np.empty(len(order), dtype=np.int64)
        numbers[order] = np.where(ordered == 0, 0, np.cumsum(~follows))
        return cls(order, follows, numbers)


def before(values: Scores, places: Places) -> Scores:
    """For each memory the value of the turn before it; NaN where there is none."""
    ordered = np.full(len(values), np.nan, dtype=np.float32)
    ordered[1:] = np.where(places.follows[1:], values[places.order][:-1], np.nan)
    result = np.empty_like(ordered)
    result[places.order] = ordered
    return result


def after(values: Scores, places: Places) -> Scores:
    """For each memory the value of the turn after it; NaN where there is none."""
    ordered = np.full(len(values), np.nan, dtype=np.float32)
    ordered[:-1] = np.where(places.follows[1:], values[places.order][1:], np.nan)
    result = np.empty_like(ordered)
    result[places.order] = ordered
    return result


def neighbour_lift(fit: Scores, places: Places) -> Scores:
    """The better fit of the turn before and the turn after; 0 where there is neither. NaN lifts nothing.

    >>> neighbour_lift(np.float32([1, 5, 2]), Places.of(np.int64([7, 7, 7]), np.int64([0, 1, 2]))).tolist()
    [5.0, 2.0, 5.0]
    """
    return np.nan_to_num(np.fmax(before(fit, places), after(fit, places)))


def answer_lift(fit: Scores, asking: Scores, places: Places) -> Scores:
    """The fit of the question that a turn answers, as far as the turn before it is one; else 0.

    >>> answer_lift(np.float32([4, 1]), np.float32([1, 0]), Places.of(np.int64([7, 7]), np.int64([0, 1]))).tolist()
    [0.0, 4.0]
    """
    return np.nan_to_num(before(np.asarray(fit * asking, dtype=np.float32), places))


def conversation_lift(fit: Scores, places: Places) -> Scores:
    """The best fit in the memory's conversation; 0 outside of conversations. NaN lifts nothing.

    >>> conversation_lift(np.float32([1, 5, 2]), Places.of(np.int64([7, 7, 0]), np.int64([0, 1, 0]))).tolist()
    [5.0, 5.0, 0.0]
    """
    best = np.full(int(places.conversation.max(initial=0)) + 1, -np.inf, dtype=np.float32)
    np.fmax.at(best, places.conversation, fit)
    best[0], best[np.isinf(best)] = 0, 0
    return np.asarray(best[places.conversation], dtype=np.float32)


def lifters(memory: int, fit: Scores, asking: Scores, places: Places) -> dict[str, int]:
    """Which memory each lift of a memory came from; a lift that came from nowhere is not named.

    >>> places = Places.of(np.int64([7, 7, 7]), np.int64([0, 1, 2]))
    >>> lifters(1, np.float32([4, 1, 2]), np.float32([1, 0, 0]), places)
    {'neighbour': 0, 'answer': 0, 'conversation': 0}
    """
    at = int(np.flatnonzero(places.order == memory)[0])
    around = [at - 1] if places.follows[at] else []
    around += [at + 1] if at + 1 < len(places.order) and places.follows[at + 1] else []
    near = [int(places.order[n]) for n in around if not np.isnan(fit[places.order[n]])]
    found = {"neighbour": max(near, key=lambda n: float(fit[n]))} if near else {}
    asked = int(places.order[at - 1]) if places.follows[at] else -1
    if asked in near and asking[asked]:
        found["answer"] = asked
    together = np.flatnonzero(places.conversation == places.conversation[memory])
    if places.conversation[memory] and not np.isnan(fit[together]).all():
        found["conversation"] = int(together[np.nanargmax(fit[together])])
    return found
