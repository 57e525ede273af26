"""What a file brings waits in quarantine, masked like all that is kept, until its person says yes."""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from privacy.identity import Principal, Scope

from ..arrivals import Arrival, BroughtIn
from ..beliefs import as_draft
from ..bundles import Bundle, opened
from ..importing import COME_IN, becomes, imported
from ..moments import microseconds
from ..records import Forgetting, Page, Shown, Status, Utterance
from ..semantic import rivals
from ..shelf import Wanted
from .consenting import Consenting
from .forgetting import UNDO_WINDOW

AT_ONCE = 64  # memories of a file in one transaction: others are not kept waiting longer


@dataclass(frozen=True, slots=True)
class _News:
    """What of a file is new, the ids under which the rest is known, and how much was left out for which reason."""

    wanted: tuple[Shown, ...]
    ids: dict[str, str]  # from the file's ids to ours
    known: int
    unwanted: int


class Arriving(Consenting):
    """Verbs for what comes in files."""

    async def bring_in(
        self, raw: bytes, name: str = "", *, scope: Scope, by: Principal, dry_run: bool = False
    ) -> BroughtIn:
        """A file of memories: ours, ChatGPT's, Claude's, or notes. What is new waits in Review. Raises BadInput."""
        await self._gate.admit(by, "write", scope, "bring_in")
        await self._require_on(scope)
        bundle = await asyncio.to_thread(opened, raw, self._clock())
        news = await asyncio.to_thread(self._news, bundle, scope)
        arrival = "" if dry_run or not news.wanted else uuid.uuid4().hex
        for batch in _batches(news.wanted) if arrival else ():
            async with self._writing[scope]:
                await asyncio.to_thread(
                    self._arrive, Arrival(arrival, name, bundle.source, self._clock(), {}), batch, news, scope
                )
        return BroughtIn(bundle.source, len(news.wanted), news.known, news.unwanted, arrival)

    def _news(self, bundle: Bundle, scope: Scope) -> _News:
        owner = self._archive.owner(scope)
        charter, forbids = self._charters.of_owner(owner), self._archive.forbids(owner)
        here = {_sameness(memory, memory.text): memory.id for memory in self._shelf.look(owner, Wanted())}
        wanted, ids, unwanted = list[Shown](), dict[str, str](), 0
        coming = [memory for memory in bundle.memories if memory.kind in COME_IN]
        for memory in coming:
            sifted = self._sifting.sifted(memory, charter)
            same = {_sameness(memory, memory.text), _sameness(memory, sifted)} & here.keys()
            if same:
                ids[memory.id] = here[same.pop()]
            elif not sifted or forbids(memory):
                unwanted += 1
            else:
                wanted.append(memory)
                here[_sameness(memory, memory.text)] = ""  # said twice in one file, it comes in once
        known = len(coming) - len(wanted) - unwanted
        return _News(tuple(wanted), {old: new for old, new in ids.items() if new}, known, unwanted)

    def _arrive(self, arrival: Arrival, memories: Sequence[Shown], news: _News, scope: Scope) -> None:
        owner, now = self._archive.owner(scope), self._clock()
        charter = self._charters.of_owner(owner)
        with self._archive.vault(owner).steady:
            said = {m.id: Utterance(text=m.text, speaker=m.speaker or "user") for m in memories}
            taken = dict(zip(said, self._sifting.all_taken([*said.values()], charter), strict=True))
            records = imported(memories, news.ids, owner, self._archive, now, taken)
            arrival.becomes.update(
                (news.ids[m.id], becomes(m.status)) for m in memories if news.ids[m.id] in records
            )
            self._arrivals.note(arrival, owner)
            for memory in memories:
                if memory.kind == "episode":
                    record = records[news.ids[memory.id]]
                    self._waiting.set_aside(record, said[memory.id], taken[memory.id], now)
            self._keep(list(records.values()))

    async def arrivals(self, *, scope: Scope, by: Principal) -> list[Arrival]:
        """The files of which something waits, oldest first."""
        await self._gate.admit(by, "read", scope, "arrivals")
        return await asyncio.to_thread(self._arrivals.all, self._archive.owner(scope))

    async def arrived(
        self, arrival: str, *, scope: Scope, by: Principal, offset: int = 0, limit: int = 50
    ) -> Page:
        """Some of what one file brought and is not decided. Raises UnknownMemory."""
        await self._gate.admit(by, "read", scope, "arrivals")

        def read() -> Page:
            owner = self._archive.owner(scope)
            one = self._arrivals.one(arrival, owner)
            shown = self._arrivals.page(one, offset, limit, owner)
            return Page(memories=tuple(shown), total=len(one.becomes), offset=offset)

        return await asyncio.to_thread(read)

    async def accept_arrival(
        self, arrival: str, ids: Collection[str] | None = None, *, scope: Scope, by: Principal
    ) -> int:
        """Yes to these memories of a file, or to all that is left of it; how many. Raises UnknownMemory."""
        await self._gate.admit(by, "consent", scope, "accept")
        async with self._writing[scope]:
            accepted = await asyncio.to_thread(self._accept_arrival, arrival, ids, scope)
        self._nudge()
        return accepted

    def _accept_arrival(self, arrival: str, ids: Collection[str] | None, scope: Scope) -> int:
        owner, at = self._archive.owner(scope), microseconds(self._clock())
        found, chosen = self._arrivals.chosen(arrival, ids, owner)
        known = self._beliefs.known(owner)
        by_status = defaultdict[Status, list[str]](list)
        for memory in chosen:
            by_status[found.becomes[memory]].append(memory)
        for status, some in by_status.items():
            self._archive.ledger.restate(owner, some, status, at, action="accepted")
        if doubtful := _contradicting(known, set(by_status["active"])):
            changed = self._beliefs.changed(owner, doubtful, "disputed", None)
            self._archive.ledger.revise([("disputed", stored) for stored in changed], at)
            self._indexer.note(changed)
        self._read_again(owner, chosen)
        return len(chosen)

    async def refuse_arrival(
        self, arrival: str, ids: Collection[str] | None = None, *, scope: Scope, by: Principal
    ) -> Forgetting:
        """No to these memories of a file, or to all that is left of it. It can be undone for ten seconds."""
        await self._gate.admit(by, "consent", scope, "refuse")
        async with self._writing[scope]:
            hidden = await asyncio.to_thread(self._refuse_arrival, arrival, ids, scope)
        self._nudge()
        return hidden

    def _refuse_arrival(self, arrival: str, ids: Collection[str] | None, scope: Scope) -> Forgetting:
        owner = self._archive.owner(scope)
        _, chosen = self._arrivals.chosen(arrival, ids, owner)
        return self._erasure.hide_only(chosen, owner, self._clock(), UNDO_WINDOW)


def _sameness(memory: Shown, text: str) -> tuple[str, str, str, str]:
    return memory.kind, text, memory.speaker, memory.occurred_at.isoformat()


def _batches(memories: Sequence[Shown]) -> Iterable[Sequence[Shown]]:
    """Words before what was learned from them."""
    said = [memory for memory in memories if memory.kind == "episode"]
    for group in (said, [memory for memory in memories if memory.kind != "episode"]):
        yield from (group[start : start + AT_ONCE] for start in range(0, len(group), AT_ONCE))


def _contradicting(known: Sequence[Shown], coming: Collection[str]) -> list[str]:
    """A file never outdoes what is believed: both wait for the person to say which of them is so."""
    about = defaultdict[tuple[str, str], list[Shown]](list)
    for memory in known:
        if memory.status in ("active", "disputed") and memory.id not in coming:
            about[memory.kind, (memory.subject or "user").casefold()].append(memory)
    doubtful = dict[str, None]()
    for memory in known:
        if memory.id in coming:
            draft = as_draft(memory)
            others = about[memory.kind, (memory.subject or "user").casefold()]
            if against := [other.id for other in others if rivals(draft, other)]:
                doubtful |= dict.fromkeys([memory.id, *against])
    return list(doubtful)
