"""Whether a sentence tells something special about somebody, and of which category."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .encoder import Encoder, Floats

CATEGORIES = ("health", "beliefs", "politics", "sexuality", "union", "biometrics")


class Special:
    """Reads sentences for what is special in them."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __call__(self, texts: Sequence[str]) -> Floats:
        """For each text how sure it is, from 0 to 1, that something is told, then that it is of each category.

        Raises AssetMissing, AssetDamaged.
        """
        head = self._encoder.head
        pooled = np.array([one.pooled() for one in self._encoder.encode(texts)])
        return np.asarray(
            1 / (1 + np.exp(-(pooled @ head("special.w") + head("special.b")))), dtype=np.float32
        )
