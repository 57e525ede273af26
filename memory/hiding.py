"""Forgetting, the first moment: what goes is out of every answer at once, and can be brought back for a while."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from .archive import Archive
from .conversations import Conversations
from .errors import BadInput, UnknownMemory
from .indexer import Indexer
from .moments import microseconds, moment
from .probes import repeating
from .records import Episode, Forgetting, Record, Transcripts
from .stores.ledger import ForgettingRow

TRANSCRIPT = ("step", "feedback")  # lines of the chat, which stay unless their person wants them blank


class Hiding:
    """Hides and brings back. All of it blocks."""

    def __init__(self, archive: Archive, indexer: Indexer, conversations: Conversations) -> None:
        self._archive = archive
        self._ledger = archive.ledger
        self._indexer = indexer
        self._conversations = conversations

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
        return forgetting_of(row)

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
        return [forgetting_of(row) for row in rows if row.owner == owner and at < row.undo_until]

    def look_up(self, forgetting: str, owner: str) -> Forgetting:
        return forgetting_of(self._row(forgetting, owner))

    def _row(self, forgetting: str, owner: str) -> ForgettingRow:
        row = self._ledger.forgetting(forgetting)
        if row is None or row.owner != owner:
            raise UnknownMemory("There is no such forgetting.")
        return row


def forgetting_of(row: ForgettingRow) -> Forgetting:
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
