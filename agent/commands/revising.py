"""Carries out what somebody says of a belief: it is over, otherwise, not theirs, so, set aside; and of memory: off, on."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import assert_never

from memory.choices import Choices
from memory.errors import BadInput, MemoryOff
from memory.facade import Memory
from memory.records import Kind, Shown
from memory.undoing import Back
from memory.voices import told

from ..receipts import Receipt, Receipts
from ..reservations import Reservations
from ..turns import Turn
from ..wording import wording
from .belief_sentences import BELIEF_SENTENCES, BeliefSentences
from .coaching import Coaching
from .granting import Granting
from .matching import speaking_of
from .outcome import Obeyed
from .reading import (
    Apart,
    Confirm,
    Correct,
    Elsewhere,
    Ended,
    KeepUntil,
    Merge,
    NotHere,
    NotMine,
    Pause,
    Resume,
    Revision,
    Switch,
    UseAgain,
)
from .share_order import Share, Unshare
from .skill_order import SkillOrder
from .telling_apart import TellingApart

Work = Callable[[Shown, Turn, BeliefSentences], Awaitable[Obeyed]]
HOLDS = ("active", "disputed")
PAUSED = ("paused",)
LISTED = 5  # beliefs among which is asked
PAGE = 500
_NUMBER = re.compile(r"(?:\[|number |nummer |número |numéro |no\.? ?)(\d{1,2})\]?", re.IGNORECASE)
_CITED = re.compile(r"\[(\d{1,2})\]")


class Revising:
    """A belief is named by what it says, by its number under the last answer, or as "that": what this rested on.

    Where nothing is named, it is talk and no order (None). Where several are, nothing is changed and one is asked for.
    """

    def __init__(
        self,
        memory: Memory,
        receipts: Receipts,
        reservations: Reservations,
        choices: Choices,
        granting: Granting,
        coaching: Coaching,
    ) -> None:
        self._memory = memory
        self._granting = granting
        self._coaching = coaching
        self._telling_apart = TellingApart(memory)
        self._receipts = receipts
        self._reservations = reservations
        self._choices = choices

    async def revise(self, command: Revision, turn: Turn) -> Obeyed | None:
        say = BELIEF_SENTENCES[command.language]
        try:
            return await self._revise(command, turn, say)
        except (BadInput, MemoryOff) as refusal:
            return Obeyed(str(refusal))

    async def _revise(self, command: Revision, turn: Turn, say: BeliefSentences) -> Obeyed | None:
        match command:
            case Merge(one, other):
                return await self._telling_apart.merge(one, other, turn, say)
            case Apart(_, name):
                said = await self._named(command, turn)
                return await self._telling_apart.split(name, said, turn, say)
            case Share():
                return await self._granting.share(command, turn)
            case Unshare():
                return await self._granting.unshare(command, turn)
            case SkillOrder():
                return await self._coaching.obey(command, turn)
            case Switch(on):
                return await self._undoable(self._switch(on, turn, say), turn)
            case Elsewhere():
                return Obeyed(say.export)
            case NotHere(words):
                return await self._not_here(words, turn, say)
            case UseAgain(words):
                return await self._use_again(words, turn, say, command.language)
            case Correct(words, value, by_value):
                found = await self._having(words, turn) if by_value else await self._named(command, turn)
                return await self._one(found, turn, say, partial(self._correct, value))
            case Ended():
                return await self._one(
                    await self._named(command, turn), turn, say, partial(self._end, command)
                )
            case NotMine():
                return await self._one(await self._named(command, turn), turn, say, self._withdraw)
            case Confirm():
                return await self._one(await self._named(command, turn, None), turn, say, self._confirm)
            case Pause():
                return await self._one(await self._meant(command, turn, HOLDS), turn, say, self._pause)
            case Resume():
                return await self._one(await self._meant(command, turn, PAUSED), turn, say, self._resume)
            case KeepUntil():
                found = await self._meant(command, turn, (*HOLDS, *PAUSED))
                return await self._one(found, turn, say, partial(self._keep_until, command))
        assert_never(command)

    async def _one(
        self, found: Sequence[Shown], turn: Turn, say: BeliefSentences, work: Work
    ) -> Obeyed | None:
        """Do it to the one that is meant."""
        if not found:
            return None
        if len(found) > 1:
            lines = [f"- “{told(memory)}”" for memory in found[:LISTED]]
            return Obeyed("\n".join([say.which, *lines]))
        done = await self._undoable(work(found[0], turn, say), turn)
        return replace(done, text=f"{done.text} {say.undo}")

    async def _undoable(self, work: Awaitable[Obeyed], turn: Turn) -> Obeyed:
        async with self._memory.undoable(scope=turn.scope, by=turn.principal, thread=turn.thread) as decision:
            done = await work
            decision.back = done.back
        return done

    # -- what becomes of one belief ------------------------------------------------------------------

    async def _correct(self, value: str, memory: Shown, turn: Turn, say: BeliefSentences) -> Obeyed:
        now = await self._memory.correct(memory.id, value, scope=turn.scope, by=turn.principal)
        text = say.corrected.format(words=told(now), before=told(memory))
        return Obeyed(text, (now.id,), back=Back("confirm", (memory.id,)))

    async def _end(self, command: Ended, memory: Shown, turn: Turn, say: BeliefSentences) -> Obeyed:
        until = datetime.now(UTC) if turn.at is None else turn.at
        if command.until:
            until = await self._memory.moment_named(command.until, scope=turn.scope, by=turn.principal)
        await self._memory.ended(memory.id, until, scope=turn.scope, by=turn.principal)
        sentence = say.ended_then if command.until else say.ended
        text = sentence.format(words=told(memory), until=command.until)
        return Obeyed(text, (memory.id,), back=Back("confirm", (memory.id,)))

    async def _withdraw(self, memory: Shown, turn: Turn, say: BeliefSentences) -> Obeyed:
        await self._memory.not_mine(memory.id, scope=turn.scope, by=turn.principal)
        text = say.not_mine.format(words=told(memory))
        return Obeyed(text, (memory.id,), back=Back("confirm", (memory.id,)))

    async def _confirm(self, memory: Shown, turn: Turn, say: BeliefSentences) -> Obeyed:
        await self._memory.confirm(memory.id, scope=turn.scope, by=turn.principal)
        return Obeyed(say.confirmed.format(words=told(memory)), (memory.id,))

    # -- set aside, and kept until a day ---------------------------------------------------------------

    async def _pause(self, memory: Shown, turn: Turn, say: BeliefSentences) -> Obeyed:
        done = await self._memory.pause([memory.id], scope=turn.scope, by=turn.principal)
        back = Back("resume", (*done.asked, *done.along))
        return Obeyed(say.paused.format(words=told(memory)), (memory.id,), back=back)

    async def _resume(self, memory: Shown, turn: Turn, say: BeliefSentences) -> Obeyed:
        done = await self._memory.resume([memory.id], scope=turn.scope, by=turn.principal)
        back = Back("pause", (*done.asked, *done.along))
        return Obeyed(say.resumed.format(words=told(memory)), (memory.id,), back=back)

    async def _keep_until(
        self, command: KeepUntil, memory: Shown, turn: Turn, say: BeliefSentences
    ) -> Obeyed:
        until, sentence = None, say.kept_for_good
        if command.until:
            until = await self._memory.term_named(command.until, scope=turn.scope, by=turn.principal)
            sentence = say.kept_until
        await self._memory.keep_until([memory.id], until, scope=turn.scope, by=turn.principal)
        day = wording(command.language).day(until) if until else ""
        before = memory.keep_until.isoformat() if memory.keep_until else ""
        back = Back("keep until", (memory.id,), before)
        return Obeyed(sentence.format(words=told(memory), until=day), (memory.id,), back=back)

    # -- where it is used ------------------------------------------------------------------------------

    async def _not_here(self, words: str, turn: Turn, say: BeliefSentences) -> Obeyed | None:
        last = await self._last(turn)
        used = await self._rested_on(last, words, turn) if last else ()
        if last is None:
            return None
        return await self._one(used, turn, say, partial(self._reserve, last))

    async def _reserve(self, last: Receipt, memory: Shown, turn: Turn, say: BeliefSentences) -> Obeyed:
        made = await self._reservations.make(memory.id, last.id, scope=turn.scope, by=turn.principal)
        back = Back("lift", (memory.id,), made.id)
        return Obeyed(say.not_here.format(words=told(memory)), (memory.id,), back=back)

    async def _use_again(self, words: str, turn: Turn, say: BeliefSentences, language: str) -> Obeyed | None:
        """Lift what keeps these memories away; no words: what was decided last."""
        kept_away = await self._reservations.all(scope=turn.scope, by=turn.principal)
        ids = [one.memory for one in kept_away]
        live = await self._memory.still_known(ids, scope=turn.scope, by=turn.principal)
        if words:
            meant = {memory.id for memory in speaking_of(live.values(), words, language).memories}
        else:
            meant = {*ids[:1]}
        lifted = [one for one in kept_away if one.memory in meant]
        for one in lifted:
            await self._reservations.lift(one.id, scope=turn.scope, by=turn.principal)
        if not lifted:  # nothing is kept from a topic: what was paused may be meant
            paused = await self._meant(Resume(words, language), turn, PAUSED)
            return await self._one(paused, turn, say, self._resume)
        return Obeyed(say.used_again.format(words=told(live[lifted[0].memory])), (lifted[0].memory,))

    async def _switch(self, on: bool, turn: Turn, say: BeliefSentences) -> Obeyed:
        before = (await self._choices.of(scope=turn.scope, by=turn.principal)).remember
        await self._choices.choose(on, scope=turn.scope, by=turn.principal)
        back = Back("switch", value="on" if before else "off")
        return Obeyed(say.on if on else say.off, back=back)

    # -- which is meant ----------------------------------------------------------------------------------

    async def _meant(
        self, command: Pause | Resume | KeepUntil, turn: Turn, states: Collection[str]
    ) -> Sequence[Shown]:
        """A belief, or where nothing was learned the very words: those can be set aside too."""
        found = [one for one in await self._named(command, turn, states) if one.status in states]
        if not found and (not command.words or _NUMBER.fullmatch(command.words)):
            last = await self._last(turn)
            found = [*(await self._rested_on(last, command.words, turn) if last else ())]
        elif not found:
            known = await self._known(turn, "episode")
            own = [memory for memory in known if memory.speaker != "assistant"]
            found = [*speaking_of(own, command.words, command.language).memories]
        return _once([memory for memory in found if memory.status in states])

    async def _named(
        self,
        command: Ended | NotMine | Confirm | Correct | Apart | Pause | Resume | KeepUntil,
        turn: Turn,
        states: Collection[str] | None = HOLDS,
    ) -> Sequence[Shown]:
        words = command.words
        if not words or _NUMBER.fullmatch(words):
            last = await self._last(turn)
            return await self._beliefs_under(last, words, turn, states or HOLDS) if last else ()
        known = [memory for memory in await self._beliefs(turn) if states is None or memory.status in states]
        found = speaking_of(known, words, command.language).memories
        if not found:  # by the words it was learned from, where they teach this alone
            quoted = [replace(memory, text=memory.quote) for memory in known]
            found = speaking_of(quoted, words, command.language).memories
            found = tuple(memory for memory in known if memory.id in {one.id for one in found})
        return _once(found)

    async def _having(self, value: str, turn: Turn) -> Sequence[Shown]:
        """Of what the last answer rests on, the belief that has this value."""
        last = await self._last(turn)
        found = await self._beliefs_under(last, "", turn) if last else ()
        return [memory for memory in found if memory.object.casefold() == value.casefold()]

    async def _last(self, turn: Turn) -> Receipt | None:
        return await self._receipts.latest(turn.thread, scope=turn.scope, by=turn.principal)

    async def _rested_on(self, last: Receipt, words: str, turn: Turn) -> tuple[Shown, ...]:
        """The memories under an answer: the one with this number, those it cites, or all."""
        number = _NUMBER.fullmatch(words) if words else None
        live = await self._memory.still_known(
            [*last.used, last.answered], scope=turn.scope, by=turn.principal
        )
        numbers = {int(number[1])} if number else set[int]()
        if not numbers and last.answered in live:
            numbers = {int(cited) for cited in _CITED.findall(live[last.answered].text)}
        meant = [id for place, id in enumerate(last.used, start=1) if not numbers or place in numbers]
        return tuple(live[id] for id in meant if id in live)

    async def _beliefs_under(
        self, last: Receipt, words: str, turn: Turn, states: Collection[str] = HOLDS
    ) -> Sequence[Shown]:
        """The beliefs under an answer, or what the messages under it taught; failing both, what the question taught."""
        under = await self._rested_on(last, words, turn)
        beliefs = [memory for memory in under if memory.kind in ("fact", "preference")]
        sources = [memory.id for memory in under] or ([last.asked] if last.asked and not words else [])
        if not beliefs:
            taught = await self._memory.taught(sources, scope=turn.scope, by=turn.principal)
            beliefs = [memory for some in taught.values() for memory in some if memory.status in states]
        return _once([memory for memory in beliefs if memory.kind in ("fact", "preference")])

    async def _beliefs(self, turn: Turn) -> list[Shown]:
        return [*await self._known(turn, "fact"), *await self._known(turn, "preference")]

    async def _known(self, turn: Turn, kind: Kind) -> list[Shown]:
        found, total, offset = list[Shown](), 0, 0
        while offset <= total:
            page = await self._memory.browse(
                scope=turn.scope, by=turn.principal, kind=kind, offset=offset, limit=PAGE
            )
            found += page.memories
            total, offset = page.total, offset + PAGE
        return found


def _once(memories: Sequence[Shown]) -> Sequence[Shown]:
    """One for each thing that is said; what holds goes before what does not."""
    held = sorted(memories, key=lambda memory: memory.status not in HOLDS)
    return tuple({told(memory): memory for memory in reversed(held)}.values())
