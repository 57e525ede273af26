"""A personal detail that was found, and how findings that touch each other become one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Finding:
    """A personal detail: where it stands in the original text, what it is, how sure we are."""

    start: int
    end: int
    label: str
    score: float


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Each once, as they stand in the text; what lies inside another of its label is left out."""
    kept: list[Finding] = []
    furthest: dict[str, int] = {}
    for finding in sorted(set(findings), key=lambda f: (f.start, -f.end, f.label, -f.score)):
        if finding.end > furthest.get(finding.label, -1):
            furthest[finding.label] = finding.end
            kept.append(finding)
    return kept


def joined(findings: Sequence[Finding], text: str, between: str = " ") -> list[Finding]:
    """Neighbours of one label with only some of these characters between them, as one.

    >>> joined([Finding(0, 4, "PERSON", 0.9), Finding(5, 9, "PERSON", 0.8)], "Jane Dove")
    [Finding(start=0, end=9, label='PERSON', score=0.9)]
    """
    whole: list[Finding] = []
    for finding in ordered(findings):
        last = whole[-1] if whole else None
        if last and last.label == finding.label and not text[last.end : finding.start].strip(between):
            end, score = max(last.end, finding.end), max(last.score, finding.score)
            whole[-1] = replace(last, end=end, score=score)
        else:
            whole.append(finding)
    return whole
