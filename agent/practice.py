"""What a person does with procedures themselves: look, try on the past, approve, reject, retire, roll back, reword."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from memory.charters import Charters
from memory.credit import Tally
from memory.editions import difference, editions, sentence
from memory.errors import BadInput, UnknownMemory
from memory.facade import Memory
from memory.outcomes import Outcomes
from memory.records import Proposal, Shown, Utterance
from memory.undoing import Back
from privacy.identity import Principal, Scope

from .learning import BY_HAND
from .procedures import Procedures
from .rehearsal import Rehearsal, Replay
from .small_changes import Risk, is_small, risk_of

COUNT_AGAIN, UNWORD = "count again", "unword"  # the verbs that take back what statuses do not tell
LONGEST = 300  # characters of a rule or a trigger


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
    decision: str = ""  # what takes back what was decided just now


class Practice:
    """Whoever is not the owner finds no procedure here.

    What is decided can be taken back for an hour, whichever way it was decided; `thread`: the chat it was said in.
    """

    def __init__(
        self, memory: Memory, procedures: Procedures, outcomes: Outcomes, charters: Charters
    ) -> None:
        self._memory = memory
        self._charters = charters
        self._procedures = procedures
        self._outcomes = outcomes
        self._rehearsal = Rehearsal(memory, procedures, outcomes)

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
        return await self._rehearsal.replay(_one(procedure, known), known, scope=scope, by=by)

    # -- deciding ----------------------------------------------------------------------------------

    async def approve(self, procedure: str, *, scope: Scope, by: Principal, thread: str = "") -> Account:
        """It applies from now on, in place of the edition that it replaces."""
        known = await self._procedures.known(scope=scope, by=by)
        memory = _one(procedure, known)
        if memory.status != "trial":
            raise BadInput(f"This procedure is {memory.status}: only one on trial can be approved.")
        async with self._memory.undoable(scope=scope, by=by, thread=thread) as decision:
            if memory.replaces in known and known[memory.replaces].status != "retired":
                await self._memory.restate([memory.replaces], "retired", scope=scope, by=by)
            await self._memory.restate([procedure], "active", scope=scope, by=by)
        return replace(await self.account(procedure, scope=scope, by=by), decision=decision.id)

    async def reject(self, procedure: str, *, scope: Scope, by: Principal, thread: str = "") -> Account:
        """What waits or is on trial is not wanted."""
        if (await self.account(procedure, scope=scope, by=by)).procedure.status != "trial":
            raise BadInput("Only what is on trial can be rejected. `keepsake skills retire` ends one in use.")
        return await self.retire(procedure, scope=scope, by=by, thread=thread)

    async def retire(self, procedure: str, *, scope: Scope, by: Principal, thread: str = "") -> Account:
        async with self._memory.undoable(scope=scope, by=by, thread=thread) as decision:
            await self._memory.restate([procedure], "retired", scope=scope, by=by)
        return replace(await self.account(procedure, scope=scope, by=by), decision=decision.id)

    async def roll_back(self, procedure: str, *, scope: Scope, by: Principal, thread: str = "") -> Account:
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
        async with self._memory.undoable(scope=scope, by=by, thread=thread) as decision:
            if descended:
                await self._memory.restate(descended, "retired", scope=scope, by=by)
            forgiven = await self._outcomes.forgive(again.id, scope=scope, by=by)
            await self._memory.restate([again.id], "active", scope=scope, by=by)
            decision.back = Back(COUNT_AGAIN, (again.id,), json.dumps(forgiven))
        return replace(await self.account(again.id, scope=scope, by=by), decision=decision.id)

    async def count_again(self, back: Back, *, scope: Scope, by: Principal) -> None:
        """What going back to an edition had forgiven it."""
        await self._outcomes.count_again(back.ids[0], json.loads(back.value), scope=scope, by=by)

    async def reword(
        self,
        procedure: str,
        rule: str,
        trigger: str | None,
        *,
        scope: Scope,
        by: Principal,
        thread: str = "",
    ) -> Account:
        """Another edition in the person's own words. It waits: `replay` shows what it would change.

        Where its person said so once, one that is only worded otherwise holds at once.
        """
        memory = (await self.account(procedure, scope=scope, by=by)).procedure
        rule, trigger = _line(rule), memory.trigger if trigger is None else _line(trigger)
        if not rule:
            raise BadInput("A procedure says what to do. Write at least a few words.")
        async with self._memory.undoable(scope=scope, by=by, thread=thread) as decision:
            edition, said = await self._edition(memory, rule, trigger, scope=scope, by=by)
            decision.back = Back(UNWORD, (edition.id, said), edition.status)
        return replace(await self.account(edition.id, scope=scope, by=by), decision=decision.id)

    async def _edition(
        self, memory: Shown, rule: str, trigger: str, *, scope: Scope, by: Principal
    ) -> tuple[Shown, str]:
        """The next edition as it is kept, and the memory of the words that it rests on."""
        words = Utterance(text=sentence(rule, trigger), session=BY_HAND)
        (kept,) = await self._memory.remember(words, scope=scope, by=by)
        proposal = Proposal(
            rule=rule,
            trigger=trigger,
            scope="situation" if trigger or memory.scope == "situation" else "always",
            episode=kept.id,
            quote=kept.text,
            learned="by hand",
            edition=memory.edition + 1,
            replaces=memory.id,
            approval=True,
        )
        edition = await self._memory.adopt(proposal, scope=scope, by=by)
        if edition is None:
            raise BadInput("These words cannot be kept as they are. Write them without numbers or passwords.")
        await self._outcomes.inherit(memory.id, edition.id, scope=scope, by=by)
        if (await self._charters.holding(scope)).small_changes and is_small(memory, edition):
            await self._memory.restate([memory.id], "retired", scope=scope, by=by)
            await self._memory.restate([edition.id], "active", scope=scope, by=by, why="small change")
            edition = replace(edition, status="active", needs_approval=False)
        return edition, kept.id

    async def unword(self, back: Back, *, scope: Scope, by: Principal) -> None:
        """An edition that was not to be written goes for good, with the words it was made of. Raises BadInput."""
        known = await self._procedures.known(scope=scope, by=by)
        edition = known.get(back.ids[0])
        if edition is not None and edition.status != back.value:
            raise BadInput("It is too late to take this back: what became of this wording was decided since.")
        live = await self._memory.still_known(back.ids, scope=scope, by=by)
        if live:
            await self._memory.forget([*live], scope=scope, by=by, now=True)


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
