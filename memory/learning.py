"""From drafts to records: a draft is kept only with the words that it was learned from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from privacy.anonymization import restore
from privacy.masked_text import MaskedText, Span

from .archive import Archive
from .records import Draft, Fact, Preference, Quote, Record


def record_of(
    draft: Draft, episode: Record, archive: Archive, now: datetime, *, disputed: bool = False
) -> Record | None:
    """The record of a draft; None when its quote does not stand in the episode, or it is a piece of a detail hidden there."""
    quote = quoted(draft.quote, episode, archive)
    owner = episode.owner
    told = [masked_value(one, owner, archive) for one in (draft.subject, draft.object)]
    if quote is None or gives_away(told, hidden=_hidden(episode, archive), open_words=_open(episode.text)):
        return None
    subject, value = told
    detail: Fact | Preference
    if draft.kind == "fact":
        detail = Fact(
            subject=subject,
            relation=draft.relation,
            object=value,
            quote=quote,
            valid_from=episode.occurred_at,
        )
    else:
        detail = Preference(
            subject=subject,
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


_WORD = re.compile(r"\w{3,}")
_PIECE = 4  # letters that are a piece of a word, and not a word of their own


def gives_away(told: Sequence[MaskedText], *, hidden: frozenset[str], open_words: frozenset[str]) -> bool:
    """Whether a word stands open in what was learned that was only said within a hidden detail, or as a piece of one.

    >>> hidden, said = frozenset({"dalmont_276"}), frozenset({"forum", "hello"})
    >>> [gives_away([MaskedText(v)], hidden=hidden, open_words=said) for v in ("dalmont_", "the forum", "[USER_NAME_1]")]
    [True, False, False]
    """
    words = frozenset[str]().union(*(_open(one) for one in told)) - open_words
    return any(
        word in detail if len(word) >= _PIECE else word == detail for word in words for detail in hidden
    )


def _open(text: MaskedText) -> frozenset[str]:
    """The words that stand outside of placeholders."""
    return frozenset(_WORD.findall(text.replaced(lambda span: " ").casefold()))


def _hidden(episode: Record, archive: Archive) -> frozenset[str]:
    """The words of the details that are placeholders in an episode."""
    vault = archive.vault(episode.owner)

    def spelled(span: Span) -> str:
        return "" if span.value is None else restore(episode.text.part(span.start, span.end), vault)

    return frozenset(_WORD.findall(" ".join(map(spelled, episode.text.spans)).casefold()))


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
