"""What was talked about in a conversation stays in mind for its next turns, and fades.

"And what was it called again?" says nothing by itself; what was asked before it says the rest. The last
turns are kept as the index sees them, turned vectors and blind words, in memory only and for a while.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .ports import Vector
from .question import Question

TURNS = 3  # so many of a conversation are in mind
FADE = 0.7  # what a turn still counts one turn later
CONVERSATIONS = 1000  # of everybody; the one that was silent longest goes first
_BACK = re.compile(
    r"\b(?:it|its|that|this|these|those|one|ones|she|her|hers|he|him|his|they|them|their|there|then|again|"
    r"same|other|else|too|also|both)\b|^\W*(?:and|or|but|so|what about|how about)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn of a conversation as the index sees it."""

    vector: Vector  # of the whole turn
    asked: Question


def points_back(question: str) -> bool:
    """Whether a question needs what was said before it.

    >>> points_back("what was it called again?"), points_back("Where does Ana live?")
    (True, False)
    """
    return _BACK.search(question) is not None


def blended(turns: Sequence[Heard]) -> Heard | None:
    """The last turns as one, the newest last and strongest; None when there is none."""
    if not turns:
        return None
    weights = [FADE**age for age in range(len(turns))][::-1]
    vector: Vector = np.sum([w * turn.vector for w, turn in zip(weights, turns, strict=True)], axis=0)
    words: defaultdict[int, float] = defaultdict(float)
    phrases: defaultdict[int, float] = defaultdict(float)
    for weight, turn in zip(weights, turns, strict=True):
        for term, times in turn.asked.words.items():
            words[term] += weight * times
        for phrase, times in turn.asked.phrases.items():
            phrases[phrase] += weight * times
    length = max(float(np.linalg.norm(vector)), 1e-9)
    return Heard(np.asarray(vector / length, dtype=np.float32), Question(words, phrases, frozenset()))


class Priming:
    """The last turns of each conversation. Thread-safe."""

    def __init__(self) -> None:
        self._turns: OrderedDict[tuple[str, str], deque[Heard]] = OrderedDict()
        self._lock = threading.Lock()

    def before(self, owner: str, thread: str) -> Heard | None:
        """What is in mind when the next turn of a conversation comes."""
        with self._lock:
            return blended(tuple(self._turns.get((owner, thread), ())))

    def note(self, owner: str, thread: str, heard: Heard) -> None:
        with self._lock:
            turns = self._turns.setdefault((owner, thread), deque(maxlen=TURNS))
            turns.append(heard)
            self._turns.move_to_end((owner, thread))
            while len(self._turns) > CONVERSATIONS:
                self._turns.popitem(last=False)

    def let_go(self) -> None:
        """Somebody forgot something, and it may have been spoken of: nothing stays in mind."""
        with self._lock:
            self._turns.clear()
