"""Carries out what somebody says of who is who: two are one, or what is said of one is about another of the same name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from memory.facade import Memory
from memory.graph import Entity
from memory.records import Shown
from memory.voices import told

from ..turns import Deed, Turn
from .belief_sentences import BeliefSentences
from .outcome import Obeyed

_MY = re.compile(r"^(?:my|mon|ma|meine?|mi) ", re.IGNORECASE)


class TellingApart:
    """By names. Where one is not known, it is talk and no order (None); where several have it, nothing is changed."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def merge(self, one: str, other: str, turn: Turn, say: BeliefSentences) -> Obeyed | None:
        known = await self._known(turn)
        first, second = called(one, known), called(other, known)
        if first == second and len(first) == 2:  # "Anna and Anna are the same person"
            first, second = first[:1], first[1:]
        if not first or not second:
            return None
        if len(first) > 1 or len(second) > 1 or first == second:
            several, other_side = (first, second) if len(first) > 1 else (second, first)
            return Obeyed(say.several.format(words=several[0].name), deed=_to_choose(several, other_side))
        one_is, other_is = first[0], second[0]
        made = await self._memory.merge_entities(
            one_is.id, other_is.id, scope=turn.scope, by=turn.principal, thread=turn.thread
        )
        text = f"{say.merged.format(words=one_is.name, before=other_is.name)} {say.undo}"
        return Obeyed(text, deed=Deed("who", (made,)))

    async def split(
        self, name: str, said: Sequence[Shown], turn: Turn, say: BeliefSentences
    ) -> Obeyed | None:
        facts = [memory.id for memory in said]
        meant = [one for one in called(name, await self._known(turn)) if {*facts} & {*_facts(one)}]
        if not meant:
            return None
        if len(meant) > 1:
            return Obeyed(say.several.format(words=meant[0].name))
        facts = [fact for fact in facts if fact in _facts(meant[0])]
        if len(facts) == len(_facts(meant[0])):
            return Obeyed(say.nobody_else.format(words=meant[0].name))
        made = await self._memory.split_entity(
            meant[0].id, facts, scope=turn.scope, by=turn.principal, thread=turn.thread
        )
        words = next(told(memory) for memory in said if memory.id in facts)
        return Obeyed(f"{say.apart.format(words=words)} {say.undo}", deed=Deed("who", (made,)))

    async def _known(self, turn: Turn) -> tuple[Entity, ...]:
        return (await self._memory.graph(scope=turn.scope, by=turn.principal)).entities


def called(name: str, entities: Sequence[Entity]) -> list[Entity]:
    """Those that have this name, or are called so by what they are: "my boss"."""
    bare = _MY.sub("", name).casefold()
    return [entity for entity in entities if entity.name.casefold() in (name.casefold(), bare)]


def _to_choose(several: Sequence[Entity], others: Sequence[Entity]) -> Deed | None:
    """The question which of them it is; None where it is not clear either whom they are the same as."""
    if len(others) != 1 or others[0] in several:
        return None
    return Deed("which", tuple(entity.id for entity in several), (others[0].id,))


def _facts(*entities: Entity) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.fact for entity in entities for mention in entity.mentions))
