"""An answer with memory beside one without: the same question, the same conversation, nothing remembered."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from memory.errors import BadInput
from memory.facade import Memory
from privacy.identity import Principal, Scope

from .assistant import Assistant
from .receipts import HOLE, Receipts
from .turns import Message, Turn

Side = Literal["both", "with", "without"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of two answers, and which of them has them."""

    side: Side
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two answers to one question. `with_memory` is empty where the answer was not kept."""

    with_memory: str
    without_memory: str
    stretches: tuple[Stretch, ...]


def stretches(one: str, other: str) -> tuple[Stretch, ...]:
    """Where two texts differ, by words.

    >>> [(s.side, s.words) for s in stretches("Take the tram.", "Take the bus.")]
    [('both', 'Take the '), ('with', 'tram.'), ('without', 'bus.')]
    """
    a, b = (re.findall(r"\s*\S+\s*", text) for text in (one, other))
    found: list[Stretch] = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Stretch("both", "".join(a[i:j])))
            continue
        found += [Stretch("with", "".join(a[i:j]))] if i < j else []
        found += [Stretch("without", "".join(b[k:m]))] if k < m else []
    return tuple(found)


async def compared(
    receipt: str, assistant: Assistant, receipts: Receipts, memory: Memory, *, scope: Scope, by: Principal
) -> Comparison:
    """Ask again what this receipt is about, without memory. Raises UnknownMemory, BadInput."""
    kept = await receipts.open(receipt, scope=scope, by=by)
    live = await memory.still_known([i for i in (kept.asked, kept.answered) if i], scope=scope, by=by)
    last = max(
        (n for n, m in enumerate(kept.messages) if m.role == "user"), default=-1
    )  # then tools were used
    said = [m for m in kept.messages[: last + 1] if m.role != "system" and HOLE not in m.text]
    if kept.asked in live:
        question = live[kept.asked].text
    elif said and said[-1].role == "user":
        question = said[-1].text
    else:
        raise BadInput("What was asked is not kept any more, so it cannot be asked again.")
    history = tuple(Message(m.role, m.text) for m in said[:-1])
    turn = Turn(principal=by, scope=scope, thread=kept.thread, text=question, mode="off", history=history)
    before = live[kept.answered].text if kept.answered in live else ""
    without = await assistant.without_memory(turn)
    return Comparison(before, without, stretches(before, without) if before else ())
