"""Which procedures fit a turn: what is kept, what happened with it, and how like the turn is to that."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from random import Random

import numpy as np

from memory.credit import Tally
from memory.facade import Memory
from memory.lexical import terms
from memory.outcomes import Outcomes
from memory.ports import Embedder, Vector
from memory.procedural import Candidate, Likeness, Selection, select, usable
from memory.records import Shown
from memory.verbs.looking import MOST_PROCEDURES
from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope

from .rules import named

NONE = Selection()
KEPT_VECTORS = 4096
NAMED = 0.2  # what naming the trigger in so many words adds to the likeness: a name can be far from its use
EXAMPLES = 24  # the latest turns that speak for a procedure, and as many against


class Procedures:
    """The procedures of everybody, each person's apart. `rng` draws among what is on trial."""

    def __init__(self, memory: Memory, outcomes: Outcomes, embedder: Embedder, rng: Random) -> None:
        self._memory = memory
        self._outcomes = outcomes
        self._embedder = embedder
        self._rng = rng
        self._vectors: dict[tuple[Scope, str, int], Vector] = {}

    async def known(self, *, scope: Scope, by: Principal) -> dict[str, Shown]:
        """All that are remembered, also the retired ones; oldest first."""
        page = await self._memory.browse(scope=scope, by=by, kind="procedure", limit=MOST_PROCEDURES)
        return {memory.id: memory for memory in reversed(page.memories)}

    async def select(self, text: str, *, scope: Scope, by: Principal) -> Selection:
        """What goes into the prompt for these words."""
        known = await self.known(scope=scope, by=by)
        return select(await self.candidates(text, known, scope=scope, by=by), self._rng) if known else NONE

    async def candidates(
        self, text: str, known: Mapping[str, Shown], *, scope: Scope, by: Principal
    ) -> list[Candidate]:
        """Those that may be applied at all, and how like these words are to what speaks for and against each."""
        tallies = await self._outcomes.tallies(scope=scope, by=by)
        chosen = {id: m for id, m in known.items() if usable(m, tallies.get(id, Tally()))}
        examples = {
            (id, for_it): tallies.get(id, Tally()).episodes(for_it=for_it)[-EXAMPLES:]
            for id in chosen
            for for_it in (True, False)
        }
        wanted = {episode for listed in examples.values() for episode in listed}
        live = await self._memory.still_known(sorted(wanted), scope=scope, by=by)
        words = {id: memory.text for id, memory in live.items()}
        words |= {f"when {id}": memory.trigger for id, memory in chosen.items() if memory.trigger}
        like = await asyncio.to_thread(self._likenesses, text, words, scope)
        for id, memory in chosen.items():
            if memory.trigger:
                like[f"when {id}"] += NAMED * named(memory.trigger, text)
        return [
            Candidate(
                memory,
                tallies.get(id, Tally()),
                Likeness(
                    trigger=like.get(f"when {id}"),
                    wanted=tuple(like[e] for e in examples[id, True] if e in like),
                    unwanted=tuple(like[e] for e in examples[id, False] if e in like),
                ),
            )
            for id, memory in chosen.items()
        ]

    async def likenesses(self, text: str, others: Sequence[str], scope: Scope) -> list[float]:
        """How like a text is to each of the others."""
        named = {str(n): other for n, other in enumerate(others)}
        vectors = await asyncio.to_thread(self._embedded, [text, *others], scope)
        if vectors is None:
            return list(_by_words(text, named).values())
        return [float(cosine) for cosine in vectors[1:] @ vectors[0]]

    def _likenesses(self, text: str, words: Mapping[str, str], scope: Scope) -> dict[str, float]:
        """Cosines by name. Without an embedder the words that are shared decide."""
        keys = {name: (scope, name, hash(kept)) for name, kept in words.items()}
        new = [name for name, key in keys.items() if key not in self._vectors]
        vectors = self._embedded([text, *(words[name] for name in new)], scope)
        if vectors is None:
            return _by_words(text, words)
        # only of what is live: what was forgotten leaves no vector here
        kept = {key: self._vectors[key] for key in keys.values() if key in self._vectors}
        kept |= {keys[name]: vector for name, vector in zip(new, vectors[1:], strict=True)}
        others = {key: vector for key, vector in self._vectors.items() if key[0] != scope}
        self._vectors = kept if len(others) + len(kept) > KEPT_VECTORS else others | kept
        return {name: float(kept[key] @ vectors[0]) for name, key in keys.items()}

    def _embedded(self, texts: Sequence[str], scope: Scope) -> Vector | None:
        try:
            return self._embedder.embed_memories(texts, scope=scope)
        except KeepsakeError:
            return None


def _by_words(text: str, words: Mapping[str, str]) -> dict[str, float]:
    asked = set(terms(text))
    return {name: _overlap(asked, set(terms(other))) for name, other in words.items()}


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / float(np.sqrt(len(one) * len(other))) if one and other else 0.0
