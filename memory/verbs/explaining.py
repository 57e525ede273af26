"""Explaining: how a memory came, what became of it, and what would go with it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from privacy.access import require
from privacy.identity import Principal, Scope

from ..beliefs import BELIEFS
from ..graph import graph_of
from ..identifiers import is_identifier
from ..moments import microseconds, moment
from ..records import Page, Shown, Status
from ..relations import relation_named
from ..shelf import Wanted
from .forgetting import Forgetful
from .looking import Looking

EVERY_ENTRY = 1_000_000
OF_A_CONVERSATION = 500  # messages that a summary is made of when it is only counted
SUMMARISED = 5  # conversations whose summaries are looked at before a forgetting


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the journal: what happened to which memory, and when. No words."""

    number: int
    at: datetime
    action: str
    memory: str
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """A memory as it was, and what made it so."""

    number: int
    memory: Shown
    at: datetime
    action: str


@dataclass(frozen=True, slots=True)
class Account:
    """All there is to say about one memory."""

    memory: Shown
    versions: tuple[Version, ...]  # the first one first
    sources: tuple[Shown, ...]  # the words it was learned from
    taught: tuple[Shown, ...]  # what was learned from it, or concluded
    rivals: tuple[Shown, ...]  # what else was believed about the same thing, the newest first
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A personal detail that lies in the vault, what it stands for, and how it is shown at rest."""

    shown: str  # "[PERSON_1]"
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What a forgetting would take along. `lines`: of the chat, which say it; `chats`: in which they stand."""

    asked: tuple[Shown, ...]
    along: tuple[Shown, ...]
    lines: int
    chats: int = 0
    connections: int = 0  # relations that rest on it
    sentences: int = 0  # of summaries


