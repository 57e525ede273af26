"""Of two statements that differ in one place only, the newer counts: pure, and without a grammar.

What differs must be the answer, not what was asked about: words of the question may not stand in it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from .lexical import terms
from .records import Hit, Reason

LEAST_SHARED = 0.4  # of the longer statement
STEP = 1e-3  # how far below the newer one the older stands


def replaces(newer: str, older: str, asked: Collection[str]) -> bool:
    """Whether a statement gives another value where an older one says the same for the rest.

    >>> asked = terms("Where does Ada live?")
    >>> replaces("Ada lives in Rome", "Ada lives in New Delhi", asked)
    True
    >>> replaces("Bo lives in Rome", "Ada lives in Rome", asked)  # about somebody else
    False
    """
    new, old = _words(newer), _words(older)
    start = _shared(new, old)
    end = _shared(new[start:][::-1], old[start:][::-1])
    given, held = new[start : len(new) - end], old[start : len(old) - end]
    if not given or not held or start + end < max(2, LEAST_SHARED * max(len(new), len(old))):
        return False
    return set(asked).isdisjoint(terms(" ".join([*given, *held])))


def newest_first(hits: Sequence[Hit], question: str) -> tuple[Hit, ...]:
    """The hits with each statement below the newest one that replaces it, and the reason for it."""
    asked = frozenset(terms(question))
    placed: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.memory.occurred_at, hit.memory.id), reverse=True):
        above = [
            other
            for other in placed
            if (other.memory.kind, other.memory.speaker) == (hit.memory.kind, hit.memory.speaker)
            and other.score <= hit.score + STEP
            and replaces(other.memory.text, hit.memory.text, asked)
        ]
        placed.append(_lowered(hit, min(above, key=lambda other: other.score)) if above else hit)
    return tuple(sorted(placed, key=lambda hit: -hit.score))


def _lowered(hit: Hit, newer: Hit) -> Hit:
    score = newer.score - STEP
    reason = Reason(name="replaced", value=score - hit.score, memory=newer.memory.id)
    return replace(hit, score=score, reasons=(*hit.reasons, reason))


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two statements begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
