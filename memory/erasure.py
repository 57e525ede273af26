"""Forgetting in two moments: hidden at once, destroyed when the time for undo is over."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from privacy.vault import Vaults

from .archive import Archive, microseconds
from .errors import BadInput, IndexFault, UnknownMemory
from .indexer import Indexer
from .records import Forgetting, Record
from .stores.ledger import ForgettingRow


class Erasure:
    """Hides, brings back, destroys and probes. All of it blocks."""

    def __init__(self, archive: Archive, indexer: Indexer, vaults: Vaults) -> None:
        self._archive = archive
        self._indexer = indexer
        self._vaults = vaults
        self._destroying = threading.Lock()  # who comes second waits for the probes of the first
        self._all_probed = False  # a crash may have left some out

    def hide(self, records: Sequence[Record], at: datetime, undo: timedelta) -> Forgetting:
        """Take these memories, the words they rest on and all that rests on those out of every answer."""
        owner = records[0].owner
        row = ForgettingRow(
            id=uuid.uuid4().hex,
            owner=owner,
            state="hidden",
            hidden_at=microseconds(at),
            undo_until=microseconds(at + undo),
            ids=tuple(sorted(self._reach(records))),
        )
        self._archive.ledger.hide(row)
        self._indexer.drop(owner, row.ids)
        return _forgetting(row)

    def _reach(self, records: Sequence[Record]) -> set[str]:
        """A derived memory takes its source along, else the source would bring it back."""
        owner = records[0].owner
        reach = {record.id for record in records}
        reach |= {source for record in records if record.kind != "episode" for source in record.sources}
        restated = {r.id for r in self._archive.live(owner, kind="episode") if reach & set(r.sources)}
        reach |= restated
        while more := self._archive.ledger.resting_only_on(owner, reach):
            reach |= more
        return reach

    def undo(self, forgetting: str, owner: str, at: datetime) -> Forgetting:
        row = self._row(forgetting, owner)
        if microseconds(at) >= row.undo_until or not self._archive.ledger.unhide(row, microseconds(at)):
            raise BadInput("It is too late to undo: this was forgotten for good.")
        return self.look_up(forgetting, owner)

    def destroy(self, forgetting: str, at: datetime) -> Forgetting:
        """Destroy keys, payloads, index rows and vault values of their own; then look whether they are gone.

        Somebody who waits and the follower may both come here for one forgetting: the second finds it done.
        """
        with self._destroying:
            row = self._archive.ledger.forgetting(forgetting)
            if row is not None and row.state == "hidden":
                self._destroy(row, at)
        if row is None or row.state == "undone":
            raise BadInput("This forgetting was undone.")
        return self.look_up(forgetting, row.owner)

    def _destroy(self, row: ForgettingRow, at: datetime) -> None:
        vault = self._vaults.of_owner(row.owner)
        with vault.steady:
            values = self._archive.ledger.destroy(row, microseconds(at))
            if values:
                vault.drop(values)
        self._indexer.drop(row.owner, row.ids)
        self._probe(row)

    def _probe(self, row: ForgettingRow) -> None:
        """Count what is still found. Without Milvus the receipt lacks its part until `probe_the_rest`."""
        text = sum(1 for _ in self._archive.ledger.live(row.owner, ids=row.ids))
        probes = [("text", text)]
        try:
            self._indexer.catch_up()
            probes.append(("index", self._indexer.found(row.owner, row.ids)))
        except IndexFault:
            self._all_probed = False
        self._archive.ledger.keep_probes(row.id, probes)

    def destroy_due(self, now: datetime) -> None:
        for row in self._archive.ledger.pending_forgettings():
            if row.undo_until <= microseconds(now):
                with self._destroying:
                    self._destroy(row, now)

    def probe_the_rest(self) -> None:
        """Ask again for what was destroyed while Milvus was away, or just before a crash."""
        with self._destroying:
            if not self._all_probed:
                self._all_probed = True
                for row in self._archive.ledger.unprobed_forgettings():
                    self._probe(row)

    def look_up(self, forgetting: str, owner: str) -> Forgetting:
        return _forgetting(self._row(forgetting, owner))

    def _row(self, forgetting: str, owner: str) -> ForgettingRow:
        row = self._archive.ledger.forgetting(forgetting)
        if row is None or row.owner != owner:
            raise UnknownMemory("There is no such forgetting.")
        return row


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, UTC)


def _forgetting(row: ForgettingRow) -> Forgetting:
    return Forgetting(
        id=row.id,
        state=row.state,  # type: ignore[arg-type]  # the column holds these three values
        memories=row.ids,
        hidden_at=_moment(row.hidden_at),
        undo_until=_moment(row.undo_until),
        probes=row.probes,
    )
