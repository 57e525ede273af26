"""The guard toward a model elsewhere: details leave as placeholders and return on the way back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from memory.ports import Embedder, Vector
from privacy.anonymization import Anonymizer, in_plain_words
from privacy.identity import Scope
from privacy.outgoing import Outgoing
from privacy.passing import passing_vaults

from .errors import NotAgreed
from .models.port import ChatModel, Request
from .sending import Sending
from .turns import Call, Message


class MaskedModel:
    """Any model, seen through the guard. No caller can forget it: wiring puts it there."""

    def __init__(
        self,
        model: ChatModel,
        outgoing: Outgoing,
        allowed: Callable[[Scope], Awaitable[bool]],
        tell: Callable[[Scope, str], Awaitable[None]],
        sending: Sending,
    ) -> None:
        self._model = model
        self._outgoing = outgoing
        self._sending = sending  # how this person wants each thing to leave
        self.host = sending.provider
        self._allowed = allowed  # whether this person agrees to have anything sent there
        self._tell = tell  # whose words go to which model
        self.name, self.place, self.capable = model.name, model.place, model.capable

    async def stream(self, request: Request) -> AsyncIterator[str | Call]:
        await self._require_consent(request)
        outgoing = self._outgoing.in_passing() if request.incognito else self._outgoing
        hidden = await asyncio.to_thread(_hidden, request, outgoing, self._sending)
        restorer = outgoing.restorer(request.scope)
        async with aclosing(self._model.stream(hidden)) as pieces:  # type: ignore[type-var]  # all of ours are generators
            async for piece in pieces:
                if isinstance(piece, Call):
                    yield replace(
                        piece, arguments=_through(piece.arguments, partial(_shown, outgoing, request.scope))
                    )
                elif shown := restorer.feed(piece):
                    yield shown
        if rest := restorer.close():
            yield rest

    async def complete(self, request: Request) -> object:
        await self._require_consent(request)
        hidden = await asyncio.to_thread(_hidden, request, self._outgoing, self._sending)
        return _changed(await self._model.complete(hidden), partial(_shown, self._outgoing, request.scope))

    async def _require_consent(self, request: Request) -> None:
        if not await self._allowed(request.scope):
            raise NotAgreed(
                f"You have not agreed that anything is sent to {self.name}, so it was not asked. Say yes on the "
                "memory page or with `keepsake consent give provider`, or choose a model on this computer."
            )
        if not request.incognito:  # not even that there was a talk is written down
            await self._tell(request.scope, self.name)

    async def warm(self) -> None:
        await self._model.warm()

    async def aclose(self) -> None:
        await self._model.aclose()


class MaskedEmbedder:
    """An embedder elsewhere, seen through the guard: it reads plain words in place of personal details.

    Whose memories it may read for the index is asked before they are handed over; a question is asked for here.
    """

    def __init__(
        self,
        embedder: Embedder,
        anonymizer: Anonymizer,
        may_read: Callable[[str], bool],
        tell: Callable[[Scope, str], None],
        sending: Sending,
    ) -> None:
        self._embedder = embedder
        self._anonymizer = anonymizer
        self._may_read = may_read  # by the name of a person
        self._tell = tell  # whose question goes to which model
        self._sending = sending
        self.host = sending.provider
        self.name, self.dimensions, self.place = embedder.name, embedder.dimensions, embedder.place

    def embed_memories(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        """Texts as they lie at rest, a plain word for each detail."""
        return self._embedder.embed_memories(texts, scope=scope)

    def embed_questions(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        if not self._may_read(scope.owner):
            raise NotAgreed(
                f"You have not agreed that anything is sent to {self.name}, so memories are found by their words only. "
                "Say yes on the memory page or with `keepsake consent give provider`."
            )
        vault = passing_vaults().of(scope)
        masked = [self._anonymizer.mask(self._sending.without(text, scope), vault) for text in texts]
        self._tell(scope, self.name)
        return self._embedder.embed_questions([in_plain_words(one) for one in masked], scope=scope)


def _hidden(request: Request, outgoing: Outgoing, sending: Sending) -> Request:
    treated = sending.treated(request.scope)

    def hide(text: str) -> str:
        return outgoing.hide(sending.without(text, request.scope), request.scope, treated)

    return replace(request, messages=tuple(_hidden_message(message, hide) for message in request.messages))


def _hidden_message(message: Message, hide: Callable[[str], str]) -> Message:
    calls = tuple(replace(call, arguments=_through(call.arguments, hide)) for call in message.calls)
    return replace(message, text=hide(message.text), calls=calls)


def _shown(outgoing: Outgoing, scope: Scope, text: str) -> str:
    restorer = outgoing.restorer(scope)
    return restorer.feed(text) + restorer.close()


def _through(arguments: str, change: Callable[[str], str]) -> str:
    """JSON with its texts changed one by one: it stays JSON whatever stands in them. What is none is changed whole."""
    try:
        return json.dumps(_changed(json.loads(arguments), change), ensure_ascii=False)
    except (ValueError, RecursionError):
        return change(arguments)


def _changed(data: object, change: Callable[[str], str]) -> object:
    """Data with its texts changed, wherever they stand."""
    match data:
        case str():
            return change(data)
        case list():
            return [_changed(item, change) for item in data]
        case dict():
            return {name: _changed(value, change) for name, value in data.items()}
        case _:
            return data
