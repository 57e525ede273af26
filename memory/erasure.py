"""Forgetting, the second moment: what was hidden is destroyed to the end when the time for undo is over."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from privacy.encryption import KeyRing
from privacy.signatures import signed
from privacy.vault import Vaults

from . import lexical
from .archive import Archive
from .backup import Backups
from .blinding import Blinding
from .conversations import Conversations
from .errors import BadInput
from .hiding import TRANSCRIPT, Hiding, forgetting_of
from .indexer import Indexer
from .moments import microseconds
from .places import Map
from .probes import LOOKED_FOR, Sought, beginning, repeating
from .probing import Probing, by_session
from .quiet import Quiet
from .records import Forgetting
from .stores.documents import Rewritten
from .stores.forgettings import LEFT_TO_DO
from .stores.ledger import ForgettingRow

BACKUPS = (
    "A backup opens only with the key file that lies beside it. With today's key file what was forgotten cannot be "
    "opened in any backup; whoever kept an older key file and an older backup can still open it there."
)


class Erasure(Hiding):
    """Hides, brings back, destroys and has it looked whether it is gone. All of it blocks."""

    def __init__(
        self,
        archive: Archive,
        blinding: Blinding,
        indexer: Indexer,
        conversations: Conversations,
        backups: Backups,
        vaults: Vaults,
        keyring: KeyRing,
        places: Map,
    ) -> None:
        super().__init__(archive, indexer, conversations)
        self._probing = Probing(archive, blinding, indexer, conversations)
        self._map = places
        self._backups = backups
        self._vaults = vaults
        self._keyring = keyring
        self._destroying = threading.Lock()  # who comes second waits for the probes of the first
        self._quiet = Quiet()
        self.forgotten: list[
            Callable[[Collection[str]], None]
        ] = []  # told which memories, so that caches let go

    # -- destroyed -----------------------------------------------------------------------------------

    def destroy(self, forgetting: str, at: datetime) -> Forgetting:
        """Destroy keys, payloads, index rows, vault values of their own and their words in documents; then look.

        Somebody who waits and the follower may both come here for one forgetting: the second finds it done.
        """
        with self._destroying:
            row = self._ledger.forgetting(forgetting)
            if row is not None and row.state == "hidden":
                self._destroy(row, at)
        if row is None or row.state == "undone":
            raise BadInput("This forgetting was undone.")
        return self.look_up(forgetting, row.owner)

    def _destroy(self, row: ForgettingRow, at: datetime) -> None:
        self._map.forget(row.owner, row.ids)  # first: killed after it, all of this is done once more
        sought = tuple(self._probing.sought(self._ledger.hidden_by(row.id)))
        vault, without = self._vaults.of_owner(row.owner), self._without(row, sought)
        with vault.steady:
            released = self._ledger.destroy(row, microseconds(at), [changed for _, changed in without])
            if released is None:
                return  # it was undone at this moment
            vault.drop(released)
        if (
            row.transcripts == "delete"
        ):  # their lines are blank already: killed here, nothing says it any more
            for chat in sorted({parent for parent, changed in without if changed.kind in TRANSCRIPT}):
                self._conversations.remove("thread", chat, row.owner)
        self._conversations.remove_below("waiting", row.ids, row.owner)
        self._indexer.drop(row.owner, row.ids)
        self._let_go(row, sought)

    def destroy_due(self, now: datetime) -> None:
        for row in self._ledger.pending_forgettings():
            if _is_due(row, microseconds(now)):
                with self._destroying:
                    self._destroy(row, now)

    def everything(self, owner: str, at: datetime) -> Forgetting:
        """Destroy an owner's key and every row of theirs. Afterwards they are somebody new."""
        row = ForgettingRow(
            id=uuid.uuid4().hex,
            owner=owner,
            state="destroyed",
            hidden_at=microseconds(at),
            undo_until=microseconds(at),
            ids=(),
            transcripts="blank",
            destroyed_at=microseconds(at),
            pending=LEFT_TO_DO,
        )
        vault = self._vaults.of_owner(owner)
        with self._destroying:
            with vault.steady:
                live = list(self._ledger.live(owner))
                sought = tuple(self._probing.sought(live[-LOOKED_FOR:]))
                self._conversations.end_all(owner)
                self._ledger.erase(row)
                self._keyring.forget_owner(owner)
                vault.empty()
            self._indexer.drop_owner(owner)
            self._let_go(row, sought, [stored.id for stored in live])
        return self.look_up(row.id, owner)

    def _let_go(self, row: ForgettingRow, sought: tuple[Sought, ...], ids: Sequence[str] = ()) -> None:
        """What follows a destruction. What cannot be done now is done by `finish`."""
        lexical.let_go()
        for tell in self.forgotten:
            tell(frozenset(ids or row.ids))
        if self._ledger.cut_log():
            self._ledger.done([row.id], "log")
        if self._backups.refresh():
            self._ledger.done([row.id], "backup keys")
        self._probing.look_for(sought, row)

    def _without(self, row: ForgettingRow, sought: Sequence[Sought]) -> list[tuple[str, Rewritten]]:
        """Documents of the same conversations without these words, each with its conversation: titles and receipts, lines
        if they are not to stay."""
        rewritten = list[tuple[str, Rewritten]]()
        said = {
            session: (repeating(texts), beginning(texts)) for session, texts in by_session(sought).items()
        }
        for document in self._conversations.below(row.owner, said):
            if document.kind in TRANSCRIPT and row.transcripts == "keep":
                continue
            repeats, begins = said[document.parent or document.id]
            changed = self._conversations.without(document, begins if document.kind == "thread" else repeats)
            rewritten += [(document.parent, changed)] if changed is not None else []
        return rewritten

    # -- what takes longer -----------------------------------------------------------------------------

    def finish(self) -> None:
        """What a destruction left to do: it was interrupted, a reader or a folder was in the way, or it takes long."""
        if not self._ledger.unfinished_forgettings():
            return
        with self._destroying:
            # read again: while somebody else destroyed, it was destroyed but not yet looked for
            waiting = self._ledger.unfinished_forgettings()
            if (rows := _left(waiting, "log")) and self._ledger.cut_log():
                self._ledger.done(rows, "log")
            if (rows := _left(waiting, "backup keys")) and self._backups.refresh():
                self._ledger.done(rows, "backup keys")
            for row in waiting:
                if "checks" in row.pending:
                    self._probing.look(row)
        rows = _left(waiting, "index bytes")
        if rows and self._quiet.due(self._ledger.last_seq(), time.monotonic()):
            self.rebuild_index()

    def rebuild_index(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Write the index anew, embedding nothing: deleted vectors leave the disk with the old files."""
        waiting = _left(self._ledger.unfinished_forgettings(), "index bytes")
        written = self._indexer.rebuild(progress)
        self._ledger.done(waiting, "index bytes")
        self._quiet.done(time.monotonic())
        return written

    def finish_one(self, forgetting: str, owner: str) -> Forgetting:
        """Do now what one destruction left to do, also what takes long, and look again."""
        row = self._row(forgetting, owner)
        if row.state == "destroyed":
            self.finish()
            if "index bytes" in self._row(forgetting, owner).pending:
                self.rebuild_index()
            with self._destroying:
                self._probing.look_again(self._row(forgetting, owner))
        return self.look_up(forgetting, owner)

    # -- receipts --------------------------------------------------------------------------------------

    def receipt(self, forgetting: str, owner: str, now: datetime) -> dict[str, Any]:
        """What was destroyed, what was found afterwards and what is still to be done, signed. No words."""
        row = self._row(forgetting, owner)
        if row.state != "destroyed":
            raise BadInput("There is a receipt once it is destroyed: when the time for undo is over.")
        done = forgetting_of(row)
        entry, head = self._ledger.head()
        statement = {
            "receipt": "keepsake forgetting 1",
            "forgetting": done.id,
            "owner": owner,
            "memories": list(done.memories),
            "everything": not done.memories,
            "hidden_at": done.hidden_at.isoformat(),
            "destroyed_at": done.destroyed_at.isoformat() if done.destroyed_at else "",
            "still_found": dict(done.probes),
            "pending": list(done.pending),
            "index_bytes": "pending" if "index bytes" in done.pending else "gone",
            "transcripts": done.transcripts,
            "backups": BACKUPS,
            "journal": {"entry": entry, "hash": head},
            "issued_at": now.astimezone(UTC).isoformat(),
        }
        return signed(statement, self._keyring)


def _is_due(row: ForgettingRow, now: int) -> bool:
    """The time for undo is over, or the clock was put back so far that it would be long in coming."""
    return not row.hidden_at - (row.undo_until - row.hidden_at) <= now < row.undo_until


def _left(waiting: Sequence[ForgettingRow], what: str) -> list[str]:
    return [row.id for row in waiting if what in row.pending]
