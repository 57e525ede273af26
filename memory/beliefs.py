"""The person has the last word about what is believed: confirm, correct, it ended, it is not mine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from .archive import Archive
from .errors import BadInput
from .moments import microseconds
from .records import Draft, Fact, Record, Shown, Status
from .relations import sentence_of
from .semantic import Change, believed, resting_on, rivals, says
from .stores.memories import Stored

BELIEFS = ("fact", "preference")


class Beliefs:
    """Facts and preferences of one archive. All of it blocks; every change is a new version in the journal."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def known(self, owner: str) -> list[Shown]:
        return self._archive.all_shown(r for kind in BELIEFS for r in self._archive.live(owner, kind=kind))

    def renewed(self, known: Iterable[Shown], owner: str, touched: Collection[str]) -> list[Shown]:
        """What is known, with these read again."""
        live = self._archive.all_shown(self._archive.live(owner, ids=list(touched)))
        return [*(m for m in known if m.id not in touched), *(m for m in live if m.kind in BELIEFS)]

    def changed(self, owner: str, ids: Iterable[str], status: Status, until: datetime | None) -> list[Stored]:
        """New versions of memories with another status; `until` is when a fact stopped to hold."""
        wanted = list(ids)
        found = self._archive.live(owner, ids=wanted) if wanted else ()
        return [self._archive.seal(_with(record, status, until)) for record in found]

    def confirm(self, record: Record, known: Sequence[Shown]) -> list[tuple[str, Stored]]:
        """It holds: what contradicts it does not. Takes back a correction, an end and a dispute too."""
        _require_belief(record)
        draft = as_draft(self._archive.shown(record))
        others = [
            m.id
            for m in known
            if m.id != record.id and m.status in ("active", "disputed", "paused") and rivals(draft, m)
        ]
        closed = self.changed(record.owner, others, "superseded", record.occurred_at)
        held = self._archive.seal(replace(_with(record, "active", None), confidence=1.0))
        return [("confirmed", held), *(("superseded", stored) for stored in closed)]

    def ended(self, record: Record, until: datetime, known: Sequence[Shown]) -> list[tuple[str, Stored]]:
        """It was true until then. What rests on it is up for review."""
        _require_belief(record)
        if isinstance(record.detail, Fact) and record.detail.valid_from and until < record.detail.valid_from:
            raise BadInput(
                f"This was said to hold from {record.detail.valid_from:%-d %B %Y} on. Give a later day."
            )
        reviewed = self.changed(record.owner, resting_on([record.id], known), "disputed", None)
        over = self._archive.seal(_with(record, "superseded", until))
        return [("ended", over), *(("disputed", stored) for stored in reviewed)]

    def withdrawn(self, record: Record, known: Sequence[Shown]) -> list[tuple[str, Stored]]:
        """It is not about the person. It is kept out of answers, and its source does not teach it again."""
        _require_belief(record)
        reviewed = self.changed(record.owner, resting_on([record.id], known), "disputed", None)
        out = self._archive.seal(_with(record, "archived", None))
        return [("withdrawn", out), *(("disputed", stored) for stored in reviewed)]

    def merged(self, kept: Record, same: Sequence[Record]) -> list[tuple[str, Stored]]:
        """These say what another one says: they lead to it."""
        for record in (kept, *same):
            _require_belief(record)
        return [
            ("merged", self._archive.seal(replace(_with(record, "superseded", None), merged_into=kept.id)))
            for record in same
        ]

    def both(self, records: Sequence[Record]) -> list[tuple[str, Stored]]:
        """They hold beside each other."""
        for record in records:
            _require_belief(record)
        return [
            ("confirmed", self._archive.seal(replace(_with(r, "active", None), confidence=1.0)))
            for r in records
        ]

    def as_of(self, owner: str, at: datetime) -> list[Shown]:
        """The facts and preferences that were believed at a moment, of those not forgotten since."""
        changes = (Change(*entry) for entry in self._archive.ledger.history(owner))
        ids = believed(changes, microseconds(at))
        found = self._archive.live(owner, ids=ids) if ids else ()
        return self._archive.all_shown(r for r in found if r.kind in BELIEFS and r.status != "quarantined")

    def unsupported(self, owner: str) -> list[Shown]:
        """The active facts whose source does not say them (any more)."""
        return [
            fact
            for fact in self.known(owner)
            if fact.kind == "fact" and fact.status == "active" and not says(fact.quote, fact.object)
        ]


def as_draft(known: Shown) -> Draft:
    """What is known, as it would be proposed."""
    return Draft(
        kind="fact" if known.kind == "fact" else "preference",
        text=known.text,
        episode=max(known.sources, default=""),
        quote=known.quote,
        subject=known.subject or "user",
        relation=known.relation,
        object=known.object,
        polarity=known.polarity,
        aspect=known.aspect,
        scope=known.scope,
    )


def corrected(known: Shown, value: str, episode: str, quote: str) -> Draft:
    """A fact with the value that the person gives it."""
    text = known.text.replace(known.object, value) if known.object and known.object in known.text else ""
    said = sentence_of(known.subject or "user", known.relation, value) if known.relation else text
    draft = as_draft(known)
    return replace(draft, text=said or value, object=value, episode=episode, quote=quote, confidence=1.0)


def _with(record: Record, status: Status, until: datetime | None) -> Record:
    detail = record.detail
    if isinstance(detail, Fact):
        detail = replace(detail, valid_until=until)
    return replace(record, status=status, detail=detail, version=record.version + 1, merged_into="")


def _require_belief(record: Record) -> None:
    if record.kind not in BELIEFS:
        raise BadInput(
            "Only facts and preferences can be confirmed or corrected. What was said stays as it was said."
        )
