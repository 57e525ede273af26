"""A model that says what a script says, for exact conversations: the script must be used up."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable

from ..turns import Call
from .json_answer import json_object
from .port import Place, Request

Answer = str | tuple[Call, ...]  # words, or tools that it wants used


class ScriptedModel:
    """Answers in order; keeps every request it received."""

    name = "scripted"
    place: Place = "scripted"

    def __init__(
        self, answers: Iterable[Answer] = (), *, capable: bool = True, place: Place = "scripted"
    ) -> None:
        self.capable = capable
        self.place = place
        self.requests: list[Request] = []
        self._answers = list(answers)

    def add(self, answer: Answer) -> None:
        """One more answer, after those that are left."""
        self._answers.append(answer)

    async def stream(self, request: Request) -> AsyncIterator[str | Call]:
        answer = self._next(request)
        for piece in re.findall(r"\s*\S+|\s+", answer) if isinstance(answer, str) else answer:
            yield piece

    async def complete(self, request: Request) -> object:
        return json_object(str(self._next(request)))

    def _next(self, request: Request) -> Answer:
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
