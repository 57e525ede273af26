"""The second of two readers: a larger model for what a glance leaves in doubt. Without its file the glance alone decides."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from ..errors import AssetDamaged, AssetMissing

log = logging.getLogger(__name__)

R = TypeVar("R")


class Careful(Generic[R]):
    """`read` raises AssetMissing or AssetDamaged where there is no such model; `what` it reads for is told to the log then."""

    def __init__(self, read: Callable[[Sequence[str]], R], what: str) -> None:
        self._read = read
        self._what = what
        self._is_there = True  # until its file turns out to be missing

    def __call__(self, texts: Sequence[str]) -> R | None:
        """What it makes of the texts; None without texts, and without a model."""
        if not texts or not self._is_there:
            return None
        try:
            return self._read(texts)
        except (AssetMissing, AssetDamaged) as fault:
            log.warning("%s is read at a glance only: %s", self._what, fault)
            self._is_there = False
            return None
