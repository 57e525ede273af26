"""How well memories fit a question: pure functions over arrays.

Meaning and words are put on one scale as z-scores over all of an owner's memories and summed; then a
memory is lifted by what stands around it (association.py) and lowered for what it cannot answer. The
parts have names and add up to the score. Figures for each part: benchmarks/LOG.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .association import Numbers, Places, Scores, answer_lift, conversation_lift, neighbour_lift

Mask = NDArray[np.bool_]
FEW = 100  # memories
DEPTH = 10  # so many come from where the best come from; after them other conversations have their say
OWN = ("meaning", "words", "phrases", "speaker")  # the parts that a memory has without its surroundings


@dataclass(frozen=True, slots=True)
class RankingPolicy:
    """The weights; one set for everybody, never one per file of data. 0 leaves a part out."""

    meaning: float = 1.0
    words: float = 0.7
    phrases: float = 0.1
    speaker: float = 3.0  # said by whom the question asks about
    neighbour: float = 0.15  # the better one of the turns before and after
    answer: float = 0.3  # follows a question that fits
    conversation: float = 0.5  # the best of the same conversation
    breadth: float = 0.5  # so much less a conversation lifts what is not among the first DEPTH
    priming: float = 1.0  # fits what was asked before, where the question itself says nothing
    use: float = 1.0  # answers rested on it, often and of late
    asking: float = 1.0  # taken off what only asks
    superseded: float = 2.0  # taken off a fact that is no longer believed
    renewal: float = 0.55  # so alike are two memories of which the newer one counts; above 1: never


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known about every live memory with respect to a question, in one order."""

    meaning: Scores  # cosine; the mean of the others where there is no vector yet
    words: Scores  # BM25
    phrases: Scores
    coverage: Scores  # share of the question's rare words, 0..1
    speaker: Scores  # 1 where the asked-about person speaks
    asking: Scores  # how much of it only asks, 0..1
    superseded: Scores  # 1 where a newer fact has taken its place
    use: Scores  # how often and how lately answers rested on it, 0..1


def standardised(scores: Scores, seen: Mask | None = None) -> Scores:
    """Z-scores over what is seen; all zero where nothing differs. A memory that is alone is compared with none.

    >>> standardised(np.array([1.0, 1.0], dtype=np.float32)).tolist(), standardised(np.array([0.4])).tolist()
    ([0.0, 0.0], [1.0])
    """
    among = scores if seen is None else scores[seen]
    if len(among) == 1:
        return np.sign(scores, dtype=np.float32)
    spread = float(among.std()) if len(among) else 0.0
    if spread < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - among.mean()) / spread, dtype=np.float32)


def idf(memories: int, holding: int) -> float:
    """Robertson's inverse document frequency, kept above zero. A few memories do not tell what is rare."""
    return float(np.log1p((max(memories, FEW) - holding + 0.5) / (holding + 0.5)))


def telling(marks: Scores) -> Scores:
    """The marks, or nothing where all memories have the same: what all share tells nothing."""
    return marks if np.ptp(marks) > 0 else np.zeros_like(marks)


def fit(named: Mapping[str, Scores], seen: Mask | None = None) -> Scores:
    """How well each memory fits by itself; NaN for what is not seen, so that it lifts no other."""
    own = np.sum([named[name] for name in OWN], axis=0, dtype=np.float32)
    return np.asarray(own if seen is None else np.where(seen, own, np.nan), dtype=np.float32)


def parts(
    signals: Signals, places: Places, policy: RankingPolicy, seen: Mask | None = None
) -> dict[str, Scores]:
    """The parts of every memory's score, by name; they add up to the score.

    What is not `seen` is left out as if it were not there: the question itself, just remembered, would
    else be the best memory and lift its own conversation.
    """
    own = {
        "meaning": policy.meaning * standardised(signals.meaning, seen),
        "words": policy.words * standardised(signals.words, seen),
        "phrases": policy.phrases * standardised(signals.phrases, seen),
        "speaker": policy.speaker * telling(signals.speaker),
    }
    alone = fit(own, seen)
    return {
        **own,
        "neighbour": policy.neighbour * neighbour_lift(alone, places),
        "answer": policy.answer * answer_lift(alone, signals.asking, places),
        "conversation": policy.conversation * conversation_lift(alone, places),
        "use": policy.use * signals.use,
        "asking": -policy.asking * signals.asking,
        "superseded": -policy.superseded * signals.superseded,
    }


def spread(conversation: Scores, first: Numbers, policy: RankingPolicy) -> Scores:
    """What memories beyond the `first` lose of what their conversation gave: evidence may lie in many conversations."""
    lost = -policy.breadth * np.maximum(conversation, 0)
    lost[first] = 0
    return np.asarray(lost, dtype=np.float32)


def primed(before: Signals, said_here: Mask, policy: RankingPolicy, seen: Mask) -> Scores:
    """How well each memory fits what was asked before in this conversation; what was said in it needs no help."""
    named = [
        policy.meaning * standardised(before.meaning, seen),
        policy.words * standardised(before.words, seen),
        policy.phrases * standardised(before.phrases, seen),
    ]
    fits = policy.priming * np.sum(named, axis=0, dtype=np.float32)
    return np.where(said_here, 0, fits).astype(np.float32)


def presence(days: Iterable[float]) -> float:
    """How present something is that was used so many days ago, 0..1: often and lately counts, and it fades.

    The chance of retrieval by ACT-R's base level (Anderson & Schooler 1991) with its usual decay of one half.
    It is never more than one standard deviation of meaning: use alone decides nothing.

    >>> presence([]), presence([7]) < presence([1]) < presence([1, 7]) < 1
    (0.0, True)
    """
    level = float(sum(max(day, 1.0) ** -0.5 for day in days))
    return level / (1 + level)


@dataclass(frozen=True, slots=True)
class Contenders:
    """The best memories side by side, to see which of them say the same."""

    scores: Scores
    coverage: Scores
    speaker: Scores
    recency: Numbers  # places in time, the oldest first
    likeness: Scores  # cosines, square


def renewals(best: Contenders, policy: RankingPolicy) -> tuple[Scores, Numbers]:
    """What each of the best memories loses because a newer one among them says the same anew, and which (-1: none).

    Two say the same when they are alike in meaning and hold the same words of the question, and at
    least half of those that are rare: "I live in Lyon" and "I live in Nantes", for "Where do I live?".
    The older one then stands right below the newer one. What the person said is not replaced by what
    somebody else said about it.
    """
    lowered = best.scores.astype(np.float32)
    below = np.full(len(lowered), -1, dtype=np.int64)
    for older in np.argsort(-best.recency, kind="stable"):
        if best.coverage[older] < 0.5:
            continue
        newer = np.flatnonzero(
            (best.recency > best.recency[older])
            & (best.likeness[older] >= policy.renewal)
            & (best.coverage >= best.coverage[older] - 0.02)
            & (best.speaker >= best.speaker[older])
        )
        if len(newer) and lowered[newer].min() - 1e-3 < lowered[older]:
            below[older] = newer[np.argmin(lowered[newer])]
            lowered[older] = lowered[newer].min() - 1e-3
    return np.asarray(lowered - best.scores, dtype=np.float32), below
