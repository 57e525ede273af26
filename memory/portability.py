"""Taking along everything that is kept about a person. `bundles/` reads it elsewhere."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, get_args

from privacy.access import require
from privacy.identity import Principal, Scope

from .activity import Activity
from .archive import Archive
from .bundles.own import MANIFEST, MEMORIES
from .conversations import Conversations
from .errors import UnknownMemory
from .records import KINDS, Shown, Status

AT_ONCE = 500  # memories that are opened at a time
CHATS = ("thread", "step", "element", "feedback", "choice", "waiting", "arrival", "grant", "places")

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Memories of one person, oldest first",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "kind", "text", "occurred_at", "recorded_at"],
        "properties": {
            "id": {"type": "string", "description": "sorts by the moment it was recorded"},
            "kind": {"enum": list(KINDS)},
            "text": {"type": "string"},
            "occurred_at": {"type": "string", "format": "date-time"},
            "recorded_at": {"type": "string", "format": "date-time"},
            "status": {"enum": list(get_args(Status))},
            "sources": {
                "type": "array",
                "items": {"type": "string"},
                "description": "ids of what it rests on",
            },
        },
    },
}


class Portability:
    """The export of one person's memory."""

    def __init__(
        self,
        archive: Archive,
        conversations: Conversations,
        activity: Activity,
        clock: Callable[[], datetime],
    ) -> None:
        self._activity = activity
        self._archive = archive
        self._conversations = conversations
        self._clock = clock

    def export(self, *, scope: Scope, by: Principal, only: Collection[str] | None = None) -> Iterator[bytes]:
        """A zip file, piece by piece: nothing of it is written here. Blocks. `only`: of all that is kept these memories.

        Raises UnknownMemory when one of them is not there.
        """
        require(by, "export", scope)
        owner = self._archive.owner(scope)
        live = self._archive.ledger.live(owner)
        ids = [stored.id for stored in live if only is not None or stored.status != "quotation"]
        if only is not None:
            wanted = set(only)
            ids = [memory for memory in ids if memory in wanted]
            if not wanted or len(ids) < len(wanted):
                raise UnknownMemory("There is no such memory. Look at the list for the ones there are.")
        self._activity.note("export", scope, by, may_fail=False)
        parts = self._of_memories(ids, owner)
        return self._zipped(parts if only is not None else parts | self._rest(owner))

    def _of_memories(self, ids: Sequence[str], owner: str) -> dict[str, Iterator[str]]:
        return {
            MEMORIES: self._memories(ids, owner),
            "memories.md": self._prose(ids, owner),
            "facts.csv": self._facts(ids, owner),
        }

    def _rest(self, owner: str) -> dict[str, Iterator[str]]:
        return {
            "chats.jsonl": self._documents(owner, CHATS),
            "receipts.jsonl": self._documents(owner, ("receipt",)),
            "activity.jsonl": map(_line, self._archive.ledger.audit_of(owner)),
            "journal.jsonl": map(_line, self._archive.ledger.entries_of(owner)),
        }

    def _zipped(self, parts: Mapping[str, Iterator[str]]) -> Iterator[bytes]:
        sink, hashes = _Sink(), dict[str, str]()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, pieces in parts.items():
                digest = hashlib.sha256()
                with packed.open(name, "w", force_zip64=True) as file:
                    for piece in pieces:
                        raw = piece.encode("utf-8", "replace")
                        digest.update(raw)
                        file.write(raw)
                        yield from sink.taken()
                hashes[name] = digest.hexdigest()
            manifest = {"export": "keepsake 1", "made_at": self._clock().isoformat(), "sha256": hashes}
            packed.writestr(MANIFEST, json.dumps(manifest, indent=2))
        yield from sink.taken()

    def _shown(self, ids: Sequence[str], owner: str) -> Iterator[Shown]:
        for start in range(0, len(ids), AT_ONCE):
            yield from self._archive.all_shown(self._archive.live(owner, ids=ids[start : start + AT_ONCE]))

    def _memories(self, ids: Sequence[str], owner: str) -> Iterator[str]:
        yield f'{{"schema": {json.dumps(SCHEMA)},\n"memories": ['
        for number, memory in enumerate(self._shown(ids, owner)):
            yield (",\n" if number else "\n") + _line(asdict(memory)).rstrip()
        yield "\n]}\n"

    def _prose(self, ids: Sequence[str], owner: str) -> Iterator[str]:
        yield "# What Keepsake remembers\n"
        day = ""
        for memory in self._shown(ids, owner):
            if day != (day := f"{memory.occurred_at:%Y-%m-%d}"):
                yield f"\n## {day}\n\n"
            who = f" ({memory.speaker})" if memory.speaker else ""
            yield f"- **{memory.kind}**{who}: {' '.join(memory.text.split())}\n"

    def _facts(self, ids: Sequence[str], owner: str) -> Iterator[str]:
        yield _row(("id", "kind", "status", "about", "relation", "value", "polarity", "since", "text"))
        for m in self._shown(ids, owner):
            if m.kind in ("fact", "preference"):
                about = (m.subject, m.relation) if m.kind == "fact" else ("user", m.aspect)
                since = m.occurred_at.isoformat()
                yield _row((m.id, m.kind, m.status, *about, m.object, m.polarity, since, m.text))

    def _documents(self, owner: str, kinds: Sequence[str]) -> Iterator[str]:
        for kind, body in self._conversations.every(owner, kinds):
            yield _line({"kind": kind} | body)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_as_text) + "\n"


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _row(cells: Sequence[str]) -> str:
    """A line of CSV. What a spreadsheet would take for a formula is text."""
    written = io.StringIO()
    csv.writer(written).writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in cells])
    return written.getvalue()


class _Sink(io.RawIOBase):
    """Takes what a zip file writes and gives it on: it is never whole in memory."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> Iterator[bytes]:
        pieces, self._pieces = self._pieces, []
        if pieces:
            yield b"".join(pieces)
