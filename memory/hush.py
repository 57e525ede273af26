"""What works in the background makes way while somebody waits for an answer to begin."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

PATIENCE = 5.0  # seconds: where many talk all the time, something must be read and indexed too


class Hush:
    """Thread-safe: answers begin on the event loop, reading and indexing happen in threads.

    >>> hush = Hush()
    >>> with hush.hushed() as begun:
    ...     begun()  # it has begun: the background may go on
    ...     hush.give_way()
    """

    def __init__(self) -> None:
        self._waiting: set[object] = set()  # those whose answer has not begun
        self._free = threading.Event()
        self._free.set()
        self._lock = threading.Lock()

    @contextmanager
    def hushed(self) -> Iterator[Callable[[], None]]:
        """While somebody waits for an answer to begin. Call what is given when it has begun."""
        waiting = object()
        with self._lock:
            self._waiting.add(waiting)
            self._free.clear()

        def begun() -> None:
            with self._lock:
                self._waiting.discard(waiting)
                if not self._waiting:
                    self._free.set()

        try:
            yield begun
        finally:
            begun()

    @property
    def free(self) -> bool:
        return self._free.is_set()

    def give_way(self) -> None:
        """Block until nobody waits, or patience ends."""
        self._free.wait(PATIENCE)

    def unhurried(self, work: Callable[P, R]) -> Callable[P, R]:
        """The same work, begun only when nobody waits."""

        @wraps(work)
        def done(*given: P.args, **named: P.kwargs) -> R:
            self.give_way()
            return work(*given, **named)

        return done
