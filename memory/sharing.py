"""Letting somebody else read: grants by topic, kind and time, that expire and can be revoked at once."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from privacy.access import Grant, require
from privacy.encryption import KeyRing
from privacy.identity import Principal, Scope

from .activity import Activity
from .backup import Backups
from .conversations import Conversations
from .errors import BadInput, StorageFault, UnknownMemory
from .moments import microseconds
from .stores.ledger import Ledger

LONGEST_TOPIC = 200  # characters
MOMENTS = ("since", "until", "expires_at", "revoked_at", "over_at")


class Sharing:
    """Grants lie sealed with their owner's documents, below their reader's pseudonym."""

    def __init__(
        self,
        conversations: Conversations,
        keyring: KeyRing,
        activity: Activity,
        ledger: Ledger,
        backups: Backups,
        clock: Callable[[], datetime],
    ) -> None:
        self._conversations = conversations
        self._keyring = keyring
        self._activity = activity
        self._ledger = ledger
        self._backups = backups
        self._clock = clock

    async def share(
        self,
        reader: str,
        *,
        topic: str = "",
        kinds: Sequence[str] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        expires_at: datetime | None = None,
        anonymised: bool = False,
        scope: Scope,
        by: Principal,
    ) -> Grant:
        """Let somebody read, from now on. Raises BadInput."""
        require(by, "share", scope)
        now = self._clock()
        if reader == scope.owner or not reader.strip():
            raise BadInput("Say whom you share with: the name of somebody else's account.")
        if len(topic) > LONGEST_TOPIC:
            raise BadInput(f"Say the topic in a few words, {LONGEST_TOPIC} characters at most.")
        if expires_at is not None and expires_at <= now:
            raise BadInput("This would have expired already. Give a later moment.")
        grant = Grant(
            id=uuid.uuid4().hex,
            owner=scope.owner,
            reader=reader,
            given_at=now,
            topic=topic.strip(),
            kinds=tuple(kinds),
            since=since,
            until=until,
            expires_at=expires_at,
            anonymised=anonymised,
            entry=await asyncio.to_thread(self._ledger.last_audit),
        )
        await self._activity.noted("share", scope, by, grant.id, may_fail=False)
        await self._keep(grant, scope)
        return grant

    async def revoke(self, grant: str, *, scope: Scope, by: Principal) -> Grant:
        """Nothing of it can be read any more. Raises UnknownMemory."""
        require(by, "share", scope)
        body = await self._conversations.get("grant", grant, scope=scope)
        if body is None:
            raise UnknownMemory("There is no such share. `keepsake shares` lists them.")
        revoked = replace(_grant(body), revoked_at=self._clock())
        await self._activity.noted("revoke", scope, by, grant, may_fail=False)
        await self._keep_anew([revoked])
        return revoked

    async def give_again(self, grant: str, *, scope: Scope, by: Principal) -> Grant:
        """It was not to be ended: it holds as it was given. Raises UnknownMemory, BadInput where its time is over."""
        require(by, "share", scope)
        (ended,) = [one for one in await self.given(scope=scope, by=by) if one.id == grant] or (None,)
        if ended is None:
            raise UnknownMemory("There is no such share. `keepsake shares` lists them.")
        again = replace(ended, revoked_at=None)
        if not again.holds(self._clock()):
            raise BadInput("The time of this share is over. Share anew, with a later moment.")
        await self._activity.noted("share", scope, by, grant, may_fail=False)
        await self._keep_anew([again])
        return again

    async def reader_left(self, by: Principal) -> None:
        """Whoever takes this name later must not read what was shared with the one before."""
        received = await self.received(by=by)
        for grant in received:
            await self._activity.noted("revoke", Scope(grant.owner), by, grant.id, may_fail=False)
        await self._keep_anew([replace(grant, revoked_at=self._clock()) for grant in received])

    async def given(self, *, scope: Scope, by: Principal) -> tuple[Grant, ...]:
        """What this person shares, the newest first; also what is over."""
        require(by, "read", scope)
        bodies = await self._conversations.list("grant", scope=scope)
        return await self._as_they_stand(_grant(body) for body in bodies)

    async def received(self, *, by: Principal) -> tuple[Grant, ...]:
        """What others let this person read now."""
        below = await asyncio.to_thread(self._below, by.name)
        found = await self._as_they_stand(grant for grant in below if grant.reader == by.name)
        return tuple(grant for grant in found if grant.holds(self._clock()))

    async def held(self, by: Principal, scope: Scope) -> tuple[Grant, ...]:
        """The grants by which somebody may read this memory at this moment."""
        return tuple(grant for grant in await self.received(by=by) if grant.owner == scope.owner)

    async def _as_they_stand(self, grants: Iterable[Grant]) -> tuple[Grant, ...]:
        """The same, those that have expired marked as over for good, here and on disk."""
        now = self._clock()
        return tuple([await self._as_it_stands(grant, now) for grant in grants])

    async def _as_it_stands(self, grant: Grant, now: datetime) -> Grant:
        if grant.expires_at is None or grant.revoked_at or grant.over_at:
            return grant
        moment = microseconds(grant.expires_at)
        if now < grant.expires_at and not await asyncio.to_thread(self._ledger.reached, moment, grant.entry):
            return grant
        over = replace(grant, over_at=now)
        with suppress(StorageFault):  # on a full disk it is over all the same
            await self._keep_anew([over])
        return over

    async def _keep_anew(self, grants: Sequence[Grant]) -> None:
        """Keep them as they stand now, under new keys, and take the old ones out of every backup: none brings those back."""
        if not grants:
            return
        await asyncio.to_thread(self._backups.stale)
        for grant in grants:
            scope = Scope(grant.owner)
            await self._conversations.delete("grant", grant.id, scope=scope)
            await self._keep(grant, scope)
        await asyncio.to_thread(self._backups.refresh)

    def _below(self, reader: str) -> list[Grant]:
        pseudonym = self._keyring.pseudonym(reader)
        return [_grant(body) for body in self._conversations.everybodys("grant", pseudonym)]

    async def _keep(self, grant: Grant, scope: Scope) -> None:
        parent = self._keyring.pseudonym(grant.reader)
        await self._conversations.put("grant", grant.id, _body(grant), scope=scope, parent=parent)


def _body(grant: Grant) -> dict[str, Any]:
    moments = ("given_at", *MOMENTS)
    return {
        "id": grant.id,
        "owner": grant.owner,
        "reader": grant.reader,
        "name": grant.topic,  # gets masked
        "kinds": list(grant.kinds),
        "anonymised": grant.anonymised,
        "entry": grant.entry,
        **{name: _text(getattr(grant, name)) for name in moments},
    }


def _grant(body: dict[str, Any]) -> Grant:
    moments = {name: _moment(body.get(name, "")) for name in MOMENTS}
    return Grant(
        id=body["id"],
        owner=body["owner"],
        reader=body["reader"],
        given_at=datetime.fromisoformat(body["given_at"]),
        topic=body["name"],
        kinds=tuple(body["kinds"]),
        anonymised=body["anonymised"],
        entry=body.get("entry", 0),
        **moments,
    )


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
