"""What of a person's memory may go to a model elsewhere, as they decided: asked before a request is composed.

The guard (`masking.py`) asks the same for every word that leaves, also for what is typed now.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from memory.charters import Charters
from memory.ports import Distiller, Known
from memory.records import Draft, Recollection, Shown
from privacy.anonymization import SENDABLE, Anonymizer
from privacy.categories import NAMES, Judge
from privacy.encryption import KeyRing
from privacy.governance import Treatment
from privacy.identity import Scope
from privacy.sending import MEMORIES, Way, about_any, rules_for, why_here
from privacy.vault import Vaults

TREATED: Mapping[Way, Treatment] = {"send": "keep", "mask": "placeholder", "never": "placeholder"}
# what stands before the words of a memory in a request: it stays when a sentence is taken out
_BEFORE = re.compile(r"(?:\[\d+\] \d{4}-\d\d-\d\d (?:[^\s:]{1,40}: )?|- )")


@dataclass(frozen=True, slots=True)
class Means:
    """What it takes to know what a text tells, and what its person said about that."""

    charters: Charters
    keyring: KeyRing
    judge: Judge
    anonymizer: Anonymizer
    vaults: Vaults


class Sending:
    """Toward one model. `provider`: its host. `elsewhere`: whether anything leaves at all."""

    def __init__(self, means: Means, provider: str, *, elsewhere: bool) -> None:
        self._means = means
        self.provider = provider
        self._elsewhere = elsewhere

    def rules(self, scope: Scope) -> dict[str, Way]:
        return self.rules_of(self._means.keyring.pseudonym(scope.owner))

    def rules_of(self, owner: str) -> dict[str, Way]:
        """What its person decided about this model. Blocks."""
        if not self._elsewhere:
            return {}
        return rules_for(self._means.charters.of_owner(owner).sending, self.provider)

    async def kept_here(self, memories: Sequence[Shown], scope: Scope) -> dict[str, str]:
        """The memories that must not go there, each with what keeps it."""
        return await asyncio.to_thread(self._kept_here, memories, scope)

    def _kept_here(self, memories: Sequence[Shown], scope: Scope) -> dict[str, str]:
        whys = self.why([told(memory) for memory in memories], scope)
        return {memory.id: why for memory, why in zip(memories, whys, strict=True) if why}

    def why(self, texts: Sequence[str], scope: Scope) -> list[str]:
        """What keeps each text here; empty: it may go. Blocks."""
        if not (rules := self.rules(scope)) or not texts:
            return [""] * len(texts)
        abouts = [set[str]() for _ in texts]
        if rules.get(MEMORIES) != "never":  # then nothing needs to be read
            if about_any(rules, NAMES, "never"):
                for about, found in zip(abouts, self._means.judge.all_sensitive(texts), strict=True):
                    about.update(name for one in found for name in one.categories)
            if kinds := about_any(rules, SENDABLE, "never"):
                for about, labels in zip(abouts, self._kinds(texts, kinds, scope), strict=True):
                    about.update(labels)
        return [why_here(rules, about) for about in abouts]

    def _kinds(self, texts: Sequence[str], asked: Sequence[str], scope: Scope) -> Sequence[frozenset[str]]:
        """The kinds of details in each text. Where nothing looks for details, nobody knows: then it may hold them all."""
        if not self._means.anonymizer.enabled:
            return [frozenset(asked)] * len(texts)
        return self._means.anonymizer.kinds(texts, self._means.vaults.of(scope))

    def reads(self, owner: str, text: str, kinds: frozenset[str]) -> bool:
        """Whether an embedder there may read this memory, as it lies at rest. What has to be hidden it does not read:
        of half a sentence a vector says nothing. Blocks."""
        rules = self.rules_of(owner)
        told = set(kinds)
        if hidden := about_any(rules, NAMES, "mask", "never"):
            for found in self._means.judge.sensitive(text):
                told.update(found.categories)
        return not why_here({**rules, **dict.fromkeys(hidden, "never")}, told)

    # -- what leaves ---------------------------------------------------------------------------------

    def treated(self, scope: Scope) -> dict[str, Treatment]:
        """How kinds of details leave, where their person said so. Blocks."""
        return {about: TREATED[how] for about, how in self.rules(scope).items() if about in SENDABLE}

    def without(self, text: str, scope: Scope) -> str:
        """A text without the sentences that must not leave. Blocks."""
        hidden = set(about_any(self.rules(scope), NAMES, "mask", "never"))
        if not hidden:
            return text
        return "\n".join(_without(line, hidden, self._means.judge) for line in text.split("\n"))


def told(memory: Shown) -> str:
    """All that a memory could tell: its words, and those it rests on.

    What a fact says of somebody in the third person, its quote says as they said it.
    """
    return "\n".join(part for part in (memory.text, memory.quote, memory.trigger) if part)


def _without(line: str, hidden: set[str], judge: Judge) -> str:
    before = _BEFORE.match(line)
    start = before.end() if before else 0
    rest = line[start:]
    for found in reversed(judge.sensitive(rest)):
        if about := [name for name in found.categories if name in hidden]:
            rest = f"{rest[: found.start]}[not sent: {', '.join(about)}]{rest[found.end :]}"
    return line[:start] + rest


def sorted_out(found: Recollection, here: Mapping[str, str]) -> Recollection:
    """What came to mind, without what stays here; the next best take its place."""
    if not here:
        return found
    hits = [hit for hit in found.hits if hit.memory.id not in here]
    others = [hit for hit in found.near_misses if hit.memory.id not in here]
    room = len(found.hits) - len(hits)
    return replace(found, hits=(*hits, *others[:room]), near_misses=tuple(others[room:]))


class Discreet:
    """A distiller that lets a model elsewhere read: it is handed what may go there, and nothing else."""

    def __init__(self, distiller: Distiller, sending: Sending) -> None:
        self._distiller = distiller
        self._sending = sending
        self.name = distiller.name

    async def distil(self, episodes: Sequence[Shown], *, scope: Scope, known: Known) -> list[Draft]:
        here = await self._sending.kept_here(episodes, scope)
        readable = [episode for episode in episodes if episode.id not in here]
        if not readable:
            return []
        return await self._distiller.distil(readable, scope=scope, known=_Known(known, self._sending, scope))


class _Known:
    """What is believed already, as far as it may go there."""

    def __init__(self, known: Known, sending: Sending, scope: Scope) -> None:
        self._known, self._sending, self._scope = known, sending, scope

    async def about(self, words: str) -> Sequence[Shown]:
        found = await self._known.about(words)
        here = await self._sending.kept_here(found, self._scope)
        return [memory for memory in found if memory.id not in here]

    async def people(self) -> Mapping[str, frozenset[str]]:
        return await self._known.people()
