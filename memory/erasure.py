"""Forgetting in two moments: hidden at once, destroyed to the end when the time for undo is over."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from privacy.encryption import KeyRing
from privacy.signatures import signed
from privacy.vault import Vaults

from . import lexical
from .archive import Archive
from .backup import Backups
from .blinding import Blinding
from .conversations import Conversations
from .errors import BadInput, IndexFault, UnknownMemory
from .indexer import Indexer
from .moments import microseconds, moment
from .places import Map
from .probes import LOOKED_FOR, TELLING, Sought, beginning, files_with, letters, repeating
from .quiet import Quiet
from .records import Episode, Forgetting, Record, Transcripts
from .stores.documents import Rewritten
from .stores.forgettings import LEFT_TO_DO
from .stores.ledger import ForgettingRow, Stored

TRANSCRIPT = ("step", "feedback")  # lines of the chat, which stay unless their person wants them blank
BACKUPS = (
    "A backup opens only with the key file that lies beside it. With today's key file what was forgotten cannot be "
    "opened in any backup; whoever kept an older key file and an older backup can still open it there."
)


class Erasure:
    """Hides, brings back, destroys and looks whether it is gone. All of it blocks."""

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
        self._archive = archive
        self._blinding = blinding
        self._map = places
        self._ledger = archive.ledger
        self._indexer = indexer
        self._conversations = conversations
        self._backups = backups
        self._vaults = vaults
        self._keyring = keyring
        self._destroying = threading.Lock()  # who comes second waits for the probes of the first
        self._unprobed: dict[str, tuple[Sought, ...]] = {}  # what is to be looked for once Milvus is back
        self._quiet = Quiet()
        self.forgotten: list[
            Callable[[Collection[str]], None]
        ] = []  # told which memories, so that caches let go

    # -- hidden, and back ----------------------------------------------------------------------------

    def hide(
        self,
        records: Sequence[Record],
        at: datetime,
        undo: timedelta,
        *,
        transcripts: Transcripts = "keep",
        never: bool = False,
    ) -> Forgetting:
        """Take these memories, the words they rest on and all that rests on those out of every answer."""
        owner, reach = records[0].owner, self.going(records)
        marks = self._archive.marks(owner, reach) if never else frozenset[bytes]()
        return self._hidden(reach, owner, at, undo, transcripts, marks)

    def hide_only(
        self, ids: Collection[str], owner: str, at: datetime, undo: timedelta = timedelta(0)
    ) -> Forgetting:
        """Hide these and what rests only on them, but not what they rest on: nobody asked to forget that."""
        reach = set(ids)
        while more := self._ledger.resting_only_on(owner, reach):
            reach |= more
        return self._hidden(reach, owner, at, undo, "keep", frozenset())

    def _hidden(
        self,
        ids: Collection[str],
        owner: str,
        at: datetime,
        undo: timedelta,
        transcripts: Transcripts,
        marks: Collection[bytes],
    ) -> Forgetting:
        row = ForgettingRow(
            id=uuid.uuid4().hex,
            owner=owner,
            state="hidden",
            hidden_at=microseconds(at),
            undo_until=microseconds(at + undo),
            ids=tuple(sorted(ids)),
            transcripts=transcripts,
        )
        self._ledger.hide(row, marks)
        self._indexer.drop(owner, row.ids)
        return _forgetting(row)

    def going(self, records: Sequence[Record]) -> set[str]:
        """These and what goes along: a derived memory takes its source along, else the source would bring it back."""
        owner = records[0].owner
        reach = {record.id for record in records}
        reach |= {source for record in records if record.kind != "episode" for source in record.sources}
        reach |= self._ledger.resting_on(owner, reach, kind="episode")  # words that restate it
        while more := self._ledger.resting_only_on(owner, reach):
            reach |= more
        return reach

    def reach(self, records: Sequence[Record]) -> tuple[set[str], int, int]:
        """What hiding these would take along, how many lines of the chat say it, and in how many conversations."""
        going = self.going(records)
        sessions: dict[str, list[str]] = {}
        for record in self._archive.live(records[0].owner, ids=going):
            if isinstance(record.detail, Episode):
                sessions.setdefault(record.detail.session, []).append(self._archive.text(record))
        said = {session: repeating(texts) for session, texts in sessions.items()}
        lines = [
            document.parent
            for document in self._conversations.below(records[0].owner, said)
            if document.kind in TRANSCRIPT
            and any(map(said[document.parent or document.id], self._conversations.texts(document)))
        ]
        return going, len(lines), len(set(lines))

    def undo(self, forgetting: str, owner: str, at: datetime) -> Forgetting:
        row = self._row(forgetting, owner)
        if microseconds(at) >= row.undo_until or not self._ledger.unhide(row, microseconds(at)):
            raise BadInput("It is too late to undo: this was forgotten for good.")
        return self.look_up(forgetting, owner)

    def hidden(self, owner: str, now: datetime) -> list[Forgetting]:
        """What can still be brought back."""
        rows = self._ledger.pending_forgettings()
        at = microseconds(now)
        return [_forgetting(row) for row in rows if row.owner == owner and at < row.undo_until]

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
        sought = tuple(self._sought(self._ledger.hidden_by(row.id)))
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
                sought = tuple(self._sought(live[-LOOKED_FOR:]))
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
        self._unprobed[row.id] = sought
        self._probe(row)

    def _sought(self, going: Sequence[Stored]) -> Iterator[Sought]:
        """What to look for afterwards. Nothing keeps it but the caller."""
        for number, (stored, record) in enumerate(self._archive.opened(going)):
            full = number < LOOKED_FOR
            yield Sought(
                id=record.id,
                session=record.detail.session if isinstance(record.detail, Episode) else "",
                text=self._archive.text(record),
                masked=record.text.text,
                terms=self._blinding.sparse(record) if full else {},
                vector=self._indexer.vector(stored) if full else None,
            )

    def _without(self, row: ForgettingRow, sought: Sequence[Sought]) -> list[tuple[str, Rewritten]]:
        """Documents of the same conversations without these words, each with its conversation: titles and receipts, lines
        if they are not to stay."""
        rewritten = list[tuple[str, Rewritten]]()
        said = {
            session: (repeating(texts), beginning(texts)) for session, texts in _by_session(sought).items()
        }
        for document in self._conversations.below(row.owner, said):
            if document.kind in TRANSCRIPT and row.transcripts == "keep":
                continue
            repeats, begins = said[document.parent or document.id]
            changed = self._conversations.without(document, begins if document.kind == "thread" else repeats)
            rewritten += [(document.parent, changed)] if changed is not None else []
        return rewritten

    # -- looking whether it is gone --------------------------------------------------------------------

    def _probe(self, row: ForgettingRow) -> None:
        """Count what is still found; without Milvus `finish` looks again. After a crash nobody knows the words any more."""
        sought = self._unprobed.get(row.id)
        try:
            self._indexer.catch_up()
            if row.ids:
                probes = [("id", self._ledger.remains(row) + self._indexer.found(row.owner, row.ids))]
            else:
                probes = [("id", self._ledger.owned_by(row.owner) + self._indexer.rows_of(row.owner))]
            if sought is not None:
                probes += self._by_words_and_meaning(row, sought[:LOOKED_FOR])
        except IndexFault:
            return
        if sought is not None:
            probes += self._by_bytes(row, sought[:LOOKED_FOR])
        self._unprobed.pop(row.id, None)
        self._ledger.keep_probes(row.id, probes)
        self._ledger.done([row.id], "checks")

    def _by_words_and_meaning(self, row: ForgettingRow, sought: Sequence[Sought]) -> list[tuple[str, int]]:
        """Questions to the index with the very words and sense of what was forgotten."""
        gone = set(row.ids) | {one.id for one in sought}
        words = sum(self._indexer.brought_by_words(row.owner, one.terms, gone) for one in sought)
        vectors = [one.vector for one in sought if one.vector is not None]
        meaning = sum(self._indexer.brought_by_meaning(row.owner, vector, gone) for vector in vectors)
        return [("words", words), ("meaning", meaning)]

    def _by_bytes(self, row: ForgettingRow, sought: Sequence[Sought]) -> list[tuple[str, int]]:
        """Other records and raw files that hold the words, and lines of the chat that say them."""
        texts = [text for one in sought for text in {one.text, one.masked} if len(letters(text)) >= TELLING]
        places, lines, repeats = files_with(self._ledger.folder, texts), 0, repeating(texts)
        places += sum(map(repeats, self._archive.texts(row.owner)))
        said = {session: repeating(there) for session, there in _by_session(sought).items()}
        for document in self._conversations.below(row.owner, said):
            found = any(map(said[document.parent or document.id], self._conversations.texts(document)))
            lines += found and document.kind in TRANSCRIPT
            places += found and document.kind not in TRANSCRIPT
        return [("bytes", places), ("transcripts", lines)]

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
                    self._probe(row)
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
                self._probe_again(self._row(forgetting, owner))
        return self.look_up(forgetting, owner)

    def _probe_again(self, row: ForgettingRow) -> None:
        """Its words are known to nobody any more: it is looked for by id, and what words found before is told on."""
        if row.id in self._unprobed:
            return self._probe(row)
        try:
            self._indexer.catch_up()
            by_id = self._ledger.remains(row) + self._indexer.found(row.owner, row.ids)
        except IndexFault:
            return None
        found = dict(row.probes) | {"id": by_id}
        self._ledger.keep_probes(row.id, list(found.items()))
        return self._ledger.done([row.id], "checks")

    # -- receipts --------------------------------------------------------------------------------------

    def look_up(self, forgetting: str, owner: str) -> Forgetting:
        return _forgetting(self._row(forgetting, owner))

    def receipt(self, forgetting: str, owner: str, now: datetime) -> dict[str, Any]:
        """What was destroyed, what was found afterwards and what is still to be done, signed. No words."""
        row = self._row(forgetting, owner)
        if row.state != "destroyed":
            raise BadInput("There is a receipt once it is destroyed: when the time for undo is over.")
        done = _forgetting(row)
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

    def _row(self, forgetting: str, owner: str) -> ForgettingRow:
        row = self._ledger.forgetting(forgetting)
        if row is None or row.owner != owner:
            raise UnknownMemory("There is no such forgetting.")
        return row


def _by_session(sought: Sequence[Sought]) -> dict[str, list[str]]:
    """What was said in each conversation."""
    said: dict[str, list[str]] = {}
    for one in sought:
        if one.session:
            said.setdefault(one.session, []).append(one.text)
    return said


def _is_due(row: ForgettingRow, now: int) -> bool:
    """The time for undo is over, or the clock was put back so far that it would be long in coming."""
    return not row.hidden_at - (row.undo_until - row.hidden_at) <= now < row.undo_until


def _left(waiting: Sequence[ForgettingRow], what: str) -> list[str]:
    return [row.id for row in waiting if what in row.pending]


def _forgetting(row: ForgettingRow) -> Forgetting:
    return Forgetting(
        id=row.id,
        state=row.state,  # type: ignore[arg-type]  # the column holds these three values
        memories=row.ids,
        hidden_at=moment(row.hidden_at),
        undo_until=moment(row.undo_until),
        destroyed_at=None if row.destroyed_at is None else moment(row.destroyed_at),
        transcripts=row.transcripts,  # type: ignore[arg-type]  # the column holds Transcripts
        probes=row.probes,
        pending=row.pending,
    )
