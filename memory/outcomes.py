"""What happened in single turns: ids and verdicts, no words; sealed like a conversation.

Kept by run, so that a thumb that is turned over counts once, and one that is taken back counts no more.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict

from privacy.access import require
from privacy.identity import Principal, Scope

from .conversations import Conversations
from .credit import Outcome, Tally

MOST = 200  # outcomes of one procedure
Runs = dict[str, dict[str, object]]  # what each run says


class Outcomes:
    """One document for each procedure, and one for all turns that were judged."""

    TURNS = "turns"

    def __init__(self, conversations: Conversations, pseudonym: Callable[[str], str]) -> None:
        self._conversations = conversations
        self._pseudonym = pseudonym
        self._writing: defaultdict[Scope, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def tallies(self, *, scope: Scope, by: Principal) -> dict[str, Tally]:
        """By procedure; one without outcomes is not there."""
        require(by, "read", scope)
        found = await self._conversations.list("outcomes", scope=scope, newest_first=False, limit=10_000)
        return {body["procedure"]: _tally(body["runs"]) for body in found}

    async def note(self, procedure: str, run: str, outcome: Outcome, *, scope: Scope, by: Principal) -> None:
        """What this run says from now on."""
        require(by, "write", scope)
        async with self._writing[scope]:
            runs = await self._runs(procedure, scope)
            kept = {**{r: o for r, o in runs.items() if r != run}, run: asdict(outcome)}
            await self._put(procedure, dict(list(kept.items())[-MOST:]), scope)

    async def forgive(self, procedure: str, *, scope: Scope, by: Principal) -> Runs:
        """Begin anew with a procedure: what it did is not counted, where it was wanted still is. Returns what is not."""
        require(by, "write", scope)
        async with self._writing[scope]:
            runs = await self._runs(procedure, scope)
            await self._put(procedure, {r: o for r, o in runs.items() if not o["applied"]}, scope)
        return {r: o for r, o in runs.items() if o["applied"]}

    async def count_again(self, procedure: str, forgiven: Runs, *, scope: Scope, by: Principal) -> None:
        """What was forgiven counts after all, as older than what happened since."""
        require(by, "write", scope)
        async with self._writing[scope]:
            runs = await self._runs(procedure, scope)
            await self._put(procedure, dict(list({**forgiven, **runs}.items())[-MOST:]), scope)

    async def inherit(self, before: str, after: str, *, scope: Scope, by: Principal) -> None:
        """A new edition is wanted where the one before was; what that one did is not its own doing."""
        require(by, "write", scope)
        async with self._writing[scope]:
            runs = await self._runs(before, scope)
            wanted = {
                run: {**o, "applied": False, "good": False}
                for run, o in runs.items()
                if o["applied"] == o["good"]
            }
            await self._put(after, wanted, scope)

    async def withdraw(self, procedures: Iterable[str], run: str, *, scope: Scope, by: Principal) -> None:
        """This run says nothing any more."""
        require(by, "write", scope)
        async with self._writing[scope]:
            for procedure in procedures:
                runs = await self._runs(procedure, scope)
                if runs.pop(run, None) is not None:
                    await self._put(procedure, runs, scope)

    async def _runs(self, procedure: str, scope: Scope) -> Runs:
        body = await self._conversations.get("outcomes", self._id(procedure, scope), scope=scope)
        return dict(body["runs"]) if body else {}

    async def _put(self, procedure: str, runs: Runs, scope: Scope) -> None:
        body = {"procedure": procedure, "runs": runs}
        await self._conversations.put("outcomes", self._id(procedure, scope), body, scope=scope)

    def _id(self, procedure: str, scope: Scope) -> str:
        return f"outcomes-{self._pseudonym(scope.owner)}-{procedure}"


def _tally(runs: Runs) -> Tally:
    """One turn has one verdict: the last word about it."""
    last = {outcome["asked"]: Outcome(**outcome) for outcome in runs.values()}  # type: ignore[arg-type]  # as put
    return Tally(tuple(last.values()))
