"""From memories of an exported file to records of this installation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from .archive import Archive
from .learning import masked_value, quoted
from .records import Episode, Fact, Preference, Quote, Record, Shown, Utterance


def imported(
    memories: Sequence[Shown], ids: dict[str, str], owner: str, archive: Archive, now: datetime
) -> list[Record]:
    """Their records, with the dates and sources they had; `ids` leads from old ids to new ones and grows."""
    records: list[Record] = []
    places: Counter[str] = Counter()  # what is on its way in is not in the ledger yet
    for memory in memories:
        record = _record(memory, ids, owner, archive, now)
        if record is None:
            continue
        if isinstance(record.detail, Episode):
            place = record.detail.position + places[record.detail.session]
            places[record.detail.session] += 1
            record = replace(record, detail=replace(record.detail, position=place))
        ids[memory.id] = record.id
        records.append(record)
    return records


def _record(
    memory: Shown, ids: Mapping[str, str], owner: str, archive: Archive, now: datetime
) -> Record | None:
    """None for a kind that cannot come in."""
    if memory.kind == "episode":
        said = Utterance(
            text=memory.text,
            speaker=memory.speaker or "user",
            session=memory.session or "imported",
            at=memory.occurred_at,
            origin="imported",
            because=tuple(ids[source] for source in memory.sources if source in ids),
        )
        return archive.episodes([said], owner, now)[0]
    sources = tuple(ids[source] for source in memory.sources if source in ids)
    detail = _detail(memory, _quote(memory, sources, owner, archive), owner, archive)
    if detail is None:
        return None
    return archive.derived(
        memory.text,
        owner,
        memory.kind,
        detail,
        now=now,
        occurred_at=memory.occurred_at,
        sources=sources,
        confidence=memory.confidence,
        importance=memory.importance,
        status=memory.status,
        origin="imported",
    )


def _detail(memory: Shown, quote: Quote | None, owner: str, archive: Archive) -> Fact | Preference | None:
    value = masked_value(memory.object, owner, archive)
    if memory.kind == "fact":
        subject = masked_value(memory.subject, owner, archive)
        return Fact(
            subject=subject,
            relation=memory.relation,
            object=value,
            quote=quote,
            valid_from=memory.occurred_at,
        )
    if memory.kind == "preference":
        return Preference(
            aspect=memory.aspect,
            value=value,
            polarity=memory.polarity,
            scope=memory.scope,
            quote=quote,
        )
    return None


def _quote(memory: Shown, sources: tuple[str, ...], owner: str, archive: Archive) -> Quote | None:
    for episode in archive.live(owner, ids=sources, kind="episode") if memory.quote else ():
        if (quote := quoted(memory.quote, episode, archive)) is not None:
            return quote
    return None
