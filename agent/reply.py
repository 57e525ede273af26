"""A reply in the making: what came to mind for it, what it rests on, what was sent for it, what was said so far."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from types import MappingProxyType

from memory.records import Recollection

from .context import Composed
from .procedures import NONE
from .turns import Turn


class Reply(ABC):
    """To one turn. Broken off anywhere, it tells truly how far it came."""

    def __init__(self, turn: Turn, found: Recollection) -> None:
        self.turn = turn
        self.found = found  # without what must not go to the model, as soon as that is known
        self.selection = NONE
        self.said: list[str] = []

    @abstractmethod
    async def recalled(self) -> Recollection:
        """What the person is told that came to mind."""

    @abstractmethod
    async def begin(self) -> AsyncIterator[str]:
        """The words as they come. From now on it is known what they rest on."""

    @property
    @abstractmethod
    def used(self) -> tuple[str, ...]:
        """The memories it rests on."""

    @property
    @abstractmethod
    def sent(self) -> Composed | None:
        """The last request to a model; None when none was made."""

    @property
    def tools(self) -> Sequence[str]:
        """What the model could ask for."""
        return ()

    @property
    def here(self) -> Mapping[str, str]:
        """The memories that must not go to this model, each with what keeps it."""
        return MappingProxyType({})

    @property
    def rests(self) -> tuple[str, ...]:
        """The memories it rests on, and the procedures it was told."""
        return (*self.used, *self.selection.ids)

    @property
    def text(self) -> str:
        """What was said so far."""
        return "".join(self.said)
