"""From drafts to facts and preferences: code checks, compares and decides (pure but for the archive)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from privacy.anonymization import restore
from privacy.masked_text import MaskedText

from .archive import Archive
from .records import Draft, Fact, Preference, Quote, Record, Shown

# Relations of which a person has one at a time: a newer statement closes the older one.
SLOTS = frozenset(
    [
        "name",
        "nickname",
        "home",
        "lives_in",
        "works_at",
        "works_as",
        "job",
        "employer",
        "age",
        "birthday",
        "birth_date",
        "birthplace",
        "born_in",
        "born_on",
        "phone",
        "email",
        "timezone",
        "language",
        "form of address",
        "answer length",
        "units",
        "favourite",
        "favorite",
    ]
)


def same(draft: Draft, known: Shown) -> bool:
    """Whether a draft says again what is known."""
    if draft.kind != known.kind:
        return False
    if draft.text.strip().casefold() == known.text.strip().casefold():
        return True
    asked = (draft.subject, draft.relation or draft.aspect, draft.object)
    held = (known.subject or "user", known.relation or known.aspect, known.object)
    return bool(draft.object) and tuple(map(str.casefold, asked)) == tuple(map(str.casefold, held))


def fills(draft: Draft, known: Shown) -> bool:
    """Whether a draft is another value for the slot that a known fact or a standing wish fills."""
    if draft.kind == known.kind == "preference":
        return draft.aspect in SLOTS and draft.aspect == known.aspect and draft.scope == known.scope
    return (
        draft.kind == known.kind == "fact"
        and draft.relation in SLOTS
        and draft.relation == known.relation
        and draft.subject.casefold() == known.subject.casefold()
        and draft.object.casefold() != known.object.casefold()
    )


def newer(draft: Draft, known: Shown) -> bool:
    """Whether a draft was said after what is known (or with it). Some readers come late."""
    return draft.episode >= max(known.sources, default="")


def taught(draft: Draft, known: Shown) -> bool:
    """Whether this episode taught this before: reading it again must not bring back what was closed since."""
    return draft.kind == known.kind and draft.episode in known.sources and draft.text == known.text


def decide(
    draft: Draft, known: Sequence[Shown], forbids: Callable[[Draft], bool] = lambda _: False
) -> tuple[str, ...] | None:
    """The ids of what a draft closes; None when it is no news, or must never be learned again."""
    if forbids(draft):
        return None
    active = [memory for memory in known if memory.status == "active"]
    if any(same(draft, memory) for memory in active) or any(taught(draft, memory) for memory in known):
        return None
    others = [memory for memory in active if fills(draft, memory)]
    if not all(newer(draft, memory) for memory in others):
        return None
    return tuple(memory.id for memory in others)


def record_of(draft: Draft, episode: Record, archive: Archive, now: datetime) -> Record | None:
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
        sources=(episode.id,),
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
