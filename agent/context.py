"""From a turn and what came to mind to the request that is sent: pure."""

from __future__ import annotations

from memory.records import Recollection

from .models.port import Request
from .prompting import prompt
from .turns import Message, Turn

HISTORY = 20  # messages
NOTE = 600  # characters of one memory


def compose(turn: Turn, recollection: Recollection) -> Request:
    """Persona, notes as marked data, history, and what was just said."""
    system = prompt("persona")
    if recollection.hits:
        system += "\n\n" + prompt("notes", notes=notes(recollection))
    messages = (Message("system", system), *turn.history[-HISTORY:], Message("user", turn.text))
    return Request(messages, turn.scope)


def compose_small_talk(turn: Turn) -> Request:
    """What a model gets that cannot read notes: none."""
    messages = (Message("system", prompt("small_talk")), Message("user", turn.text[:2000]))
    return Request(messages, turn.scope, max_tokens=120)


def notes(recollection: Recollection) -> str:
    """The memories as numbered, dated lines."""
    lines = []
    for number, hit in enumerate(recollection.hits, start=1):
        memory = hit.memory
        who = f"{memory.speaker}: " if memory.speaker else ""
        lines.append(f"[{number}] {memory.occurred_at:%Y-%m-%d} {who}{' '.join(memory.text.split())[:NOTE]}")
    return "\n".join(lines)
