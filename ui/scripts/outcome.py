"""How a conversation went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from .steps import Script


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that failed: where, what was expected, what came, and why."""

    line: int
    expected: str
    came: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one conversation went."""

    script: Script
    state: Literal["passed", "failed", "skipped"]
    seconds: float = 0.0
    failure: Failure | None = None
    note: str = ""  # why it was skipped

    def as_json(self) -> dict[str, Any]:
        failure = self.failure
        return {
            "file": str(self.script.file),
            "line": self.script.line,
            "title": self.script.title,
            "state": self.state,
            "seconds": round(self.seconds, 2),
            "note": self.note,
            "failure": failure
            and {
                "line": failure.line,
                "expected": failure.expected,
                "came": failure.came,
                "why": list(failure.why),
            },
        }
