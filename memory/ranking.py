"""How well memories fit a question: pure functions over arrays.

Meaning and words are put on one scale as z-scores over all of an owner's memories and summed; then a
memory is lifted by what stands around it (association.py) and lowered for what it cannot answer. The
parts have names and add up to the score. Figures for each part: benchmarks/LOG.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .association import Numbers, Places, Scores, answer_lift, conversation_lift, neighbour_lift


@dataclass(frozen=True, slots=True)
class RankingPolicy:
    """The weights; one set for everybody, never one per file of data. 0 leaves a part out."""

    meaning: float = 1.0
    words: float = 0.7
    phrases: float = 0.1
    speaker: float = 1.5  # said by whom the question asks about
    neighbour: float = 0.15  # the better one of the turns before and after
    answer: float = 0.3  # follows a question that fits
    conversation: float = 0.5  # the best of the same conversation
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


def telling(marks: Scores) -> Scores:
    """The marks, or nothing where all memories have the same: what all share tells nothing."""
    return marks if np.ptp(marks) > 0 else np.zeros_like(marks)


def parts(signals: Signals, places: Places, policy: RankingPolicy) -> dict[str, Scores]:
    """The parts of every memory's score, by name; they add up to the score."""
    own = {
        "meaning": policy.meaning * standardised(signals.meaning),
        "words": policy.words * standardised(signals.words),
        "phrases": policy.phrases * standardised(signals.phrases),
        "speaker": policy.speaker * telling(signals.speaker),
    }
    fit: Scores = np.sum(list(own.values()), axis=0, dtype=np.float32)
    return {
        **own,
        "neighbour": policy.neighbour * neighbour_lift(fit, places),
        "answer": policy.answer * answer_lift(fit, signals.asking, places),
        "conversation": policy.conversation * conversation_lift(fit, places),
        "asking": -policy.asking * signals.asking,
        "superseded": -policy.superseded * signals.superseded,
    }


@dataclass(frozen=True, slots=True)
class Contenders:
    """The best memories side by side, to see which of them say the same."""

    scores: Scores
    coverage: Scores
    speaker: Scores
    recency: Numbers  # places in time, the oldest first
    likeness: Scores  # cosines, square


def renewals(best: Contenders, policy: RankingPolicy) -> Scores:
    """What each of the best memories loses because a newer one among them says the same anew.

    Two say the same when they are alike in meaning and hold the same words of the question, and at
    least half of those that are rare: "I live in Lyon" and "I live in Nantes", for "Where do I live?".
    The older one then stands right below the newer one. What the person said is not replaced by what
    somebody else said about it.
    """
    lowered = best.scores.astype(np.float32)
    for older in np.argsort(-best.recency, kind="stable"):
        if best.coverage[older] < 0.5:
            continue
        newer = np.flatnonzero(
            (best.recency > best.recency[older])
            & (best.likeness[older] >= policy.renewal)
            & (best.coverage >= best.coverage[older] - 0.02)
            & (best.speaker >= best.speaker[older])
        )
        if len(newer):
            lowered[older] = min(lowered[older], lowered[newer].min() - 1e-3)
    return np.asarray(lowered - best.scores, dtype=np.float32)
