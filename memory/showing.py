"""A memory as its owner sees it: the value of each placeholder, and what only its kind has."""

from __future__ import annotations

from collections.abc import Mapping

from privacy.anonymization import restore
from privacy.masked_text import MaskedText
from privacy.vault import Vault

from .asides import markers
from .records import Episode, Fact, Preference, Procedure, Quote, Record, Shown

AS_THEY_ARE = (
    "id",
    "kind",
    "occurred_at",
    "recorded_at",
    "origin",
    "status",
    "version",
    "importance",
    "confidence",
    "sources",
    "keep_until",
    "merged_into",
)


def shown(record: Record, vault: Vault, said: Mapping[str, MaskedText]) -> Shown:
    """A record as its owner sees it. `said`: the messages, by id, in which the words it was learned from may stand."""
    quote, plain = quote_of(record), {name: getattr(record, name) for name in AS_THEY_ARE}
    words = said[quote.episode].part(quote.start, quote.end) if quote and quote.episode in said else None
    return Shown(
        text=restore(record.text, vault),
        quote=restore(words, vault) if words else "",
        **plain,
        **_detail(record, vault),  # type: ignore[arg-type]  # by name
    )


def quote_of(record: Record) -> Quote | None:
    """The words that a memory was learned from; an episode is words of its own."""
    return None if isinstance(record.detail, Episode) else record.detail.quote


def _detail(record: Record, vault: Vault) -> dict[str, object]:
    """What only memories of its kind have."""
    match record.detail:
        case Episode() as episode:
            return {
                "speaker": restore(episode.speaker, vault),
                "session": episode.session,
                "position": episode.position,
                "aside": markers(record.text),
            }
        case Fact() as fact:
            return {
                "subject": restore(fact.subject, vault),
                "relation": fact.relation,
                "object": restore(fact.object, vault),
                "valid_from": fact.valid_from,
                "valid_until": fact.valid_until,
            }
        case Preference() as preference:
            return {
                "subject": restore(preference.subject, vault),
                "aspect": preference.aspect,
                "object": restore(preference.value, vault),
                "polarity": preference.polarity,
                "scope": preference.scope,
            }
        case Procedure() as procedure:
            return {
                "rule": restore(procedure.rule, vault),
                "trigger": restore(procedure.trigger, vault),
                "scope": procedure.scope,
                "learned": procedure.learned,
                "edition": procedure.edition,
                "replaces": procedure.replaces,
                "needs_approval": procedure.approval and record.status == "trial",
            }
