"""From memories of a file to records of this installation, all in quarantine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from privacy.governance import Aside

from .archive import Archive
from .learning import masked_value, quoted
from .records import Fact, Preference, Quote, Record, Shown, Status, Utterance

COME_IN = ("episode", "fact", "preference")  # kinds; ways of answering are learned anew
LASTING: tuple[Status, ...] = ("active", "superseded", "disputed", "archived", "paused")


def becomes(status: Status) -> Status:
    """What a memory counts as here with its person's yes: what it counted as there, waiting aside."""
    return status if status in LASTING else "active"


def imported(
    memories: Sequence[Shown],
    ids: dict[str, str],
    owner: str,
    archive: Archive,
    now: datetime,
    taken: Mapping[str, Sequence[Aside]],
) -> dict[str, Record]:
    """Their records by id, with the dates and sources they had; `ids` leads from old ids to new ones and grows.

    `taken`: of each, the sentences that are not simply kept.
    """
    records: dict[str, Record] = {}
    said = [memory for memory in memories if memory.kind == "episode"]
    words = archive.episodes(
        [_utterance(memory) for memory in said],
        owner,
        now,
        taken=[taken[memory.id] for memory in said],
        wait=[True] * len(said),
    )
    for memory, record in zip(said, words, strict=True):
        sources = _sources(memory, ids)
        ids[memory.id] = record.id
        records[record.id] = replace(
            record, sources=sources, importance=memory.importance, keep_until=_until(memory, now)
        )
    for memory in memories:
        if memory.kind != "episode":
            record = _derived(memory, _sources(memory, ids), owner, archive, now)
            ids[memory.id] = record.id
            records[record.id] = record
    return records


def _utterance(memory: Shown) -> Utterance:
    return Utterance(
        text=memory.text,
        speaker=memory.speaker or "user",
        session=memory.session or "imported",
        at=memory.occurred_at,
        origin="imported",
    )


def _sources(memory: Shown, ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(ids[source] for source in memory.sources if source in ids)


def _derived(memory: Shown, sources: tuple[str, ...], owner: str, archive: Archive, now: datetime) -> Record:
    return archive.derived(
        memory.text,
        owner,
        memory.kind,
        _detail(memory, _quote(memory, sources, owner, archive), owner, archive),
        now=now,
        occurred_at=memory.occurred_at,
        sources=sources,
        confidence=memory.confidence,
        importance=memory.importance,
        status="quarantined",
        origin="imported",
        keep_until=_until(memory, now),
    )


def _until(memory: Shown, now: datetime) -> datetime | None:
    """The day that its person chose; one that is over is chosen anew."""
    return memory.keep_until if memory.keep_until and memory.keep_until > now else None


def _detail(memory: Shown, quote: Quote | None, owner: str, archive: Archive) -> Fact | Preference:
    subject = masked_value(memory.subject or "user", owner, archive)
    value = masked_value(memory.object, owner, archive)
    if memory.kind == "fact":
        return Fact(
            subject=subject,
            relation=memory.relation,
            object=value,
            quote=quote,
            valid_from=memory.valid_from or memory.occurred_at,
            valid_until=memory.valid_until,
        )
    return Preference(
        subject=subject,
        aspect=memory.aspect,
        value=value,
        polarity=memory.polarity,
        scope=memory.scope,
        quote=quote,
    )


def _quote(memory: Shown, sources: tuple[str, ...], owner: str, archive: Archive) -> Quote | None:
    for episode in archive.live(owner, ids=sources, kind="episode") if memory.quote and sources else ():
        if (quote := quoted(memory.quote, episode, archive)) is not None:
            return quote
    return None
