"""A whole conversation turn, readable on one screen."""

from __future__ import annotations

from collections.abc import AsyncIterator

from memory.errors import StorageFault
from memory.facade import Memory
from memory.records import Recollection, Shown, Utterance
from privacy.identity import Principal, Scope

from .answers import acknowledgement, answer, manner
from .background import Worker
from .context import Composed, compose, compose_small_talk
from .errors import AgentFault
from .models.port import ChatModel
from .personalization import Style, style_of
from .receipts import Receipts
from .turns import Finished, Message, Recalled, Reference, ReplyEvent, Said, Trouble, Turn

PREFERENCES = 200  # the newest that are looked through for standing wishes


class Assistant:
    """Recalls, answers and remembers."""

    def __init__(self, memory: Memory, model: ChatModel, worker: Worker, receipts: Receipts) -> None:
        self._memory = memory
        self._model = model
        self._worker = worker
        self._receipts = receipts

    async def reply(self, turn: Turn) -> AsyncIterator[ReplyEvent]:
        """Stream one turn. What the person said is on disk first: no fault and no stop can lose it."""
        troubles: list[str] = []
        heard = await self._keep(turn, turn.text, "user", troubles)
        remembered = tuple(memory.id for memory in heard)
        recollection = await self._memory.recall(
            turn.text, scope=turn.scope, by=turn.principal, exclude=remembered
        )
        troubles += [recollection.trouble] if recollection.trouble else []
        style = await self._style(turn)
        history = [*await self._history(turn), Message("user", turn.text, _reference(heard))]
        said: list[str] = []
        used: tuple[str, ...] = ()
        sent: Composed | None = None
        try:
            if self._model.capable:
                shown = Recollection(question=turn.text) if recollection.abstained else recollection
                used = tuple(hit.memory.id for hit in shown.hits)
                yield Recalled(shown)
                sent = compose(shown, history, style)
                answering = self._model.stream(sent.request(turn))
            else:
                yield Recalled(recollection)
                used, sent, answering = self._without_reading(turn, recollection, history)
            async for piece in answering:
                said.append(piece)
                yield Said(piece)
        except AgentFault as fault:
            troubles.append(str(fault))
        text = "".join(said)
        remembered += tuple(m.id for m in await self._keep(turn, text, "assistant", troubles, because=used))
        receipt = await self._receipt(turn, sent, used, troubles)
        for sentence in dict.fromkeys(troubles):
            yield Trouble(sentence)
        self._worker.nudge(turn.scope, turn.principal)
        yield Finished(text, remembered, used, receipt)

    async def said_before(self, thread: str, *, scope: Scope, by: Principal) -> tuple[Message, ...]:
        """A conversation as memory has it, for taking it up again: without what was forgotten."""
        return tuple(
            Message(
                "assistant" if memory.speaker == "assistant" else "user",
                memory.text,
                Reference(memory.id, memory.version),
            )
            for memory in await self._memory.conversation(thread, scope=scope, by=by)
        )

    def _without_reading(
        self, turn: Turn, recollection: Recollection, history: list[Message]
    ) -> tuple[tuple[str, ...], Composed | None, AsyncIterator[str]]:
        """A small model talks; whatever is said about the person comes from the recollection."""
        match manner(turn.text):
            case "question":
                grounded = answer(recollection)
            case "statement":
                grounded = acknowledgement(kept=turn.mode == "remember")
            case _:
                sent = compose_small_talk(history)
                return (), sent, self._model.stream(sent.request(turn, max_tokens=120))
        return grounded.used, None, _one(grounded.text)

    async def _history(self, turn: Turn) -> list[Message]:
        """What was said before in this conversation, without what was forgotten since."""
        kept = [message.kept.id for message in turn.history if message.kept]
        live = await self._memory.still_known(kept, scope=turn.scope, by=turn.principal)
        return [message for message in turn.history if message.kept is None or message.kept.id in live]

    async def _style(self, turn: Turn) -> Style:
        """Standing wishes apply always, not only when a search finds them."""
        page = await self._memory.browse(
            scope=turn.scope, by=turn.principal, kind="preference", limit=PREFERENCES
        )
        return style_of(page.memories)

    async def _keep(
        self, turn: Turn, text: str, speaker: str, troubles: list[str], because: tuple[str, ...] = ()
    ) -> list[Shown]:
        """What was kept of these words. A full disk keeps nothing: the talk goes on, and this is said."""
        if turn.mode != "remember" or not text.strip():
            return []
        utterance = Utterance(text=text, speaker=speaker, session=turn.thread, at=turn.at, because=because)
        try:
            return await self._memory.remember(utterance, scope=turn.scope, by=turn.principal)
        except StorageFault as fault:
            troubles.append(str(fault))
            return []

    async def _receipt(
        self, turn: Turn, sent: Composed | None, used: tuple[str, ...], troubles: list[str]
    ) -> str:
        try:
            return await self._receipts.keep(turn, self._model, sent, used)
        except StorageFault as fault:
            troubles.append(str(fault))
            return ""


def _reference(kept: list[Shown]) -> Reference | None:
    return Reference(kept[0].id, kept[0].version) if kept else None


async def _one(text: str) -> AsyncIterator[str]:
    yield text
