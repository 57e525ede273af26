"""The configured model as a judge of how well memories answer a question. The guard at its border is the model's own."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence

from privacy.identity import Scope

from ..errors import ModelUnavailable
from ..models.port import ChatModel, Request
from ..prompting import prompt
from ..sending import Sending
from ..turns import Message

LONGEST = 400  # characters of each memory that the model is shown
MOST = 10.0  # points
PATIENCE = 30.0  # seconds: an answer waits for this
UNSAID = "The model could not say which memories fit best, so its second look was left out."


class ModelReranker:
    """Made on the event loop; asked from worker threads."""

    def __init__(self, model: ChatModel, sending: Sending) -> None:
        self._model = model
        self._sending = sending  # what it may be shown
        self._loop = asyncio.get_running_loop()
        self.name = f"judged by {model.name}"

    def scores(self, question: str, texts: Sequence[str], *, scope: Scope) -> Sequence[float]:
        """What must not go to this model gets what the others have on average: neither better nor worse."""
        here = self._sending.why(texts, scope)
        judged = [text for text, why in zip(texts, here, strict=True) if not why]
        if not judged:
            return [0.0] * len(texts)
        given = self._judged(question, judged, scope)
        each, usual = iter(given), sum(given) / len(given)
        return [usual if why else next(each) for why in here]

    def _judged(self, question: str, texts: Sequence[str], scope: Scope) -> list[float]:
        mark = "".join(secrets.choice("-=") for _ in range(32))  # nobody can write this line and end the data
        lines = "\n".join(
            f"[{n}] {' '.join(text.split())[:LONGEST]}" for n, text in enumerate(texts, start=1)
        )
        told = prompt("second_look", mark=mark, question=question[:LONGEST], memories=lines)
        request = Request((Message("user", told),), scope, max_tokens=20 * len(texts) + 50, temperature=0.0)
        asked = asyncio.run_coroutine_threadsafe(self._model.complete(request), self._loop)
        try:
            answered = asked.result(PATIENCE)
        except TimeoutError as error:
            asked.cancel()
            raise ModelUnavailable(UNSAID) from error
        return points(answered, len(texts))


def points(answered: object, count: int) -> list[float]:
    """The points in a model's answer, one for each memory. Raises ModelUnavailable when they are not.

    >>> points({"points": {"1": 9, "2": 0.5}}, 2)
    [9.0, 0.5]
    """
    given = answered.get("points") if isinstance(answered, Mapping) else None
    found = [given.get(str(n)) for n in range(1, count + 1)] if isinstance(given, Mapping) else []
    told = [min(MOST, max(0.0, float(one))) for one in found if isinstance(one, int | float)]
    if len(told) != count:
        raise ModelUnavailable(UNSAID)
    return told
