"""Recurring success: praised answers to questions of one sort that share a form which other answers lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from memory.credit import Outcome, Tally
from memory.facade import Memory
from memory.outcomes import Outcomes
from memory.procedural import NEAR
from memory.records import Proposal, Shown
from privacy.identity import Principal, Scope

from . import rules, shapes
from .procedures import Procedures

LIKED, ALIKE = 3, 6  # praised answers that make a pattern; answers that are compared
LOOKED_THROUGH = 500  # turns of a conversation in which the answer to a question is looked for


async def answer_to(asked: Shown, memory: Memory, *, scope: Scope, by: Principal) -> Shown | None:
    """What the assistant said next in the conversation."""
    said = await memory.conversation(asked.session, scope=scope, by=by, limit=LOOKED_THROUGH)
    after = [m for m in said if m.position > asked.position and m.speaker == "assistant"]
    return after[0] if after else None


class Recurring:
    """Looks when an answer was praised; what it finds is on trial from then on."""

    def __init__(self, memory: Memory, procedures: Procedures, outcomes: Outcomes) -> None:
        self._memory = memory
        self._procedures = procedures
        self._outcomes = outcomes

    async def find(self, asked: Shown, *, scope: Scope, by: Principal) -> None:
        """Try what the praised answers to questions like this one have in common."""
        tallies = await self._outcomes.tallies(scope=scope, by=by)
        turns = tallies.get(Outcomes.TURNS, Tally()).outcomes
        live = await self._memory.still_known([t.asked for t in turns], scope=scope, by=by)
        judged = [(t.good, live[t.asked]) for t in turns if t.asked in live]
        like = await self._procedures.likenesses(asked.text, [m.text for _, m in judged], scope)
        liked = [m for (good, m), cosine in zip(judged, like, strict=True) if good and cosine >= NEAR]
        others = [m for m in live.values() if m not in liked]
        if len(liked) < LIKED:
            return
        answers = await self._answers(liked[-ALIKE:], scope, by)
        plain = await self._answers(others[-ALIKE:], scope, by)
        known = await self._procedures.known(scope=scope, by=by)
        for rule in shapes.in_common([a.text for a in answers.values()], [a.text for a in plain.values()]):
            if len(answers) >= LIKED and not any(rules.same(m.rule, rule) for m in known.values()):
                await self._try(rule, liked, answers, scope, by)

    async def _try(
        self, rule: str, liked: Sequence[Shown], answers: Mapping[str, Shown], scope: Scope, by: Principal
    ) -> None:
        newest = answers[liked[-1].id] if liked[-1].id in answers else next(iter(answers.values()))
        quote = newest.text.strip().splitlines()[0]
        proposal = Proposal(rule=rule, episode=newest.id, quote=quote, learned="pattern", origin="inferred")
        kept = await self._memory.adopt(proposal, scope=scope, by=by)
        if kept is None:
            return
        for asked in liked:
            wanted = Outcome(asked.id, applied=False, good=False)
            await self._outcomes.note(kept.id, asked.id, wanted, scope=scope, by=by)

    async def _answers(self, asked: Sequence[Shown], scope: Scope, by: Principal) -> dict[str, Shown]:
        found = {q.id: await answer_to(q, self._memory, scope=scope, by=by) for q in asked}
        return {id: answer for id, answer in found.items() if answer is not None}
