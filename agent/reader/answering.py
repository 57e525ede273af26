"""Whether a passage answers a question, and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .encoder import Encoded, Encoder

LONGEST_ANSWER = 16  # word pieces


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one passage for a question gave."""

    sure: float  # from 0 to 1: that the passage answers
    start: int  # the characters of the passage that would answer
    end: int


class Answering:
    """Reads passages for the answer to a question."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __call__(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """One reading for each passage. Raises AssetMissing, AssetDamaged."""
        return [self._reading(one) for one in self._encoder.encode_pairs(question, passages)]

    def _reading(self, one: Encoded) -> Reading:
        head = self._encoder.head
        doubt = -(one.pooled(one.second) @ head("answers.w") + head("answers.b"))
        places = np.flatnonzero(one.second)[:-1]  # the last mark is no word
        if not len(places):
            return Reading(0.0, 0, 0)
        opens, closes = (one.states[places] @ head("answers.span")).T
        first = int(opens.argmax())
        last = first + int(closes[first : first + LONGEST_ANSWER].argmax())
        return Reading(
            float(1 / (1 + np.exp(doubt))), one.offsets[places[first]][0], one.offsets[places[last]][1]
        )
