"""How often something may be tried: a leaky bucket for each key, which remembers one moment."""

from __future__ import annotations

import time
from collections.abc import Callable


class Tries:
    """`burst` tries at once, then one more `every` so many seconds."""

    def __init__(self, *, burst: int, every: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._every = every
        self._patience = burst * every
        self._clock = clock
        self._empty_at: dict[str, float] = {}  # when the bucket will have leaked away
        self._most = 10_000

    def allow(self, key: str) -> bool:
        """Whether one more try is in order; it counts when it is."""
        now = self._clock()
        if len(self._empty_at) > self._most:
            self._empty_at = {key: at for key, at in self._empty_at.items() if at > now}
            self._most = max(10_000, 2 * len(self._empty_at))
        level = max(self._empty_at.get(key, now), now) + self._every
        if level - now > self._patience:
            return False
        self._empty_at[key] = level
        return True

    def give_back(self, key: str) -> None:
        """Take one try back: it went well, and only what fails is to be slowed down."""
        if key in self._empty_at:
            self._empty_at[key] -= self._every
