"""An encoder with what it was taught: layers and heads out of a file of this package."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from .encoded import Encoded, Floats

BATCH = 16
_HEAD = "head."

M = TypeVar("M")  # what is made of each

Given = Sequence[tuple[str, str | None]]  # texts, or pairs of them


class Taught(ABC):
    """Loads on first use, and raises AssetMissing or AssetDamaged then. Thread-safe."""

    def __init__(self, taught: str) -> None:
        self._taught = taught
        self._lock = threading.Lock()

    def head(self, name: str) -> Floats:
        return self._weights[_HEAD + name]

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        return self._each([(text, None) for text in texts], lambda one: one)

    def encode_pairs(self, first: str, seconds: Sequence[str]) -> list[Encoded]:
        return self._each([(first, second) for second in seconds], lambda one: one)

    def pooled(self, texts: Sequence[str]) -> Floats:
        """What sums up each text, a row. All states of a long message's sentences at once would be half a gigabyte."""
        return np.array(self._each([(text, None) for text in texts], Encoded.pooled), dtype=np.float32)

    def _each(self, given: Given, made: Callable[[Encoded], M]) -> list[M]:
        found: dict[int, M] = {}
        order = sorted(
            range(len(given)), key=lambda i: sum(len(t) for t in given[i] if t)
        )  # alike lengths pad little
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            found |= zip(chosen, map(made, self._batch([given[i] for i in chosen])), strict=True)
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
