"""What a person does with procedures themselves: look, try on the past, approve, reject, retire, roll back, reword."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from memory.charters import Charters
from memory.errors import BadInput, UnknownMemory
from memory.facade import Memory
from memory.outcomes import Outcomes
from memory.procedural import Tally, contested, difference, editions, sentence
from memory.records import Proposal, Shown, Utterance
from memory.trying import Verdict, judged, verdict
from privacy.identity import Principal, Scope

from .context import way
from .learning import BY_HAND
from .procedures import Procedures
from .small_changes import Risk, is_small, risk_of

PAST = 40  # turns, the newest, on which a change is tried
LONGEST = 300  # characters of a rule or a trigger


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


@dataclass(frozen=True, slots=True)
class Account:
    """One procedure and how it did."""

    procedure: Shown
    helpful: int
    harmful: int
    wanted: int
    success: float  # the mean of what is believed
    risk: Risk = "low"  # of what is proposed
    chats: int = 0  # in which it was taught or wanted
    before: int = 0  # the version it would take the place of
    history: tuple[str, ...] = ()  # from edition to edition, the newest first: differences


class Practice:
    """Whoever is not the owner finds no procedure here."""

    def __init__(
        self, memory: Memory, procedures: Procedures, outcomes: Outcomes, charters: Charters
    ) -> None:
        self._memory = memory
        self._charters = charters
        self._procedures = procedures
        self._outcomes = outcomes

    async def accounts(self, *, scope: Scope, by: Principal) -> tuple[Account, ...]:
        """All procedures, in use first."""
        known = await self._procedures.known(scope=scope, by=by)
        tallies = await self._outcomes.tallies(scope=scope, by=by)
        listed = sorted(known.values(), key=lambda m: (m.status == "retired", m.status == "trial", m.id))
        chats = await self._chats(known, tallies, scope=scope, by=by)
        return tuple(
            replace(_account(m, tallies.get(m.id, Tally()), known), chats=chats[m.id]) for m in listed
        )

    async def _chats(
        self, known: Mapping[str, Shown], tallies: Mapping[str, Tally], *, scope: Scope, by: Principal
    ) -> dict[str, int]:
        """In how many chats each was taught, or was wanted."""
        told = {
            id: {*memory.sources, *tallies.get(id, Tally()).episodes(for_it=True)}
            for id, memory in known.items()
        }
        live = await self._memory.still_known(sorted(set().union(*told.values())), scope=scope, by=by)
        return {
            id: len({live[episode].session for episode in episodes if episode in live} - {BY_HAND})
            for id, episodes in told.items()
        }

    async def account(self, procedure: str, *, scope: Scope, by: Principal) -> Account:
        known = await self._procedures.known(scope=scope, by=by)
        memory = _one(procedure, known)
        line = editions(memory, known)
        older = (*line[1:], None)
        tallies = await self._outcomes.tallies(scope=scope, by=by)
        history = tuple(difference(before, after) for after, before in zip(line, older, strict=True))
        chats = await self._chats({procedure: memory}, tallies, scope=scope, by=by)
        found = _account(memory, tallies.get(procedure, Tally()), known)
        return replace(found, history=history, chats=chats[procedure])

    async def replay(self, procedure: str, *, scope: Scope, by: Principal) -> Replay:
        """What the last turns' prompts would hold with this procedure in use, and without it (or with its forerunner)."""
        known = await self._procedures.known(scope=scope, by=by)
        memory = _one(procedure, known)
        changed = replace(memory, status="active", needs_approval=False)
        without = {id: m for id, m in known.items() if id != procedure}
        before = _in_use(without)
        after = _in_use({id: m for id, m in without.items() if id != memory.replaces}) | {procedure: changed}
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

    # -- deciding ----------------------------------------------------------------------------------

    async def approve(self, procedure: str, *, scope: Scope, by: Principal) -> Account:
        """It applies from now on, in place of the edition that it replaces."""
        known = await self._procedures.known(scope=scope, by=by)
        memory = _one(procedure, known)
        if memory.status != "trial":
            raise BadInput(f"This procedure is {memory.status}: only one on trial can be approved.")
        if memory.replaces in known and known[memory.replaces].status != "retired":
            await self._memory.restate([memory.replaces], "retired", scope=scope, by=by)
        await self._memory.restate([procedure], "active", scope=scope, by=by)
        return await self.account(procedure, scope=scope, by=by)

    async def reject(self, procedure: str, *, scope: Scope, by: Principal) -> Account:
        """What waits or is on trial is not wanted."""
        if (await self.account(procedure, scope=scope, by=by)).procedure.status != "trial":
            raise BadInput("Only what is on trial can be rejected. `keepsake skills retire` ends one in use.")
        return await self.retire(procedure, scope=scope, by=by)

    async def retire(self, procedure: str, *, scope: Scope, by: Principal) -> Account:
        await self._memory.restate([procedure], "retired", scope=scope, by=by)
        return await self.account(procedure, scope=scope, by=by)

    async def roll_back(self, procedure: str, *, scope: Scope, by: Principal) -> Account:
        """A retired one is in use again; one in use gives way to the edition before it. Counting begins anew."""
        known = await self._procedures.known(scope=scope, by=by)
        memory = _one(procedure, known)
        line = editions(memory, known)
        if memory.status == "retired":
            again = memory
        elif len(line) > 1:
            again = line[1]
        else:
            raise BadInput("This is its first version. `keepsake skills retire` ends it.")
        descended = [
            m.id for m in known.values() if again in editions(m, known)[1:] and m.status != "retired"
        ]
        if descended:
            await self._memory.restate(descended, "retired", scope=scope, by=by)
        await self._outcomes.forgive(again.id, scope=scope, by=by)
        await self._memory.restate([again.id], "active", scope=scope, by=by)
        return await self.account(again.id, scope=scope, by=by)

    async def reword(
        self, procedure: str, rule: str, trigger: str | None, *, scope: Scope, by: Principal
    ) -> Account:
        """Another edition in the person's own words. It waits: `replay` shows what it would change.

        Where its person said so once, one that is only worded otherwise holds at once.
        """
        memory = (await self.account(procedure, scope=scope, by=by)).procedure
        rule, trigger = _line(rule), memory.trigger if trigger is None else _line(trigger)
        if not rule:
            raise BadInput("A procedure says what to do. Write at least a few words.")
        words = Utterance(text=sentence(rule, trigger), session=BY_HAND)
        (kept,) = await self._memory.remember(words, scope=scope, by=by)
        edition = await self._memory.adopt(
            Proposal(
                rule=rule,
                trigger=trigger,
                scope="situation" if trigger or memory.scope == "situation" else "always",
                episode=kept.id,
                quote=kept.text,
                learned="by hand",
                edition=memory.edition + 1,
                replaces=memory.id,
                approval=True,
            ),
            scope=scope,
            by=by,
        )
        if edition is None:
            raise BadInput("These words cannot be kept as they are. Write them without numbers or passwords.")
        await self._outcomes.inherit(memory.id, edition.id, scope=scope, by=by)
        if (await self._charters.holding(scope)).small_changes and is_small(memory, edition):
            await self._memory.restate([memory.id], "retired", scope=scope, by=by)
            await self._memory.restate([edition.id], "active", scope=scope, by=by, why="small change")
        return await self.account(edition.id, scope=scope, by=by)


def _in_use(known: Mapping[str, Shown]) -> dict[str, Shown]:
    return {id: memory for id, memory in known.items() if memory.status == "active"}


def _one(procedure: str, known: Mapping[str, Shown]) -> Shown:
    if procedure not in known:
        raise UnknownMemory("There is no such procedure. `keepsake skills list` names them.")
    return known[procedure]


def _account(memory: Shown, tally: Tally, known: Mapping[str, Shown]) -> Account:
    before = known.get(memory.replaces)
    return Account(
        memory,
        tally.helpful,
        tally.harmful,
        tally.wanted,
        tally.success.mean,
        risk=risk_of(memory, before),
        before=before.edition if before else 0,
    )


def _line(words: str) -> str:
    return " ".join(words.split()).strip(" .")[:LONGEST]
