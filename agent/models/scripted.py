"""A model that says what a script says, for exact conversations: the script must be used up."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable

from .json_answer import json_object
from .port import Place, Request


class ScriptedModel:
    """Answers in order; keeps every request it received."""

    name = "scripted"
    place: Place = "scripted"

    def __init__(
        self, answers: Iterable[str] = (), *, capable: bool = True, place: Place = "scripted"
    ) -> None:
        self.capable = capable
        self.place = place
        self.requests: list[Request] = []
        self._answers = list(answers)

    def add(self, answer: str) -> None:
        """One more answer, after those that are left."""
        self._answers.append(answer)

    async def stream(self, request: Request) -> AsyncIterator[str]:
        for piece in re.findall(r"\s*\S+|\s+", self._next(request)):
            yield piece

    async def complete(self, request: Request) -> object:
        return json_object(self._next(request))

    def _next(self, request: Request) -> str:
        if not self._answers:
            raise AssertionError("The script has no answer left for this request.")
        self.requests.append(request)
        return self._answers.pop(0)

    @property
    def left(self) -> int:
        return len(self._answers)

    async def warm(self) -> None:
        """Nothing to load."""

    async def aclose(self) -> None:
        """Nothing is open."""
