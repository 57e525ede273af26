"""From mem0's worker threads back to the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Future
from threading import Lock
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Bridge:
    """Lets a thread wait for a coroutine. When it closes, nobody waits any longer."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: list[Future[Any]] = []
        self._closed = False
        self._lock = Lock()

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Called in a thread; the coroutine runs on the loop."""
        with self._lock:
            if self._closed:
                coroutine.close()
                raise CancelledError
            future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
            self._waiting.append(future)
        return future.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._closed = True
        for future in self._waiting:
            future.cancel()  # what is done stays done
