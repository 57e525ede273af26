"""Keeping what was said, and what was learned from it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from privacy.identity import Principal, Scope

from ..graph import people_of
from ..importance import importance_of
from ..learning import record_of
from ..profile import profile_of
from ..records import (
    Draft,
    Record,
    Shown,
    Utterance,
)
from ..relations import relation_named
from ..semantic import decide
from .desk import Desk


class Remembering(Desk):
    """Verbs that add to memory."""

    async def remember(
        self, said: Utterance | Sequence[Utterance], *, scope: Scope, by: Principal
    ) -> list[Shown]:
        """Keep what was said. Returns when the journal has it on disk; the index follows."""
        await self._gate.admit(by, "write", scope, "remember")
        await self._require_on(scope)
        utterances = [said] if isinstance(said, Utterance) else list(said)
        if not utterances:
            return []
        async with self._writing[scope]:
            return await asyncio.to_thread(self._remember, utterances, scope)

    def _remember(self, utterances: Sequence[Utterance], scope: Scope) -> list[Shown]:
        owner, now = self._archive.owner(scope), self._clock()
        charter = self._charters.of_owner(owner)
        taken = self._sifting.all_taken(utterances, charter)
        wait = self._sifting.all_wait(utterances, charter)
        with self._archive.vault(owner).steady:
            records = self._archive.episodes(utterances, owner, now, taken=taken, wait=wait)
            for record, said, asides in zip(records, utterances, taken, strict=True):
                self._waiting.set_aside(record, said, asides, now)
            return self._keep(
                [self._weighed(record, said) for record, said in zip(records, utterances, strict=True)]
            )

    def _weighed(self, record: Record, said: Utterance) -> Record:
        """With how much it is likely to matter; what nobody said before matters more."""
        working_set, lock = self._indexer.working_set(record.owner)
        with lock:
            novelty = working_set.unheard(self._blinding.asked(said.text, record.owner).words)
        speaker = "assistant" if said.speaker == "assistant" else "user"
        return replace(record, importance=importance_of(said.text, speaker=speaker, novelty=novelty).value)

    async def learn(self, drafts: Sequence[Draft], *, scope: Scope, by: Principal) -> list[Shown]:
        """Keep what a distiller proposed, as far as code agrees: its source says it and it is news."""
        await self._gate.admit(by, "write", scope, "learn")
        await self._require_on(scope)
        if not drafts:
            return []
        async with self._writing[scope]:
            return await asyncio.to_thread(self._learn, drafts, scope)

    def _learn(self, drafts: Sequence[Draft], scope: Scope, *, by_hand: bool = False) -> list[Shown]:
        owner = self._archive.owner(scope)
        settings = {} if by_hand else self._settings(owner)
        drafts = [draft for draft in drafts if settings.get(_aspect(draft)) != "off"]
        episodes = {
            r.id: r
            for r in self._archive.live(owner, ids={draft.episode for draft in drafts})
            if r.status != "paused"  # set aside while it was read: it is read again once it is used again
        }
        known = self._beliefs.known(owner)
        forbids, objected = self._archive.forbids(owner), self._objections.of(self._charters.of_owner(owner))
        learned, now = list[Shown](), self._clock()
        # as it was said: the later word counts
        said = [draft for draft in drafts if draft.episode in episodes]
        # what files bring is as old as it says; of the rest the ids tell the order, whatever the clock did
        brought = {id: e.occurred_at for id, e in episodes.items() if e.origin == "imported"}
        for draft in sorted(said, key=lambda d: (brought.get(d.episode, now), d.episode)):
            at = brought.get(draft.episode)
            decision = None if forbids(draft) or objected(draft) else decide(draft, known, at)
            if decision is None or profile_of(known, settings).locked & set(decision.closes):
                continue  # no news, or what is locked stays as it is
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
            touched = (record.id, *decision.closes, *decision.disputes, *decision.reviews)
            known = self._beliefs.renewed(known, owner, touched)
        return learned

    async def undistilled(self, scope: Scope, *, after: str = "", limit: int = 32) -> list[Shown]:
        """Episodes behind the bookmark (and behind the one `after`), oldest first; none while memory is off."""
        if not await self._charters.allows(scope, "remember"):
            return []

        def read() -> list[Shown]:
            owner = self._archive.owner(scope)
            read_to = max(after, self._archive.ledger.bookmark(f"distilled:{owner}"))
            ids = self._archive.ledger.following(owner, read_to, limit)
            return self._archive.all_shown(self._archive.live(owner, ids=ids))

        return await asyncio.to_thread(read)

    async def people(self, scope: Scope) -> dict[str, frozenset[str]]:
        """Those close to a person by name, folded, with what they are to them; for whoever reads new episodes."""
        owner = self._archive.owner(scope)
        return await asyncio.to_thread(lambda: people_of(self._beliefs.known(owner)))

    async def accepted(self, scope: Scope, *, limit: int = 32) -> list[Shown]:
        """Episodes behind which the bookmark has passed, and of which more may be read since their person's yes."""

        def read() -> list[Shown]:
            owner = self._archive.owner(scope)
            ids = self._archive.ledger.bookmark(f"again:{owner}").split()
            standing = self._archive.ledger.standing(owner) if ids else ()
            live = {memory for memory, _, status in standing if status not in ("quarantined", "paused")}
            ids = [memory for memory in ids if memory in live][:limit]
            return self._archive.all_shown(self._archive.live(owner, ids=ids)) if ids else []

        return await asyncio.to_thread(read)

    async def mark_accepted_read(self, scope: Scope, ids: Sequence[str]) -> None:
        def mark() -> None:
            name = f"again:{self._archive.owner(scope)}"
            left = [id for id in self._archive.ledger.bookmark(name).split() if id not in ids]
            self._archive.ledger.set_bookmark(name, " ".join(left))

        async with self._writing[scope]:
            await asyncio.to_thread(mark)

    async def mark_distilled(self, scope: Scope, last_id: str) -> None:
        owner = self._archive.owner(scope)
        await asyncio.to_thread(self._archive.ledger.set_bookmark, f"distilled:{owner}", last_id)


def _aspect(draft: Draft) -> str:
    """The word that controls go by, of a draft about the person themself."""
    if draft.subject not in ("", "user"):
        return ""
    return relation_named(draft.relation).name if draft.kind == "fact" else draft.aspect
