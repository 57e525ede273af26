"""What an encoder leaves of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text, or a question and a passage, as the encoder left it."""

    states: Floats  # a row for each word piece
    offsets: Sequence[tuple[int, int]]  # the characters of each piece in its own text; empty for a mark
    second: NDArray[np.bool_]  # the pieces of the passage, where there is one

    def pooled(self, chosen: NDArray[np.bool_] | None = None) -> Floats:
        """The first state, which sums up, beside the mean of the chosen ones."""
        some = self.states if chosen is None or not chosen.any() else self.states[chosen]
        return np.concatenate([self.states[0], some.mean(axis=0)])


def clean(text: str) -> str:
    """Half an emoji is no text."""
    return text.encode("utf-8", "replace").decode("utf-8")


def whole(first: str, second: str | None) -> str | tuple[str, str]:
    """A text, or a pair, as a tokenizer takes it."""
    return clean(first) if second is None else (clean(first), clean(second))
