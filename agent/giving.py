"""Letting somebody else read, and ending it: chat, pages, REST and the terminal all come here, so the same rules hold."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.errors import BadInput
from memory.facade import Memory
from memory.moments import microseconds
from memory.sharing import Sharing
from memory.undoing import Back
from privacy.access import Grant
from privacy.accounts import Accounts
from privacy.errors import BadAccount
from privacy.identity import Principal, Scope

END_AGAIN, GIVE_AGAIN = "end the share", "give the share again"  # the verbs that take it back


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is shared, and for how long; nothing said: everything, until it is ended."""

    topic: str = ""
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    expires_at: datetime | None = None
    anonymised: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """Shares as they are now, and what takes back what was done with them."""

    grants: tuple[Grant, ...]
    decision: str


class Giving:
    """`together`: whether there are accounts. Without them nobody else is here to read."""

    def __init__(self, sharing: Sharing, memory: Memory, accounts: Accounts, *, together: bool) -> None:
        self._sharing = sharing
        self._memory = memory
        self._accounts = accounts
        self.together = together

    async def reader(self, typed: str) -> str:
        """The name of somebody's account, however it was typed. Raises BadInput, BadAccount."""
        if not self.together:
            raise BadInput(
                "There is nobody to share with here: this memory is the only one. Accounts come with KEEPSAKE_AUTH=password."
            )
        if not typed.strip():
            raise BadInput("Say whom you share with: the name of somebody else's account.")
        return (await asyncio.to_thread(self._accounts.known, typed)).name

    async def give(
        self, reader: str, terms: Terms, *, scope: Scope, by: Principal, thread: str = ""
    ) -> Given:
        """Somebody may read from now on. `thread`: the chat it was said in. Raises BadInput, BadAccount."""
        name = await self.reader(reader)
        async with self._memory.undoable(scope=scope, by=by, thread=thread) as decision:
            grant = await self._sharing.share(
                name,
                topic=terms.topic,
                kinds=terms.kinds,
                since=terms.since,
                until=terms.until,
                expires_at=terms.expires_at,
                anonymised=terms.anonymised,
                scope=scope,
                by=by,
            )
            decision.back = Back(END_AGAIN, value=grant.id)
        return Given((grant,), decision.id)

    async def end(self, grants: Sequence[str], *, scope: Scope, by: Principal, thread: str = "") -> Given:
        """Nothing of these can be read any more. Raises UnknownMemory."""
        async with self._memory.undoable(scope=scope, by=by, thread=thread) as decision:
            ended = [await self._sharing.revoke(grant, scope=scope, by=by) for grant in grants]
            decision.back = Back(GIVE_AGAIN, value=" ".join(grants))
        return Given(tuple(ended), decision.id)

    async def end_again(self, back: Back, *, scope: Scope, by: Principal) -> tuple[Grant, ...]:
        """What was given is ended; nothing, where it was ended since."""
        given = await self._sharing.given(scope=scope, by=by)
        holding = [one.id for one in given if one.id == back.value and not (one.revoked_at or one.over_at)]
        return tuple([await self._sharing.revoke(grant, scope=scope, by=by) for grant in holding])

    async def give_again(self, back: Back, *, scope: Scope, by: Principal) -> tuple[Grant, ...]:
        """What was ended holds again, for the same person: not for whoever took the name since. Raises BadInput."""
        given = {one.id: one for one in await self._sharing.given(scope=scope, by=by)}
        ended = [given[id] for id in back.value.split() if id in given and given[id].revoked_at]
        for grant in ended:
            try:
                account = await asyncio.to_thread(self._accounts.known, grant.reader)
            except BadAccount as gone:
                raise BadInput(f"{grant.reader} has no account here any more.") from gone
            if account.created > microseconds(grant.given_at):
                raise BadInput(f"{grant.reader} is somebody else now. Share anew if that is what you want.")
        return tuple([await self._sharing.give_again(one.id, scope=scope, by=by) for one in ended])
