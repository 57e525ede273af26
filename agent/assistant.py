"""A whole conversation turn, readable on one screen."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from memory.budget import Room, as_they_happened, in_tokens
from memory.choices import Choices
from memory.facade import Memory
from memory.records import Recollection
from privacy.identity import Principal, Scope

from .adapting import NOTHING as UNADAPTED
from .adapting import Adaptation, Adapting
from .answers import REACH
from .commands.answered import without_orders
from .commands.obedience import Obedience
from .commands.outcome import Obeyed
from .context import compose, note
from .errors import AgentFault
from .keeping import Keeping, Kept
from .models.port import ChatModel, words_of
from .notices import waits
from .noting import Noting
from .personalization import PLAIN
from .quoting import Quoting
from .receipts import NEAR_MISSES
from .reply import Reply
from .reservations import Reservations
from .turns import (
    Finished,
    Message,
    Mode,
    Noticed,
    Recalled,
    Reference,
    ReplyEvent,
    Rests,
    Said,
    Trouble,
    Turn,
)
from .unasked import Unasked

NOTES = 12  # memories that a model is shown at most
ROOM = Room(tokens=1000, cost=lambda memory: in_tokens(note(NOTES, memory)))  # for all of them together


class Assistant:
    """Recalls, answers and remembers."""

    def __init__(
        self,
        memory: Memory,
        choices: Choices,
        model: ChatModel,
        obedience: Obedience,
        reservations: Reservations,
        adapting: Adapting,
        noting: Noting,
        quoting: Quoting,
        keeping: Keeping,
        unasked: Unasked,
    ) -> None:
        self._memory = memory
        self._choices = choices
        self._model = model
        self._obedience = obedience
        self._reservations = reservations
        self._adapting = adapting
        self._noting = noting
        self._quoting = quoting
        self._keeping = keeping
        self._unasked = unasked

    async def reply(self, turn: Turn) -> AsyncGenerator[ReplyEvent, None]:
        """Stream one turn; learning and indexing make way until its answer has begun."""
        with self._memory.hush.hushed() as begun:
            async with aclosing(self._reply(turn)) as events:
                async for event in events:
                    if isinstance(event, Said):
                        begun()
                    yield event

    async def _reply(self, turn: Turn) -> AsyncGenerator[ReplyEvent, None]:
        """What the person said is on disk first: no fault and no stop can lose it."""
        turn = await self._as_chosen(turn)
        kept = self._keeping.of(turn)
        if turn.mode != "incognito" and (obeyed := await self._obedience.obey(turn)) is not None:
            async for event in self._told(turn, obeyed, kept):
                yield event
            return
        await kept.hear()
        reply = await self._replying(turn, kept)
        try:
            yield Recalled(await reply.recalled())
            answering = await reply.begin()
            yield Rests(reply.rests)
            async for piece in answering:
                reply.said.append(piece)
                yield Said(piece)
        except AgentFault as fault:
            kept.troubles.append(str(fault))
        finally:
            # also when it is stopped in the middle: what was said so far was said
            await kept.answer(
                reply.text,
                reply.used,
                sent=reply.sent,
                selection=reply.selection,
                found=reply.found,
                tools=reply.tools,
                here=reply.here,
            )
        for sentence in dict.fromkeys(kept.troubles):
            yield Trouble(sentence)
        unasked = await self._unasked.sentences(turn, reply.selection, reply.found)
        for sentence in [*waits(kept.heard), *unasked]:
            yield Noticed(sentence)
        yield Finished(reply.text, kept.remembered, reply.rests, kept.receipt)

    async def _told(self, turn: Turn, obeyed: Obeyed, kept: Kept) -> AsyncIterator[ReplyEvent]:
        """The answer to a command. An order to forget is not kept: it holds the very words that go."""
        yield Recalled(Recollection(question=turn.text))
        yield Rests(obeyed.used, obeyed.deed)
        yield Said(obeyed.text)
        if obeyed.kept:
            await kept.hear()
            await kept.answer(obeyed.text, obeyed.used)
        for sentence in dict.fromkeys(kept.troubles):
            yield Trouble(sentence)
        yield Finished(obeyed.text, kept.remembered, obeyed.used, kept.receipt)

    async def _replying(self, turn: Turn, kept: Kept) -> Reply:
        """A reply out of all that is known and wanted here; a capable model reads it, else it is quoted."""
        adaptation = await self._adapt(turn)
        found = await self._recall(turn, (*kept.remembered, *adaptation.hidden))
        if found.trouble:
            kept.troubles.append(found.trouble)
        history = [*await self._history(turn), Message("user", turn.text, kept.question)]
        if self._model.capable:
            return self._noting.reply(turn, found, adaptation, history, kept.heard)
        return self._quoting.reply(turn, found, adaptation.style, history)

    async def said_before(self, thread: str, *, scope: Scope, by: Principal) -> tuple[Message, ...]:
        """A conversation as memory has it, for taking it up again: without what was forgotten; none when it is off."""
        if not await self._choices.remembers(scope):
            return ()
        return tuple(
            Message(
                "assistant" if memory.speaker == "assistant" else "user",
                memory.text,
                Reference(memory.id, memory.version),
            )
            for memory in await self._memory.conversation(thread, scope=scope, by=by)
            # a page is none of the two who talk, and what is paused is not used
            if memory.status != "paused" and (memory.origin == "said" or memory.status != "quarantined")
        )

    async def _as_chosen(self, turn: Turn) -> Turn:
        """The turn, as far as its person agreed to remembering and using."""
        if turn.mode == "incognito":
            return turn
        keeps, uses = await self._choices.agreed(scope=turn.scope, by=turn.principal)
        return replace(turn, mode=_mode(keeps and turn.keeps, uses and turn.uses))

    async def _recall(self, turn: Turn, exclude: Sequence[str]) -> Recollection:
        if not turn.uses:
            return Recollection(question=turn.text, abstained=True)
        found = await self._memory.recall(
            turn.text,
            scope=turn.scope,
            by=turn.principal,
            thread=turn.thread,
            exclude=exclude,
            limit=NOTES + NEAR_MISSES if self._model.capable else REACH,
            purpose="answer",
            room=ROOM if self._model.capable else None,
        )
        found = await self._reservations.respected(found, scope=turn.scope, by=turn.principal)
        if not self._model.capable:
            return found
        shown = as_they_happened(found.hits[:NOTES])  # a model reads a story, not a ranking
        return replace(found, hits=shown, near_misses=found.hits[NOTES:])

    async def without_memory(self, turn: Turn) -> str:
        """What would be answered had nothing been remembered. Nothing of it is kept."""
        turn = replace(turn, mode="off")
        nothing = Recollection(question=turn.text, abstained=True)
        history = [*turn.history, Message("user", turn.text)]
        if self._model.capable:
            answering: AsyncIterator[str] = words_of(
                self._model.stream(compose(nothing, history).request(turn))
            )
        else:
            answering = await self._quoting.reply(turn, nothing, PLAIN, history).begin()
        return "".join([piece async for piece in answering])

    async def _history(self, turn: Turn) -> list[Message]:
        """What was said before in this conversation, without what was forgotten since."""
        history = without_orders(turn.history)
        kept = [message.kept.id for message in history if message.kept]
        if not kept:
            return history
        live = await self._memory.still_known(kept, scope=turn.scope, by=turn.principal)
        used = {id for id, memory in live.items() if memory.status != "paused"}
        return [message for message in history if message.kept is None or message.kept.id in used]

    async def _adapt(self, turn: Turn) -> Adaptation:
        """What is known of a person applies also where no search finds it; unless memory is off."""
        if not turn.uses:
            return UNADAPTED
        adaptation = await self._adapting.adapt(
            turn.text, scope=turn.scope, by=turn.principal, capable=self._model.capable
        )
        traits = {memory.id for memory in adaptation.traits}
        away = await self._reservations.kept_away(turn.text, traits, scope=turn.scope, by=turn.principal)
        return replace(adaptation, traits=tuple(m for m in adaptation.traits if m.id not in away))


def _mode(keeps: bool, uses: bool) -> Mode:
    if keeps:
        return "remember" if uses else "dont_use"
    return "dont_learn" if uses else "off"
