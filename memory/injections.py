"""Whether a text orders a model about: by its shape, and by a reading model that has seen many (blocks)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from privacy.errors import KeepsakeError
from privacy.readings import Readings

from .orders import LONGEST, order

Reads = Callable[[Sequence[str]], NDArray[np.float32]]  # of each text how sure it is, from 0 to 1

MOST = 10_000  # texts whose signs are known without reading them again: a list of what waits may be long
SURE = 0.8  # a miss is recalled as data between marks; an alarm makes somebody confirm their own words


class Injections:
    """Knows texts that want to steer the model. Thread-safe; keeps no word of what it read."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._readings: Readings[str] = Readings(MOST)

    def __call__(self, text: str) -> bool:
        return self.all([text])[0]

    def all(self, texts: Sequence[str], *, at_most: int | None = None) -> list[bool]:
        """The same for many texts, at less cost than one by one.

        `at_most` so many are read that were not read before; of the others their shape tells, until the next time.
        """
        known = {text: self._readings.get(text) for text in texts}
        unread = [text for text, found in known.items() if found is None]
        for text, found in zip(unread[:at_most], self._found(unread[:at_most]), strict=True):
            known[text] = found
            self._readings.put(text, found)
        return [bool(order(text) if (signs := known[text]) is None else signs) for text in texts]

    def _found(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """The signs of each text."""
        shapes = [order(text) for text in texts]
        shapeless = [text[:LONGEST] for text, shape in zip(texts, shapes, strict=True) if not shape]
        sure = iter(self._sure(shapeless))
        return [(shape,) if shape else ("read",) if next(sure) >= SURE else () for shape in shapes]

    def _sure(self, texts: Sequence[str]) -> Sequence[float]:
        if not texts:
            return ()
        try:
            return [float(one) for one in self._reads(texts)]
        except KeepsakeError:  # recall has said so, and what to do about it; until then shapes decide
            return [0.0] * len(texts)
