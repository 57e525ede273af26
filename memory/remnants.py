"""What a deleted chat leaves behind: the memories that came from it alone, until their person decides. All of it blocks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .archive import Archive
from .conversations import Conversations
from .errors import UnknownMemory
from .probes import letters
from .records import Shown
from .shelf import Shelf, Wanted

TAKEN_BACK_FOR = timedelta(hours=1)  # so long "keep them" can be taken back
LEARNED = ("fact", "preference", "procedure")


@dataclass(frozen=True, slots=True)
class Remnant:
    """What one deleted chat left behind, the newest first. The chat itself is gone, with its title."""

    id: str
    at: datetime  # when the chat was deleted
    memories: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What came from one chat alone: each thing that was learned, and all that goes when they go."""

    things: tuple[Shown, ...] = ()
    going: tuple[str, ...] = ()


def left_by(session: str, memories: Sequence[Shown]) -> Left:
    """What of all memories came from one chat alone, one for each thing, the newest first: pure.

    What was learned goes before the words it was learned from; what the assistant said is no thing of its own, and what
    waits for a yes is asked about already. What the person says in another chat too stays, with its words.
    """
    said = {
        memory.id: memory for memory in memories if memory.kind == "episode" and memory.session == session
    }
    if not said:
        return Left()
    resting = [m for m in memories if m.kind != "episode" and m.sources and said.keys() >= {*m.sources}]
    learned = [memory for memory in resting if memory.kind in LEARNED]
    spared = _said_elsewhere(learned, [m for m in memories if m.kind == "episode" and m.session != session])
    kept = {source for memory in learned if memory.id in spared for source in memory.sources}
    covered = {source for memory in learned for source in memory.sources}
    own = [m for m in said.values() if m.speaker != "assistant" and m.id not in covered]
    things = [m for m in (*learned, *own) if m.id not in spared and m.status != "quarantined"]
    going = [m.id for m in (*said.values(), *resting) if m.id not in spared | kept] if things else []
    return Left(tuple(sorted(things, key=lambda memory: memory.id, reverse=True)), tuple(going))


def _said_elsewhere(learned: Sequence[Shown], outside: Sequence[Shown]) -> set[str]:
    """Those whose words the person says there too. Where the same message taught more, the message goes, and all with it."""
    told = [
        letters(memory.text)
        for memory in (outside if learned else ())
        if memory.speaker != "assistant" and not memory.text.rstrip().endswith("?")
    ]
    again = {m.id for m in learned if (words := letters(m.quote)) and any(words in text for text in told)}
    needed = {source for memory in learned if memory.id not in again for source in memory.sources}
    return {memory.id for memory in learned if memory.id in again and not needed & {*memory.sources}}


class Remnants:
    """Sealed documents: which chat was deleted when. What it left is looked for anew each time."""

    def __init__(self, archive: Archive, conversations: Conversations, shelf: Shelf) -> None:
        self._archive = archive
        self._shelf = shelf
        self._conversations = conversations

    def note(self, session: str, owner: str, now: datetime) -> Remnant | None:
        """A chat is being deleted; None when nothing came from it alone."""
        left = left_by(session, self._shelf.look(owner, Wanted()))
        if not left.things:
            return None
        remnant = Remnant(uuid.uuid4().hex, now, left.things)
        self._write(remnant.id, {"session": session, "at": now.isoformat()}, owner)
        return remnant

    def all(self, owner: str) -> list[Remnant]:
        """Those that are to be decided, oldest first; what was forgotten meanwhile is not in them."""
        bodies = [(id, body) for id, body in self._bodies(owner) if not body.get("kept")]
        memories = self._shelf.look(owner, Wanted()) if bodies else []
        found = [
            Remnant(id, datetime.fromisoformat(body["at"]), left.things)
            for id, body in bodies
            if (left := left_by(body["session"], memories)).things
        ]
        return sorted(found, key=lambda remnant: remnant.at)

    def going(self, id: str, owner: str) -> Sequence[str]:
        """The ids of everything that goes with these things. Raises UnknownMemory."""
        left = left_by(self._body(id, owner)["session"], self._shelf.look(owner, Wanted()))
        if not left.going:
            raise UnknownMemory(UNKNOWN)
        return left.going

    def keep(self, id: str, owner: str, now: datetime) -> None:
        """They stay, and nobody asks again. Raises UnknownMemory."""
        self._write(id, self._body(id, owner) | {"kept": now.isoformat()}, owner)

    def ask_again(self, id: str, owner: str) -> None:
        """As if nothing had been decided. Raises UnknownMemory when it is too late."""
        body = self._body(id, owner)
        body.pop("kept", None)
        self._write(id, body, owner)

    def clear(self, owner: str, now: datetime) -> None:
        """What is decided for good goes: kept for a while, or nothing is left that could come back."""
        for id, body in [*self._bodies(owner)]:
            kept = body.get("kept")
            number = self._archive.session(owner, body["session"])
            over = kept and datetime.fromisoformat(kept) + TAKEN_BACK_FOR <= now
            if over or not self._archive.ledger.has_session(owner, number):
                self._conversations.remove("remnant", id, owner)

    def _bodies(self, owner: str) -> list[tuple[str, dict[str, Any]]]:
        return [(id, body) for id, _, body in self._conversations.named(owner, "remnant")]

    def _body(self, id: str, owner: str) -> dict[str, Any]:
        body = self._conversations.read("remnant", id, owner)
        if body is None:
            raise UnknownMemory(UNKNOWN)
        return {name: value for name, value in body.items() if not name.startswith("_")}

    def _write(self, id: str, body: dict[str, Any], owner: str) -> None:
        self._conversations.write("remnant", id, body, owner)


UNKNOWN = "There is nothing of that name to decide. Look at Review for what there is."
