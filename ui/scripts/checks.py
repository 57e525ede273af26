"""What was expected against what came: pure, and in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from memory.records import Hit, Recollection

from .steps import Wording

SHOWN = 300  # characters of a text in a report


def same(text: str) -> str:
    """A text without what does not matter: case and spacing.

    >>> same("I live\\n in  LYON.")
    'i live in lyon.'
    """
    return " ".join(text.casefold().split())


def holds(text: str, part: str) -> bool:
    return same(part) in same(text)


def around(text: str, part: str) -> str:
    """Where a part stands in a long text, with some words before and after.

    >>> around("-" * 50 + " I live in Lyon. " + "-" * 50, "Lyon")
    '…----------------------------- i live in lyon. --------------------------------------…'
    """
    flat, wanted = same(text), same(part)
    at = flat.find(wanted)
    before, after = max(0, at - 40), at + len(wanted) + 40
    return f"{'…' if before else ''}{flat[before:after].strip()}{'…' if after < len(flat) else ''}"


def unmet(wording: Wording, text: str) -> str | None:
    """What a text lacks of what was expected, as a phrase; None when all is well."""
    if wording.exactly is not None and text.strip() != wording.exactly.strip():
        return f"exactly “{short(wording.exactly)}”"
    for part in wording.contains:
        if not holds(text, part):
            return f"words that contain “{short(part)}”"
    for part in wording.lacks:
        if holds(text, part):
            return f"words without “{short(part)}”"
    return None


def mind(recollection: Recollection) -> tuple[Hit, ...]:
    """What came to mind: nothing, when nothing found seems to be about the question."""
    return () if recollection.abstained else recollection.hits


def reasons(recollection: Recollection) -> tuple[str, ...]:
    """Why this came to mind: each memory with the parts of its score."""
    if not recollection.question:
        return ()
    about = f"for “{short(recollection.question)}”, {recollection.considered} memories looked at"
    if not recollection.hits:
        return (f"Nothing came to mind {about}.",)
    lines = [f"What came to mind {about}:"]
    if recollection.abstained:
        lines = [f"Nothing that came to mind seems to be about it ({about}). The nearest:"]
    for hit in recollection.hits:
        parts = ", ".join(f"{r.name} {r.value:.2f}" for r in hit.reasons if round(r.value, 2))
        lines.append(
            f"{hit.score:6.2f}  {hit.memory.kind}: {short(hit.memory.text)}  "
            f"({parts}; likeness {hit.meaning:.2f}, rare words {hit.coverage:.0%})"
        )
    return tuple(lines)


def quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"“{short(text)}”" for text in texts)


def short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else f"{flat[:SHOWN]}… ({len(text)} characters)"
