"""What goes when space is asked for: the least important of what was only said. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .importance import importance_of
from .records import Reason, Shown


@dataclass(frozen=True, slots=True)
class Going:
    """A message that would go, how important it is by now, and why."""

    memory: Shown
    importance: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Tidying:
    """What goes, least important first, and how many messages stay; `forgetting` takes it back, once it was done."""

    going: tuple[Going, ...]
    staying: int
    forgetting: str = ""


def tidied(memories: Sequence[Shown], keep: int) -> Tidying:
    """Keep so many messages: never one that something was learned from, else the most important, the newer of equals."""
    said = [memory for memory in memories if memory.kind == "episode"]
    taught = {source for memory in memories if memory.kind != "episode" for source in memory.sources}
    used = Counter(source for memory in said for source in memory.sources)
    ranked = sorted(
        (_weighed(memory, used[memory.id]) for memory in said if memory.id not in taught),
        key=lambda going: (going.importance, going.memory.id),
    )
    count = max(0, len(said) - max(0, keep))
    return Tidying(tuple(ranked[:count]), len(said) - min(count, len(ranked)))


def _weighed(memory: Shown, used: int) -> Going:
    speaker = "assistant" if memory.speaker == "assistant" else "user"
    weight = importance_of(memory.text, speaker=speaker, used=used)
    return Going(memory, weight.value, weight.reasons)
