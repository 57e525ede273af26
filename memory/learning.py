"""From drafts to records: a draft is kept only with the words that it was learned from."""

from __future__ import annotations

from datetime import datetime

from privacy.anonymization import restore
from privacy.masked_text import MaskedText

from .archive import Archive
from .records import Draft, Fact, Preference, Quote, Record


def record_of(
    draft: Draft, episode: Record, archive: Archive, now: datetime, *, disputed: bool = False
) -> Record | None:
    """The record of a draft, or None when its quote does not stand in the episode."""
    quote = quoted(draft.quote, episode, archive)
    if quote is None:
        return None
    owner = episode.owner
    detail: Fact | Preference
    if draft.kind == "fact":
        detail = Fact(
            subject=masked_value(draft.subject, owner, archive),
            relation=draft.relation,
            object=masked_value(draft.object, owner, archive),
            quote=quote,
            valid_from=episode.occurred_at,
        )
    else:
        value = masked_value(draft.object, owner, archive)
        detail = Preference(
            subject=masked_value(draft.subject, owner, archive),
            aspect=draft.aspect,
            value=value,
            polarity=draft.polarity,
            scope=draft.scope,
            explicit=draft.explicit,
            quote=quote,
        )
    return archive.derived(
        draft.text,
        owner,
        draft.kind,
        detail,
        now=now,
        occurred_at=episode.occurred_at,
        sources=(episode.id, *draft.because),
        status="disputed" if disputed else "active",
        confidence=draft.confidence,
        importance=draft.importance,
        origin=episode.origin,
    )


def quoted(words: str, episode: Record, archive: Archive) -> Quote | None:
    """Where the episode's masked text says these (restored) words; None when it does not."""
    vault = archive.vault(episode.owner)
    plain = restore(episode.text, vault)
    start = plain.find(words) if words.strip() else -1
    if start < 0:
        return None
    first, last = (
        _masked_offset(episode.text, start, vault),
        _masked_offset(episode.text, start + len(words), vault, up=True),
    )
    return Quote(episode=episode.id, start=first, end=last)


def _masked_offset(text: MaskedText, offset: int, vault: object, *, up: bool = False) -> int:
    """A restored offset in masked coordinates, moved to the border of a placeholder it falls into."""
    grown = 0  # restored minus masked length so far
    for span in text.spans:
        shown = restore(text.part(span.start, span.end), vault)  # type: ignore[arg-type]  # a Vault
        begin = span.start + grown
        if offset <= begin:
            break
        if offset < begin + len(shown):
            return span.end if up else span.start
        grown += len(shown) - (span.end - span.start)
    return offset - grown


def masked_value(value: str, owner: str, archive: Archive) -> MaskedText:
    return MaskedText(value) if value in ("", "user") else archive.masked(value, owner)
