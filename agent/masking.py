"""The guard toward a model elsewhere: details leave as placeholders and return on the way back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace

from privacy.anonymization import Outgoing
from privacy.identity import Scope

from .errors import NotAgreed
from .models.port import ChatModel, Request


class MaskedModel:
    """Any model, seen through the guard. No caller can forget it: wiring puts it there."""

    def __init__(
        self,
        model: ChatModel,
        outgoing: Outgoing,
        allowed: Callable[[Scope], Awaitable[bool]],
        tell: Callable[[Scope, str], Awaitable[None]],
    ) -> None:
        self._model = model
        self._outgoing = outgoing
        self._allowed = allowed  # whether this person agrees to have anything sent there
        self._tell = tell  # whose words go to which model
        self.name, self.place, self.capable = model.name, model.place, model.capable

    async def stream(self, request: Request) -> AsyncIterator[str]:
        await self._require_consent(request)
        outgoing = self._outgoing.in_passing() if request.incognito else self._outgoing
        hidden = await asyncio.to_thread(_hidden, request, outgoing)
        restorer = outgoing.restorer(request.scope)
        async with aclosing(self._model.stream(hidden)) as pieces:  # type: ignore[type-var]  # all of ours are generators
            async for piece in pieces:
                if shown := restorer.feed(piece):
                    yield shown
        if rest := restorer.close():
            yield rest

    async def complete(self, request: Request) -> object:
        await self._require_consent(request)
        hidden = await asyncio.to_thread(_hidden, request, self._outgoing)
        return self._restored(await self._model.complete(hidden), request.scope)

    async def _require_consent(self, request: Request) -> None:
        if not await self._allowed(request.scope):
            raise NotAgreed(
                f"You have not agreed that anything is sent to {self.name}, so it was not asked. Say yes on the "
                "memory page or with `keepsake consent give provider`, or choose a model on this computer."
            )
        if not request.incognito:  # not even that there was a talk is written down
            await self._tell(request.scope, self.name)

    def _restored(self, answer: object, scope: Scope) -> object:
        """Data with the details back in its texts, wherever they stand."""
        match answer:
            case str():
                restorer = self._outgoing.restorer(scope)
                return restorer.feed(answer) + restorer.close()
            case list():
                return [self._restored(item, scope) for item in answer]
            case dict():
                return {name: self._restored(value, scope) for name, value in answer.items()}
            case _:
                return answer

    async def warm(self) -> None:
        await self._model.warm()

    async def aclose(self) -> None:
        await self._model.aclose()


def _hidden(request: Request, outgoing: Outgoing) -> Request:
    messages = (replace(m, text=outgoing.hide(m.text, request.scope)) for m in request.messages)
    return replace(request, messages=tuple(messages))
