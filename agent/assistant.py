"""A whole conversation turn, readable on one screen."""

from __future__ import annotations

from collections.abc import AsyncIterator

from memory.facade import Memory
from memory.records import Recollection, Utterance

from .answers import acknowledgement, answer, manner
from .background import Worker
from .context import compose, compose_small_talk
from .errors import ModelUnavailable
from .models.port import ChatModel
from .turns import Finished, Recalled, ReplyEvent, Said, Trouble, Turn


class Assistant:
    """Recalls, answers and remembers."""

    def __init__(self, memory: Memory, model: ChatModel, worker: Worker) -> None:
        self._memory = memory
        self._model = model
        self._worker = worker

    async def reply(self, turn: Turn) -> AsyncIterator[ReplyEvent]:
        """Stream one turn. What the person said is on disk first: no fault and no stop can lose it."""
        remembered = await self._keep(turn, turn.text, "user")
        recollection = await self._memory.recall(
            turn.text, scope=turn.scope, by=turn.principal, exclude=remembered
        )
        said: list[str] = []
        used: tuple[str, ...] = ()
        try:
            if self._model.capable:
                used = () if recollection.abstained else tuple(hit.memory.id for hit in recollection.hits)
                shown = Recollection(question=turn.text) if recollection.abstained else recollection
                yield Recalled(shown)
                pieces = self._model.stream(compose(turn, shown))
            else:
                grounded, pieces = self._without_reading(turn, recollection)
                used = grounded
                yield Recalled(recollection)
            async for piece in pieces:
                said.append(piece)
                yield Said(piece)
        except ModelUnavailable as fault:
            yield Trouble(str(fault))
        text = "".join(said)
        if text.strip():
            remembered += await self._keep(turn, text, "assistant", because=used)
        self._worker.nudge(turn.scope, turn.principal)
        yield Finished(text, remembered, used)

    def _without_reading(
        self, turn: Turn, recollection: Recollection
    ) -> tuple[tuple[str, ...], AsyncIterator[str]]:
        """A small model talks; whatever is said about the person comes from the recollection."""
        match manner(turn.text):
            case "question":
                grounded = answer(recollection)
            case "statement":
                grounded = acknowledgement(kept=turn.mode == "remember")
            case _:
                return (), self._model.stream(compose_small_talk(turn))
        return grounded.used, _one(grounded.text)

    async def _keep(
        self, turn: Turn, text: str, speaker: str, because: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        if turn.mode != "remember" or not text.strip():
            return ()
        utterance = Utterance(text=text, speaker=speaker, session=turn.thread, at=turn.at, because=because)
        kept = await self._memory.remember(utterance, scope=turn.scope, by=turn.principal)
        return tuple(memory.id for memory in kept)


async def _one(text: str) -> AsyncIterator[str]:
    yield text
