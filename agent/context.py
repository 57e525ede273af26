"""From a turn and what came to mind to the request that is sent: pure.

A request is composed of pieces that know where they come from, so that its receipt can name them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from memory.procedural import Applied
from memory.records import Recollection, Shown

from .models.port import Request, Tool
from .personalization import PLAIN, Style, instruction
from .prompting import pieces, prompt
from .turns import Call, Message, Reference, Role, Turn

HISTORY = 20  # messages
NOTE = 600  # characters of one memory
SMALL_TALK = 2000  # characters of a message to a model that cannot read notes


# how a memory is shown: word for word, as a note, as a wish about answers, as a trait, as a procedure (on trial)
Shape = Literal["words", "note", "wish", "trait", "procedure", "trial"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message: our own prose, the words of a memory, or words that were not kept."""

    text: str
    kept: Reference | None = None  # the memory it shows
    shape: Shape = "words"
    note: int = 0  # the number of a note
    prose: bool = False  # ours: it holds nothing about anybody


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a request, in pieces."""

    role: Role
    pieces: tuple[Piece, ...]
    calls: tuple[Call, ...] = ()  # of an assistant that asked for tools
    answers: str = ""  # of a tool: the call that it answers

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Composed:
    """A request, and where each stretch of it comes from."""

    parts: tuple[Part, ...]

    def request(
        self, turn: Turn, *, max_tokens: int = 800, tools: tuple[Tool, ...] = (), closing: bool = False
    ) -> Request:
        return Request(
            tuple(Message(p.role, p.text, calls=p.calls, answers=p.answers) for p in self.parts),
            turn.scope,
            max_tokens=max_tokens,
            incognito=turn.mode == "incognito",
            tools=tools,
            closing=closing,
        )

    def after(self, said: str, calls: Sequence[Call], results: Sequence[tuple[Piece, ...]]) -> Composed:
        """The next request, when tools were used: what the model said and asked for, and what came of it."""
        asked = Part("assistant", (Piece(said),), tuple(calls))
        answered = [
            Part("tool", result, answers=call.id) for call, result in zip(calls, results, strict=True)
        ]
        return Composed((*self.parts, asked, *answered))


def compose(
    recollection: Recollection,
    history: Sequence[Message],
    style: Style = PLAIN,
    procedures: Sequence[Applied] = (),
    traits: Sequence[Shown] = (),
) -> Composed:
    """Persona, wishes, traits that matter, procedures that fit, notes as marked data, history, and what was just said (its last)."""
    system = [_prose(prompt("persona"))]
    if style.wishes:
        system += _filled("style", [_wish(wish) for wish in style.wishes.values()])
    if traits:
        system += _filled("traits", [_trait(memory) for memory in traits])
    if procedures:
        system += _filled("procedures", [_way(applied) for applied in procedures])
    if recollection.hits:
        system += _filled("notes", [_note(n, hit.memory) for n, hit in enumerate(recollection.hits, start=1)])
    return Composed((Part("system", tuple(system)), *map(_said, history[-HISTORY:])))


def compose_small_talk(history: Sequence[Message]) -> Composed:
    """What a model gets that cannot read notes: none, and only what was just said."""
    last = history[-1]
    said = Message(last.role, last.text[:SMALL_TALK], last.kept)
    return Composed((Part("system", (_prose(prompt("small_talk")),)), _said(said)))


def noted(notes: Sequence[tuple[int, Shown]]) -> tuple[Piece, ...]:
    """Notes that were looked for, marked as data like those of the prompt."""
    return tuple(_filled("notes", [_note(number, memory) for number, memory in notes])[1:])


def shown(shape: Shape, memory: Shown, *, number: int = 0, length: int | None = None) -> str:
    """A memory in one of its shapes."""
    match shape:
        case "note":
            return note(number, memory)
        case "wish":
            return instruction(memory)
        case "trait":
            return trait(memory)
        case "procedure" | "trial":
            return way(memory, trial=shape == "trial")
        case "words":
            return memory.text[:length]
    assert_never(shape)


def note(number: int, memory: Shown) -> str:
    """One memory as a numbered, dated line."""
    who = f"{memory.speaker}: " if memory.speaker else ""
    return f"[{number}] {memory.occurred_at:%Y-%m-%d} {who}{' '.join(memory.text.split())[:NOTE]}"


def _filled(name: str, lines: Sequence[Piece]) -> list[Piece]:
    """A prompt of our prose with these lines in its one slot."""
    filled = [_prose("\n\n")]
    for literal, slot in pieces(name):
        filled.append(_prose(literal))
        for number, line in enumerate(lines if slot else ()):
            filled += [_prose("\n"), line] if number else [line]
    return filled


def _note(number: int, memory: Shown) -> Piece:
    return Piece(note(number, memory), Reference(memory.id, memory.version), "note", number)


def _wish(memory: Shown) -> Piece:
    return Piece(instruction(memory), Reference(memory.id, memory.version), "wish")


def trait(memory: Shown) -> str:
    """Something about the person in one line."""
    scope = f" ({memory.scope})" if memory.scope else ""
    return f"- {' '.join(memory.text.split())[:NOTE]}{scope}"


def _trait(memory: Shown) -> Piece:
    return Piece(trait(memory), Reference(memory.id, memory.version), "trait")


def way(memory: Shown, *, trial: bool) -> str:
    """A procedure in one line, whatever signs its words hold."""
    return f"- {' '.join(memory.text.split())}{' (on trial)' if trial else ''}"


def _way(applied: Applied) -> Piece:
    kept = Reference(applied.memory.id, applied.memory.version)
    return Piece(way(applied.memory, trial=applied.trial), kept, "trial" if applied.trial else "procedure")


def _said(message: Message) -> Part:
    return Part(message.role, (Piece(message.text, message.kept),))


def _prose(text: str) -> Piece:
    return Piece(text, prose=True)
