"""An encoder with what it was taught: layers and heads out of a file of this package."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .encoded import Encoded, Floats

BATCH = 16
_HEAD = "head."

Given = Sequence[tuple[str, str | None]]  # texts, or pairs of them


class Taught(ABC):
    """Loads on first use, and raises AssetMissing or AssetDamaged then. Thread-safe."""

    def __init__(self, taught: str) -> None:
        self._taught = taught
        self._lock = threading.Lock()

    def head(self, name: str) -> Floats:
        return self._weights[_HEAD + name]

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        return self._encode([(text, None) for text in texts])

    def encode_pairs(self, first: str, seconds: Sequence[str]) -> list[Encoded]:
        return self._encode([(first, second) for second in seconds])

    def _encode(self, given: Given) -> list[Encoded]:
        found: dict[int, Encoded] = {}
        order = sorted(
            range(len(given)), key=lambda i: sum(len(t) for t in given[i] if t)
        )  # alike lengths pad little
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            found |= zip(chosen, self._batch([given[i] for i in chosen]), strict=True)
        return [found[i] for i in range(len(given))]

    @abstractmethod
    def _batch(self, given: Given) -> Iterable[Encoded]:
        """A few at once."""

    @cached_property
    def _weights(self) -> dict[str, NDArray[Any]]:
        with (
            (files(__package__) / self._taught).open("rb") as file,
            np.load(file, allow_pickle=False) as kept,
        ):
            return dict(kept)
