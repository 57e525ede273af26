"""What an encoder leaves of a text, and what those who read ask of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

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


class Encodes(Protocol):
    """An encoder with the heads that were taught with it. Raises AssetMissing, AssetDamaged."""

    def head(self, name: str) -> Floats: ...

    def encode(self, texts: Sequence[str]) -> list[Encoded]: ...

    def encode_pairs(self, first: str, seconds: Sequence[str]) -> list[Encoded]: ...


def clean(text: str) -> str:
    """Half an emoji is no text."""
    return text.encode("utf-8", "replace").decode("utf-8")
