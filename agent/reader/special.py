"""Whether a sentence tells something special about somebody, and of which category."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from . import minilm, mpnet
from .careful import Careful
from .encoded import Floats
from .taught import Taught

CATEGORIES = ("health", "beliefs", "politics", "sexuality", "union", "biometrics")
NOTHING = 0.045  # at a glance: four in five sentences of everyday talk are below, and hardly anything special

GLANCE = 0.3  # its share beside reading with care: each has learned words that the other never met


class Special:
    """Reads what was said for what is special in it: at a glance, and again with care where the glance is not sure of nothing.

    Each has layers of its own, taught for this alone: together with other tasks they miss more.
    """

    def __init__(self, models: Path) -> None:
        self._quick = minilm.Encoder(models, "quick_special.npz")
        self._careful = Careful(partial(_read, mpnet.Encoder(models, "special.npz")), "what is special")

    def __call__(self, texts: Sequence[str]) -> Floats:
        """For each text how sure it is, from 0 to 1, that something is told, then that it is of each category.

        Without the larger model's file the glance alone decides. Raises AssetMissing, AssetDamaged where that has none either.
        """
        sure = _read(self._quick, texts)
        doubtful = np.flatnonzero(sure[:, 0] > NOTHING).tolist()
        careful = self._careful([texts[i] for i in doubtful])
        if careful is not None:
            sure[doubtful] = GLANCE * sure[doubtful] + (1 - GLANCE) * careful
        return sure

    def warm(self) -> None:
        """Loads both: there is something to doubt in this."""
        self(["I was diagnosed with asthma."])


def _read(encoder: Taught, texts: Sequence[str]) -> Floats:
    votes = encoder.pooled(texts) @ encoder.head("special.w") + encoder.head("special.b")
    return np.asarray(1 / (1 + np.exp(-votes)), dtype=np.float32)
