"""What was brought in from a file waits for its person's yes: which memories, from which file. All of it blocks."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from privacy.governance import WAITS

from .archive import Archive
from .conversations import Conversations
from .errors import UnknownMemory
from .records import Shown, Status


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one file brought, as far as it waits. What each memory counts as with a yes, by its id, oldest first."""

    id: str
    name: str  # of the file
    source: str  # whose format it has
    at: datetime
    becomes: dict[str, Status]

    @property
    def until(self) -> datetime:
        """Then it goes."""
        return self.at + WAITS


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What a file brings, or would bring."""

    source: str
    new: int
    known: int  # skipped: the same words of the same moment are there
    unwanted: int  # their person said that this must not be learned or kept
    arrival: str = ""  # in Review; empty when nothing waits there


class Arrivals:
    """Sealed documents beside the memories in quarantine, a document for each batch: a crash in between loses none.

    Documents hold ids and the file's name, never words of a memory.
    """

    def __init__(self, archive: Archive, conversations: Conversations) -> None:
        self._archive = archive
        self._conversations = conversations

    def note(self, arrival: Arrival, owner: str) -> None:
        """One batch of an arrival, before its memories are written."""
        body = {
            "name": arrival.name,
            "source": arrival.source,
            "at": arrival.at.isoformat(),
            "becomes": arrival.becomes,
        }
        self._conversations.write("arrival", uuid.uuid4().hex, body, owner, arrival.id)

    def all(self, owner: str) -> list[Arrival]:
        """Oldest first; what was decided or forgotten meanwhile is not in them."""
        parts = self._parts(owner)
        waits = set(self._archive.ledger.with_status(owner, "quarantined")) if parts else set()
        found = []
        for id, batches in groupby(sorted(parts, key=lambda part: part[1].id), key=lambda part: part[1].id):
            several = [arrival for _, arrival in batches]
            becomes = {m: s for one in several for m, s in one.becomes.items() if m in waits}
            if becomes:
                first = several[0]
                found.append(Arrival(id, first.name, first.source, first.at, dict(sorted(becomes.items()))))
        return sorted(found, key=lambda arrival: arrival.at)

    def one(self, id: str, owner: str) -> Arrival:
        for arrival in self.all(owner):
            if arrival.id == id:
                return arrival
        raise UnknownMemory("Nothing from that file waits for you. `keepsake arrivals` lists what does.")

    def chosen(self, id: str, ids: Collection[str] | None, owner: str) -> tuple[Arrival, list[str]]:
        """An arrival and those of its memories that are meant; without ids all of them. Raises UnknownMemory."""
        arrival = self.one(id, owner)
        if ids is None:
            return arrival, list(arrival.becomes)
        if not ids or not set(ids) <= arrival.becomes.keys():
            raise UnknownMemory("This does not wait for you any more. Look at what does.")
        return arrival, [memory for memory in arrival.becomes if memory in set(ids)]

    def page(self, arrival: Arrival, offset: int, limit: int, owner: str) -> Sequence[Shown]:
        """Some of its memories, to be looked at."""
        ids = list(arrival.becomes)[offset : offset + limit]
        return self._archive.all_shown(self._archive.live(owner, ids=ids)) if ids else []

    def clear(self, owner: str, now: datetime) -> None:
        """Drop what is over: nothing of it can wait any more."""
        for document, part in self._parts(owner):
            if part.until <= now:
                self._conversations.remove("arrival", document, owner)

    def overdue(self, owner: str, now: datetime) -> list[str]:
        """The memories that waited a month."""
        return [m for arrival in self.all(owner) if arrival.until <= now for m in arrival.becomes]

    def _parts(self, owner: str) -> list[tuple[str, Arrival]]:
        return [
            (document, _arrival(parent, body))
            for document, parent, body in self._conversations.named(owner, "arrival")
        ]


def _arrival(id: str, body: dict[str, object]) -> Arrival:
    return Arrival(
        id=id,
        name=str(body["name"]),
        source=str(body["source"]),
        at=datetime.fromisoformat(str(body["at"])),
        becomes=body["becomes"],  # type: ignore[arg-type]  # as it was written by `note`
    )
