"""A whole conversation turn, readable on one screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from types import MappingProxyType

from memory.budget import Room, as_they_happened, in_tokens
from memory.choices import Choices
from memory.errors import StorageFault
from memory.facade import Memory
from memory.procedural import Selection
from memory.records import Recollection, Shown, Utterance
from privacy.identity import Principal, Scope

from .adapting import NOTHING as UNADAPTED
from .adapting import Adaptation, Adapting
from .answers import REACH, Grounded, Grounding, tells
from .background import Worker
from .commands.obedience import Obedience, without_orders
from .commands.outcome import Obeyed
from .context import Composed, compose, compose_small_talk, note
from .diary import diary
from .errors import AgentFault
from .evidence.withdrawn import standing, withdrawn
from .kinship import asked, kinship
from .languages import language_of
from .models.port import ChatModel, words_of
from .notices import Notices, carried_over, waits
from .other_languages import SNOWBALL, answer_by_words
from .parsing import Parse
from .personalization import PLAIN, Style
from .procedures import NONE, Procedures
from .receipts import NEAR_MISSES, Receipts
from .reservations import Reservations
from .sending import Sending, sorted_out
from .tools import Exchange, Tools
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
from .wording import Wording, wording

SHOWN = 8  # memories of which a person is told that they came to mind
NOTES = 12  # memories that a model is shown at most
ROOM = Room(tokens=1000, cost=lambda memory: in_tokens(note(NOTES, memory)))  # for all of them together


class Assistant:
    """Recalls, answers and remembers."""

    def __init__(
        self,
        memory: Memory,
        choices: Choices,
        model: ChatModel,
        worker: Worker,
        receipts: Receipts,
        procedures: Procedures,
        notices: Notices,
        obedience: Obedience,
        reservations: Reservations,
        adapting: Adapting,
        tools: Tools,
        sending: Sending,
        parse: Parse,
        grounding: Grounding,
    ) -> None:
        self._memory = memory
        self._choices = choices
        self._model = model
        self._worker = worker
        self._receipts = receipts
        self._procedures = procedures
        self._notices = notices
        self._obedience = obedience
        self._reservations = reservations
        self._adapting = adapting
        self._tools = tools
        self._sending = sending
        self._parse = parse
        self._grounding = grounding

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
        troubles: list[str] = []
        turn = await self._as_chosen(turn)
        if turn.mode != "incognito" and (obeyed := await self._obedience.obey(turn)) is not None:
            async for event in self._told(turn, obeyed):
                yield event
            return
        heard = await self._keep(turn, turn.text, "user", troubles)
        remembered = tuple(memory.id for memory in heard)
        adaptation = await self._adapt(turn)
        recollection = await self._recall(turn, (*remembered, *adaptation.hidden))
        troubles += [recollection.trouble] if recollection.trouble else []
        style = adaptation.style
        history = [*await self._history(turn), Message("user", turn.text, _reference(heard))]
        said: list[str] = []
        used: tuple[str, ...] = ()
        sent: Composed | None = None
        exchange: Exchange | None = None
        selection = NONE
        here: dict[str, str] = {}
        try:
            if self._model.capable:
                selection = await self._select(turn)
                here = await self._kept_here(turn, recollection, adaptation, selection)
                recollection, adaptation = sorted_out(recollection, here), adaptation.without(here)
                selection, style = selection.without(here), adaptation.style
                shown = Recollection(question=turn.text) if recollection.abstained else recollection
                noted = {hit.memory.id for hit in shown.hits}
                traits = [memory for memory in adaptation.traits if memory.id not in noted]
                used = (*(hit.memory.id for hit in shown.hits), *(memory.id for memory in traits))
                yield Recalled(shown)
                sent = compose(shown, history, style, selection.applied, traits)
                notes = [*(hit.memory for hit in shown.hits), *traits]
                exchange = self._tools.exchange(self._model, turn, sent, notes, heard, adaptation.hidden)
                answering: AsyncIterator[str] = exchange.answer()
            else:
                yield Recalled(replace(recollection, hits=recollection.hits[:SHOWN]))
                used, sent, answering = await self._without_reading(turn, recollection, history, style)
            yield Rests((*used, *_procedures(selection)))
            async for piece in answering:
                said.append(piece)
                yield Said(piece)
        except AgentFault as fault:
            troubles.append(str(fault))
        finally:
            # also when it is stopped in the middle: what was said so far was said
            text = "".join(said)
            if exchange is not None:
                sent, used = exchange.sent, tuple(memory.id for memory in exchange.notes)
                here |= exchange.kept_here
            answered = await self._answered(turn, text, used, troubles, by_model=sent is not None)
            remembered += tuple(memory.id for memory in answered)
            used += _procedures(selection)
            receipt = await self._receipt(
                turn,
                sent,
                used,
                selection,
                recollection,
                (_first(heard), _first(answered)),
                troubles,
                tools=[tool.name for tool in exchange.offered] if exchange else (),
                here=here,
            )
            if turn.keeps:
                self._worker.nudge(turn.scope, turn.principal)
        for sentence in dict.fromkeys(troubles):
            yield Trouble(sentence)
        for sentence in [*waits(heard), *await self._noticed(turn, selection, recollection)]:
            yield Noticed(sentence)
        yield Finished(text, remembered, used, receipt)

    async def _told(self, turn: Turn, obeyed: Obeyed) -> AsyncIterator[ReplyEvent]:
        """The answer to a command. An order to forget is not kept: it holds the very words that go."""
        troubles, kept, receipt = list[str](), list[Shown](), ""
        yield Recalled(Recollection(question=turn.text))
        yield Rests(obeyed.used)
        yield Said(obeyed.text)
        if obeyed.kept:
            heard = await self._keep(turn, turn.text, "user", troubles)
            answered = await self._answered(turn, obeyed.text, obeyed.used, troubles, by_model=False)
            kept += heard + answered
            nothing = Recollection(question=turn.text)
            both = (_first(heard), _first(answered))
            receipt = await self._receipt(turn, None, obeyed.used, NONE, nothing, both, troubles)
            if turn.keeps:
                self._worker.nudge(turn.scope, turn.principal)
        for sentence in dict.fromkeys(troubles):
            yield Trouble(sentence)
        yield Finished(obeyed.text, tuple(memory.id for memory in kept), obeyed.used, receipt)

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
            _, _, answering = await self._without_reading(turn, nothing, history, PLAIN)
        return "".join([piece async for piece in answering])

    async def _without_reading(
        self, turn: Turn, recollection: Recollection, history: list[Message], style: Style
    ) -> tuple[tuple[str, ...], Composed | None, AsyncIterator[str]]:
        """A small model talks; whatever is said about the person comes from the recollection."""
        written, words = language_of(turn.text), wording(style.language(turn.text))
        foreign = written in SNOWBALL
        heard = [hit.memory.id for hit in recollection.hits]
        gone = withdrawn(await self._memory.taught(heard, scope=turn.scope, by=turn.principal))
        if (grounded := diary(recollection, words)) is not None:
            pass  # what was then is asked for, whatever it was
        elif foreign:
            grounded = await asyncio.to_thread(answer_by_words, standing(recollection, gone), written, words)
        else:
            grounded = await self._grounding.answer(recollection, turn.scope, words, gone)
            if turn.uses and (grounded is None or not grounded.used):
                grounded = await self._concluded(turn, words) or grounded
        if grounded is not None:
            grounded = grounded if turn.uses else Grounded(words.off)
            return grounded.used, None, _one(words.to(style.address, grounded.text))
        if foreign or tells(turn.text, self._parse):
            thanks = words.acknowledgement(kept=turn.keeps)
            return (), None, _one(words.to(style.address, thanks))
        sent = compose_small_talk(history)
        return (), sent, words_of(self._model.stream(sent.request(turn, max_tokens=120)))

    async def _concluded(self, turn: Turn, words: Wording) -> Grounded | None:
        """What nobody said outright and what follows from what was said: who is whose."""
        kin = asked(turn.text)
        if kin is None:
            return None
        known = await self._memory.graph_for(turn.text, scope=turn.scope, by=turn.principal)
        found = await asyncio.to_thread(kinship, kin, known, words)
        if found is None:
            return None
        away = await self._reservations.kept_away(
            turn.text, {*found.used}, scope=turn.scope, by=turn.principal
        )
        return None if away else found

    async def _history(self, turn: Turn) -> list[Message]:
        """What was said before in this conversation, without what was forgotten since."""
        history = without_orders(turn.history)
        kept = [message.kept.id for message in history if message.kept]
        if not kept:
            return history
        live = await self._memory.still_known(kept, scope=turn.scope, by=turn.principal)
        used = {id for id, memory in live.items() if memory.status != "paused"}
        return [message for message in history if message.kept is None or message.kept.id in used]

    async def _select(self, turn: Turn) -> Selection:
        """The procedures that fit; none while memory is off."""
        if not turn.uses:
            return NONE
        return await self._procedures.select(turn.text, scope=turn.scope, by=turn.principal)

    async def _noticed(self, turn: Turn, selection: Selection, recollection: Recollection) -> list[str]:
        """What the person should know about how they are answered, each thing once."""
        if not turn.uses:
            return []
        waiting = await self._notices.take(scope=turn.scope, by=turn.principal)
        unasked = await self._opening(turn) or await self._reminder(turn, recollection)
        return [*carried_over(selection), *waiting, *unasked]

    async def _reminder(self, turn: Turn, recollection: Recollection) -> list[str]:
        """What the talk has come to: something open, two things that differ, a date that has come. One a conversation."""
        if not turn.keeps:
            return []
        about = await self._memory.reminder(recollection, turn.thread, scope=turn.scope, by=turn.principal)
        if about is None:
            return []
        told = [(memory.occurred_at, memory.text) for memory in about.memories]
        return [wording(language_of(turn.text) or "en").reminder(about.occasion, told)]

    async def _opening(self, turn: Turn) -> list[str]:
        """When a conversation begins: how something went that was coming, in the person's own words and once; else a
        milestone of the shared history."""
        if turn.history or not turn.keeps:
            return []
        if loop := await self._memory.open_loop(scope=turn.scope, by=turn.principal, thread=turn.thread):
            words = wording(language_of(loop.text) or "en")
            return [words.how_did_it_go(loop.occurred_at, loop.text)]
        if history := await self._memory.milestone(scope=turn.scope, by=turn.principal):
            words = wording(language_of(turn.text) or "en")
            return [words.together(history.since, history.conversations)]
        return []

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

    async def _keep(
        self, turn: Turn, text: str, speaker: str, troubles: list[str], because: tuple[str, ...] = ()
    ) -> list[Shown]:
        """What was kept of these words. A full disk keeps nothing, nor does a detector that cannot read them:
        unmasked words are never stored. The talk goes on, and this is said."""
        if not turn.keeps or not text.strip():
            return []
        utterance = Utterance(text=text, speaker=speaker, session=turn.thread, at=turn.at, because=because)
        try:
            return await self._memory.remember(utterance, scope=turn.scope, by=turn.principal)
        except (StorageFault, AgentFault) as fault:
            troubles.append(_not_kept(fault))
        return []

    async def _answered(
        self, turn: Turn, text: str, used: tuple[str, ...], troubles: list[str], *, by_model: bool
    ) -> list[Shown]:
        """An answer, kept with the memories that it restates. Made by no model and resting on none, it is a fixed sentence
        of ours: the transcript has it, and nobody is to find it among their memories."""
        if not by_model and not used:
            return []
        return await self._keep(turn, text, "assistant", troubles, because=used)

    async def _kept_here(
        self, turn: Turn, found: Recollection, adaptation: Adaptation, selection: Selection
    ) -> dict[str, str]:
        """What would have been sent and must not go to this model, each with what keeps it."""
        hits = () if found.abstained else found.hits
        wanted = [
            *(hit.memory for hit in hits),
            *adaptation.traits,
            *adaptation.style.wishes.values(),
            *(applied.memory for applied in selection.applied),
        ]
        return await self._sending.kept_here(wanted, turn.scope)

    async def _receipt(
        self,
        turn: Turn,
        sent: Composed | None,
        used: tuple[str, ...],
        selection: Selection,
        recollection: Recollection,
        kept: tuple[str, str],
        troubles: list[str],
        tools: Sequence[str] = (),
        here: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """`kept`: the episodes of the question and of the answer, where they are remembered."""
        if turn.mode == "incognito":
            return ""
        try:
            rules = await asyncio.to_thread(self._sending.rules, turn.scope) if sent else {}
            return await self._receipts.keep(
                turn,
                self._model,
                sent,
                used,
                selection,
                *kept,
                recollection=recollection,
                tools=tools,
                here=here,
                rules=rules,
            )
        except (StorageFault, AgentFault) as fault:
            troubles.append(_not_kept(fault))
            return ""


def _mode(keeps: bool, uses: bool) -> Mode:
    if keeps:
        return "remember" if uses else "dont_use"
    return "dont_learn" if uses else "off"


def _not_kept(fault: StorageFault | AgentFault) -> str:
    return (
        str(fault) if isinstance(fault, StorageFault) else f"{fault} Until then nothing that is said is kept."
    )


def _procedures(selection: Selection) -> tuple[str, ...]:
    return tuple(applied.memory.id for applied in selection.applied)


def _first(kept: list[Shown]) -> str:
    return kept[0].id if kept else ""


def _reference(kept: list[Shown]) -> Reference | None:
    return Reference(kept[0].id, kept[0].version) if kept else None


async def _one(text: str) -> AsyncIterator[str]:
    yield text