class Explaining(Looking, Forgetful):
    """Verbs that tell about memories; nothing here changes one."""

    async def find(
        self, wanted: Wanted, *, scope: Scope, by: Principal, offset: int = 0, limit: int = 50
    ) -> Page:
        """One page of what fits, matched in the opened words."""
        if wanted.everything:
            return await self.browse(scope=scope, by=by, kind=wanted.kind, offset=offset, limit=limit)
        await self._gate.admit(by, "read", scope, "find")

        def look() -> Page:
            owner = self._archive.owner(scope)
            found = self._shelf.look(owner, wanted)
            if wanted.by_use:
                last = self._last_used(owner)
                found.sort(key=lambda memory: last.get(memory.id, 0), reverse=True)
            return Page(memories=tuple(found[offset : offset + limit]), total=len(found), offset=offset)

        return await asyncio.to_thread(look)

    async def in_state(self, states: Collection[Status], *, scope: Scope, by: Principal) -> tuple[Shown, ...]:
        """The memories that count as one of these: what is disputed, say, or on trial."""
        require(by, "read", scope)

        def read() -> tuple[Shown, ...]:
            owner = self._archive.owner(scope)
            return self._shown(owner, self._archive.ledger.in_state(owner, states))

        return await asyncio.to_thread(read)

    async def account(self, memory_id: str, *, scope: Scope, by: Principal) -> Account:
        """UnknownMemory for unknown, foreign and malformed ids alike."""
        await self._gate.admit(by, "read", scope, "account", memory_id if is_identifier(memory_id) else "")
        return await asyncio.to_thread(self._account, memory_id, scope)

    def _account(self, memory_id: str, scope: Scope) -> Account:
        record = self._existing([memory_id], scope)[0]
        owner, memory = record.owner, self._archive.shown(record)
        entries, _ = self._archive.ledger.entries(owner, memory=memory_id)
        events = tuple(_event(*entry) for entry in reversed(entries))
        made = {
            event.version: event for event in reversed(events) if event.action not in ("hidden", "undone")
        }
        versions = tuple(
            Version(old.version, old, made[old.version].at, made[old.version].action)
            for old in self._archive.all_shown(self._archive.versions(owner, [memory_id]))
            if old.version in made
        )
        taught = self._archive.ledger.resting_on(owner, [memory_id])
        beliefs = self._shelf.look(owner, Wanted(kind=record.kind)) if record.kind in BELIEFS else []
        return Account(
            memory=memory,
            versions=versions,
            sources=self._shown(owner, record.sources),
            taught=self._shown(owner, taught),
            rivals=tuple(m for m in beliefs if m.id != memory.id and about_the_same(m, memory)),
            events=events,
        )

    async def taught(
        self, ids: Collection[str], *, scope: Scope, by: Principal
    ) -> dict[str, tuple[Shown, ...]]:
        """What was learned from each of these memories; one that taught nothing, or is unknown, is not there."""
        await self._gate.admit(by, "read", scope, "taught")

        def read() -> dict[str, tuple[Shown, ...]]:
            asked = {memory for memory in ids if is_identifier(memory)}
            owner = self._archive.owner(scope)
            learned = self._shown(owner, self._archive.ledger.resting_on(owner, asked)) if asked else ()
            return {
                one: found
                for one in asked
                if (found := tuple(memory for memory in learned if one in memory.sources))
            }

        return await asyncio.to_thread(read)

    def _shown(self, owner: str, ids: Collection[str]) -> tuple[Shown, ...]:
        found = self._archive.live(owner, ids=set(ids)) if ids else ()
        return tuple(self._archive.all_shown(found))

    async def as_used(
        self, references: Collection[tuple[str, int]], *, scope: Scope, by: Principal
    ) -> dict[tuple[str, int], Shown]:
        """Memories in the versions that were used; what was forgotten since is simply not there."""
        await self._gate.admit(by, "read", scope, "as_used")

        def read() -> dict[tuple[str, int], Shown]:
            wanted = {memory for memory, _ in references if is_identifier(memory)}
            owner = self._archive.owner(scope)
            found = self._archive.versions(owner, wanted) if wanted else []
            used = self._archive.all_shown(r for r in found if (r.id, r.version) in references)
            return {(memory.id, memory.version): memory for memory in used}

        return await asyncio.to_thread(read)

    async def last_used(self, *, scope: Scope, by: Principal) -> dict[str, datetime]:
        """When an answer last rested on each memory; those on which none did are not in it."""
        await self._gate.admit(by, "read", scope, "as_used")
        found = await asyncio.to_thread(self._last_used, self._archive.owner(scope))
        return {memory: moment(at) for memory, at in found.items()}

    def _last_used(self, owner: str) -> dict[str, int]:
        last = dict[str, int]()
        for memory, _, at in self._archive.ledger.uses(owner):
            last[memory] = max(at, last.get(memory, 0))
        return last

    async def use_counts(self, ids: Collection[str], *, scope: Scope, by: Principal) -> dict[str, int]:
        """In how many answers each of these memories was used."""
        await self._gate.admit(by, "read", scope, "as_used")
        return await asyncio.to_thread(self._archive.ledger.use_counts, self._archive.owner(scope), set(ids))

    async def events(
        self,
        *,
        scope: Scope,
        by: Principal,
        actions: Collection[str] = (),
        until: datetime | None = None,
        offset: int = 0,
        limit: int = 100,
        wanted: Wanted | None = None,
    ) -> tuple[tuple[Event, ...], int]:
        """What happened to a person's memories, newest first, and how much there is; `wanted`: to those that fit this."""
        require(by, "read", scope)

        def read() -> tuple[tuple[Event, ...], int]:
            if wanted is not None:
                found = self._happened(self._archive.owner(scope), wanted, actions, until)
                return tuple(found[offset : offset + limit]), len(found)
            entries, total = self._archive.ledger.entries(
                self._archive.owner(scope),
                actions=actions,
                until=microseconds(until) if until else None,
                offset=offset,
                limit=limit,
            )
            return tuple(_event(*entry) for entry in entries), total

        return await asyncio.to_thread(read)

    def _happened(
        self, owner: str, wanted: Wanted, actions: Collection[str], until: datetime | None
    ) -> list[Event]:
        fitting = {memory.id for memory in self._shelf.look(owner, wanted)}
        moment = microseconds(until) if until else None
        entries, _ = self._archive.ledger.entries(owner, actions=actions, until=moment, limit=EVERY_ENTRY)
        return [_event(*entry) for entry in entries if entry[3] in fitting]

    async def days(
        self, *, scope: Scope, by: Principal, wanted: Wanted | None = None, actions: Collection[str] = ()
    ) -> dict[date, int]:
        """How much happened on each day, to those that fit."""
        require(by, "read", scope)
        owner = self._archive.owner(scope)
        if wanted is not None or actions:
            found = await asyncio.to_thread(self._happened, owner, wanted or Wanted(), actions, None)
            return dict(Counter(event.at.date() for event in found))
        counted = await asyncio.to_thread(self._archive.ledger.days, owner)
        return {date(1970, 1, 1) + timedelta(days=day): times for day, times in counted.items()}

    async def placeholders(self, *, scope: Scope, by: Principal) -> tuple[Placeholder, ...]:
        """What placeholders stand for, for their owner alone."""
        await self._gate.admit(by, "read", scope, "placeholders")

        def read() -> tuple[Placeholder, ...]:
            known = self._archive.vault(self._archive.owner(scope)).known().values()
            ordered = sorted(known, key=lambda entry: (entry.label, entry.number, entry.id))
            return tuple(Placeholder(f"[{e.label}_{e.number}]", e.label, e.spelling) for e in ordered)

        return await asyncio.to_thread(read)

    async def reach(self, ids: Sequence[str], *, scope: Scope, by: Principal) -> Reach:
        """What forgetting these would take along; nothing is changed."""
        await self._gate.admit(by, "read", scope, "reach")

        def read() -> Reach:
            records = self._existing(ids, scope)
            owner = records[0].owner
            going, lines, chats = self._erasure.reach(records)
            shown = {memory.id: memory for memory in self._shown(owner, going)}
            asked = {record.id for record in records}
            return Reach(
                asked=tuple(shown[memory] for memory in sorted(asked)),
                along=tuple(memory for memory in shown.values() if memory.id not in asked),
                lines=lines,
                chats=chats,
                connections=self._resting(going, owner),
                sentences=self._sentences(going, owner),
            )

        return await asyncio.to_thread(read)

    def _resting(self, ids: Collection[str], owner: str) -> int:
        """How many relations between people and things rest on these."""
        believed = self._shelf.look(owner, Wanted(kind="fact"))
        return sum(link.fact in ids for link in graph_of(believed).links)

    def _sentences(self, ids: Collection[str], owner: str) -> int:
        """How many sentences of the summaries of their conversations stand in these; of the first few conversations."""
        said = [memory for memory in self._shown(owner, ids) if memory.kind == "episode"]
        sessions = list(dict.fromkeys(memory.session for memory in said))[:SUMMARISED]
        return sum(memory in ids for session in sessions for memory in self._quoted_of(session, owner))

    def _quoted_of(self, session: str, owner: str) -> tuple[str, ...]:
        number = self._archive.session(owner, session)
        ids = frozenset(self._archive.ledger.last_of_session(owner, number, OF_A_CONVERSATION))
        said = self._shelf.look(owner, Wanted(kind="episode", among=ids, oldest_first=True))
        return self._quoted.by([memory for memory in said if memory.speaker != "assistant"])


def about_the_same(one: Shown, other: Shown) -> bool:
    """Whether two beliefs tell the same thing of the same somebody."""
    if one.kind != other.kind or one.subject != other.subject:
        return False
    if one.kind == "preference":
        return one.aspect == other.aspect and one.scope == other.scope
    relation = relation_named(one.relation)
    return (relation.slot or relation.single) and relation == relation_named(other.relation)


def _event(number: int, at: int, action: str, memory: str, version: int) -> Event:
    return Event(number, moment(at), action, memory, version)
