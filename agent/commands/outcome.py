"""What came of a command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

TakeBack = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What is answered to a command, and the memories that the answer shows.

    `kept`: whether both sides of the turn are kept as said. What orders to forget holds the very words that go.
    `take_back`: undoes what was done, while "undo" is said in time.
    """

    text: str
    used: tuple[str, ...] = ()
    kept: bool = False
    take_back: TakeBack | None = None
