"""A clock that a test sets forward."""

from __future__ import annotations

from datetime import datetime, timedelta

from memory.moments import utc_now


class Clock:
    """Now, and `later` when a test says so."""

    def __init__(self) -> None:
        self.later = timedelta(0)

    def __call__(self) -> datetime:
        return utc_now() + self.later
