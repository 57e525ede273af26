"""Taking a decision back: what it changed is made as it was, as further versions and not by rewriting history."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from privacy.identity import Principal, Scope

from ..errors import BadInput, UnknownMemory
from ..moments import microseconds
from ..records import Record
from ..stores.memories import Stored
from ..undoing import Back, Decision, Standing, is_over
from .desk import Desk

UNDO = "undo"  # the verb that brings back what a forgetting hides
TOO_LATE = "It is too late to take this back: something changed since, or an hour went by."


def _action(status: str) -> str:
    """What the journal calls it: what is not believed any more has the word that says so."""
    return {"superseded": "superseded", "archived": "withdrawn"}.get(status, "reverted")


class Deciding(Desk):
    """Verbs around a decision."""

    @asynccontextmanager
    async def undoable(self, *, scope: Scope, by: Principal, thread: str = "") -> AsyncIterator[Decision]:
        """Whatever is decided inside can be taken back with the decision's id. `thread`: where it was said."""
        await self._gate.admit(by, "read", scope, "inventory")
        owner = self._archive.owner(scope)
        decision = Decision(owner, self._clock(), thread=thread)
        before = await asyncio.to_thread(self._standing, owner)
        yield decision
        await asyncio.to_thread(lambda: self._decisions.keep(decision, before, self._standing(owner)))

    async def last_decision(self, thread: str, *, scope: Scope, by: Principal) -> Decision | None:
        """What can be taken back: the last thing decided in this conversation; failing that, or in none, anywhere."""
        await self._gate.admit(by, "read", scope, "inventory")

        def look() -> Decision | None:
            owner, now = self._archive.owner(scope), self._clock()
            known = self._decisions.all(owner, now)
            here = next((one for one in known if thread and one.thread == thread), None)
            named = {id for one in known if one.back for id in one.back.ids}
            hidden = [
                Decision(owner, done.hidden_at, back=Back(UNDO, (done.id,)))
                for done in self._erasure.hidden(owner, now)
                if done.id not in named and not is_over(microseconds(done.hidden_at), microseconds(now))
            ]
            return here or max([*known[:1], *hidden], key=lambda one: one.at, default=None)

        return await asyncio.to_thread(look)

    async def decision(self, id: str, *, scope: Scope, by: Principal) -> Decision:
        """Something that can be taken back, by its id. Raises UnknownMemory."""
        await self._gate.admit(by, "read", scope, "inventory")
        owner = self._archive.owner(scope)
        found = await asyncio.to_thread(self._decisions.find, id, owner, self._clock())
        if found is None:
            raise UnknownMemory("There is no such decision, or an hour went by since.")
        return found

    async def settled(self, decision: Decision, *, scope: Scope, by: Principal) -> None:
        """It is about to be taken back by what its `back` says: once, and only if what it changed is still so."""
        await self._gate.admit(by, "write", scope, "take_back")

        def settle() -> None:
            standing = self._standing(decision.owner)
            self._decisions.taken_back(decision)
            if any(standing.get(c.memory) != c.after for c in decision.changes):
                raise BadInput(TOO_LATE)

        async with self._writing[scope]:
            await asyncio.to_thread(settle)

    async def take_back(self, decision: str, *, scope: Scope, by: Principal) -> None:
        """As if it had not been decided. Raises BadInput when one of the memories changed since."""
        await self._gate.admit(by, "write", scope, "take_back")
        async with self._writing[scope]:
            await asyncio.to_thread(self._take_back, decision, self._archive.owner(scope))
        self._nudge()

    def _standing(self, owner: str) -> Standing:
        return {id: (version, status) for id, version, status in self._archive.ledger.standing(owner)}

    def _take_back(self, id: str, owner: str) -> None:
        ledger, now = self._archive.ledger, self._clock()
        decision, standing = self._decisions.find(id, owner, now), self._standing(owner)
        if decision is None or any(standing.get(c.memory) != c.after for c in decision.changes):
            raise BadInput(TOO_LATE)
        if learned := self._learned_since(decision, owner):
            self._erasure.destroy(self._erasure.hide_only(learned, owner, now).id, now)
        with self._archive.vault(owner).steady:
            changed = self._as_they_were(decision, owner)
            ledger.revise([(_action(stored.status), stored) for stored in changed], microseconds(now))
        for status in {c.before[1] for c in decision.changes}:
            same = [c.memory for c in decision.changes if c.before == (c.after[0], status)]
            if same:
                ledger.restate(owner, same, status, microseconds(now), action=_action(status))
        for memory in (stored.id for stored in changed):
            self._waiting.wait_again(owner, episode=memory)
        self._decisions.taken_back(decision)
        self._indexer.note(changed)

    def _learned_since(self, decision: Decision, owner: str) -> set[str]:
        """What was learned from a yes goes with the yes."""
        about = {change.memory for change in decision.changes}
        resting = self._archive.ledger.resting_only_on(owner, about) - about
        found = self._archive.ledger.live(owner, ids=resting) if resting else ()
        return {stored.id for stored in found if stored.recorded_at >= microseconds(decision.at)}

    def _as_they_were(self, decision: Decision, owner: str) -> list[Stored]:
        """New versions with the words and the state of the old ones, of those that were written anew."""
        rewritten = {c.memory: c for c in decision.changes if c.before[0] != c.after[0]}
        found = list[Record]()
        for record in self._archive.versions(owner, rewritten) if rewritten else ():
            change = rewritten[record.id]
            if record.version == change.before[0]:
                found.append(replace(record, status=change.before[1], version=change.after[0] + 1))  # type: ignore[arg-type]
        return [self._archive.seal(record) for record in found]
