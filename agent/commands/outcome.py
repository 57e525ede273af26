"""What came of a command."""

from __future__ import annotations

from dataclasses import dataclass

from memory.undoing import Back

from ..turns import Deed


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What is answered to a command, and the memories that the answer shows.

    `kept`: whether both sides of the turn are kept as said. What orders to forget holds the very words that go.
    `back`: what takes back what was done, where the versions and statuses of memories do not say it.
    `deed`: what was done is shown with its buttons.
    """

    text: str
    used: tuple[str, ...] = ()
    kept: bool = False
    back: Back | None = None
    deed: Deed | None = None
