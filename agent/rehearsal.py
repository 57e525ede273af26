"""A way of answering tried on the past: what the prompts of former turns would hold with it, and whether that is better."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from memory.credit import Tally
from memory.editions import editions
from memory.facade import Memory
from memory.outcomes import Outcomes
from memory.procedural import contested
from memory.records import Shown
from memory.trying import Verdict, judged, verdict
from privacy.identity import Principal, Scope

from .context import way
from .learning import BY_HAND
from .procedures import Procedures

PAST = 40  # turns, the newest, on which a change is tried


@dataclass(frozen=True, slots=True)
class Case:
    """A past turn in which a changed procedure would make a difference, and which."""

    asked: str
    difference: str  # of what the prompt would hold


@dataclass(frozen=True, slots=True)
class Tried:
    """A turn that was judged, and what it says of a changed procedure."""

    asked: str
    verdict: Verdict
    difference: str = ""  # of what the prompt would hold


@dataclass(frozen=True, slots=True)
class Replay:
    """A procedure tried on the past: in how many of the turns it would have been in the prompt, and what would change.

    `tried`: of the turns that were judged, whether it would have been better, the same or worse.
    """

    turns: int
    applies: int
    cases: tuple[Case, ...]
    better: int = 0
    same: int = 0
    worse: int = 0
    tried: tuple[Tried, ...] = ()


class Rehearsal:
    """Changes nothing: prompts are composed, and no model is asked."""

    def __init__(self, memory: Memory, procedures: Procedures, outcomes: Outcomes) -> None:
        self._memory = memory
        self._procedures = procedures
        self._outcomes = outcomes

    async def replay(
        self, memory: Shown, known: Mapping[str, Shown], *, scope: Scope, by: Principal
    ) -> Replay:
        """What the last turns' prompts would hold with this procedure in use, and without it (or with its forerunner)."""
        changed = replace(memory, status="active", needs_approval=False)
        without = {id: m for id, m in known.items() if id != memory.id}
        before = _in_use(without)
        after = _in_use({id: m for id, m in without.items() if id != memory.replaces}) | {memory.id: changed}
        applies, cases = 0, list[Case]()
        asked = await self._asked(scope=scope, by=by)
        for text in asked:
            old = await self._prompted(text, before, scope=scope, by=by)
            new = await self._prompted(text, after, scope=scope, by=by)
            applies += way(changed, trial=False) in new
            if old != new:
                shown = difflib.unified_diff(old, new, "as it is", "as it would be", lineterm="", n=0)
                cases.append(Case(text, "\n".join(shown)))
        tried = await self._tried(memory, known, before, after, scope=scope, by=by)
        counts = {word: sum(one.verdict == word for one in tried) for word in ("better", "same", "worse")}
        return Replay(len(asked), applies, tuple(cases), **counts, tried=tried)

    async def _tried(
        self,
        memory: Shown,
        known: Mapping[str, Shown],
        before: Mapping[str, Shown],
        after: Mapping[str, Shown],
        *,
        scope: Scope,
        by: Principal,
    ) -> tuple[Tried, ...]:
        """The judged turns of this line of versions, the newest first."""
        tallies = await self._outcomes.tallies(scope=scope, by=by)
        older = editions(memory, known)[1:]
        turns = judged(tallies.get(memory.id, Tally()), [tallies.get(one.id, Tally()) for one in older], PAST)
        live = await self._memory.still_known([turn.asked for turn in turns], scope=scope, by=by)
        is_now = {way(one, trial=False) for one in (memory, *older) if one.id in before}
        would_be, found = way(after[memory.id], trial=False), list[Tried]()
        for turn in reversed([turn for turn in turns if turn.asked in live]):
            text = live[turn.asked].text
            old = await self._prompted(text, before, scope=scope, by=by)
            new = await self._prompted(text, after, scope=scope, by=by)
            says = verdict(
                turn,
                before=bool(is_now & {*old}),
                after=would_be in new,
                reworded=bool(older) and would_be not in is_now,
            )
            shown = difflib.unified_diff(old, new, "as it is", "as it would be", lineterm="", n=0)
            found.append(Tried(text, says, "\n".join(shown)))
        return tuple(found)

    async def _asked(self, *, scope: Scope, by: Principal) -> list[str]:
        page = await self._memory.browse(scope=scope, by=by, kind="episode", limit=4 * PAST)
        said = [m.text for m in page.memories if m.speaker == "user" and m.session != BY_HAND]
        return said[:PAST]

    async def _prompted(
        self, text: str, known: Mapping[str, Shown], *, scope: Scope, by: Principal
    ) -> list[str]:
        candidates = await self._procedures.candidates(text, known, scope=scope, by=by)
        return [way(c.memory, trial=False) for c in contested(candidates) if c.fits]


def _in_use(known: Mapping[str, Shown]) -> dict[str, Shown]:
    return {id: memory for id, memory in known.items() if memory.status == "active"}
