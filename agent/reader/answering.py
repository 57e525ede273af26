"""Whether a passage answers a question, and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import minilm
from .encoded import Encoded
from .taught import Taught

LONGEST_ANSWER = 16  # word pieces


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one passage for a question gave."""

    sure: float  # from 0 to 1: that the passage answers
    start: int  # the characters of the passage that would answer
    end: int


class Answering:
    """Reads passages for the answer to a question."""

    def __init__(self, models: Path) -> None:
        self._encoder = minilm.Encoder(models, "reading.npz")

    def __call__(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """One reading for each passage. Raises AssetMissing, AssetDamaged."""
        return [_reading(self._encoder, one) for one in self._encoder.encode_pairs(question, passages)]

    def warm(self) -> None:
        self("Where do I live?", ["I live in Ghent."])


def _reading(encoder: Taught, one: Encoded) -> Reading:
    doubt = -(one.pooled(one.second) @ encoder.head("answers.w") + encoder.head("answers.b"))
    places = [
        place
        for place in np.flatnonzero(one.second).tolist()
        if one.offsets[place][1] > one.offsets[place][0]
    ]
    if not places:
        return Reading(0.0, 0, 0)
    opens, closes = (one.states[places] @ encoder.head("answers.span")).T
    first = int(opens.argmax())
    last = first + int(closes[first : first + LONGEST_ANSWER].argmax())
    return Reading(
        float(1 / (1 + np.exp(doubt))), one.offsets[places[first]][0], one.offsets[places[last]][1]
    )
