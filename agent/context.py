"""From a turn and what came to mind to the request that is sent: pure.

A request is composed of pieces that know where they come from, so that its receipt can name them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from memory.records import Recollection, Shown

from .models.port import Request
from .prompting import pieces, prompt
from .turns import Message, Reference, Role, Turn

HISTORY = 20  # messages
NOTE = 600  # characters of one memory
SMALL_TALK = 2000  # characters of a message to a model that cannot read notes


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message: our own prose, the words of a memory, or words that were not kept."""

    text: str
    kept: Reference | None = None  # the memory it shows
    note: int = 0  # shown as the note of this number; 0: word for word
    prose: bool = False  # ours: it holds nothing about anybody


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a request, in pieces."""

    role: Role
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Composed:
    """A request, and where each stretch of it comes from."""

    parts: tuple[Part, ...]

    def request(self, turn: Turn, **limits: int) -> Request:
        messages = tuple(Message(part.role, part.text) for part in self.parts)
        return Request(messages, turn.scope, **limits)


def compose(turn: Turn, recollection: Recollection, history: Sequence[Message] = ()) -> Composed:
    """Persona, notes as marked data, history, and what was just said (the last of `history`)."""
    system = [_prose(prompt("persona"))]
    if recollection.hits:
        system.append(_prose("\n\n"))
        for literal, slot in pieces("notes"):
            system.append(_prose(literal))
            system += _notes(recollection) if slot == "notes" else []
    return Composed((Part("system", tuple(system)), *map(_said, history[-HISTORY:])))


def compose_small_talk(history: Sequence[Message]) -> Composed:
    """What a model gets that cannot read notes: none, and only what was just said."""
    last = history[-1]
    said = Message(last.role, last.text[:SMALL_TALK], last.kept)
    return Composed((Part("system", (_prose(prompt("small_talk")),)), _said(said)))


def note(number: int, memory: Shown) -> str:
    """One memory as a numbered, dated line."""
    who = f"{memory.speaker}: " if memory.speaker else ""
    return f"[{number}] {memory.occurred_at:%Y-%m-%d} {who}{' '.join(memory.text.split())[:NOTE]}"


def _notes(recollection: Recollection) -> list[Piece]:
    lines: list[Piece] = []
    for number, hit in enumerate(recollection.hits, start=1):
        kept = Reference(hit.memory.id, hit.memory.version)
        lines += [_prose("\n")] if lines else []
        lines.append(Piece(note(number, hit.memory), kept, note=number))
    return lines


def _said(message: Message) -> Part:
    return Part(message.role, (Piece(message.text, message.kept),))


def _prose(text: str) -> Piece:
    return Piece(text, prose=True)
