"""A second look at the best memories, by a reranker that reads question and memory together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .ranking import standardised
from .records import Hit, Reason

LOOKED = 20  # so many of the best are looked at again


def looked_again(hits: Sequence[Hit], scores: Sequence[float]) -> tuple[Hit, ...]:
    """The hits with what the second look says added to their scores, best first.

    It weighs as much as all that ranked them so far: its scores are put on the same spread.
    """
    spread = float(np.std([hit.score for hit in hits]))
    added = spread * standardised(np.asarray(scores, dtype=np.float32))
    looked = [
        replace(
            hit,
            score=hit.score + float(more),
            reasons=(*hit.reasons, Reason(name="second look", value=float(more))),
        )
        for hit, more in zip(hits, added, strict=True)
    ]
    return tuple(sorted(looked, key=lambda hit: -hit.score))
