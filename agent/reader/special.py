"""Whether a sentence tells something special about somebody, and of which category."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from .encoder import Encoder, Floats

CATEGORIES = ("health", "beliefs", "politics", "sexuality", "union", "biometrics")


class Special:
    """Reads what was said for what is special in it. Its layers are taught for this alone: together with others they miss more."""

    def __init__(self, cache: Path) -> None:
        self._encoder = Encoder(cache, "special.npz")

    def __call__(self, texts: Sequence[str]) -> Floats:
        """For each text how sure it is, from 0 to 1, that something is told, then that it is of each category.

        Raises AssetMissing, AssetDamaged.
        """
        head = self._encoder.head
        pooled = np.array([one.pooled() for one in self._encoder.encode(texts)])
        return np.asarray(
            1 / (1 + np.exp(-(pooled @ head("special.w") + head("special.b")))), dtype=np.float32
        )
