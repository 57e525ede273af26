"""Memory: remember, learn, recall, browse, forget. The one door; access is decided here."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from privacy.access import require
from privacy.encryption import KeyRing
from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope
from privacy.vault import Vaults

from .archive import Archive, microseconds, utc_now
from .backup import Backups, Verified, verify, verify_backup
from .beliefs import Beliefs, corrected
from .conversations import Conversations
from .erasure import Erasure
from .errors import BadInput, MemoryOff, UnknownMemory
from .identifiers import is_identifier
from .importing import imported
from .indexer import Indexer
from .learning import record_of
from .ports import Embedder, VectorIndex
from .ranking import RankingPolicy
from .records import Draft, Forgetting, Kind, Page, Recollection, Record, Shown, Transcripts, Utterance
from .retrieval import Retrieval
from .semantic import decide, resting_on
from .stores.memories import Stored

log = logging.getLogger(__name__)

UNDO_WINDOW = timedelta(seconds=10)
BROUGHT_AT_ONCE = 64  # memories of an import in one transaction
LONGEST_WAIT = 60.0  # seconds between two tries to reach an index that stays away


class Memory:
    """What one installation remembers, for all its people. Open it inside a running event loop."""

    def __init__(
        self,
        archive: Archive,
        index: VectorIndex,
        embedder: Embedder,
        vaults: Vaults,
        conversations: Conversations,
        backups: Backups,
        keyring: KeyRing,
        *,
        clock: Callable[[], datetime] = utc_now,
        ranking: RankingPolicy | None = None,
        remembers: Callable[[Scope], Awaitable[bool]] | None = None,
    ) -> None:
        self._archive = archive
        self._index = index
        self._clock = clock
        self._remembers = remembers  # what the person chose; None: everything may be kept
        self._indexer = Indexer(archive, index, embedder)
        self._retrieval = Retrieval(archive, self._indexer, embedder, ranking or RankingPolicy())
        self._beliefs = Beliefs(archive)
        self._erasure = Erasure(archive, self._indexer, conversations, backups, vaults, keyring)
        self._backups = backups
        self._keyring = keyring
        self._changed = asyncio.Event()
        # one for each person: positions in a conversation are read, then written, and a long text takes long
        self._writing: defaultdict[Scope, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.last_fault: str | None = None
        self._follower = asyncio.create_task(self._follow(), name="memory-follower")

    # -- remembering -------------------------------------------------------------------------------

    async def remember(
        self, said: Utterance | Sequence[Utterance], *, scope: Scope, by: Principal
    ) -> list[Shown]:
        """Keep what was said. Returns when the journal has it on disk; the index follows."""
        require(by, "write", scope)
        await self._require_on(scope)
        utterances = [said] if isinstance(said, Utterance) else list(said)
        if not utterances:
            return []
        async with self._writing[scope]:
            return await asyncio.to_thread(self._remember, utterances, scope)

    def _remember(self, utterances: Sequence[Utterance], scope: Scope) -> list[Shown]:
        owner = self._archive.owner(scope)
        with self._archive.vault(owner).steady:
            return self._keep(self._archive.episodes(utterances, owner, self._clock()))

    def _keep(self, records: Sequence[Record], changed: Sequence[tuple[str, Stored]] = ()) -> list[Shown]:
        stored = [self._archive.seal(record) for record in records]
        self._archive.ledger.remember(stored, changed=changed)
        self._indexer.note(stored)
        self._nudge()
        return [self._archive.shown(record) for record in records]

    async def learn(self, drafts: Sequence[Draft], *, scope: Scope, by: Principal) -> list[Shown]:
        """Keep what a distiller proposed, as far as code agrees: its source says it and it is news."""
        require(by, "write", scope)
        await self._require_on(scope)
        if not drafts:
            return []
        async with self._writing[scope]:
            return await asyncio.to_thread(self._learn, drafts, scope)

    def _learn(self, drafts: Sequence[Draft], scope: Scope) -> list[Shown]:
        owner = self._archive.owner(scope)
        episodes = {r.id: r for r in self._archive.live(owner, ids={draft.episode for draft in drafts})}
        known = self._beliefs.known(owner)
        forbids = self._archive.forbids(owner)
        learned: list[Shown] = []
        # as it was said: the later word counts
        for draft in sorted((d for d in drafts if d.episode in episodes), key=lambda d: d.episode):
            decision = None if forbids(draft) else decide(draft, known)
            if decision is None:
                continue
            with self._archive.vault(owner).steady:
                episode = episodes[draft.episode]
                record = record_of(draft, episode, self._archive, self._clock(), disputed=decision.disputed)
                if record is None:
                    continue
                closed = self._beliefs.changed(owner, decision.closes, "superseded", episode.occurred_at)
                doubted = self._beliefs.changed(
                    owner, (*decision.disputes, *decision.reviews), "disputed", None
                )
                changed = [("superseded", stored) for stored in closed]
                learned += self._keep([record], [*changed, *(("disputed", stored) for stored in doubted)])
            known = self._beliefs.known(owner)
        return learned

    # -- the last word -----------------------------------------------------------------------------

    async def confirm(self, memory_id: str, *, scope: Scope, by: Principal) -> Shown:
        """It is so. Settles a dispute; takes back an end, a correction or "not about me"."""
        return await self._revise(memory_id, scope, by, self._beliefs.confirm)

    async def ended(self, memory_id: str, until: datetime, *, scope: Scope, by: Principal) -> Shown:
        """It was true until then."""
        return await self._revise(
            memory_id, scope, by, lambda record, known: self._beliefs.ended(record, until, known)
        )

    async def not_mine(self, memory_id: str, *, scope: Scope, by: Principal) -> Shown:
        """It is not about this person: it is kept out of answers and not learned again from its source."""
        return await self._revise(memory_id, scope, by, self._beliefs.withdrawn)

    async def correct(self, memory_id: str, value: str, *, scope: Scope, by: Principal) -> Shown:
        """It is otherwise. What the person says is kept as said, and closes what it corrects."""
        if not value.strip():
            raise BadInput("A correction needs a value. Say what is right.")
        require(by, "write", scope)
        old = await self.get(memory_id, scope=scope, by=by)
        if old.kind not in ("fact", "preference"):
            raise BadInput("Only facts and preferences can be corrected. What was said stays as it was said.")
        draft = corrected(old, value.strip(), "", "")
        said = (await self.remember(Utterance(text=draft.text, session="by hand"), scope=scope, by=by))[0]
        async with self._writing[scope]:
            return await asyncio.to_thread(
                self._correct, old, replace(draft, episode=said.id, quote=said.text), scope
            )

    def _correct(self, old: Shown, draft: Draft, scope: Scope) -> Shown:
        owner = self._archive.owner(scope)
        episode = self._existing([draft.episode], scope)[0]
        with self._archive.vault(owner).steady:
            record = record_of(draft, episode, self._archive, self._clock())
            if record is None:
                raise BadInput("This correction could not be read. Say it in plain words.")
            closed = self._beliefs.changed(owner, [old.id], "superseded", episode.occurred_at)
            resting = resting_on([old.id], self._beliefs.known(owner))
            doubted = self._beliefs.changed(owner, resting, "disputed", None)
            changed = [("superseded", stored) for stored in closed]
            return self._keep([record], [*changed, *(("disputed", stored) for stored in doubted)])[0]

    async def _revise(
        self,
        memory_id: str,
        scope: Scope,
        by: Principal,
        change: Callable[[Record, Sequence[Shown]], list[tuple[str, Stored]]],
    ) -> Shown:
        require(by, "write", scope)

        def revise() -> Shown:
            record = self._existing([memory_id], scope)[0]
            with self._archive.vault(record.owner).steady:
                changed = change(record, self._beliefs.known(record.owner))
                self._archive.ledger.revise(changed, microseconds(self._clock()))
            self._indexer.note([stored for _, stored in changed])
            return self._archive.shown(self._existing([memory_id], scope)[0])

        async with self._writing[scope]:
            shown = await asyncio.to_thread(revise)
        self._nudge()
        return shown

    async def facts(self, *, scope: Scope, by: Principal, as_of: datetime | None = None) -> list[Shown]:
        """What is believed, or what was believed at a moment."""
        require(by, "read", scope)
        owner = self._archive.owner(scope)
        return await asyncio.to_thread(self._beliefs.as_of, owner, as_of or self._clock())

    async def unsupported(self, *, scope: Scope, by: Principal) -> list[Shown]:
        """The facts whose source does not say them any more."""
        require(by, "read", scope)
        return await asyncio.to_thread(self._beliefs.unsupported, self._archive.owner(scope))

    async def bring_in(
        self, memories: Sequence[Shown], ids: dict[str, str], *, scope: Scope, by: Principal
    ) -> None:
        """Memories of an exported file, sources first. `ids`: old ids of what is here already, and its own."""
        require(by, "write", scope)
        await self._require_on(scope)
        async with self._writing[scope]:
            said = [memory for memory in memories if memory.kind == "episode"]
            for group in (said, [memory for memory in memories if memory.kind != "episode"]):
                for start in range(0, len(group), BROUGHT_AT_ONCE):
                    batch = group[start : start + BROUGHT_AT_ONCE]
                    await asyncio.to_thread(self._bring_in, batch, ids, scope)

    def _bring_in(self, memories: Sequence[Shown], ids: dict[str, str], scope: Scope) -> None:
        owner = self._archive.owner(scope)
        with self._archive.vault(owner).steady:
            records = imported(memories, ids, owner, self._archive, self._clock())
            if records:
                self._keep(records)

    async def _require_on(self, scope: Scope) -> None:
        """Off means off, whoever asks: chat, learning, REST or terminal."""
        if self._remembers is not None and not await self._remembers(scope):
            raise MemoryOff(
                "Memory is off, so nothing new is kept. You can turn it on at the top of the memory page."
            )

    async def undistilled(self, scope: Scope, *, after: str = "", limit: int = 32) -> list[Shown]:
        """Episodes behind the bookmark (and behind the one `after`), oldest first; none while memory is off."""
        if self._remembers is not None and not await self._remembers(scope):
            return []

        def read() -> list[Shown]:
            owner = self._archive.owner(scope)
            read_to = max(after, self._archive.ledger.bookmark(f"distilled:{owner}"))
            ids = [s.id for s in self._archive.ledger.live(owner, kind="episode") if s.id > read_to][:limit]
            return [self._archive.shown(record) for record in self._archive.live(owner, ids=ids)]

        return await asyncio.to_thread(read)

    async def mark_distilled(self, scope: Scope, last_id: str) -> None:
        owner = self._archive.owner(scope)
        await asyncio.to_thread(self._archive.ledger.set_bookmark, f"distilled:{owner}", last_id)

    # -- looking -----------------------------------------------------------------------------------

    async def recall(
        self,
        question: str,
        *,
        scope: Scope,
        by: Principal,
        limit: int = 8,
        thread: str | None = None,
        exclude: Collection[str] = (),
        at: datetime | None = None,
    ) -> Recollection:
        """What comes to mind for a question, best first."""
        require(by, "read", scope)
        question = question.encode("utf-8", "replace").decode()  # half an emoji would stop the embedder
        if not question.strip():
            return Recollection(question=question, abstained=True)
        return await asyncio.to_thread(
            self._retrieval.recall, question, scope, limit=limit, exclude=frozenset(exclude)
        )

    async def browse(
        self,
        *,
        scope: Scope,
        by: Principal,
        words: str = "",
        kind: Kind | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page:
        """One page of what is remembered, newest first; `words` are matched in the opened text."""
        require(by, "read", scope)
        return await asyncio.to_thread(
            self._browse, scope, words, kind, max(0, offset), max(1, min(limit, 500))
        )

    def _browse(self, scope: Scope, words: str, kind: Kind | None, offset: int, limit: int) -> Page:
        owner = self._archive.owner(scope)
        if words.strip():
            wanted = words.casefold().split()
            shown = [self._archive.shown(record) for record in self._archive.live(owner, kind=kind)]
            found = [m for m in reversed(shown) if all(word in m.text.casefold() for word in wanted)]
            return Page(memories=tuple(found[offset : offset + limit]), total=len(found), offset=offset)
        ids, total = self._archive.ledger.page(owner, kind=kind, offset=offset, limit=limit)
        by_id = {record.id: record for record in self._archive.live(owner, ids=ids)}
        shown_page = tuple(self._archive.shown(by_id[memory]) for memory in ids if memory in by_id)
        return Page(memories=shown_page, total=total, offset=offset)

    async def get(self, memory_id: str, *, scope: Scope, by: Principal) -> Shown:
        """One memory. UnknownMemory for unknown, foreign and malformed ids alike."""
        require(by, "read", scope)
        found = await asyncio.to_thread(self._existing, [memory_id], scope)
        return await asyncio.to_thread(self._archive.shown, found[0])

    async def still_known(self, ids: Sequence[str], *, scope: Scope, by: Principal) -> dict[str, Shown]:
        """Those of these memories that are live; what was forgotten is simply not there."""
        require(by, "read", scope)

        def read() -> dict[str, Shown]:
            wanted = {memory for memory in ids if is_identifier(memory)}
            found = self._archive.live(self._archive.owner(scope), ids=wanted) if wanted else ()
            return {record.id: self._archive.shown(record) for record in found}

        return await asyncio.to_thread(read)

    async def conversation(
        self, session: str, *, scope: Scope, by: Principal, limit: int = 20
    ) -> list[Shown]:
        """The last things said in one conversation that are still remembered, oldest first."""
        require(by, "read", scope)

        def read() -> list[Shown]:
            owner = self._archive.owner(scope)
            ids = self._archive.ledger.last_of_session(owner, self._archive.session(owner, session), limit)
            return [self._archive.shown(record) for record in self._archive.live(owner, ids=ids)]

        return await asyncio.to_thread(read)

    def _existing(self, ids: Sequence[str], scope: Scope) -> list[Record]:
        unknown = UnknownMemory("There is no such memory. Look at the list for the ones there are.")
        if not ids or not all(isinstance(memory, str) and is_identifier(memory) for memory in ids):
            raise unknown
        found = list(self._archive.live(self._archive.owner(scope), ids=set(ids)))
        if len(found) != len(set(ids)):
            raise unknown
        return found

    async def at_rest(self, *, scope: Scope, by: Principal) -> tuple[Record, ...]:
        """Every memory as it lies sealed, opened but not restored: placeholders and no names."""
        require(by, "read", scope)
        return await asyncio.to_thread(lambda: tuple(self._archive.live(self._archive.owner(scope))))

    async def counts(self, *, scope: Scope, by: Principal) -> dict[str, int]:
        require(by, "read", scope)
        owner = self._archive.owner(scope)
        return await asyncio.to_thread(self._archive.ledger.counts, owner)

    # -- forgetting --------------------------------------------------------------------------------

    async def forget(
        self,
        ids: Sequence[str],
        *,
        scope: Scope,
        by: Principal,
        now: bool = False,
        transcripts: Transcripts = "keep",
        never: bool = False,
    ) -> Forgetting:
        """Hide memories and what rests on them at once; destroy them when the undo time is over, or `now`.

        `transcripts`: whether lines of the chat that say it go blank. `never`: it is not learned again.
        """
        require(by, "forget", scope)
        async with self._writing[scope]:
            records = await asyncio.to_thread(self._existing, ids, scope)
            window = timedelta(0) if now else UNDO_WINDOW
            hide = partial(self._erasure.hide, transcripts=transcripts, never=never)
            hidden = await asyncio.to_thread(hide, records, self._clock(), window)
        self._nudge()
        if now:
            return await asyncio.to_thread(self._erasure.destroy, hidden.id, self._clock())
        return hidden

    async def forget_everything(self, *, scope: Scope, by: Principal) -> Forgetting:
        """Destroy the owner's key and every row of theirs, at once and without undo."""
        require(by, "forget", scope)
        async with self._writing[scope]:
            owner = self._archive.owner(scope)
            done = await asyncio.to_thread(self._erasure.everything, owner, self._clock())
        self._nudge()
        return done

    async def undo(self, forgetting_id: str, *, scope: Scope, by: Principal) -> Forgetting:
        """Take a forgetting back, as long as nothing was destroyed. BadInput when it is too late."""
        require(by, "forget", scope)
        owner = self._archive.owner(scope)
        undone = await asyncio.to_thread(self._erasure.undo, forgetting_id, owner, self._clock())
        self._nudge()
        return undone

    async def forgetting(self, forgetting_id: str, *, scope: Scope, by: Principal) -> Forgetting:
        require(by, "read", scope)
        return await asyncio.to_thread(self._erasure.look_up, forgetting_id, self._archive.owner(scope))

    async def forgetting_receipt(self, forgetting_id: str, *, scope: Scope, by: Principal) -> dict[str, Any]:
        """What was destroyed, what the checks found and what is still to be done, signed."""
        require(by, "read", scope)
        owner = self._archive.owner(scope)
        return await asyncio.to_thread(self._erasure.receipt, forgetting_id, owner, self._clock())

    def when_forgotten(self, tell: Callable[[Collection[str]], None]) -> None:
        """Have a cache told which memories were destroyed. Called from a worker thread."""
        self._erasure.forgotten.append(tell)

    # -- upkeep ------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Wait until the index is up with the journal and due destructions are done."""
        await asyncio.to_thread(self._upkeep)

    async def reindex(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Rebuild the index from the journal, without embedding again; the number of memories."""
        return await asyncio.to_thread(self._erasure.rebuild_index, progress)

    async def verify(self) -> Verified:
        """Check the journal's chain, every payload and every key. Raises ChainBroken naming the first broken entry."""
        return await asyncio.to_thread(verify, self._archive.ledger, self._keyring)

    async def back_up(self, folder: Path) -> Verified:
        """Write a backup, and keep its key file as it should be from now on."""
        return await asyncio.to_thread(self._backups.make, folder, self._clock())

    async def verify_backup(self, folder: Path) -> Verified:
        return await asyncio.to_thread(verify_backup, folder, self._keyring)

    async def indexed(self) -> bool:
        return await asyncio.to_thread(self._indexer.behind) == 0

    def _nudge(self) -> None:
        self._loop.call_soon_threadsafe(self._changed.set)

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        return self._follower.get_loop()

    def _upkeep(self) -> None:
        self._erasure.destroy_due(self._clock())
        self._bring_up()

    def _bring_up(self) -> None:
        self._indexer.catch_up()
        self._indexer.check()
        self._erasure.finish()

    async def _follow(self) -> None:
        """Keep the promises of forgetting every second, and the index up; a fault waits longer each time."""
        patience, index_again, index_fault = 1.0, 0.0, None
        while True:
            fault = await _fault_of(lambda: self._erasure.destroy_due(self._clock()))
            if time.monotonic() >= index_again:
                index_fault = await _fault_of(self._bring_up)
                patience = min(patience * 2, LONGEST_WAIT) if index_fault else 1.0
                index_again = time.monotonic() + patience if index_fault else 0.0
            self._note_fault(fault or index_fault)
            try:
                async with asyncio.timeout(1.0):
                    await self._changed.wait()
            except TimeoutError:
                pass  # time itself makes forgettings due
            self._changed.clear()

    def _note_fault(self, fault: str | None) -> None:
        if fault and fault != self.last_fault:
            log.warning("memory upkeep waits: %s", fault)
        self.last_fault = fault

    async def aclose(self) -> None:
        """Stop following. What is not indexed yet is caught up at the next start."""
        self._follower.cancel()
        await asyncio.gather(self._follower, return_exceptions=True)
        await asyncio.to_thread(self._indexer.stop)  # a thread is not cancelled with its task


async def _fault_of(upkeep: Callable[[], None]) -> str | None:
    """The sentence of a failure. The follower outlives every one: who else would try again?"""
    try:
        await asyncio.to_thread(upkeep)
    except KeepsakeError as fault:
        return str(fault)
    except Exception as error:  # noqa: BLE001  # ours to mend; its text may hold what was said, its name does not
        return f"Memory upkeep met an error of its own ({type(error).__name__}). It is tried again."
    return None
