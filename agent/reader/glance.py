"""Whether a text is worth reading: a linear model over its words and neighbouring words, a thousandth of what reading costs.

Words are hashed into DIMENSIONS places (feature hashing, Weinberger et al., 2009). `glance.npz` holds a weight for each place
and a bias; `benchmarks/reader/glance.py` fits them.
"""

from __future__ import annotations

import re
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .encoded import clean

DIMENSIONS = 1 << 15
_WORD = re.compile(r"[^\W_]+|[!:{}\[\]<>#*]")


def places(text: str) -> NDArray[np.int64]:
    """Where the words of a text and its pairs of neighbours stand, each once.

    >>> len(places("Bees like bees")), len(places(""))
    (4, 0)
    """
    words = _WORD.findall(clean(text).casefold())
    told = {*words, *(f"{one} {other}" for one, other in pairwise(words))}
    return np.array(sorted({crc32(one.encode()) % DIMENSIONS for one in told}), dtype=np.int64)


def odds(weights: NDArray[np.floating], bias: float, at: NDArray[np.int64]) -> float:
    """The logarithm of the odds, of a text whose words stand there; long texts weigh as much as short ones."""
    return float(weights[at].sum() / np.sqrt(len(at) + 1) + bias)


class Glance:
    """Loads on first use. Thread-safe."""

    def __call__(self, text: str) -> float:
        """The logarithm of the odds that reading would find something."""
        weights, bias = self._fitted
        return odds(weights, bias, places(text))

    @cached_property
    def _fitted(self) -> tuple[NDArray[np.float32], float]:
        with (
            (files(__package__) / "glance.npz").open("rb") as file,
            np.load(file, allow_pickle=False) as kept,
        ):
            return kept["weights"].astype(np.float32), float(kept["bias"])
